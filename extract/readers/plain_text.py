"""Plain text of titles and abstracts as a person writes it: refused where it does not look so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.readers.alignment import Part, Unit, align
from extract.readers.page_text import records
from extract.readers.paragraphs import units_of
from extract.readers.raw import MAX_RECORD_BYTES, BadRecord, excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extract.readers.bytestream import ByteStream
    from extract.readers.raw import Item

UNKNOWN = (
    "the file is of no known format; known are Daily Papers pages (text or HTML), JSON, JSON "
    "Lines, Atom, BibTeX, RIS, nbib, CSV and TSV with a header, and text with each title and "
    "abstract on lines of their own"
)
_MARKDOWN = re.compile(r"#{1,6} \S|```|~~~")
_LABEL = re.compile(r"(title|abstract):\s*", re.IGNORECASE)
_HEADING = re.compile(r"(?:title|abstract)\s*:?", re.IGNORECASE)
# For each text, on average, and for all together: one abstract may be without a title.
_MAX_COST = 2.5
_MAX_COST_BEYOND = 4.0
_MIN_LETTERS = 0.85  # share of letters and blanks; prose has some 0.95, code and tables less


def read_text(stream: ByteStream) -> Iterator[Item]:
    """The records of a text in which titles and abstracts alternate.

    Abstracts may be wrapped, and blank lines are needed only between records that are. The words
    `Title:` and `Abstract:` before them are taken away. A text that does not look so is refused
    as a whole.
    """
    lines: list[tuple[int, str]] = []
    size = 0
    for number, line in stream.lines():
        text = line.strip()
        # A heading above an abstract, as in a text copied from a PDF, is no title.
        lines.append((number, "" if _HEADING.fullmatch(text) else text))
        size += len(line)
        if size > MAX_RECORD_BYTES:
            yield BadRecord(None, UNKNOWN, excerpt(lines[0][1]))
            return
    units = [_unlabelled(unit) for unit in units_of(lines)]
    parts, cost = align(units)
    if not _is_prose(units, parts) or cost > _MAX_COST * len(units) + _MAX_COST_BEYOND:
        yield BadRecord(None, UNKNOWN, excerpt(units[0].text if units else ""))
    else:
        yield from records(units, parts, page=None)


def _unlabelled(unit: Unit) -> Unit:
    match = _LABEL.match(unit.text)
    return Unit(unit.line, unit.text[match.end() :], unit.gap) if match else unit


def _is_prose(units: Sequence[Unit], parts: Sequence[Part]) -> bool:
    """Whether the abstracts are made of words, and nothing is marked up as Markdown."""
    if any(_MARKDOWN.match(unit.text) for unit in units):
        return False
    titles = (Part.TITLE, Part.LONE_TITLE)
    abstracts = [unit.text for unit, part in zip(units, parts, strict=True) if part not in titles]
    text = "".join(abstracts)
    letters = sum(character.isalpha() or character.isspace() for character in text)
    return letters > 0 and letters >= _MIN_LETTERS * len(text)
