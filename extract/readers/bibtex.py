"""BibTeX and BibLaTeX, read by bibtexparser an entry at a time.

Braces, `%`, `$` and commands stay as they are written; only the delimiters around a value go.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import RemoveEnclosingMiddleware
from bibtexparser.model import DuplicateFieldKeyBlock, Entry, ParsingFailedBlock

from extract.readers.authors import split_names
from extract.readers.dates import iso_date
from extract.readers.line_groups import LineGroup, group_lines
from extract.readers.raw import BadRecord, RawRecord, excerpt
from extract.readers.subjects import subject_classes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from extract.readers.bytestream import ByteStream
    from extract.readers.raw import Item

# bibtexparser, too, takes `@` for the beginning of an entry at the beginning of a line only, so
# that it sees in one entry what it would see in the whole file.
_START = re.compile(r"\s*@\w+\s*[{(]")
_STACK = [RemoveEnclosingMiddleware(allow_inplace_modification=True)]
# It also logs what it refuses, which we report ourselves.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())


def read_bibtex(stream: ByteStream) -> Iterator[Item]:
    """One record for each entry; `@string`, `@preamble` and `@comment` are none."""
    strings: dict[str, str] = {}
    for group in group_lines(stream.lines(), _START):
        if isinstance(group, BadRecord):
            yield group
        else:
            yield from _entries(group, strings)


def _entries(group: LineGroup, strings: dict[str, str]) -> Iterator[Item]:
    text = "\n".join(group.lines)
    library = parse_string(text, parse_stack=_STACK)
    for string in library.strings:
        strings[string.key.lower()] = string.value
    for block in library.blocks:
        if isinstance(block, Entry):
            yield _record(block, group.line, strings)
        elif isinstance(block, DuplicateFieldKeyBlock):
            twice = ", ".join(sorted(block.duplicate_keys))
            yield BadRecord(group.line, f"a BibTeX entry with two fields {twice}", excerpt(text))
        elif isinstance(block, ParsingFailedBlock):
            yield BadRecord(group.line, f"broken BibTeX: {_cause(block.error)}", excerpt(text))


def _cause(error: Exception) -> str:
    """What bibtexparser says of a block: its errors keep the text in an attribute."""
    return str(getattr(error, "abort_reason", error)).strip().rstrip(".")


def _record(entry: Entry, line: int, strings: Mapping[str, str]) -> RawRecord:
    bare = {
        key
        for key, mark in entry.parser_metadata.get("removed_enclosing", {}).items()
        if mark == "no-enclosing"
    }
    fields: dict[str, str] = {}
    for field in entry.fields:
        value = str(field.value)
        if field.key in bare:
            value = strings.get(value.lower(), value)
        fields.setdefault(field.key.lower(), value)
    is_arxiv = "arxiv" in fields.get("archiveprefix", fields.get("eprinttype", "arxiv")).lower()
    return RawRecord(
        line=line,
        title=fields.get("title", ""),
        abstract=fields.get("abstract", ""),
        record_id=entry.key or None,
        doi=_unescaped(fields.get("doi")),
        arxiv_id=fields.get("eprint") if is_arxiv else None,
        published=_published(fields),
        authors=split_names(fields.get("author", "")),
        categories=subject_classes(fields.get("primaryclass") or fields.get("keywords")),
        url=_unescaped(fields.get("url")),
    )


def _unescaped(address: str | None) -> str | None:
    r"""An address without the backslashes that TeX needs in it, as in `10.1000/a\_b`."""
    return re.sub(r"\\([_%#&~])", r"\1", address) if address else None


def _published(fields: Mapping[str, str]) -> str | None:
    date = iso_date(fields.get("date"))
    year = fields.get("year", "").strip("{} ")
    return date or iso_date(f"{year} {fields.get('month', '').strip('{} ')}") or iso_date(year)
