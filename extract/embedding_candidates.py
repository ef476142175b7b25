"""Pairs of concepts whose names mean much the same, for a user to judge; nothing is merged here.

Word embeddings propose pairs that no rule finds, by the cosine of two names: other forms of the
same words, such as `contextual representation` and `contextualized representation` (0.96). They
propose wrong ones too, so that only a pin makes a pair one. Names of other words score little
higher than strangers (`nucleus sampling`, `top-p sampling`: 0.57); the alias table is for those.

The model is optional (`pip install "paperkg[embeddings]"`): WordLlama, static embeddings of 256
dimensions averaged over the pieces of a name, whose wheel carries the weights; nothing is
downloaded. It knows words, not coined names, so that spellings without an ordinary word (`LoRA`,
`SVD`) take no part.
"""

from __future__ import annotations

import itertools
import logging
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from extract.errors import ModelError, UsageError
from extract.normalization import name_key, normalize, plain_text
from extract.user_decisions import UserDecisions
from extract.vetoes import numbers, veto, words_by_capitals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from types import ModuleType

    from numpy.typing import NDArray

    from extract.records import Concept

LEAST_SCORE = 0.8
"""The least cosine of two names for their concepts to be worth a look."""

_MOST_PAIRS = 1_000_000  # pairs of spellings; more alike ones displace them
_TILE = 2_048  # rows and columns of one matrix product: 16 MB of scores
_DIGITS = 4  # machines differ in the seventh


class Embed(Protocol):
    """Anything that turns texts into vectors."""

    def __call__(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        """One row a text; all texts have at least one word."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two concepts that may be one thing.

    Attributes:
        score: the cosine of their most alike spellings, 0 to 1, rounded to 4 digits.
        a, b: the concepts, of one type; `a.id < b.id`.
        spellings: those most alike spellings, as mentions write them.
    """

    score: float
    a: Concept
    b: Concept
    spellings: tuple[str, str]


def find_candidates(
    concepts: Iterable[Concept],
    embed: Embed,
    *,
    limit: int = 50,
    least: float = LEAST_SCORE,
    decisions: UserDecisions | None = None,
) -> list[Candidate]:
    """The pairs of concepts of one type whose names are most alike in meaning.

    Left out are pairs of which a veto keeps any two spellings apart, pairs that share a spelling
    (resolution has told these apart), and pairs on which the user has decided.

    Args:
        concepts: in any order.
        embed: the embeddings (`load_embeddings`).
        limit: most pairs, 1 or more.
        least: least cosine, 0 to 1.
        decisions: what the user has pinned and forbidden.

    Returns:
        Best first, ties by ids. Of the pairs of spellings that reach `least` the best million are
        looked at.

    Raises:
        UsageError: `limit` or `least` is out of its range.
    """
    if limit < 1 or not 0 <= least <= 1:
        raise UsageError(
            f"Got limit {limit} and least {least:g}; expected a limit of 1 or more and a least "
            "cosine from 0 to 1."
        )
    listed = sorted(concepts, key=lambda concept: concept.id)
    spellings = list(_spellings(listed))
    decided = _decided_pairs(listed, decisions or UserDecisions())
    found: list[Candidate] = []
    seen: set[tuple[int, int]] = set()
    for score, first, second in _alike(spellings, embed, least):
        x, y = spellings[first], spellings[second]
        if (x.concept, y.concept) in seen:
            continue
        seen.add((x.concept, y.concept))
        a, b = listed[x.concept], listed[y.concept]
        if (a.id, b.id) not in decided and not _are_apart(a, b):
            found.append(Candidate(score, a, b, (x.text, y.text)))
            if len(found) == limit:
                break
    return found


# What is compared.


@dataclass(frozen=True, slots=True)
class _Spelling:
    """A spelling to compare.

    Attributes:
        concept: index of its concept.
        text: as mentions write it.
        plain: what is embedded: without markup, in small letters.
        block: what names must share for no veto to stand: the type, and the numbers in it.
    """

    concept: int
    text: str
    plain: str
    block: tuple[str, tuple[str, ...]]


def _spellings(concepts: Sequence[Concept]) -> Iterator[_Spelling]:
    """The spellings that hold an ordinary word; of those that differ by case the most frequent."""
    for index, concept in enumerate(concepts):
        plain: dict[str, str] = {}
        for alias in concept.aliases:
            if words_by_capitals(alias.text)[1]:
                plain.setdefault(plain_text(alias.text).lower(), alias.text)
        for form in sorted(plain):
            block = (concept.type, numbers(normalize(form)))
            yield _Spelling(index, plain[form], form, block)


def _are_apart(a: Concept, b: Concept) -> bool:
    """Whether they share a spelling, case and the like aside, or a veto keeps any two apart."""
    texts_a, texts_b = ([alias.text for alias in concept.aliases] for concept in (a, b))
    if not {name_key(text) for text in texts_a}.isdisjoint(map(name_key, texts_b)):
        return True
    return any(veto(x, y) is not None for x, y in itertools.product(texts_a, texts_b))


def _decided_pairs(
    concepts: Iterable[Concept], decisions: UserDecisions
) -> frozenset[tuple[str, str]]:
    """The pairs of concept ids that pins, also through one another, or forbids are about.

    A name is meant as it is written; where no mention writes it so, all that differ from it by
    case, hyphen or plural only.
    """
    if not (decisions.pins or decisions.forbids):
        return frozenset()
    by_text: dict[str, set[str]] = defaultdict(set)
    by_key: dict[str, set[str]] = defaultdict(set)
    for concept in concepts:
        for alias in concept.aliases:
            by_text[alias.text].add(concept.id)
            by_key[name_key(alias.text)].add(concept.id)
    return frozenset(
        (min(a, b), max(a, b))
        for group in (*_joined(decisions.pins), *decisions.forbids)
        for meant in itertools.combinations(_meant(group, by_text, by_key), 2)
        for a, b in itertools.product(*meant)
        if a != b
    )


def _meant(
    names: Iterable[str], by_text: Mapping[str, set[str]], by_key: Mapping[str, set[str]]
) -> list[set[str]]:
    return [by_text.get(name) or by_key.get(name_key(name), set()) for name in names]


def _joined(groups: Iterable[tuple[str, ...]]) -> list[set[str]]:
    """Groups that share no name, made of groups that may.

    >>> [sorted(group) for group in _joined([("a", "b"), ("c", "d"), ("b", "c")])]
    [['a', 'b', 'c', 'd']]
    """
    joined: list[set[str]] = []
    for group in groups:
        together = set(group).union(*(other for other in joined if not other.isdisjoint(group)))
        joined = [other for other in joined if other.isdisjoint(together)] + [together]
    return joined


# How alike they are.


def _alike(
    spellings: Sequence[_Spelling], embed: Embed, least: float
) -> Iterator[tuple[float, int, int]]:
    """Pairs of spellings of different concepts in one block: score and indices, best first."""
    if not spellings:
        return
    vectors = embed([spelling.plain for spelling in spellings]).astype(np.float32)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    owners = np.array([spelling.concept for spelling in spellings], dtype=np.int32)
    blocks: dict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    for index, spelling in enumerate(spellings):
        blocks[spelling.block].append(index)
    best = _BestPairs(least)
    for block in blocks.values():
        members = np.array(block, dtype=np.int32)
        for rows, columns in _tiles(members):
            scores = vectors[rows] @ vectors[columns].T
            # The rounded score must reach the least one.
            i, j = np.nonzero(scores >= best.least - 0.5 * 10**-_DIGITS)
            first, second = rows[i], columns[j]
            wanted = (first < second) & (owners[first] != owners[second])
            best.add(scores[i[wanted], j[wanted]], first[wanted], second[wanted])
    yield from best.pairs()


def _tiles(members: NDArray[np.int32]) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int32]]]:
    """Rows and columns of the tiles on and above the diagonal of all pairs."""
    parts = [members[start : start + _TILE] for start in range(0, len(members), _TILE)]
    yield from itertools.combinations_with_replacement(parts, 2)


class _BestPairs:
    """The best of the pairs that it is given, at most a million, whatever their order.

    Attributes:
        least: the score that a pair must reach; rises once there are too many.
    """

    def __init__(self, least: float) -> None:
        self.least = least
        self._scores = np.empty(0, dtype=np.float64)
        self._pairs = np.empty((0, 2), dtype=np.int32)
        self._new: list[tuple[NDArray[np.float64], NDArray[np.int32]]] = []
        self._count = 0

    def add(
        self, scores: NDArray[np.float32], first: NDArray[np.int32], second: NDArray[np.int32]
    ) -> None:
        """Take more pairs in, each of which must be given once only."""
        rounded = scores.astype(np.float64).round(_DIGITS)
        reached = rounded >= self.least
        pairs = np.stack((first[reached], second[reached]), axis=1)
        self._new.append((rounded[reached], pairs))
        self._count += len(pairs)
        if self._count > _MOST_PAIRS:
            self._settle()

    def pairs(self) -> Iterator[tuple[float, int, int]]:
        """Score and indices, best first, ties by indices."""
        self._settle()
        for score, (first, second) in zip(self._scores, self._pairs, strict=True):
            yield min(float(score), 1.0), int(first), int(second)

    def _settle(self) -> None:
        """Sort what came and let go of the worst."""
        scores = np.concatenate([self._scores, *(scores for scores, _ in self._new)])
        pairs = np.concatenate([self._pairs, *(pairs for _, pairs in self._new)])
        order = np.lexsort((pairs[:, 1], pairs[:, 0], -scores))[:_MOST_PAIRS]
        self._scores, self._pairs = scores[order], pairs[order]
        self._new, self._count = [], 0
        if len(order) == _MOST_PAIRS:
            self.least = float(self._scores[-1])


# The model.


def load_embeddings() -> Embed:
    """The embeddings of WordLlama that its wheel carries; no network is used.

    Raises:
        UsageError: the extra is not installed.
        ModelError: it is, but without its model.
    """
    wordllama = _import_wordllama()
    try:
        # Its own search overlooks the tokenizer that lies beside its code, and would download one.
        model = wordllama.WordLlama.load(
            cache_dir=Path(wordllama.__file__ or "").parent, disable_download=True
        )
    except (OSError, ValueError) as exc:
        raise ModelError(
            f"The embeddings of wordllama {wordllama.__version__} cannot be loaded ({exc}). "
            'Install them anew: pip install --force-reinstall "paperkg[embeddings]"'
        ) from exc

    def embed(texts: Sequence[str], /) -> NDArray[np.float32]:
        vectors: NDArray[np.float32] = model.embed(list(texts))
        return vectors

    return embed


def _import_wordllama() -> ModuleType:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        import wordllama
    except ImportError as exc:
        raise UsageError(
            f"Candidates need word embeddings, which are not installed ({exc}). Install them: "
            'pip install "paperkg[embeddings]"'
        ) from exc
    finally:
        # It sets up the logging of the whole process when it is imported.
        root.handlers[:] = handlers
        root.setLevel(level)
    module: ModuleType = wordllama
    return module
