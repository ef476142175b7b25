"""Atom feeds, as arXiv's API answers with them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from extract.readers.authors import split_names
from extract.readers.dates import iso_date
from extract.readers.raw import MAX_RECORD_BYTES, BadRecord, RawRecord, excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.readers.bytestream import ByteStream
    from extract.readers.raw import Item

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_ERROR = "arxiv.org/api/errors"
# What arXiv's feeds of new papers put before each abstract.
_ANNOUNCEMENT = re.compile(r"\s*arXiv:\S+\s+Announce Type:\s*\S+\s+Abstract:\s*")
_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']""")
# Encodings in which ASCII is ASCII, so that a declaration of entities can be seen in the bytes.
_ENCODINGS = frozenset(("utf-8", "us-ascii", "ascii", "iso-8859-1", "iso-8859-15", "windows-1252"))


def read_atom(stream: ByteStream) -> Iterator[Item]:
    """One record for each entry, however large the feed; broken XML ends the reading.

    Entities of the feed's own are refused, and nothing is fetched.
    """
    declared = _ENCODING.match(stream.head.lstrip())
    encoding = "utf-8" if stream.transcoded or not declared else declared[1].decode("ascii").lower()
    if encoding not in _ENCODINGS:
        yield BadRecord(None, f"XML in the encoding {encoding!r}; save it as UTF-8")
        return
    parser = etree.XMLPullParser(
        events=("end",),
        tag=f"{_ATOM}entry",
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        # Without it one text of 10 MB would end the whole feed; the limit below takes its place.
        huge_tree=True,
    )
    yield from _records(parser, stream)


def _records(parser: etree.XMLPullParser, stream: ByteStream) -> Iterator[Item]:
    waiting = 0
    tail = b""
    for chunk in stream.chunks():
        if b"<!ENTITY" in tail + chunk:
            yield BadRecord(None, "XML that declares entities of its own; a feed needs none")
            return
        tail = chunk[-8:]
        waiting += len(chunk)
        fault = _fed(parser, chunk)
        for _, entry in parser.read_events():
            if isinstance(entry, etree._Element):
                yield _record(entry)
                _forget(entry)
                waiting = 0
        if fault is not None:
            yield fault
            return
        if waiting > MAX_RECORD_BYTES:
            reason = f"an entry of more than {MAX_RECORD_BYTES:,} bytes; what follows was not read"
            yield BadRecord(None, reason)
            return
    if stream.failure is None and (fault := _fed(parser, None)) is not None:
        yield fault


def _fed(parser: etree.XMLPullParser, chunk: bytes | None) -> BadRecord | None:
    """Hand a chunk to the parser, or None at the end; what is broken in it, if anything is."""
    try:
        if chunk is None:
            parser.close()
        else:
            parser.feed(chunk)
    except etree.XMLSyntaxError as exc:
        return BadRecord(exc.lineno, f"broken XML: {exc.msg}; what follows was not read")
    return None


def _forget(entry: etree._Element) -> None:
    """Free the memory of an entry that was read, and of what stands before it."""
    entry.clear()
    parent = entry.getparent()
    while parent is not None and entry.getprevious() is not None:
        del parent[0]


def _record(entry: etree._Element) -> Item:
    identifier = _text(entry, f"{_ATOM}id")
    abstract = _text(entry, f"{_ATOM}summary") or _text(entry, f"{_ATOM}content")
    line: int = entry.sourceline or 1  # type: ignore[assignment]  # the stubs give it no type
    if _ERROR in identifier:
        return BadRecord(line, "arXiv's answer is an error, not a paper", excerpt(abstract))
    links = {link.get("rel"): link.get("href") for link in entry.iterfind(f"{_ATOM}link")}
    names = (_text(author, f"{_ATOM}name").strip() for author in entry.iterfind(f"{_ATOM}author"))
    terms = (category.get("term", "") for category in entry.iterfind(f"{_ATOM}category"))
    return RawRecord(
        line=line,
        title=_text(entry, f"{_ATOM}title"),
        abstract=_ANNOUNCEMENT.sub("", abstract, count=1),
        record_id=identifier.strip() or None,
        doi=_text(entry, f"{_ARXIV}doi") or None,
        arxiv_id=identifier or None,
        published=iso_date(_text(entry, f"{_ATOM}published")),
        authors=tuple(name for name in names if name)
        or split_names(_text(entry, f"{_DUBLIN_CORE}creator")),
        categories=tuple(dict.fromkeys(term for term in terms if term)),
        url=links.get("alternate") or identifier.strip() or None,
    )


def _text(element: etree._Element, tag: str) -> str:
    found = element.find(tag)
    return "" if found is None else "".join(map(str, found.itertext()))
