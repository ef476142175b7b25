from __future__ import annotations

import platform
import subprocess
import sys

import pytest

_FREED = """
import resource, sys
import numpy as np
from extract.allocation import keep_freed_memory

def batch():
    return len([np.ones(2_000_000) for _ in range(8)])

if sys.argv[1:]:
    assert keep_freed_memory()
for _ in range(3):
    batch()  # warms up
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(20):
    batch()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc can be told so")
def test_memory_that_is_freed_is_used_again() -> None:
    def faults(*arguments: str) -> int:
        job = [sys.executable, "-c", _FREED, *arguments]
        return int(subprocess.run(job, check=True, capture_output=True, text=True).stdout)

    assert faults("kept") < 100 < faults()
