"""What a reader yields: a record as the file has it, or why one cannot be taken."""

from __future__ import annotations

from dataclasses import dataclass

EXCERPT_LENGTH = 200
"""Characters of a refused record that are shown."""

MAX_RECORD_BYTES = 32 * 2**20
"""Size from which a line or record is not held in memory but refused: no abstract is so long,
though a line of JSON with a full text and all its references may come near."""


@dataclass(frozen=True, slots=True)
class PageDate:
    """The date on a page of papers, as far as the page shows it; all None where it shows none."""

    month: int | None = None
    day: int | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class RawRecord:
    """A record as one format has it, not checked yet.

    Attributes:
        line: line on which it starts, from 1; its number, from 1, in formats without lines.
        title, abstract: as read, white space at the ends and all.
        record_id: the record's own id.
        doi, arxiv_id, url: as written.
        published: ISO date, as far as it is known.
        seen_on: ISO date, where the record itself says when it was listed.
        page: the date of the page, in formats that are pages of papers; None in all others.
    """

    line: int
    title: str
    abstract: str
    record_id: str | None = None
    doi: str | None = None
    arxiv_id: str | None = None
    published: str | None = None
    seen_on: str | None = None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    url: str | None = None
    page: PageDate | None = None


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A record, or a whole file, that cannot be taken.

    Attributes:
        line: where it starts, counted as in `RawRecord`; None for a whole file.
        reason: a sentence without its full stop.
        excerpt: how the record begins, made by `excerpt`.
    """

    line: int | None
    reason: str
    excerpt: str = ""


Item = RawRecord | BadRecord


def excerpt(text: str) -> str:
    r"""How `text` begins, safe to print: what is invisible, or changes the direction
    of text, is escaped.

    >>> excerpt("one\ttwo\x00")
    'one\\x09two\\x00'
    """
    return "".join(map(_visible, text[:EXCERPT_LENGTH]))


def _visible(character: str) -> str:
    if character.isprintable():
        return character
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        code -= 0xDC00  # a byte that is no UTF-8, as `surrogateescape` keeps it
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
