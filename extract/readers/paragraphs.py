"""The texts of a page: its lines, or its paragraphs where the lines were wrapped."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from extract.readers.alignment import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LONG_LINE = 250
_MAX_TITLE_LINES = 3
_FULL_SHARE = 0.7
_LONG_TITLE = 1.2  # a first line so much longer than the widest other line was not wrapped


def units_of(lines: Sequence[tuple[int, str]]) -> list[Unit]:
    """The texts in numbered lines, which have no white space at their ends; blank ones part them.

    Where lines were wrapped, texts are the paragraphs between blank lines, with the line breaks
    kept, and a title that heads a paragraph is a text of its own.
    """
    if _is_wrapped(lines):
        return [unit for paragraph in _paragraphs(lines) for unit in _units(paragraph)]
    gaps = [True, *(not text for _, text in lines)]
    return [
        Unit(number, text, gap) for (number, text), gap in zip(lines, gaps, strict=False) if text
    ]


def _is_wrapped(lines: Sequence[tuple[int, str]]) -> bool:
    """Whether lines are pieces of paragraphs, rather than whole titles and abstracts.

    They are where most of the text is in short lines, and most lines are as full as the next word
    allows. The first break of each paragraph does not count: a title may end there.
    """
    in_long_lines = sum(len(text) for _, text in lines if len(text) >= _LONG_LINE)
    if 2 * in_long_lines >= sum(len(text) for _, text in lines):
        return False
    full = breaks = 0
    for paragraph in _paragraphs(lines):
        texts = [text for _, text in paragraph]
        width = max(map(len, texts))
        rooms = [_has_room(a, b, width) for a, b in pairwise(texts)]
        counted = rooms[1:] if rooms and rooms[0] else rooms
        full += counted.count(False)
        breaks += len(counted)
    return breaks > 0 and full >= _FULL_SHARE * breaks


def _paragraphs(lines: Sequence[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    paragraph: list[tuple[int, str]] = []
    for number, text in (*lines, (0, "")):
        if text:
            paragraph.append((number, text))
        elif paragraph:
            yield paragraph
            paragraph = []


def _units(paragraph: list[tuple[int, str]]) -> Iterator[Unit]:
    cut = _title_lines([text for _, text in paragraph])
    for number, piece in ((0, paragraph[:cut]), (1, paragraph[cut:])):
        if piece:
            yield Unit(piece[0][0], "\n".join(text for _, text in piece), gap=not (number and cut))


def _title_lines(lines: Sequence[str]) -> int:
    """How many lines at the beginning are a title; 0 where none is.

    A title ends where a line was broken though the next word had room on it, or where its one
    line is longer than the abstract's are wide.
    """
    for count in range(1, min(_MAX_TITLE_LINES + 1, len(lines))):
        title, last = lines[:count], lines[count - 1]
        width = max(map(len, lines[count:]))
        if last.endswith("."):
            return 0
        if _has_room(last, lines[count], max(width, *map(len, title))):
            return count
        if count == 1 and len(last) > _LONG_TITLE * width:
            return count
    return 0


def _has_room(line: str, following: str, width: int) -> bool:
    """Whether the first word of the following line would have had room on this one."""
    return len(line) + 1 + len(following.split(maxsplit=1)[0]) <= width
