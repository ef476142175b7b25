"""Records that begin with a line of a known look and go on to the next such line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.readers.raw import MAX_RECORD_BYTES, BadRecord, excerpt

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class LineGroup:
    """The lines of one record, the first of which is line number `line`, from 1."""

    line: int
    lines: tuple[str, ...]


def group_lines(
    lines: Iterable[tuple[int, str]], start: re.Pattern[str]
) -> Iterator[LineGroup | BadRecord]:
    """The records in numbered lines; each begins where `start` matches at the line's beginning.

    What stands before the first is left out. A record of more than `MAX_RECORD_BYTES` characters
    is refused.
    """
    first = 0
    group: list[str] = []
    size = 0
    for number, line in lines:
        if start.match(line):
            yield from _finished(first, group, size)
            first, group, size = number, [], 0
        if first:
            size += len(line) + 1
            if size <= MAX_RECORD_BYTES:
                group.append(line)
    yield from _finished(first, group, size)


def _finished(first: int, group: list[str], size: int) -> Iterator[LineGroup | BadRecord]:
    if size > MAX_RECORD_BYTES:
        reason = f"a record of {size:,} characters, where at most {MAX_RECORD_BYTES:,} are expected"
        yield BadRecord(first, reason, excerpt(group[0] if group else ""))
    elif first:
        yield LineGroup(first, tuple(group))
