"""CSV and TSV with a header, separated by comma, semicolon, tab or bar."""

from __future__ import annotations

import contextlib
import csv
import itertools
import re
from typing import TYPE_CHECKING

from extract.readers.authors import split_names
from extract.readers.dates import iso_date
from extract.readers.raw import BadRecord, RawRecord, excerpt
from extract.readers.subjects import subject_classes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extract.readers.bytestream import ByteStream
    from extract.readers.raw import Item

_DELIMITERS = ",;\t|"
# Excel's line that names the delimiter.
_SEPARATOR_LINE = re.compile(r"\s*sep=(.)\s*", re.IGNORECASE)
# Header names are compared without case and anything but letters and digits.
_COLUMNS: dict[str, tuple[str, ...]] = {
    "title": ("title", "articletitle", "documenttitle", "papertitle", "displayname"),
    "abstract": ("abstract", "summary", "abstracttext", "abstractnote", "paperabstract"),
    "record_id": ("id", "key", "paperid", "pmid", "eid", "ut"),
    "doi": ("doi",),
    "arxiv_id": ("arxivid", "arxiv", "eprint"),
    "published": ("published", "date", "publicationdate", "year", "publicationyear", "publishedat"),
    "authors": ("authors", "author", "authorfullnames"),
    "categories": ("categories", "category", "primarycategory", "keywords", "authorkeywords"),
    "url": ("url", "link", "paperurl"),
}
_MAX_CELL = 4 * 2**20


def is_delimited(text: str) -> bool:
    """Whether a text begins with a header that names a title or an abstract."""
    header = _header(text.split("\n"))[0]
    return "abstract" in header or ("title" in header and len(header) > 1)


def read_delimited(stream: ByteStream) -> Iterator[Item]:
    """One record for each row; a quoted cell may have several lines."""
    numbered = (line for _, line in stream.lines())
    first = list(itertools.islice(numbered, 2))
    header, delimiter, skipped = _header(first)
    if "abstract" not in header:
        reason = "a table without a column `abstract` or `summary`"
        yield BadRecord(None, reason, excerpt("\n".join(first)))
        return
    lines = itertools.chain(first[skipped:], numbered)
    with _cell_limit():
        for line, row in _rows((line + "\n" for line in lines), delimiter, skipped):
            yield row if isinstance(row, BadRecord) else _record(row, header, line)


def _rows(
    lines: Iterator[str], delimiter: str, skipped: int
) -> Iterator[tuple[int, list[str] | BadRecord]]:
    """The rows below the header that are not blank, each with the line on which it starts."""
    reader = csv.reader(lines, delimiter=delimiter)
    width = len(next(reader, []))
    while True:
        line = reader.line_num + 1 + skipped
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as exc:
            yield line, BadRecord(line, f"broken row: {exc}")
            continue
        if any(cell and not cell.isspace() for cell in row[width:]):
            reason = (
                f"a row of {len(row)} cells, where the header has {width}; cells with "
                f"{delimiter!r} or line breaks inside need quotation marks"
            )
            yield line, BadRecord(line, reason, excerpt(delimiter.join(row)))
        elif any(cell and not cell.isspace() for cell in row):
            yield line, row


def _header(lines: Sequence[str]) -> tuple[dict[str, int], str, int]:
    """Which column holds what, the delimiter, and how many lines stand before the header."""
    separator = _SEPARATOR_LINE.fullmatch(lines[0]) if lines else None
    if separator and len(lines) > 1:
        return _columns(lines[1], separator[1]), separator[1], 1
    line = lines[0] if lines else ""
    headers = [(_columns(line, delimiter), delimiter) for delimiter in _DELIMITERS]
    columns, delimiter = max(headers, key=lambda each: len(each[0]))
    return columns, delimiter, 0


def _columns(line: str, delimiter: str) -> dict[str, int]:
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return {}
    names = [re.sub(r"[\W_]", "", cell).lower() for cell in cells]
    columns: dict[str, int] = {}
    for field, synonyms in _COLUMNS.items():
        known = [names.index(name) for name in synonyms if name in names]
        if known:
            columns[field] = known[0]
    return columns


@contextlib.contextmanager
def _cell_limit() -> Iterator[None]:
    """Cells may be longer than the csv module lets them; its limit is one for the process."""
    before = csv.field_size_limit(_MAX_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _record(row: Sequence[str], header: dict[str, int], line: int) -> RawRecord:
    def cell(field: str) -> str:
        column = header.get(field)
        return row[column] if column is not None and column < len(row) else ""

    return RawRecord(
        line=line,
        title=cell("title"),
        abstract=cell("abstract"),
        record_id=cell("record_id") or None,
        doi=cell("doi") or None,
        arxiv_id=cell("arxiv_id") or None,
        published=iso_date(cell("published")),
        authors=split_names(cell("authors")),
        categories=subject_classes(cell("categories")),
        url=cell("url") or None,
    )
