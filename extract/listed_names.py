"""The user's own names in one paper: where they stand in what the network read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.consistency import FoundSpan

if TYPE_CHECKING:
    from extract.gazetteer import Gazetteer
    from extract.reading_text import ReadingText

LISTED = "listed"
"""The step that finds a user's own names."""


@dataclass(frozen=True, slots=True)
class ListedSpan:
    """A place of a listed name, and what the list calls the thing."""

    span: FoundSpan
    canonical: str | None


def find_listed(gazetteer: Gazetteer, text: ReadingText) -> tuple[ListedSpan, ...]:
    """The listed names of a paper, in title and abstract each by itself, sorted."""
    border = text.abstract_start
    return tuple(
        ListedSpan(
            FoundSpan(shift + match.start, shift + match.end, match.entry.type, LISTED),
            match.entry.canonical,
        )
        for shift, part in ((0, text.text[:border]), (border, text.text[border:]))
        for match in gazetteer.find(part)
    )
