"""CSV and TSV with a header, separated by comma, semicolon, tab or bar."""

from __future__ import annotations

import contextlib
import csv
import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from extract.identity import find_arxiv_id, normalise_arxiv_id
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
# Header names are compared without case and anything but letters and digits; the two letters are
# the field tags of Web of Science. Of several columns the first that holds something counts.
_COLUMNS: dict[str, tuple[str, ...]] = {
    "title": (
        *("title", "articletitle", "documenttitle", "papertitle", "displayname", "titles", "ti"),
    ),
    "abstract": (
        *("abstract", "summary", "abstracttext", "abstractnote", "paperabstract", "abstracts"),
        *("summaries", "ab"),
    ),
    "record_id": (
        *("utuniquewosid", "ut", "id", "key", "paperid", "pmid", "eid", "publicationid", "lensid"),
    ),
    "doi": ("doi", "di"),
    "arxiv_id": ("arxivid", "arxiv", "eprint"),
    "published": (
        *(
            "published",
            "date",
            "publicationdate",
            "datepublished",
            "publishedat",
            "onlinedate",
            "pd",
        ),
        *("py", "year", "publicationyear", "pubyear"),
    ),
    "authors": ("authors", "author", "authorfullnames", "af", "au", "authorshipsauthordisplayname"),
    "categories": (
        *("categories", "category", "primarycategory", "terms", "keywords", "authorkeywords", "de"),
    ),
    "url": (
        *("url", "link", "paperurl", "urlabs", "doilink", "pdflink", "dimensionsurl"),
        *("externalurl", "primarylocationlandingpageurl"),
    ),
    "note": ("extra", "note", "notes"),
}
# Data sets for language models name it so; beside an abstract it is the full text.
_ONLY_TEXT = "text"
_YEARS = ("py", "year", "publicationyear", "pubyear")
_LINES_TRIED = 4
# What services put above the header.
_PREAMBLE = re.compile(r"\s*(?:#.*|\"?About the data: .*)?", re.IGNORECASE)
_MAX_CELL = 4 * 2**20


@dataclass(frozen=True, slots=True)
class _Header:
    """Where the header of a table is and what it says.

    Attributes:
        columns: for each field that is known, its columns, in the order of preference.
        years: the columns with a year among those of the date.
        cells: how many cells the header has.
        delimiter: what stands between cells.
        skipped: how many lines stand before the header.
    """

    columns: dict[str, tuple[int, ...]]
    years: tuple[int, ...]
    cells: int
    delimiter: str
    skipped: int


def is_delimited(text: str) -> bool:
    """Whether a text begins with a header that names a title or an abstract."""
    lines = text.split("\n")
    header = _header(lines)
    if "abstract" in header.columns:
        return header.cells > 1 or _is_column(lines[header.skipped + 1 :])
    return "title" in header.columns and len(header.columns) > 1


def _is_column(lines: Sequence[str]) -> bool:
    """Whether lines below `abstract` are cells of one column, rather than a text with a heading."""
    written = [line.strip() for line in lines]
    return any(written) and (written[0].startswith('"') or all(written[:-1]))


def read_delimited(stream: ByteStream) -> Iterator[Item]:
    """One record for each row; a quoted cell may have several lines."""
    numbered = (line for _, line in stream.lines())
    first = list(itertools.islice(numbered, _LINES_TRIED))
    header = _header(first)
    if "abstract" not in header.columns:
        reason = "a table without a column `abstract` or `summary`"
        yield BadRecord(None, reason, excerpt("\n".join(first)))
        return
    lines = (line + "\n" for line in itertools.chain(first[header.skipped :], numbered))
    unquoted = _is_unquoted(stream.head, header)
    with _cell_limit():
        for line, row in _rows(lines, header, unquoted=unquoted):
            yield row if isinstance(row, BadRecord) else _record(row, header, line)


def _is_unquoted(head: bytes, header: _Header) -> bool:
    """Whether quotation marks in a table with tabs are text, as Web of Science writes it.

    They are where each line has its cells and one begins with a mark that does not end with one.
    """
    if header.delimiter != "\t" or b'"' not in head:
        return False
    lines = head.decode("utf-8", "replace").split("\n")[header.skipped : -1]
    rows = [line.rstrip("\r").split("\t") for line in lines if line.strip()]
    if any(len(row) != header.cells for row in rows):
        return False
    cells = [cell for row in rows for cell in row if cell.startswith('"')]
    return any(len(cell) < 2 or not cell.endswith('"') for cell in cells)


def _rows(
    lines: Iterator[str], header: _Header, *, unquoted: bool
) -> Iterator[tuple[int, list[str] | BadRecord]]:
    """The rows below the header that are not blank, each with the line on which it starts."""
    delimiter, skipped = header.delimiter, header.skipped
    quoting: Literal[0, 3] = 3 if unquoted else 0  # csv.QUOTE_NONE, csv.QUOTE_MINIMAL
    reader = csv.reader(lines, delimiter=delimiter, quoting=quoting, skipinitialspace=True)
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


def _header(lines: Sequence[str]) -> _Header:
    """The header, below what may stand above it, with the delimiter that makes most of it."""
    skipped = 0
    while skipped < min(len(lines) - 1, _LINES_TRIED - 1) and _PREAMBLE.fullmatch(lines[skipped]):
        skipped += 1
    line = lines[skipped] if lines else ""
    separator = _SEPARATOR_LINE.fullmatch(line)
    if separator and len(lines) > skipped + 1:
        return _columns(lines[skipped + 1], separator[1], skipped + 1)
    headers = [_columns(line, delimiter, skipped) for delimiter in _DELIMITERS]
    return max(headers, key=lambda each: len(each.columns))


def _columns(line: str, delimiter: str, skipped: int) -> _Header:
    try:
        cells = next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])
    except csv.Error:
        cells = []
    names = [re.sub(r"[\W_]", "", cell).lower() for cell in cells]
    columns: dict[str, tuple[int, ...]] = {}
    for field, synonyms in _COLUMNS.items():
        known = [place for each in synonyms for place, name in enumerate(names) if name == each]
        if known:
            columns[field] = tuple(known)
    if "abstract" not in columns and _ONLY_TEXT in names and len(names) > 1:
        columns["abstract"] = (names.index(_ONLY_TEXT),)
    years = tuple(place for place, name in enumerate(names) if name in _YEARS)
    return _Header(columns, years, len(cells), delimiter, skipped)


@contextlib.contextmanager
def _cell_limit() -> Iterator[None]:
    """Cells may be longer than the csv module lets them; its limit is one for the process."""
    before = csv.field_size_limit(_MAX_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _record(row: Sequence[str], header: _Header, line: int) -> RawRecord:
    def cell(field: str) -> str:
        cells = _cells(row, header.columns.get(field, ()))
        return next(iter(cells), "")

    return RawRecord(
        line=line,
        title=cell("title"),
        abstract=cell("abstract"),
        record_id=cell("record_id") or None,
        doi=cell("doi") or None,
        arxiv_id=_arxiv_id(cell("arxiv_id"), cell("note"), cell("url"), cell("record_id")),
        published=_published(row, header),
        authors=split_names(cell("authors")),
        categories=subject_classes(cell("categories")),
        url=cell("url") or None,
    )


def _arxiv_id(column: str, note: str, url: str, record_id: str) -> str | None:
    return column or find_arxiv_id(note) or find_arxiv_id(url) or normalise_arxiv_id(record_id)


def _cells(row: Sequence[str], columns: tuple[int, ...]) -> list[str]:
    """What these columns hold, without cells of white space."""
    cells = (row[each] for each in columns if each < len(row))
    return [cell for cell in cells if cell and not cell.isspace()]


def _published(row: Sequence[str], header: _Header) -> str | None:
    """The first date; one without a year, such as `MAR 12` in Web of Science, with that beside."""
    written = _cells(row, header.columns.get("published", ()))
    year = next(iter(_cells(row, header.years)), "")[:4]
    for cell in written:
        date = iso_date(cell) or (iso_date(f"{year} {cell}") if year else None)
        if date:
            return date
    return None
