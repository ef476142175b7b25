"""Times the main job as a user meets it: `python -m tests.benchmarks.main_job PAGES...`.

Every figure is of a whole process from a cold start, the median of several runs.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def seconds(*arguments: str) -> float:
    """Wall time of one run of the command line."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "graph.cli", *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def main() -> None:
    """Print the medians."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("pages", nargs="+")
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    figures: dict[str, list[float]] = {"build": [], "build again": [], "path": []}
    with tempfile.TemporaryDirectory() as folder:
        for run in range(arguments.runs):
            library = ["--library", str(Path(folder) / f"{run}.db")]
            figures["build"].append(seconds("build", *arguments.pages, *library))
            figures["build again"].append(seconds("build", *arguments.pages, *library))
            figures["path"].append(seconds("path", "BERT", "ImageNet", *library))
    for name, values in figures.items():
        print(f"{name:12} median {statistics.median(values):.2f} s of {arguments.runs} runs")
    # Linux counts in kilobytes.
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{'peak memory':12} {peak:.0f} MB, the largest process")


if __name__ == "__main__":
    main()
