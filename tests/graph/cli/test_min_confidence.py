"""`--min-confidence` on the commands that have it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from extract.sample import sample_paths
from tests.graph.cli.running import paperkg

if TYPE_CHECKING:
    from pathlib import Path

Capture = pytest.CaptureFixture[str]


def test_build_cuts_stats_tell_and_zero_brings_all_back(
    capfd: Capture, sample_library: Path
) -> None:
    at = ("--library", sample_library)
    whole = paperkg(capfd, "stats", "--json", *at).json()
    assert whole["min_confidence"] == 0
    cut = paperkg(capfd, "build", "--min-confidence", "0.8", "--json", "-q", *at).json()
    assert cut["min_confidence"] == 0.8
    assert cut["concepts"] < whole["concepts"]
    told = paperkg(capfd, "build", "-q", *at)
    assert "confidence below 0.8; --min-confidence 0 brings them back" in told.out
    assert (
        "Left out: mentions and results of a confidence below 0.8"
        in paperkg(capfd, "stats", *at).out
    )
    rehearsed = paperkg(capfd, "build", "--min-confidence", "0", "--dry-run", "--json", *at).json()
    assert rehearsed["concepts"] == {"before": cut["concepts"], "after": whole["concepts"]}
    paperkg(capfd, "build", "--min-confidence", "0", "-q", *at)
    assert paperkg(capfd, "stats", "--json", *at).json() == whole


def test_extract_leaves_out_what_is_less_sure(capfd: Capture) -> None:
    arguments = ("extract", sample_paths()[0], "-q")
    lines = [
        [json.loads(line) for line in paperkg(capfd, *arguments, *cut).out.splitlines()]
        for cut in ((), ("--min-confidence", "0.9"))
    ]
    for whole, cut in zip(*lines, strict=True):
        for key in ("mentions", "results"):
            kept = [x for x in whole[key] if x["confidence"] >= 0.9]
            assert [x["confidence"] for x in kept] == [x["confidence"] for x in cut[key]]
    assert any(whole["mentions"] != cut["mentions"] for whole, cut in zip(*lines, strict=True))


def test_show_export_report_and_query_cut_the_graph(
    capfd: Capture, sample_library_once: Path, tmp_path: Path
) -> None:
    at = ("--library", sample_library_once, "--min-confidence", "0.9")
    file = tmp_path / "graph.json"
    assert paperkg(capfd, "export", file, *at).code == 0
    shares = [
        edge["confidence"]
        for edge in json.loads(file.read_text("utf-8"))["edges"]
        if "confidence" in edge
    ]
    assert shares
    assert min(shares) >= 0.9
    sizes = []
    for name, cut in (("whole", at[:2]), ("cut", at)):
        page = tmp_path / f"{name}.html"
        assert paperkg(capfd, "show", "-o", page, *cut).code == 0
        assert paperkg(capfd, "report", "-o", tmp_path / f"{name}-report.html", *cut).code == 0
        sizes.append(page.stat().st_size)
    assert sizes[1] < sizes[0]
    asked = ("query", "list_concept_papers", "--param", "concept=BERT", "--json")
    rows = paperkg(capfd, *asked, *at).json()
    assert all(row["confidence"] >= 0.9 for row in rows)


def test_neo4j_is_not_asked_for_a_cut_that_it_cannot_make(capfd: Capture) -> None:
    answer = paperkg(
        capfd, "query", "list_concept_papers", "--graph", "neo4j://x", "--min-confidence", "0.5"
    )
    assert answer.code == 2
    assert "paperkg push URI --min-confidence 0.5" in answer.err


@pytest.mark.parametrize("value", ["2", "-1", "half", "nan"])
def test_what_is_no_share_is_refused(capfd: Capture, sample_library: Path, value: str) -> None:
    for command in (("build", "-q"), ("show",), ("export", "x.json")):
        answer = paperkg(capfd, *command, "--min-confidence", value, "--library", sample_library)
        assert answer.code == 2
        assert "Traceback" not in answer.err
