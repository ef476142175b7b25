"""Misspelled words in names: candidates by an exact index, scores by RapidFuzz, precision first.

A typo is one wrong, missing, additional or swapped letter in one word that is no ordinary word,
where the same name with the ordinary word exists. Names that somebody coined are never taken for
typos of each other (`BLIP`/`CLIP`, `Reformer`/`Performer`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from extract.lexicon import ordinary_forms
from extract.vetoes import normal_veto

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from extract.names import Name

_NUMBER = re.compile(r"\d+(?:[._]\d+)*")
_DIGIT = re.compile(r"\d")
LEAST_SCORE = 90.0
"""The least `fuzz.ratio` (0 to 100) of two normal forms for one to be a typo of the other."""

_SHORTEST_WORD = 5


@dataclass(frozen=True, slots=True, order=True)
class ScoredPair:
    """Two names, by index, and the ratio of their normal forms (0 to 100)."""

    a: int
    b: int
    score: float


def find_typos(names: Sequence[Name]) -> list[ScoredPair]:
    """The names that are typos of others, each with what it should be; all of them.

    Every unknown word is looked up in an index of the ordinary words of the corpus by what a
    missing letter makes of them; the name with the word put right is looked up among the names.
    That is linear in the names, and nothing is capped. A name that may be a typo of several
    (`contect model` of `context model` and of `connect model`) is taken for none.

    Args:
        names: with `index` as their place in the list.

    Returns:
        Pairs sorted; `a` is the misspelled name.
    """
    words = {word for name in names for word in name.words if len(word) >= _SHORTEST_WORD}
    corrections = _Corrections(words)
    slips = [
        (name.index, (*name.words[:place], right, *name.words[place + 1 :]))
        for name in names
        for place, word in _unknown_words(name)
        for right in corrections.of(word)
    ]
    if not slips:
        return []
    by_words: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for name in names:
        by_words[name.words].append(name.index)
    rights: dict[int, list[tuple[str, ...]]] = defaultdict(list)
    for slip, right in slips:
        if right in by_words:
            rights[slip].append(right)
    return _scored(
        names,
        [
            (slip, index)
            for slip, found in rights.items()
            if len(found) == 1 and not any(map(_has_inner_capital, names[slip].texts))
            for index in by_words[found[0]]
        ],
    )


class _Corrections:
    """The ordinary words among `words`, to be found by words one slip away from them.

    One edit apart are two words only if one is the other without a letter, or both without a
    letter are the same (a swap of neighbours included).
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._by_stump: dict[str, list[str]] = defaultdict(list)
        self._found: dict[str, tuple[str, ...]] = {}
        for word in sorted(ordinary_forms().intersection(words)):
            for stump in _stumps(word):
                self._by_stump[stump].append(word)

    def of(self, word: str) -> tuple[str, ...]:
        """The words of which `word` is a slip, sorted."""
        if word not in self._found:
            near = {right for stump in _stumps(word) for right in self._by_stump.get(stump, ())}
            self._found[word] = tuple(sorted(right for right in near if _is_slip(word, right)))
        return self._found[word]


def _stumps(word: str) -> Iterator[str]:
    """The word itself, and without each of its letters but the first, which no slip changes."""
    yield word
    for place in range(1, len(word)):
        yield word[:place] + word[place + 1 :]


def _unknown_words(name: Name) -> Iterator[tuple[int, str]]:
    """The words that may be misspelled ones, and their places."""
    if len(name.words) == 1:
        # `memoization` is no typo of `memorization`; in longer names the other words vouch.
        return
    ordinary = ordinary_forms()
    for place, word in enumerate(name.words):
        if len(word) >= _SHORTEST_WORD and word not in ordinary and word.isalpha():
            yield place, word


def _has_inner_capital(text: str) -> bool:
    return any(word[1:] != word[1:].lower() for word in text.replace("-", " ").split())


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
    return sorted(
        ScoredPair(a, b, round(float(score), 1))
        for (a, b), score, x, y in zip(pairs, scores, left, right, strict=True)
        if score >= LEAST_SCORE and normal_veto(x, y) is None
    )


def find_near_misses(names: Sequence[Name]) -> list[ScoredPair]:
    """Pairs that a score would take for one name and that differ by their numbers only.

    Such as `GPT-3` and `GPT-4`. Of several names (`ResNet-18`, `-34`, `-50`) neighbours in the
    order of keys are given, so that the list grows with the names and not with their pairs.

    Returns:
        Pairs sorted, `a < b`, with the ratio of their keys.
    """
    blocks: dict[str, list[int]] = defaultdict(list)
    for name in names:
        if name.count and _DIGIT.search(name.key):
            blocks[_NUMBER.sub("0", name.key)].append(name.index)
    pairs = [pair for block in blocks.values() for pair in pairwise(block)]
    scores = [fuzz.ratio(names[a].key, names[b].key) for a, b in pairs]
    return sorted(
        ScoredPair(a, b, round(score, 1))
        for (a, b), score in zip(pairs, scores, strict=True)
        if normal_veto(" ".join(names[a].words), " ".join(names[b].words)) is not None
    )
