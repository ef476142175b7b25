"""RIS as reference managers and publishers write it, read by rispy a record at a time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import rispy

from extract.identity import find_arxiv_id
from extract.readers.dates import iso_date
from extract.readers.line_groups import LineGroup, group_lines
from extract.readers.raw import BadRecord, RawRecord, excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.readers.bytestream import ByteStream
    from extract.readers.raw import Item

# Some sites write one blank, or none behind the dash.
_START = re.compile(r"TY {1,2}-")
_TAG = re.compile(r"([A-Z][A-Z0-9])  - ?")
_NARROW_TAG = re.compile(r"([A-Z][A-Z0-9]) - ?")
_TEXT_TAGS = ("AB", "N2")
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
    beforehand they keep their line breaks. Of two abstracts it would lose one: the second goes on
    with the first.
    """
    tag_of = _NARROW_TAG if _NARROW_TAG.match(lines[0]) else _TAG
    joined: list[str] = []
    places: dict[str, int] = {}
    last = 0
    for line in lines:
        match = tag_of.match(line)
        if match is None:
            if joined:
                joined[last] += "\n" + line
            continue
        tag, value = match[1], line[match.end() :]
        if tag == "ER":
            break
        if tag in _TEXT_TAGS and tag in places and value.strip():
            last = places[tag]
            if value not in joined[last]:
                joined[last] += "\n" + value
            continue
        last = places[tag] = len(joined)
        joined.append(f"{tag}  - {value}")
    return joined


def _record(fields: dict[str, Any], line: int) -> RawRecord:
    urls = [url for url in fields.get("urls", ()) if url]
    return RawRecord(
        line=line,
        title=_first(fields, _TITLES),
        abstract=_first(fields, _ABSTRACTS),
        record_id=fields.get("id") or fields.get("accession_number"),
        doi=fields.get("doi"),
        arxiv_id=_arxiv_id(fields, urls),
        published=_published(fields),
        authors=tuple(fields.get("authors") or fields.get("first_authors") or ()),
        categories=tuple(
            dict.fromkeys(
                word.strip()
                for words in fields.get("keywords", ())
                for word in words.split("\n")
                if word.strip()
            )
        ),
        url=urls[0] if urls else None,
    )


def _arxiv_id(fields: dict[str, Any], urls: list[str]) -> str | None:
    """From an address, or from where Zotero keeps it: a note or the number of the report."""
    marks = [*urls, *fields.get("notes", ())]
    marks += [str(fields[key]) for key in ("number", "accession_number") if key in fields]
    found = (find_arxiv_id(mark) for mark in marks)
    return next((arxiv_id for arxiv_id in found if arxiv_id), None)


def _published(fields: dict[str, Any]) -> str | None:
    """The most precise of the dates; EndNote's `DA  - Mar 12` needs the year of `PY`."""
    year = iso_date(fields.get("publication_year")) or iso_date(fields.get("year"))
    written = [fields.get(key) for key in ("date", "publication_year", "year")]
    if year and fields.get("date"):
        written.append(f"{year[:4]} {fields['date']}")
    dates = (iso_date(each) for each in written)
    return max((date for date in dates if date), key=len, default=None)


def _first(fields: dict[str, Any], keys: tuple[str, ...]) -> str:
    return next((fields[key] for key in keys if fields.get(key)), "")
