from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from extract.errors import Interrupted, UsageError
from extract.library import Library
from extract.papers import ReadOptions
from extract.sample import sample_paths
from graph.build import build, remove
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
