from __future__ import annotations

from typing import TYPE_CHECKING

from extract.library import Library
from extract.records import Paper, Source, paper_id
from tests.graph.cli.running import paperkg

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_sound_installation_and_library_pass(
    capfd: pytest.CaptureFixture[str], sample_library_once: Path
) -> None:
    answer = paperkg(capfd, "doctor", "--json", "--library", sample_library_once)
    assert answer.code == 0
    checks = {check["name"]: check for check in answer.json()}
    assert all(check["ok"] for check in checks.values())
    assert "BERT" in checks["pipeline"]["detail"]
    assert "40 papers" in checks["library"]["detail"]
    assert "ok" in paperkg(capfd, "doctor", "--library", sample_library_once).out


def test_no_library_yet_is_no_fault(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert paperkg(capfd, "doctor", "--library", tmp_path / "none.db").code == 0


def test_a_damaged_library_fails_with_a_remedy(
    capfd: pytest.CaptureFixture[str], sample_library: Path
) -> None:
    content = bytearray(sample_library.read_bytes())
    content[8192:60000] = b"\xff" * (60000 - 8192)
    sample_library.write_bytes(content)
    answer = paperkg(capfd, "doctor", "--library", sample_library)
    assert answer.code == 1
    assert "FAIL" in answer.out
    assert "build it again" in answer.out  # issue 3: it sent the user to itself
    assert "Traceback" not in answer.err


def test_papers_that_a_stopped_build_left_are_named(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "a.db"
    paper = Paper(paper_id("A", "B"), "A", "B", sources=(Source("a.txt", 1),))
    with Library.open(path, create=True) as library, library.transaction():
        library.add([paper])
    answer = paperkg(capfd, "doctor", "--library", path)
    assert answer.code == 1
    assert f"paperkg build --library {path}" in answer.out
    assert "1 paper of" in paperkg(capfd, "stats", "--library", path).err
