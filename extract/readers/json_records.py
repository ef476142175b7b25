"""JSON Lines, JSON arrays, and objects with a list of records in them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from extract.readers.json_fields import FieldError, record_of
from extract.readers.json_scanner import JsonScanner
from extract.readers.raw import BadRecord, excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.readers.bytestream import ByteStream
    from extract.readers.raw import Item

# Not strict: a raw tab inside a string is plain enough.
_DECODER = json.JSONDecoder(strict=False)


def read_json_lines(stream: ByteStream) -> Iterator[Item]:
    """One record for each line that is not blank; lines that are no JSON are refused."""
    for number, line in stream.lines():
        if line and not line.isspace():
            yield _record(line, number, number)


def read_json(stream: ByteStream) -> Iterator[Item]:
    """One record for each element; its place is its number, from 1."""
    for number, piece in enumerate(JsonScanner(stream.chunks()).slices(), start=1):
        if piece.closed and not piece.text.startswith("{"):
            yield BadRecord(number, "a JSON value that is no object", excerpt(piece.text))
        elif piece.closed:
            yield _record(piece.text, number, piece.line)
        else:
            reason = f"broken JSON: what begins on line {piece.line} does not end, or not in time"
            yield BadRecord(number, reason, excerpt(piece.text))


def _record(text: str, place: int, line: int) -> Item:
    try:
        value: Any = _DECODER.decode(text)
        if not isinstance(value, dict):
            return BadRecord(place, "a JSON value that is no object", excerpt(text))
        return record_of(value, place)
    except json.JSONDecodeError as exc:
        where = f"line {line + exc.lineno - 1} column {exc.colno}"
        return BadRecord(place, f"broken JSON: {exc.msg} at {where}", excerpt(text))
    except FieldError as exc:
        return BadRecord(place, str(exc), excerpt(text))
    except RecursionError:
        return BadRecord(place, "JSON nested too deeply", excerpt(text))
    except ValueError:  # a number of thousands of digits
        return BadRecord(place, "broken JSON: a number of too many digits", excerpt(text))
