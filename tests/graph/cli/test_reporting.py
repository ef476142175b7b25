from __future__ import annotations

from typing import TYPE_CHECKING

from tests.graph.cli.running import paperkg

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    Capture = pytest.CaptureFixture[str]


def test_report_ends_with_the_name_of_the_page(
    capfd: Capture, sample_library_once: Path, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    answer = paperkg(capfd, "report", "-o", file, "--library", sample_library_once)
    assert answer.code == 0
    assert answer.out.splitlines()[-1] == str(file)
    assert file.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_an_atlas_that_is_not_there_is_refused_before_anything_is_written(
    capfd: Capture, sample_library_once: Path, tmp_path: Path
) -> None:
    file, atlas = tmp_path / "report.html", tmp_path / "atlas.html"
    answer = paperkg(
        capfd, "report", "-o", file, "--atlas", atlas, "--library", sample_library_once
    )
    assert answer.code == 2
    assert f"paperkg show -o {atlas}" in answer.err
    assert not file.exists()


def test_a_place_that_cannot_be_written_is_refused(
    capfd: Capture, sample_library_once: Path, tmp_path: Path
) -> None:
    file = tmp_path / "no" / "report.html"
    answer = paperkg(capfd, "report", "-o", file, "--library", sample_library_once)
    assert answer.code == 2
    assert "Make it first" in answer.err
