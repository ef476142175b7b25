"""Recognising a file's format by how it begins, never by its name."""

from __future__ import annotations

import json
import re
from enum import StrEnum

from extract.readers.delimited import is_delimited
from extract.readers.json_scanner import LIST_KEYS, WRAPPER_KEYS
from extract.readers.labelled import is_labelled
from extract.readers.page_text import is_page
from extract.readers.raw import BadRecord
from extract.tables.schema import APPLICATION_ID


class Format(StrEnum):
    """The formats that are read."""

    JSON_LINES = "JSON Lines"
    JSON = "JSON"
    HTML = "HTML"
    ATOM = "Atom"
    BIBTEX = "BibTeX"
    RIS = "RIS"
    NBIB = "PubMed nbib"
    DELIMITED = "CSV"
    PAGE = "saved page as text"
    LABELLED = "text with labels"
    TEXT = "plain text"


_EXPORT = "export the records with their abstracts as RIS, BibTeX or CSV"
# (first bytes, what such a file is, what to do)
_BINARY = (
    (b"%PDF", "a PDF", f"paperkg reads abstracts, not full texts: {_EXPORT}"),
    (b"PK\x03\x04", "a zip archive or an Office document", f"unpack it, or {_EXPORT}"),
    (b"SQLite format 3\0", "an SQLite database", _EXPORT),
    (b"\xd0\xcf\x11\xe0", "an old Office document", _EXPORT),
    (b"{\\rtf", "a rich text (RTF) document", "save it as plain text in UTF-8"),
    (b"bplist00", "a web archive of Safari", "save the page as page source (HTML)"),
    (b"BZh", "compressed with bzip2", "decompress it, or compress it with gzip or zstd"),
    (b"\xfd7zXZ", "compressed with xz", "decompress it, or compress it with gzip or zstd"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it"),
    (b"Rar!", "a RAR archive", "unpack it"),
    (b"PAR1", "a Parquet file", "convert it to JSON Lines"),
    (b"\x1f\x8b", "compressed twice", "decompress it once"),
    (b"\x28\xb5\x2f\xfd", "compressed twice", "decompress it once"),
    (b"\x89PNG", "a picture", "save the text itself"),
    (b"\xff\xd8\xff", "a picture", "save the text itself"),
    (b"GIF8", "a picture", "save the text itself"),
)
_RIS = re.compile(r"^TY {1,2}- ?[A-Z]+\s*$|^TY  - ", re.MULTILINE)
_NBIB = re.compile(r"^PMID- ?\d", re.MULTILINE)
_BIBTEX = re.compile(
    r"^[ \t]*@(?:(?:string|preamble|comment)[ \t]*[{(]|\w+[ \t]*[{(]\s*[^\s,{}=]*\s*,)",
    re.MULTILINE | re.IGNORECASE,
)
_NBIB_INSTEAD = "save the search as `PubMed` (nbib)"
# (what a text all has in it, what such a file is, what to do)
_OTHER_TEXTS = (
    ((r"\AFN (?:Clarivate|Thomson|ISI)|\APT [A-Z]\r?\nAU ",), "a Web of Science text", _EXPORT),
    ((r"\A%0 \w+(?: \w+)*\r?\n%",), "an EndNote text", _EXPORT),
    ((r"^Author information:", r"^PMID: \d"), "a PubMed text", _NBIB_INSTEAD),
)
_HTML = re.compile(
    r"<!doctype html|<(?:html|head|body|main|article|section|div|h[1-6]|p|meta)[\s>]", re.IGNORECASE
)
_MHTML = re.compile(r"^Content-Type:\s*multipart/related", re.MULTILINE | re.IGNORECASE)
_REJECT_KEYS = {"file", "line", "reason", "excerpt"}
_LINES_TRIED = 5


def recognise(head: bytes, *, whole: bool) -> Format | BadRecord:
    """The format of a file that begins with `head`, or why it is none that is read.

    Args:
        head: decompressed, without byte order mark.
        whole: whether `head` is all of the file.
    """
    for magic, name, remedy in _BINARY:
        if head.startswith(magic):
            return BadRecord(None, f"the file is {name}; {remedy}")
    if b"\0" in head:
        return BadRecord(
            None, "the file is binary (it has NUL bytes); if it is text in UTF-16, save it as UTF-8"
        )
    text = head.decode("utf-8", "replace")
    if not text.strip():
        return BadRecord(None, "the file is empty" if whole else "the file begins with blanks only")
    return _of_text(text, whole=whole)


def is_own_file(head: bytes) -> bool:
    """Whether paperkg itself wrote the file: a library, or a list of rejects."""
    if head.startswith(b"SQLite format 3\0"):
        return head[68:72] == APPLICATION_ID.to_bytes(4, "big")
    if not head.startswith(b'{"'):
        return False
    record = _json_object(head.split(b"\n", 1)[0].decode("utf-8", "replace"))
    return record is not None and set(record) == _REJECT_KEYS


def _of_text(text: str, *, whole: bool) -> Format | BadRecord:
    start = text.lstrip()
    if start[0] == "<":
        return _of_markup(text)
    if start[0] == "{" and re.match(r'\{\s*["}]|\{\s*$', start):
        return _of_json(start, whole=whole)
    if re.match(r"\[\s*(?:[\[{\]]|$)", start):
        return Format.JSON
    for pattern, found in (
        (_RIS, Format.RIS),
        (_NBIB, Format.NBIB),
        (_BIBTEX, Format.BIBTEX),
        (_MHTML, Format.HTML),
    ):
        if pattern.search(text):
            return found
    if is_page(text):
        return Format.PAGE
    for marks, name, remedy in _OTHER_TEXTS:
        if all(re.search(mark, start, re.MULTILINE) for mark in marks):
            return BadRecord(None, f"the file is {name}; {remedy}")
    if is_labelled(text):
        return Format.LABELLED
    return Format.DELIMITED if is_delimited(text) else Format.TEXT


def _of_markup(text: str) -> Format | BadRecord:
    if re.search(r"<(?:\w+:)?feed[\s>]", text) and "http://www.w3.org/2005/Atom" in text:
        return Format.ATOM
    if "<PubmedArticleSet" in text:
        return BadRecord(None, "the file is PubMed XML; save the search as `PubMed` (nbib) instead")
    if _HTML.search(text):
        return Format.HTML
    return BadRecord(None, f"the file is XML, but no Atom feed; {_EXPORT}")


def _of_json(start: str, *, whole: bool) -> Format:
    """JSON Lines where one of the first lines is a whole object that holds no list of records."""
    lines = start.split("\n")
    complete = lines if whole else lines[:-1]
    for line in complete[:_LINES_TRIED]:
        record = _json_object(line)
        if record is not None:
            return Format.JSON if _holds_list(record) else Format.JSON_LINES
    return Format.JSON


def _holds_list(record: dict[str, object]) -> bool:
    """Whether the object is an answer of a service, with a list of records in it."""
    wrapped = [value for key, value in record.items() if key in WRAPPER_KEYS]
    return not {"title", "abstract", "summary"} & record.keys() and any(
        isinstance(outer, dict)
        and any(isinstance(value, list) for key, value in outer.items() if key in LIST_KEYS)
        for outer in (record, *wrapped)
    )


def _json_object(line: str) -> dict[str, object] | None:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
