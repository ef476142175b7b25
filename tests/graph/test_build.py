from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from itertools import count
from typing import TYPE_CHECKING

import pytest

from extract.errors import Interrupted, UsageError
from extract.library import Library
from extract.papers import ReadOptions
from extract.records import Extraction, Mention, Paper, Source, paper_id
from extract.sample import sample_paths
from graph.build import build, remove
from graph.derivation import derive
from tests.conftest import SHARED, needs_shared

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


def other_paper(number: int) -> Paper:
    title, abstract = f"Other {number}", "Nets."
    source = Source("other.txt", number)
    return Paper(paper_id(title, abstract), title, abstract, sources=(source,))


def add_as_another_process(path: Path, number: int) -> None:
    paper = other_paper(number)
    mention = Mention(paper.id, "abstract", 0, 4, "Nets", "Method", "uses", 0.5, "ner")
    with Library.open(path, create=True) as library, library.transaction():
        library.add([paper])
        library.store(Extraction(paper, (mention,), (), ()), "model-1")


def test_a_paper_removed_before_it_was_extracted_is_not_found_any_more(tmp_path: Path) -> None:
    # issue 3: the digest did not know of it
    with Library.open(tmp_path / "a.db", create=True) as library:
        with library.transaction():
            library.add([other_paper(0)])
        derive(library)
        assert [hit.id for hit in library.search("other")] == [other_paper(0).id]
        remove(library, [other_paper(0).id])
        assert library.search("other") == []


def test_what_another_build_stores_meanwhile_is_in_the_graph(tmp_path: Path) -> None:
    # issue 3: it was lost from the graph, and the graph was said to be current
    path = tmp_path / "a.db"

    def meanwhile(stage: str, done: int, total: int | None) -> None:
        if stage == "finding communities":
            add_as_another_process(path, 1)

    add_as_another_process(path, 0)
    with Library.open(path, create=True) as library:
        derive(library, meanwhile)
        assert library.derived_is_current()
        assert {paper for paper, _, _ in library.concept_of()} == {
            *(other_paper(0).id, other_paper(1).id)
        }


def test_a_build_beside_one_that_never_rests_ends_and_leaves_the_rest_to_it(
    tmp_path: Path,
) -> None:
    # issue 3
    path, numbers = tmp_path / "a.db", count()

    def meanwhile(stage: str, done: int, total: int | None) -> None:
        if stage == "finding communities":
            add_as_another_process(path, next(numbers))

    add_as_another_process(path, next(numbers))
    with Library.open(path, create=True) as library:
        derive(library, meanwhile)
        assert library.concepts()
        assert not library.derived_is_current()
        derive(library)
        assert library.derived_is_current()


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
