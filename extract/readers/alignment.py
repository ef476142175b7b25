"""Which of a page's texts are titles and which abstracts, also where some are lost.

The texts should alternate. Where one is missing, or an abstract has two paragraphs, counting
would shift everything behind it; so the cheapest reading of all texts is found by dynamic
programming (Viterbi), where each text costs what it lacks in the looks of its part: titles are
short and end without a full stop, abstracts are long and made of sentences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class Part(Enum):
    """What a text of a page is."""

    TITLE = "title, followed by its abstract"
    LONE_TITLE = "title whose abstract is missing"
    ABSTRACT = "abstract, after its title"
    LONE_ABSTRACT = "abstract whose title is missing"
    PARAGRAPH = "further paragraph of the abstract before it"


@dataclass(frozen=True, slots=True)
class Unit:
    """One text of a page: a line, or a paragraph of lines that were wrapped.

    Attributes:
        line: where it starts, from 1.
        text: as read, without white space at the ends.
        gap: whether a blank line stands before it.
    """

    line: int
    text: str
    gap: bool = True


_AFTER: dict[Part, tuple[Part, ...]] = {
    Part.TITLE: (Part.ABSTRACT, Part.LONE_ABSTRACT, Part.PARAGRAPH, Part.LONE_TITLE),
    Part.LONE_TITLE: (Part.ABSTRACT, Part.LONE_ABSTRACT, Part.PARAGRAPH, Part.LONE_TITLE),
    Part.ABSTRACT: (Part.TITLE,),
    Part.LONE_ABSTRACT: (Part.ABSTRACT, Part.LONE_ABSTRACT, Part.PARAGRAPH, Part.LONE_TITLE),
    Part.PARAGRAPH: (Part.ABSTRACT, Part.LONE_ABSTRACT, Part.PARAGRAPH),
}
"""Which parts may stand before a part; of equal costs the first wins."""

_MISSING = 4.0  # price of a lost title or abstract
_ARXIV_ABSTRACT_LIMIT = 1920  # arXiv takes no more characters; two abstracts mostly have more
_SENTENCE_END = re.compile(r"[.!?][\"')\]]?\s+[\"'(\[]?[A-Z]")
_ADDRESS_END = re.compile(r"(?:https?://\S+|\S+\.(?:io|com|org|net|edu)\S*)$")
# Titles, too, may end with `?` or `!`.
_STATEMENT_END = re.compile(r"[.。…][\"')\]}*]*$")
_TEXT_END = re.compile(r"[.!?。…][\"')\]}*]*$")


def align(units: Sequence[Unit]) -> tuple[list[Part], float]:
    """The part of each text, and what the reading costs: 0 where all look like what they are."""
    if not units:
        return [], 0.0
    if _alternates(units):
        return [Part.TITLE, Part.ABSTRACT] * (len(units) // 2), _cost_of_alternation(units)
    costs = {Part.TITLE: 0.0, Part.LONE_TITLE: 0.0, Part.LONE_ABSTRACT: 0.0}
    costs = {part: _cost(part, units[0], None) for part in costs}
    origins: list[dict[Part, Part]] = []
    for before, unit in pairwise(units):
        best: dict[Part, float] = {}
        origin: dict[Part, Part] = {}
        for part, allowed in _AFTER.items():
            known = [each for each in allowed if each in costs]
            if known:
                origin[part] = min(known, key=costs.__getitem__)
                best[part] = costs[origin[part]] + _cost(part, unit, before)
        costs = best
        origins.append(origin)
    # A title at the very end has no abstract.
    last: Part = min(set(costs) - {Part.TITLE}, key=lambda part: (costs[part], part.value))
    parts = [last]
    for origin in reversed(origins):
        parts.append(origin[parts[-1]])
    return parts[::-1], costs[last]


def _alternates(units: Sequence[Unit]) -> bool:
    """Whether each second text is so much longer than the one before it that nothing is lost."""
    return len(units) % 2 == 0 and all(
        len(abstract.text) >= 2 * len(title.text)
        for title, abstract in zip(units[::2], units[1::2], strict=True)
    )


def _cost_of_alternation(units: Sequence[Unit]) -> float:
    titles = sum(_title_cost(unit.text) for unit in units[::2])
    return titles + sum(_abstract_cost(unit.text) for unit in units[1::2])


def _cost(part: Part, unit: Unit, before: Unit | None) -> float:
    text = unit.text
    if part is Part.TITLE:
        return _title_cost(text)
    if part is Part.LONE_TITLE:
        return _title_cost(text) + _MISSING
    if part is Part.ABSTRACT:
        return _abstract_cost(text)
    if part is Part.LONE_ABSTRACT:
        return _abstract_cost(text) + _MISSING
    return _paragraph_cost(text, before.text if before else "")


def _title_cost(text: str) -> float:
    """Free up to 200 characters; length counts up to 5, sentences up to 5 more."""
    cost = min(5.0, max(0, len(text) - 200) / 100)
    if text.endswith(".") and not text.endswith("..."):
        cost += 1.5
    if len(text) > 120:
        # The first few thousand characters show whether it is made of sentences.
        cost += min(3.5, 1.2 * len(_SENTENCE_END.findall(text[:2000])))
    return cost


def _abstract_cost(text: str) -> float:
    """Free from 300 characters on; up to 5 where it is short, and so much more where no sentence
    ends it that two titles in a row are cheaper than one with the next for its abstract.
    """
    if len(text) >= 300:
        return 0.0
    return (300 - len(text)) / 60 + (0.0 if _ends_statement(text) else 6.0)


def _paragraph_cost(text: str, before: str) -> float:
    """Cheap where it goes on with a sentence, or where both together fit into one abstract."""
    cost = 2.5 if len(before) + len(text) <= _ARXIV_ABSTRACT_LIMIT else 6.0
    if text[:1].islower():
        cost -= 1.5
    if _ADDRESS_END.search(before[-100:]):
        cost += 1.0  # where the code is comes last
    elif not _TEXT_END.search(before[-100:]):
        cost -= 1.0
    if not _ends_statement(text):
        cost += 3.0
    return cost


def _ends_statement(text: str) -> bool:
    end = text[-100:]
    return bool(_STATEMENT_END.search(end) or _ADDRESS_END.search(end))
