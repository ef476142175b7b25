"""Misspelled words in names: candidates by blocks, scores by RapidFuzz, precision first.

A typo is one wrong, missing, additional or swapped letter in one word that is no ordinary word,
where the same name with the ordinary word exists. Names that somebody coined are never taken for
typos of each other (`BLIP`/`CLIP`, `Reformer`/`Performer`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from extract.lexicon import ordinary_forms
from extract.vetoes import normal_veto

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extract.names import Name

_NUMBER = re.compile(r"\d+(?:[._]\d+)*")
LEAST_SCORE = 90.0
"""The least `fuzz.ratio` (0 to 100) of two normal forms for one to be a typo of the other."""

_SHORTEST_WORD = 5
_EDGE = 3


@dataclass(frozen=True, slots=True, order=True)
class ScoredPair:
    """Two names, by index, and the ratio of their normal forms (0 to 100)."""

    a: int
    b: int
    score: float


def find_typos(names: Sequence[Name]) -> list[ScoredPair]:
    """The pairs of names of which one is a typo of the other.

    Blocks are names that share all words but one, and of that word the first or the last three
    letters: a single slip leaves one of both whole in words of five letters and more.

    Args:
        names: with `index` as their place in the list.

    Returns:
        Pairs sorted, `a < b`.
    """
    queries: dict[tuple[object, ...], set[tuple[str, int]]] = defaultdict(set)
    for name in names:
        for place, word in _unknown_words(name):
            for block in _blocks(name.words, place, word):
                queries[block].add((word, name.index))
    if not queries:
        return []
    candidates: set[tuple[int, int]] = set()
    for name in names:
        for place, word in enumerate(name.words):
            if len(word) >= _SHORTEST_WORD and word in ordinary_forms():
                for block in _blocks(name.words, place, word):
                    for slip, other in queries.get(block, ()):
                        if _is_slip(slip, word):
                            candidates.add((min(name.index, other), max(name.index, other)))
    return _scored(names, sorted(candidates))


def _unknown_words(name: Name) -> Iterable[tuple[int, str]]:
    """Words that are no ordinary ones, in a name that is spelled like an ordinary phrase."""
    texts = name.texts
    if len(name.words) == 1:
        # `memoization` is no typo of `memorization`; in longer names the other words vouch.
        return
    for place, word in enumerate(name.words):
        if (
            len(word) >= _SHORTEST_WORD
            and word.isalpha()
            and word not in ordinary_forms()
            and not any(_has_inner_capital(text) for text in texts)
        ):
            yield place, word


def _has_inner_capital(text: str) -> bool:
    return any(word[1:] != word[1:].lower() for word in text.replace("-", " ").split())


def _blocks(words: tuple[str, ...], place: int, word: str) -> Iterable[tuple[object, ...]]:
    rest = (words[:place], words[place + 1 :])
    yield (*rest, "<", word[:_EDGE])
    yield (*rest, ">", word[-_EDGE:])


def _is_slip(slip: str, word: str) -> bool:
    """Whether one edit, not of the first letter nor of a mere ending, makes `word` of `slip`."""
    if slip[0] != word[0] or abs(len(slip) - len(word)) > 1:
        return False
    return slip[:-1] != word and slip != word[:-1] and OSA.distance(slip, word, score_cutoff=1) == 1


def _scored(names: Sequence[Name], pairs: Sequence[tuple[int, int]]) -> list[ScoredPair]:
    if not pairs:
        return []
    left = [" ".join(names[a].words) for a, _ in pairs]
    right = [" ".join(names[b].words) for _, b in pairs]
    scores = process.cpdist(
        left, right, scorer=fuzz.ratio, score_cutoff=LEAST_SCORE, dtype=np.float64
    )
    return [
        ScoredPair(a, b, round(float(score), 1))
        for (a, b), score, x, y in zip(pairs, scores, left, right, strict=True)
        if score >= LEAST_SCORE and normal_veto(x, y) is None
    ]


def find_near_misses(names: Sequence[Name]) -> list[ScoredPair]:
    """Pairs that a score would take for one name and that differ by their numbers only.

    Such as `GPT-3` and `GPT-4`. Of several names (`ResNet-18`, `-34`, `-50`) neighbours in the
    order of keys are given, so that the list grows with the names and not with their pairs.

    Returns:
        Pairs sorted, `a < b`, with the ratio of their keys.
    """
    blocks: dict[str, list[int]] = defaultdict(list)
    for name in names:
        if name.count and any(c.isdigit() for c in name.key):
            blocks[_NUMBER.sub("0", name.key)].append(name.index)
    pairs = [(block[i], block[i + 1]) for block in blocks.values() for i in range(len(block) - 1)]
    scores = [fuzz.ratio(names[a].key, names[b].key) for a, b in pairs]
    return sorted(
        ScoredPair(a, b, round(score, 1))
        for (a, b), score in zip(pairs, scores, strict=True)
        if normal_veto(" ".join(names[a].words), " ".join(names[b].words)) is not None
    )
