"""What a user's decisions mean for the names of one corpus."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.normalization import name_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extract.names import Inventory, Name
    from extract.user_decisions import UserDecisions


@dataclass(frozen=True, slots=True)
class WantedPair:
    """Two names that the user wants to be one, or apart.

    Attributes:
        a, b: indices of names.
        text_a, text_b: spellings of them.
        entry: the entry of the decisions file, such as `pin 2`.
    """

    a: int
    b: int
    text_a: str
    text_b: str
    entry: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """The user's decisions as far as they touch names of the corpus.

    Attributes:
        pins, forbids: in the order of the file.
        pinned: indices of all names that a pin touches.
        remarks: one line for each decision that touches nothing, in the order of the file.
    """

    pins: tuple[WantedPair, ...] = ()
    forbids: tuple[WantedPair, ...] = ()
    pinned: frozenset[int] = frozenset()
    remarks: tuple[str, ...] = ()


def find_wanted(decisions: UserDecisions, inventory: Inventory) -> Wanted:
    """Look the names of pins and forbids up in a corpus.

    A name is meant as it is written; where the corpus does not write it so, all names that differ
    from it by case, hyphen or plural only.
    """
    if not (decisions.pins or decisions.forbids):
        return Wanted()
    by_key: dict[str, list[Name]] = defaultdict(list)
    for name in inventory.names:
        by_key[name.key].append(name)
    remarks: list[str] = []

    def found(groups: Sequence[tuple[str, ...]], kind: str) -> Iterator[list[WantedPair]]:
        for number, group in enumerate(groups, 1):
            entry = f"{kind} {number}"
            meant = [(text, _meant(text, inventory, by_key)) for text in group]
            absent = [repr(text) for text, names in meant if not any(n.count for n in names)]
            if absent:
                remarks.append(f"{entry}: no paper mentions {' or '.join(absent)}.")
            yield [
                pair for a, b in itertools.combinations(meant, 2) for pair in _pairs(a, b, entry)
            ]

    pins = tuple(itertools.chain.from_iterable(found(decisions.pins, "pin")))
    forbids = tuple(itertools.chain.from_iterable(found(decisions.forbids, "forbid")))
    pinned = frozenset(index for pair in pins for index in (pair.a, pair.b))
    return Wanted(pins, forbids, pinned, tuple(remarks))


def _meant(text: str, inventory: Inventory, by_key: dict[str, list[Name]]) -> list[Name]:
    exact = inventory.by_text.get(text)
    return [exact] if exact is not None else by_key.get(name_key(text), [])


def _pairs(
    a: tuple[str, list[Name]], b: tuple[str, list[Name]], entry: str
) -> Iterator[WantedPair]:
    for name_a, name_b in itertools.product(a[1], b[1]):
        if name_a.index != name_b.index:
            text_a = a[0] if a[0] in name_a.texts else name_a.texts[0]
            text_b = b[0] if b[0] in name_b.texts else name_b.texts[0]
            yield WantedPair(name_a.index, name_b.index, text_a, text_b, entry)
