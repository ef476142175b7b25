"""RIS as reference managers and publishers write it, read by rispy a record at a time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import rispy

from extract.readers.dates import iso_date
from extract.readers.line_groups import LineGroup, group_lines
from extract.readers.raw import BadRecord, RawRecord, excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.readers.bytestream import ByteStream
    from extract.readers.raw import Item

_START = re.compile(r"TY  -")
_TAG = re.compile(r"[A-Z][A-Z0-9]  -")
_TITLES = ("primary_title", "title", "translated_title", "short_title")
_ABSTRACTS = ("abstract", "notes_abstract")


def read_ris(stream: ByteStream) -> Iterator[Item]:
    """One record for each `TY` line, with or without the `ER` that should end it."""
    parser = rispy.RisParser()
    for group in group_lines(stream.lines(), _START):
        if not isinstance(group, LineGroup):
            yield group
            continue
        records = parser.parse_lines(iter([*_joined(group.lines), "ER  - "]))
        if records:
            yield _record(records[0], group.line)
        else:
            yield BadRecord(group.line, "broken RIS record", excerpt("\n".join(group.lines)))


def _joined(lines: tuple[str, ...]) -> list[str]:
    """A line for each tag up to `ER`. rispy would join the lines of a value with blanks; joined
    beforehand they keep their line breaks.
    """
    joined: list[str] = []
    for line in lines:
        if line.startswith("ER  -"):
            break
        if _TAG.match(line) or not joined:
            joined.append(line)
        else:
            joined[-1] += "\n" + line
    return joined


def _record(fields: dict[str, Any], line: int) -> RawRecord:
    dates = (iso_date(fields.get(key)) for key in ("date", "publication_year", "year"))
    urls = [url for url in fields.get("urls", ()) if url]
    return RawRecord(
        line=line,
        title=_first(fields, _TITLES),
        abstract=_first(fields, _ABSTRACTS),
        record_id=fields.get("id") or fields.get("accession_number"),
        doi=fields.get("doi"),
        arxiv_id=next((url for url in urls if "arxiv.org/" in url), None),
        published=max((date for date in dates if date), key=len, default=None),
        authors=tuple(fields.get("authors") or fields.get("first_authors") or ()),
        categories=tuple(dict.fromkeys(word for word in fields.get("keywords", ()) if word)),
        url=urls[0] if urls else None,
    )


def _first(fields: dict[str, Any], keys: tuple[str, ...]) -> str:
    return next((fields[key] for key in keys if fields.get(key)), "")
