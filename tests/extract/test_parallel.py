from __future__ import annotations

import multiprocessing
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from extract.batching import batches
from extract.errors import ModelError, RecordError, UsageError
from extract.papers import read_papers
from extract.parallel import WORTH_A_PROCESS, extract_batches, processes_for
from extract.pipeline import load_extractor
from extract.records import Extraction, Paper, paper_id
from extract.sample import sample_paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

DEADLY = "deadly"


@dataclass(frozen=True)
class Stand:
    """A quick pipeline: refuses one title, and dies of another where it has a process to itself."""

    def extract(
        self, papers: Iterable[Paper], on_failure: Callable[[RecordError], None]
    ) -> Iterator[Extraction]:
        for paper in papers:
            if paper.title == DEADLY and multiprocessing.parent_process() is not None:
                os._exit(9)
            if paper.title == "broken":
                on_failure(RecordError("pages.txt", 7, "no good"))
            yield Extraction(paper, (), (), ())


def no_pipeline() -> Stand:
    raise ModelError("There is no pipeline.")


def papers(*titles: str) -> list[Paper]:
    return [Paper(paper_id(title, ""), title, "") for title in titles]


def test_several_processes_find_what_one_finds() -> None:
    read = list(read_papers(sample_paths()))
    one, two = (
        [
            e
            for batch in extract_batches(batches(read, 6), load_extractor, n)
            for e in batch.extractions
        ]
        for n in (1, 2)
    )
    assert [extraction.paper for extraction in two] == read
    assert two == one
    assert any(extraction.mentions for extraction in two)


def test_failures_come_back_with_file_and_line() -> None:
    read = papers("a", "broken", "b")
    (batch,) = extract_batches([read], Stand, 2)  # type: ignore[arg-type]  # a stand-in
    (failure,) = batch.failures
    assert (failure.file, failure.line, failure.reason) == ("pages.txt", 7, "no good")
    assert len(batch.extractions) == 3


def test_a_killed_process_loses_no_paper() -> None:
    read = papers(*map(str, range(20)), DEADLY, *map(str, range(20, 40)))
    done = list(extract_batches(batches(read, 3), Stand, 2))  # type: ignore[arg-type]  # a stand-in
    assert [e.paper for batch in done for e in batch.extractions] == read


def test_a_missing_pipeline_is_told_as_such() -> None:
    with pytest.raises(ModelError):
        list(extract_batches([papers("a")], no_pipeline, 2))  # type: ignore[arg-type]  # as above


def test_few_papers_are_not_worth_a_second_process() -> None:
    assert processes_for(WORTH_A_PROCESS - 1) == 1
    assert 1 <= processes_for(100 * WORTH_A_PROCESS) <= (os.cpu_count() or 1)
    assert processes_for(3, wanted=2) == 2
    with pytest.raises(UsageError, match="1 or more"):
        processes_for(3, wanted=0)
