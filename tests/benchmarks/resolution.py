"""Measures entity resolution on generated names: `python -m tests.benchmarks.resolution [SIZE...]`.

Without sizes, 10,000 and 100,000 names; 1,000,000 take some minutes. CPU seconds of one core and
the peak memory of a fresh process, by the operating system's own count. The names are those of
`tests.benchmarks.generated_names`, whose docstring has the seed and the rules.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import fuzz, process

from extract.aliases import curated_aliases
from extract.merging import with_inner_abbreviations
from extract.names import take_inventory, words_without_heads
from extract.normalization import compact, normalize
from extract.phrases import phrase_key, phrase_words
from extract.resolve import resolve
from extract.typos import LEAST_SCORE
from extract.vetoes import normal_veto, words_by_capitals
from tests.benchmarks.generated_names import SEED, generated_corpus
from tests.extract.resolution_oracle import is_typo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from extract.names import Name
    from tests.benchmarks.generated_names import Corpus

_RECALL_SIZE = 10_000
_RATIO_SIZE = 20_000
_WRATIO_SIZE = 3_000
_LARGE = 1_000_000
_ROWS = 500


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--only-sizes", action="store_true", help="no recall, no comparison")
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        print(_seconds_of_resolution(generated_corpus(arguments.measure)))
        return
    print(f"names of tests/benchmarks/generated_names.py, seed {SEED}")
    for size in arguments.sizes:
        _print_size(size)
    if not arguments.only_sizes:
        _print_recall()
        _print_comparison("cdist(ratio)", _RATIO_SIZE, _all_ratios)
        _print_comparison("a loop of WRatio", _WRATIO_SIZE, _all_weighted_ratios)


def _print_size(size: int) -> None:
    """A corpus of papers with definitions, and a list of names by the command line."""
    own = [sys.executable, "-m", "tests.benchmarks.resolution", "--measure", str(size)]
    printed, _, memory = _run(own)
    print(f"{size:>9,} names in papers     {float(printed):7.1f} CPU s  {memory:6,.0f} MB")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "names.tsv"
        rows = sorted({(m.text, m.type) for m in generated_corpus(size).mentions})
        file.write_text("".join(f"{text}\t{kind}\n" for text, kind in rows), encoding="utf-8")
        command = [sys.executable, "-m", "graph.cli", "resolve", "--names", str(file)]
        _, seconds, memory = _run([*command, "-o", str(Path(folder) / "concepts.tsv")])
    print(f"{size:>9,} names, the command  {seconds:7.1f} CPU s  {memory:6,.0f} MB")


def _run(command: Sequence[str]) -> tuple[str, float, float]:
    """What a process prints, its CPU seconds, and its peak memory in MB."""
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    with child:
        printed = child.stdout.read() if child.stdout else ""
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{' '.join(command)} failed with {child.returncode}; run it by hand.")
    # Linux counts in kilobytes.
    return printed, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def _seconds_of_resolution(corpus: Corpus) -> float:
    started = _cpu()
    resolve(corpus.mentions, corpus.definitions)
    return _cpu() - started


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _print_recall() -> None:
    """How many pairs that a rule would join, found among all pairs, are in one concept."""
    corpus = generated_corpus(_RECALL_SIZE)
    found = resolve(corpus.mentions, corpus.definitions)
    concepts: dict[str, set[str]] = defaultdict(set)
    for (_, text, _), concept in found.concept_of.items():
        concepts[text].add(concept)
    types: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for mention in corpus.mentions:
        types[mention.text][mention.type] += 1
    forms = {text: normalize(text) for text in types}
    names = take_inventory(types, forms, curated_aliases().by_key.keys()).names
    forms_of = [" ".join(phrase_words(words_without_heads(name))) for name in names]
    pairs = [
        (a, b)
        for a, b in sorted({*_pairs_by_key(names), *_pairs_by_typo(names)})
        if normal_veto(forms_of[a], forms_of[b]) is None and not _by_capitals(names[a], names[b])
    ]
    linked = sum(bool(concepts[names[a].texts[0]] & concepts[names[b].texts[0]]) for a, b in pairs)
    print(
        f"{_RECALL_SIZE:>9,} names: of {len(pairs):,} pairs of names, among all "
        f"{len(names) * (len(names) - 1) // 2:,}, that a rule makes one, {linked:,} were found: "
        f"recall {linked / len(pairs):.4f}"
    )


def _pairs_by_key(names: Sequence[Name]) -> Iterator[tuple[int, int]]:
    """All pairs that agree in wording, but for light head nouns and abbreviations inside."""
    phrases = [phrase_key(name.words) for name in names]
    heads = [compact(" ".join(words_without_heads(name))) for name in names]
    inner = list(phrases)
    for index, words in with_inner_abbreviations(names, [], curated_aliases()):
        inner[index] = phrase_key(words)
    narrow = [name.type for name in names]
    broad = ["Method" if kind == "Task" else kind for kind in narrow]
    for keys, kinds in ((phrases, broad), (heads, narrow), (inner, broad)):
        both = [f"{key}\t{kind}" for key, kind in zip(keys, kinds, strict=True)]
        numbers = np.unique(both, return_inverse=True)[1]
        for a in range(len(names)):
            for b in np.flatnonzero(numbers[a + 1 :] == numbers[a]):
                yield a, a + 1 + int(b)


def _pairs_by_typo(names: Sequence[Name]) -> Iterator[tuple[int, int]]:
    """All pairs of which one is a typo of the other and of no third name."""
    spelled = [" ".join(name.words) for name in names]
    rights: dict[int, list[int]] = defaultdict(list)
    for first in range(0, len(names), _ROWS):
        scores = process.cdist(
            spelled[first : first + _ROWS], spelled, scorer=fuzz.ratio, score_cutoff=LEAST_SCORE
        )
        for row, b in np.argwhere(scores > 0).tolist():
            if is_typo(names[first + row], names[b]):
                rights[first + row].append(b)
    for slip, found in rights.items():
        if len({names[right].words for right in found}) == 1:
            for right in found:
                yield min(slip, right), max(slip, right)


def _by_capitals(a: Name, b: Name) -> bool:
    """Whether capitals coin a word in one name that is an ordinary one in the other."""
    coined_a, plain_a = words_by_capitals(a.texts[0])
    coined_b, plain_b = words_by_capitals(b.texts[0])
    return bool(coined_a & plain_b or coined_b & plain_a)


def _print_comparison(what: str, size: int, compare: Callable[[Sequence[str]], None]) -> None:
    """The time of scoring all pairs, against that of resolution."""
    corpus = generated_corpus(size)
    resolve(corpus.mentions[:100], {})  # reads the tables
    own = _seconds_of_resolution(corpus)
    started = _cpu()
    compare(sorted({mention.text for mention in corpus.mentions}))
    others = _cpu() - started
    hours = others * (_LARGE / size) ** 2 / 3600
    print(
        f"{size:>9,} names: {own:.2f} CPU s; all pairs by {what} {others:.1f} CPU s, "
        f"{others / own:.0f} times as long"
    )
    print(f"{_LARGE:>9,} names: all pairs by {what} would take {hours:,.0f} hours (a projection)")


def _all_ratios(texts: Sequence[str]) -> None:
    for first in range(0, len(texts), _ROWS):
        process.cdist(texts[first : first + _ROWS], texts, scorer=fuzz.ratio, dtype=np.uint8)


def _all_weighted_ratios(texts: Sequence[str]) -> None:
    for place, text in enumerate(texts):
        for other in texts[place + 1 :]:
            fuzz.WRatio(text, other)


if __name__ == "__main__":
    main()
