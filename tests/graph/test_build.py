from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from extract.decisions_file import decisions_beside
from extract.errors import DecisionsError, Interrupted, UsageError
from extract.library import Library
from extract.papers import ReadOptions
from extract.sample import sample_paths
from extract.user_decisions import UserDecisions
from graph.build import build, remove
from tests.conftest import SHARED, needs_shared
from tests.graph.other_papers import add_as_another_process

if TYPE_CHECKING:
    from pathlib import Path

PAGES = [str(path) for path in sample_paths()]


def content(library: Library) -> str:
    """All that a library says, but for where the records came from."""
    parts = [
        *library.papers(),
        *library.mentions(),
        *library.results(),
        *library.concepts(),
        *sorted(library.concept_of().items()),
        *sorted(library.evidence().items()),
        *library.decisions(),
        *library.communities(),
    ]
    return "\n".join(map(repr, parts))


def test_the_sample_is_read_whole_and_a_second_time_changes_nothing(tmp_path: Path) -> None:
    with Library.open(tmp_path / "a.db", create=True) as library:
        first = build(library, PAGES)
        before = content(library)
        second = build(library, PAGES)
        assert content(library) == before
    assert (first.read, first.new, first.duplicate, first.rejected) == (42, 40, 2, 0)
    assert first.extracted == 40
    assert (second.read, second.new, second.duplicate, second.extracted) == (42, 0, 42, 0)
    assert (second.concepts, second.edges) == (first.concepts, first.edges)
    assert first.mentions > 300
    assert first.communities > 2


def test_the_order_of_pages_does_not_matter(sample_library: Path, tmp_path: Path) -> None:
    with Library.open(sample_library) as library:
        together = content(library)
    with Library.open(tmp_path / "b.db", create=True) as library:
        for page in reversed(PAGES):
            build(library, [page])
        assert content(library) == together


def test_a_removed_paper_leaves_what_would_be_there_had_it_never_come(tmp_path: Path) -> None:
    with Library.open(tmp_path / "a.db", create=True) as library:
        build(library, PAGES[:1])
        one_page = content(library)
        seen = {paper.id for paper in library.papers()}
        build(library, PAGES)
        added = [paper.id for paper in library.papers() if paper.id not in seen]
        assert remove(library, added) == len(added) > 0
        # Papers of both pages keep the second page among their sources.
        both = [p.id for p in library.papers() if len({s.file for s in p.sources}) > 1]
        assert remove(library, both) == len(both) > 0
        left = content(library)
    with Library.open(tmp_path / "b.db", create=True) as library:
        build(library, PAGES[:1])
        assert content(library) == one_page
        remove(library, both)
        assert content(library) == left


def test_a_stopped_build_keeps_its_batches_and_goes_on(tmp_path: Path) -> None:
    stages: list[str] = []

    def progress(stage: str, done: int, total: int | None) -> None:
        stages.append(stage)

    with Library.open(tmp_path / "a.db", create=True) as library:
        with pytest.raises(Interrupted, match="kept") as stopped:
            build(library, PAGES, progress=progress, stop=lambda: True)
        assert stopped.value.exit_code == 130
        assert library.paper_count() > 0
        assert library.pending_count() == library.paper_count()
        build(library, [])
        resumed = content(library)
    with Library.open(tmp_path / "b.db", create=True) as library:
        build(library, PAGES)
        assert content(library) == resumed
    assert stages[0] == "reading"


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
@pytest.mark.parametrize("delay", [0.6, 1.5, 2.5])
def test_a_killed_build_goes_on_where_it_was(
    delay: float, sample_library: Path, tmp_path: Path
) -> None:
    path = tmp_path / "killed.db"
    command = [sys.executable, "-m", "graph.cli", "build", *PAGES, "--library", str(path)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
    with Library.open(path, create=True) as library:
        build(library, PAGES)
        killed = content(library)
    with Library.open(sample_library) as library:
        assert content(library) == killed


def test_a_build_stopped_while_extracting_goes_on(tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    many.write_text(
        "".join(f'{{"title": "Net {n}", "abstract": "BERT on SQuAD."}}\n' for n in range(150))
    )
    stages: list[str] = []

    def progress(stage: str, done: int, total: int | None) -> None:
        stages.append(stage)

    with Library.open(tmp_path / "a.db", create=True) as library:
        with pytest.raises(Interrupted, match=r"128 of 150 papers.*paperkg build --library"):
            build(library, [str(many)], progress=progress, stop=lambda: "extracting" in stages)
        assert library.pending_count() == 22
        assert library.concepts() == []
        report = build(library, [])
        assert (report.extracted, report.papers) == (22, 150)
        assert library.derived_is_current()
        resumed = content(library)
    with Library.open(tmp_path / "b.db", create=True) as library:
        build(library, [str(many)])
        assert content(library) == resumed


def test_papers_that_another_build_adds_are_not_counted_as_ours(tmp_path: Path) -> None:
    # issue 3: new papers were those of all processes, duplicates fewer than none
    path = tmp_path / "a.db"

    def meanwhile(stage: str, done: int, total: int | None) -> None:
        if stage == "reading":
            for number in range(50):
                add_as_another_process(path, number)

    with Library.open(path, create=True) as library:
        report = build(library, PAGES, progress=meanwhile)
    assert (report.read, report.new, report.duplicate, report.papers) == (42, 40, 2, 90)


def test_a_missing_page_is_named_before_anything_is_read(tmp_path: Path) -> None:
    with Library.open(tmp_path / "a.db", create=True) as library:
        with pytest.raises(UsageError, match=r"none\.txt"):
            build(library, [*PAGES, str(tmp_path / "none.txt")])
        assert library.paper_count() == 0


def test_filtered_records_are_counted(tmp_path: Path) -> None:
    options = ReadOptions(year=2025, since="2025-07")
    with Library.open(tmp_path / "a.db", create=True) as library:
        report = build(library, PAGES, options=options)
        assert report.filtered == 21
        assert report.read == 21
        assert {paper.seen_on for paper in library.papers()} == {"2025-07-29"}


@needs_shared
def test_the_seeds_are_653_papers_of_718_records(tmp_path: Path) -> None:
    with Library.open(tmp_path / "seeds.db", create=True) as library:
        report = build(library, [str(SHARED / "seeds")])
    assert (report.read, report.new, report.rejected) == (718, 653, 0)
    assert not report.failed


# What the user decides (#5)

DECISIONS = """
[[pin]]
names = ["BERT", "CLIP"]

[[forbid]]
names = ["LLM", "Large Language Models"]

[[rename]]
name = "LoRA"
to = "low-rank adaptation"
"""


def test_decisions_are_replayed_whatever_the_order_and_undone_with_their_file(
    sample_library: Path, tmp_path: Path
) -> None:
    with Library.open(sample_library, create=True) as library:
        before = content(library)
        file = decisions_beside(sample_library)
        file.write_text(DECISIONS, encoding="utf-8")
        report = build(library, [])
        decided = content(library)
        assert report.decision_remarks == ()
        assert {"method/low-rank-adaptation"} <= {concept.id for concept in library.concepts()}
        file.unlink()
        build(library, [])
        assert content(library) == before != decided
    decisions_beside(tmp_path / "b.db").write_text(DECISIONS, encoding="utf-8")
    with Library.open(tmp_path / "b.db", create=True) as library:
        for page in reversed(PAGES):
            build(library, [page])
        assert content(library) == decided


def test_decisions_go_on_holding_when_papers_are_removed(sample_library: Path) -> None:
    with Library.open(sample_library, create=True) as library:
        build(library, [], decisions=UserDecisions(pins=(("BERT", "CLIP"),)))
        assert "method/clip" not in set(library.concept_of().values())
        remove(library, [next(library.papers()).id])
        assert library.derived_is_current()
        assert "method/clip" not in set(library.concept_of().values())


def test_decisions_that_contradict_each_other_leave_the_graph_as_it_was(
    sample_library: Path,
) -> None:
    pin = UserDecisions(pins=(("BERT", "CLIP"),))
    contradiction = UserDecisions((("gpt 3", "BERT"),), (("GPT3", "BERT"),))
    with Library.open(sample_library, create=True) as library:
        build(library, [], decisions=pin)
        before = content(library)
        with pytest.raises(DecisionsError, match=r"pin 1 .* forbid 1"):
            build(library, [], decisions=contradiction)
        assert (content(library), library.user_decisions()) == (before, pin)
        assert library.derived_is_current()
        build(library, [], decisions=UserDecisions())
        assert content(library) != before
