"""Rows as CSV (RFC 4180) that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_JOINT = " | "
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_FORMULA = re.compile("[=+\\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s?%?")


def table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """Rows as CSV under a header; what a row lacks is empty."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(map(cell, columns))
    writer.writerows([cell(row.get(name)) for name in columns] for row in rows)
    return buffer.getvalue()


def cell(value: Any) -> str:
    """A value as a cell that no spreadsheet takes for a formula; None is empty.

    Lists are joined by ` | `, objects are JSON; NUL and lone surrogates become U+FFFD. A text that
    begins like a formula, and is no number, has an apostrophe before it.

    >>> cell("=HYPERLINK(A1)"), cell("-0.3"), cell(-2), cell(("a", "b")), cell(None)
    ("'=HYPERLINK(A1)", '-0.3', '-2', 'a | b', '')
    """
    text = without_lone_surrogates(as_text(value).replace("\0", "\ufffd"))
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def as_text(value: Any) -> str:
    """A value as one text: lists joined, objects as JSON, truth values in lower case."""
    if value is None:
        return ""
    if isinstance(value, tuple | list):
        return _JOINT.join(map(as_text, value))
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value).lower() if isinstance(value, bool) else str(value)


def without_lone_surrogates(text: str) -> str:
    """The text with U+FFFD for each code point that is half of a character."""
    return _LONE_SURROGATE.sub("\ufffd", text)
