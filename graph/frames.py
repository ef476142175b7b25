"""Tables of pandas as papers: the columns are the fields, a row is a record."""

from __future__ import annotations

from os import PathLike, fspath
from typing import Protocol, runtime_checkable

from extract.errors import UsageError
from extract.readers.files import MemoryFile

_NAME = "DataFrame"


@runtime_checkable
class Frame(Protocol):
    """A table that can say itself as JSON, such as a `pandas.DataFrame`."""

    def to_json(self, *, orient: str, lines: bool, date_format: str) -> str | None:
        """With these options: one JSON object a row, by column, a line each."""


def as_location(source: str | PathLike[str] | Frame) -> str | MemoryFile:
    """A source of papers as the readers take it.

    Records of a table are said to come from `DataFrame`, with the row, from 1, for their line.

    Raises:
        UsageError: it is neither a path nor a table, or the table cannot be written as JSON.
    """
    if isinstance(source, str | PathLike):
        return fspath(source)
    if not isinstance(source, Frame):
        raise UsageError(
            f"A source is of type {type(source).__name__}: expected a path, a glob or a DataFrame."
        )
    try:
        text = source.to_json(orient="records", lines=True, date_format="iso")
    except (TypeError, ValueError, OverflowError, UnicodeError) as exc:
        reason = str(exc).rstrip(".")
        raise UsageError(
            f"The DataFrame cannot be read: {reason}. Give it one column a field, such as title, "
            "abstract and published, with texts in them."
        ) from exc
    return MemoryFile(_NAME, (text or "").encode())
