"""Cutting JSON text into its records without holding all of it, also where it is broken."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.readers.raw import EXCERPT_LENGTH, MAX_RECORD_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

LIST_KEYS = frozenset(
    (
        *("results", "data", "items", "papers", "works", "entries", "records", "docs"),
        *("documents", "publications", "articles", "dailyPapers", "hits", "notes", "rows"),
        *("recommendedPapers", "collection", "result"),
    )
)
"""Under these keys the answers of services keep their list of records."""

WRAPPER_KEYS = frozenset(("message", "response", "data", "result", "results", "resultList", "hits"))
"""Some services wrap an object with such a list once more, under one of these."""

_RECORD_KEYS = frozenset(("title", "abstract", "summary", "display_name"))
# A string within one line (JSON allows no line break in it), a bracket, or a quotation mark that
# no second one follows on its line. Possessive, so that a long string takes linear time.
_TOKEN = re.compile(r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"|[{}\[\]"]')
_OPENING = {"}": "{", "]": "["}
_COLON = re.compile(r"\s{0,20}:")
_BETWEEN = re.compile(r"[\s,:]*")
_KEY_REACH = 90
_KEY_BEFORE = re.compile(r'"(\w{1,40})"\s{0,20}:\s{0,20}$')
# What follows a broken record is read once more; text made to break often must not take forever.
_MAX_REREAD = 2 * MAX_RECORD_BYTES


@dataclass(frozen=True, slots=True)
class Slice:
    """The text of one record.

    Attributes:
        line: line on which it starts, from 1.
        text: from its first bracket to its last; how it begins where it is not `closed`.
        closed: False where its brackets or strings do not close, or too late.
    """

    line: int
    text: str
    closed: bool = True


class JsonScanner:
    """Cuts JSON into records: values one after another, the elements of an array, or those of a
    list that an object holds under one of `LIST_KEYS` (at the top, or one object below).

    Where a record does not close, the next line that begins as that record did is taken for the
    beginning of the next.
    """

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._buffer = ""
        self._ended = False
        self._position = 0  # behind the last token
        self._start: int | None = None  # of the record that is open
        self._line = 1  # of the buffer's first character
        self._open_brackets: list[str] = []
        self._floor = 0  # number of open brackets where records stand
        self._outer_key: str | None = None  # key of the bracket open at depth 2
        self._is_record = False  # the open object has the keys of a record
        self._reread = 0  # characters that recovering made to be read once more

    def slices(self) -> Iterator[Slice]:
        """The records in the order of the text."""
        while True:
            match = _TOKEN.search(self._buffer, self._position)
            if match is None or (match[0] == '"' and self._buffer.find("\n", match.end()) < 0):
                if self._fill():
                    continue
                failed_at = len(self._buffer)
            elif match[0] == '"' or self._mismatched(match[0]):
                failed_at = match.start()
            else:
                yield from self._take(match)
                continue
            start = self._position if self._start is None else self._start
            self._reread += failed_at - start
            if self._reread > _MAX_REREAD or (match is None and self._start is None):
                yield from self._rest(start)
                return
            yield from self._recover(start)

    def _take(self, match: re.Match[str]) -> Iterator[Slice]:
        token = match[0]
        at_floor = self._start is None and len(self._open_brackets) == self._floor
        if at_floor:
            yield from self._stray(self._position, match.start())
        self._position = match.end()
        if token in "{[":
            self._open(match.start(), token)
        elif token in "}]":
            yield from self._close()
        elif at_floor:
            yield Slice(self._line_of(match.start()), token)
        elif len(self._open_brackets) == 1 and token[1:-1] in _RECORD_KEYS:
            is_key = _COLON.match(self._buffer, self._position)
            self._is_record = self._is_record or is_key is not None

    def _mismatched(self, token: str) -> bool:
        """Whether the token closes another bracket than the one that was opened last."""
        return (
            self._start is not None
            and token in _OPENING
            and self._open_brackets[-1] != _OPENING[token]
        )

    def _open(self, position: int, token: str) -> None:
        key = self._key_before(position) if self._floor == 0 else None
        if token == "[" and len(self._open_brackets) == 0:
            self._floor = 1
        elif token == "[" and self._is_list_of_records(key):
            self._start = None
            self._floor = len(self._open_brackets) + 1
        elif self._start is None and len(self._open_brackets) == self._floor:
            self._start = position
            self._is_record = False
        self._open_brackets.append(token)
        if self._floor == 0:
            self._outer_key = key if len(self._open_brackets) == 2 else self._outer_key

    def _is_list_of_records(self, key: str | None) -> bool:
        if self._floor != 0 or self._is_record or key not in LIST_KEYS:
            return False
        return len(self._open_brackets) == 1 or (
            len(self._open_brackets) == 2 and self._outer_key in WRAPPER_KEYS
        )

    def _close(self) -> Iterator[Slice]:
        if self._open_brackets:
            self._open_brackets.pop()
        if self._start is not None and len(self._open_brackets) == self._floor:
            yield Slice(self._line_of(self._start), self._buffer[self._start : self._position])
            self._start = None
        elif self._start is None and len(self._open_brackets) < self._floor:
            # The list is over; whatever else the object around it holds is no record.
            self._floor = 0
        if self._start is None:
            self._forget(self._position)

    def _stray(self, start: int, end: int) -> Iterator[Slice]:
        """What stands where records stand and is none, such as `null`."""
        between = _BETWEEN.match(self._buffer, start, end)
        first = between.end() if between else start
        if first < end:
            yield Slice(self._line_of(first), self._buffer[first:end].rstrip(" \t\r\n,"))

    def _recover(self, start: int) -> Iterator[Slice]:
        """Give up what begins at `start` and go on at the next line that begins as it did."""
        line, text = self._line_of(start), self._buffer[start : start + EXCERPT_LENGTH]
        indent = self._buffer[self._buffer.rfind("\n", 0, start) + 1 : start]
        if indent and not indent.isspace():
            indent = r"[ \t]*"
        next_start = re.compile(rf"\n{indent}(?={{)")
        found = next_start.search(self._buffer, start)
        while found is None and self._skip():
            found = next_start.search(self._buffer)
        yield Slice(line, text, closed=False)
        self._start = None
        del self._open_brackets[self._floor :]
        self._forget(found.end() if found else len(self._buffer))

    def _skip(self) -> bool:
        """Read on, keeping no more than the last line; False at the end."""
        last = self._buffer.rfind("\n")
        end = len(self._buffer) if last < 0 else last
        self._line += self._buffer.count("\n", 0, end)
        self._buffer, self._position = self._buffer[end:], 0
        return self._fill()

    def _rest(self, start: int) -> Iterator[Slice]:
        """One slice for what is left, where records may stand there."""
        text = self._buffer[start : start + EXCERPT_LENGTH].strip(" \t\r\n,")
        if text and (len(self._open_brackets) == self._floor or self._start is not None):
            yield Slice(self._line_of(start), text, closed=False)

    def _fill(self) -> bool:
        """Read on, as much as is held already; False at the end, or where a record is too long."""
        if self._ended or len(self._buffer) > MAX_RECORD_BYTES:
            return False
        wanted = max(1, len(self._buffer))
        pieces = []
        for chunk in self._chunks:
            pieces.append(self._decoder.decode(chunk))
            wanted -= len(pieces[-1])
            if wanted <= 0:
                break
        else:
            self._ended = True
            pieces.append(self._decoder.decode(b"", final=True))
        self._buffer += "".join(pieces)
        return True

    def _forget(self, end: int) -> None:
        """Drop what was dealt with; now and then only, since it copies the rest."""
        self._position = end
        if end > len(self._buffer) // 2:
            self._line += self._buffer.count("\n", 0, end)
            self._buffer = self._buffer[end:]
            self._position = 0

    def _line_of(self, position: int) -> int:
        return self._line + self._buffer.count("\n", 0, position)

    def _key_before(self, position: int) -> str | None:
        found = _KEY_BEFORE.search(self._buffer[max(0, position - _KEY_REACH) : position])
        return found[1] if found else None
