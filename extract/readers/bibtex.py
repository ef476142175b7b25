"""BibTeX and BibLaTeX, read by bibtexparser an entry at a time.

Braces, `%`, `$` and commands stay as they are written; only the delimiters around a value go.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import DuplicateFieldKeyBlock, Entry, ParsingFailedBlock

from extract.identity import find_arxiv_id
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
# A piece of a value: `{...}` is found by counting, `"..."` may hold braces with quotation marks.
_BARE = re.compile(r"[^\s#{}\",]+")
_QUOTED = re.compile(r'"((?:[^"{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)"')
_BRACE = re.compile(r"[{}]")
_JOINT = re.compile(r"\s*#\s*")
_TEXTS = ("title", "abstract")
# Where Google Scholar, Zotero and DBLP write the arXiv identifier.
_MARKS = ("journal", "journaltitle", "number", "note", "volume", "url", "howpublished")
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
    library = parse_string(text, parse_stack=[])
    for string in library.strings:
        strings[string.key.lower()] = _value(string.value, strings)
    for block in library.blocks:
        if isinstance(block, Entry):
            yield _record(block, group.line, strings)
        elif isinstance(block, DuplicateFieldKeyBlock):
            yield _of_duplicates(block, group.line, strings, text)
        elif isinstance(block, ParsingFailedBlock):
            yield BadRecord(group.line, f"broken BibTeX: {_cause(block.error)}", excerpt(text))


def _cause(error: Exception) -> str:
    """What bibtexparser says of a block: its errors keep the text in an attribute."""
    return str(getattr(error, "abort_reason", error)).strip().rstrip(".")


def _of_duplicates(
    block: DuplicateFieldKeyBlock, line: int, strings: Mapping[str, str], text: str
) -> Item:
    """The record, its first fields counting, where neither title nor abstract is there twice."""
    twice = sorted(block.duplicate_keys)
    entry = block.ignore_error_block
    if isinstance(entry, Entry) and not any(key.lower() in _TEXTS for key in twice):
        return _record(entry, line, strings)
    return BadRecord(line, f"a BibTeX entry with two fields {', '.join(twice)}", excerpt(text))


def _value(text: str, strings: Mapping[str, str]) -> str:
    """A value without its delimiters: pieces joined by `#`, the names of strings replaced.

    A value that is no such expression only loses the delimiters around the whole of it.
    """
    text = text.strip()
    pieces: list[str] = []
    position = 0
    while (found := _piece(text, position, strings)) is not None:
        piece, end = found
        pieces.append(piece)
        if end == len(text):
            return "".join(pieces)
        joint = _JOINT.match(text, end)
        if joint is None:
            break
        position = joint.end()
    is_enclosed = len(text) > 1 and (text[0], text[-1]) in (("{", "}"), ('"', '"'))
    return text[1:-1] if is_enclosed else text


def _piece(text: str, start: int, strings: Mapping[str, str]) -> tuple[str, int] | None:
    """The piece that begins at `start`, and where it ends; None where none begins there."""
    if text.startswith("{", start):
        depth = 0
        for brace in _BRACE.finditer(text, start):
            depth += 1 if brace[0] == "{" else -1
            if depth == 0:
                return text[start + 1 : brace.start()], brace.end()
        return None
    quoted = _QUOTED.match(text, start)
    if quoted:
        return quoted[1], quoted.end()
    bare = _BARE.match(text, start)
    return (strings.get(bare[0].lower(), bare[0]), bare.end()) if bare else None


def _record(entry: Entry, line: int, strings: Mapping[str, str]) -> RawRecord:
    fields: dict[str, str] = {}
    for field in entry.fields:
        fields.setdefault(field.key.lower(), _value(str(field.value), strings))
    names = split_names(fields.get("author", ""))
    return RawRecord(
        line=line,
        title=fields.get("title", ""),
        abstract=fields.get("abstract", ""),
        record_id=entry.key or None,
        doi=_unescaped(fields.get("doi")),
        arxiv_id=_arxiv_id(fields),
        published=_published(fields),
        authors=tuple(name for name in names if name != "others"),
        categories=subject_classes(fields.get("primaryclass") or fields.get("keywords")),
        url=_unescaped(fields.get("url")),
    )


def _arxiv_id(fields: Mapping[str, str]) -> str | None:
    is_arxiv = "arxiv" in fields.get("archiveprefix", fields.get("eprinttype", "arxiv")).lower()
    if is_arxiv and fields.get("eprint"):
        return fields["eprint"]
    if fields.get("arxivid"):
        return fields["arxivid"]  # Mendeley
    found = (find_arxiv_id(re.sub(r"[{}]", "", fields[key])) for key in _MARKS if key in fields)
    return next((arxiv_id for arxiv_id in found if arxiv_id), None)


def _unescaped(address: str | None) -> str | None:
    r"""An address without the backslashes that TeX needs in it, as in `10.1000/a\_b`."""
    return re.sub(r"\\([_%#&~])", r"\1", address) if address else None


def _published(fields: Mapping[str, str]) -> str | None:
    date = iso_date(fields.get("date"))
    year, month, day = (
        fields.get(key, "").replace("~", " ").strip("{} ") for key in ("year", "month", "day")
    )
    # The month may have the day with it: `jul # "~5"`, `"5~" # jul`.
    others = (f"{year} {month} {day}".strip(), f"{month} {year}", f"{year} {month}", year)
    dates = (iso_date(other) for other in others)
    return date or max((each for each in dates if each), key=len, default=None)
