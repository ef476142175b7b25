"""Extraction by several processes, with the same outcome as by one."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from extract.allocation import keep_freed_memory
from extract.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future

    from extract.errors import RecordError
    from extract.pipeline import Extractor
    from extract.records import Extraction, Paper

WORTH_A_PROCESS = 500
"""A process of its own takes a second to start, in which one process reads some 100 abstracts."""

_AHEAD = 2  # batches a process, so that none waits while results are stored


@dataclass(frozen=True, slots=True)
class ExtractedBatch:
    """What came of one batch of papers.

    Attributes:
        extractions: one a paper, in their order.
        failures: one for each paper that broke the pipeline; its extraction is empty.
    """

    extractions: tuple[Extraction, ...]
    failures: tuple[RecordError, ...]


def processes_for(papers: int, wanted: int | None = None) -> int:
    """How many processes to extract so many papers with.

    Args:
        papers: how many papers wait.
        wanted: the user's own number; None: as many as there are processors, but none for fewer
            than `WORTH_A_PROCESS` papers.

    Raises:
        UsageError: `wanted` is below 1.
    """
    if wanted is not None:
        if wanted < 1:
            raise UsageError(f"Got {wanted} processes: expected 1 or more.")
        return wanted
    return max(1, min(_processors(), papers // WORTH_A_PROCESS))


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):  # Linux: those that this process may use
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def extract_batches(
    batches: Iterable[Sequence[Paper]], load: Callable[[], Extractor], processes: int = 1
) -> Iterator[ExtractedBatch]:
    """Extract batches of papers, in their order.

    Args:
        batches: read a few batches ahead of what is given back.
        load: loads the pipeline; with several processes it has to be picklable.
        processes: 1: in this process.

    Raises:
        ModelError: there is no usable pipeline.
    """
    if processes == 1:
        extractor = load()
        for batch in batches:
            yield _extract(extractor, batch)
        return
    yield from _in_order(iter(batches), load, processes)


def _in_order(
    batches: Iterator[Sequence[Paper]], load: Callable[[], Extractor], processes: int
) -> Iterator[ExtractedBatch]:
    waiting: deque[tuple[Sequence[Paper], Future[ExtractedBatch]]] = deque()
    # A fresh interpreter each: a copy of this one would share its open library and its threads.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, context, _start, (load,))
    try:
        while True:
            for batch in islice(batches, processes * _AHEAD - len(waiting)):
                waiting.append((batch, pool.submit(_extract_there, batch)))
            if not waiting:
                return
            done = waiting[0][1].result()
            waiting.popleft()
            yield done
    except BrokenProcessPool:
        # A process was killed, mostly for want of memory (one alone needs less), or could not load
        # the pipeline, which will be told here.
        left = chain((batch for batch, _ in waiting), batches)
        yield from extract_batches(left, load)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_loaded: list[Extractor] = []  # the pipeline of a process that only extracts


def _start(load: Callable[[], Extractor]) -> None:
    keep_freed_memory()
    _loaded.append(load())


def _extract_there(batch: Sequence[Paper]) -> ExtractedBatch:
    return _extract(_loaded[0], batch)


def _extract(extractor: Extractor, batch: Sequence[Paper]) -> ExtractedBatch:
    failures: list[RecordError] = []
    extractions = tuple(extractor.extract(batch, failures.append))
    return ExtractedBatch(extractions, tuple(failures))
