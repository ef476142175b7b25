"""Lists of names and of pairs of names, a line each: read from a file, and resolved."""

from __future__ import annotations

import contextlib
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.errors import RecordError, UsageError
from extract.records import Mention
from extract.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path
    from typing import BinaryIO

    from extract.records import Concept
    from extract.user_decisions import UserDecisions

_LONGEST = 1_000  # characters of a name; longer lines are no names
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class ListedName:
    """A name and its concept type."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class NamePair:
    """Two names and their concept type, or types with `/` between; empty where none is given."""

    a: str
    b: str
    type: str


@dataclass(frozen=True, slots=True)
class ResolvedNames:
    """What became of a list of names.

    Attributes:
        concepts: that of each name, in the order of the names.
        remarks: what to tell the user of decisions, as `extract.resolve.Resolution` has it.
    """

    concepts: tuple[Concept, ...]
    remarks: tuple[str, ...]


def read_names(file: Path, on_reject: Callable[[RecordError], object]) -> Iterator[ListedName]:
    """Read lines `name<TAB>type`; further columns and empty lines are passed over.

    Args:
        file: a path, or `-` for standard input.
        on_reject: told of each line that is refused.

    Raises:
        UsageError: the file cannot be read.
    """
    rows = _rows(_open(file), str(file), "NAME<TAB>TYPE", on_reject)
    return (ListedName(name, kind) for name, kind, *_ in rows)


def read_pairs(file: Path, on_reject: Callable[[RecordError], object]) -> Iterator[NamePair]:
    """Read lines `a<TAB>b<TAB>type`; the type may be missing. As `read_names` otherwise.

    Raises:
        UsageError: the file cannot be read.
    """
    rows = _rows(_open(file), str(file), "A<TAB>B<TAB>TYPE", on_reject)
    return (NamePair(a, b, rest[0] if rest else "") for a, b, *rest in rows)


def _open(file: Path) -> AbstractContextManager[BinaryIO]:
    if str(file) == "-":
        return contextlib.nullcontext(sys.stdin.buffer)
    try:
        return file.open("rb")
    except OSError as exc:
        raise UsageError(f"Cannot read {str(file)!r}: {exc.strerror}. Name another file.") from exc


def _rows(
    opened: AbstractContextManager[BinaryIO],
    file: str,
    form: str,
    on_reject: Callable[[RecordError], object],
) -> Iterator[list[str]]:
    """The columns of each line, the first two of which are not empty."""
    with opened as lines:
        for number, line in enumerate(lines, 1):
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if not line.strip():
                continue
            try:
                yield _columns(line, form)
            except ValueError as exc:
                on_reject(RecordError(file, number, str(exc)))


def _columns(line: bytes, form: str) -> list[str]:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        raise ValueError("is not UTF-8; save the list as UTF-8.") from None
    columns = [column.strip() for column in text.split("\t")]
    if len(columns) < 2 or not columns[0] or not columns[1] or "\0" in text:
        raise ValueError(f"got {text.strip()[:_SHOWN]!r}, expected {form}.")
    longest = max(map(len, columns[:2]))
    if longest > _LONGEST:
        raise ValueError(f"a name has {longest:,} characters, {_LONGEST:,} are allowed.")
    return columns


def resolve_names(
    rows: Sequence[ListedName], decisions: UserDecisions | None = None
) -> ResolvedNames:
    """Decide which names are one thing, each line one mention in a paper of its own.

    Raises:
        DecisionsError: decisions contradict each other on these names.
    """
    papers = [str(number) for number in range(len(rows))]
    found = resolve(
        (
            Mention(paper, "title", 0, len(r.name), r.name, r.type, "mentions", 1.0, "listed")
            for paper, r in zip(papers, rows, strict=True)
        ),
        {},
        decisions=decisions,
    )
    by_id = {concept.id: concept for concept in found.concepts}
    concepts = tuple(
        by_id[found.concept_of[paper, row.name, row.type]]
        for paper, row in zip(papers, rows, strict=True)
    )
    return ResolvedNames(concepts, found.remarks)
