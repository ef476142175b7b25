"""JSON Lines, JSON arrays, and objects with a list of records in them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from extract.readers.json_fields import FieldError, record_of, records_by_key
from extract.readers.json_scanner import JsonScanner
from extract.readers.raw import BadRecord, RawRecord, excerpt

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
            yield from _records(line, number, number)


def read_json(stream: ByteStream) -> Iterator[Item]:
    """One record for each element; its place is its number, from 1."""
    for number, piece in enumerate(JsonScanner(stream.chunks()).slices(), start=1):
        if piece.closed and not piece.text.startswith("{"):
            yield BadRecord(number, "a JSON value that is no object", excerpt(piece.text))
        elif piece.closed:
            yield from _records(piece.text, number, piece.line)
        else:
            reason = f"broken JSON: what begins on line {piece.line} does not end, or not in time"
            yield BadRecord(number, reason, excerpt(piece.text))


def _records(text: str, place: int, line: int) -> Iterator[Item]:
    """The record in an object, or those of an object that maps identifiers to records."""
    try:
        value: Any = _DECODER.decode(text)
        if not isinstance(value, dict):
            yield BadRecord(place, "a JSON value that is no object", excerpt(text))
            return
        record = _record(value, place)
        if isinstance(record, RawRecord) and not record.title and not record.abstract:
            inner = records_by_key(value)
            yield from (_record(each, place) for each in inner)
            if inner:
                return
        yield record
    except json.JSONDecodeError as exc:
        where = f"line {line + exc.lineno - 1} column {exc.colno}"
        yield BadRecord(place, f"broken JSON: {exc.msg} at {where}", excerpt(text))
    except RecursionError:
        yield BadRecord(place, "JSON nested too deeply", excerpt(text))
    except ValueError:  # a number of thousands of digits
        yield BadRecord(place, "broken JSON: a number of too many digits", excerpt(text))


def _record(value: dict[str, Any], place: int) -> Item:
    try:
        return record_of(value, place)
    except FieldError as exc:
        return BadRecord(place, str(exc), excerpt(json.dumps(value, ensure_ascii=False)))
