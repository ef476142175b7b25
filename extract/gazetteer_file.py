"""The file of a user's own names: TSV, CSV or JSON Lines of name, type and canonical name.

    BRCA1<TAB>Gene
    breast cancer type 1<TAB>Gene<TAB>BRCA1

The third column may be missing. A header (`name`, `type`, `canonical`) is passed over; a line of
JSON Lines is `{"name": …, "type": …, "canonical": …}`.
"""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.errors import UsageError
from extract.gazetteer import ENDINGS, Gazetteer, GazetteerEntry
from extract.papers import Reject
from extract.readers.raw import excerpt
from extract.records import ConceptType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from os import PathLike

_COLUMNS = ("name", "type", "canonical")
_LONGEST_NAME = 200  # characters
_TYPE = re.compile(r"[^\W\d_][\w -]{0,39}")
_TAKEN_TYPES = ("paper", "result", "concept")  # what other nodes of the graph are called
_USUAL_TYPES = {str(kind).lower(): str(kind) for kind in ConceptType}


def find_gazetteer(library: Path) -> Path | None:
    """The gazetteer beside a library; None where none is.

    It is called `paperkg.gazetteer.tsv`, `.csv` or `.jsonl`; the first of these counts.
    """
    stem = library.name.removesuffix(".db")
    files = (library.with_name(stem + suffix) for suffix in ENDINGS)
    return next((file for file in files if file.exists()), None)


def read_gazetteer(file: Path, on_reject: Callable[[Reject], object]) -> Gazetteer:
    """Read a user's names.

    Args:
        file: TSV, CSV (by its name, else by its first line) or JSON Lines, in UTF-8.
        on_reject: told of each line that is refused: without name or type, too long, or with a
            name that an earlier line has said something else of.

    Raises:
        UsageError: the file cannot be read, or no line can be used.
    """
    entries: dict[str, GazetteerEntry] = {}
    lines: dict[str, int] = {}
    refused = 0
    for number, row, shown in _rows(file, _text(file)):
        try:
            entry = _entry(row)
            known = entries.setdefault(entry.name, entry)
            if known != entry:
                raise ValueError(
                    f"line {lines[entry.name]} says another thing of {entry.name!r}; "
                    "a name has one type and one canonical name"
                )
            lines.setdefault(entry.name, number)
        except ValueError as exc:
            refused += 1
            on_reject(Reject(str(file), number, str(exc), excerpt(shown)))
    if not entries:
        raise UsageError(
            f"The gazetteer {str(file)!r} has no usable line ({refused:,} refused): expected "
            "NAME<TAB>TYPE or NAME<TAB>TYPE<TAB>CANONICAL, the same as CSV, or JSON Lines."
        )
    return Gazetteer(entries.values())


def gazetteer_of(
    library: Path,
    file: str | PathLike[str] | None = None,
    on_reject: Callable[[Reject], object] = lambda reject: None,
) -> Gazetteer | None:
    """The gazetteer in `file`, else that beside a library; None where there is none.

    Raises:
        UsageError: as `read_gazetteer`.
    """
    found = find_gazetteer(library) if file is None else Path(file)
    return None if found is None else read_gazetteer(found, on_reject)


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except OSError as exc:
        raise UsageError(
            f"The gazetteer {str(file)!r} cannot be read: {exc.strerror}. Name another file."
        ) from exc
    except UnicodeDecodeError as exc:
        raise UsageError(
            f"The gazetteer {str(file)!r} is not UTF-8 (byte {exc.start:,}): save it as UTF-8."
        ) from exc


def _rows(file: Path, text: str) -> Iterator[tuple[int, Any, str]]:
    """Line number, what stands there and the line itself, of each line that is not blank."""
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    if file.suffix == ".jsonl" or first.lstrip().startswith("{"):
        rows: Iterator[tuple[int, Any, str]] = (
            (number, line, line) for number, line in enumerate(lines, 1)
        )
    elif file.suffix != ".csv" and (file.suffix == ".tsv" or "\t" in first):
        rows = ((number, line.split("\t"), line) for number, line in enumerate(lines, 1))
    else:
        rows = _csv_rows(lines)
    is_first = True
    for number, row, line in rows:
        if not line.strip():
            continue
        if is_first and isinstance(row, list) and _is_header(row):
            is_first = False
            continue
        is_first = False
        yield number, row, line


def _csv_rows(lines: list[str]) -> Iterator[tuple[int, list[str], str]]:
    for number, line in enumerate(lines, 1):
        # A line at a time: no name has a line feed, and an open quote costs its own line only.
        yield number, next(csv.reader([line]), []), line


def _is_header(row: list[str]) -> bool:
    return tuple(cell.strip().lower() for cell in row[:2]) == _COLUMNS[:2]


def _entry(row: Any) -> GazetteerEntry:
    """What a line says.

    Raises:
        ValueError: it is refused; the message says why.
    """
    cells = _json_cells(row) if isinstance(row, str) else dict(zip(_COLUMNS, row, strict=False))
    name, type_, canonical = (" ".join(cells.get(column, "").split()) for column in _COLUMNS)
    if not name or not type_:
        raise ValueError(f"expected a name and a type, got {name!r} and {type_!r}")
    for text in (name, canonical):
        if len(text) > _LONGEST_NAME:
            raise ValueError(
                f"a name has {len(text):,} characters, at most {_LONGEST_NAME} are allowed"
            )
        if text and not any(character.isalnum() for character in text):
            raise ValueError(f"the name {text!r} has no letter and no digit")
    if not _TYPE.fullmatch(type_) or type_.lower() in _TAKEN_TYPES:
        raise ValueError(
            f"the type is {type_[:60]!r}; expected up to 40 letters, digits, blanks and hyphens, "
            f"a letter first, and not {', '.join(_TAKEN_TYPES)}"
        )
    return GazetteerEntry(name, _USUAL_TYPES.get(type_.lower(), type_), canonical or None)


def _json_cells(line: str) -> Mapping[str, str]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError("is not JSON") from None
    if not isinstance(record, dict):
        raise ValueError('expected an object such as {"name": "BRCA1", "type": "Gene"}')
    cells = {column: record.get(column) or "" for column in _COLUMNS}
    for column, value in cells.items():
        if not isinstance(value, str):
            raise ValueError(f"{column!r} is {value!r:.60}; expected a text")
    return cells
