"""Lists of names without papers: read from a file, and resolved."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.errors import UsageError
from extract.records import Mention
from extract.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

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
class NamesList:
    """The lines of a file.

    Attributes:
        rows: in the order of the file.
        refused: one line of text for each line that was refused, with its number and the reason.
    """

    rows: tuple[ListedName, ...]
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResolvedNames:
    """The concept of each name, in their order, and the user's decisions that touched nothing."""

    concepts: tuple[Concept, ...]
    idle: tuple[str, ...]


def read_names(file: Path) -> NamesList:
    """Read lines `name<TAB>type`; further columns and empty lines are passed over.

    Args:
        file: a path, or `-` for standard input.

    Raises:
        UsageError: it cannot be read.
    """
    try:
        content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as exc:
        raise UsageError(f"Cannot read {str(file)!r}: {exc.strerror}. Name another file.") from exc
    rows: list[ListedName] = []
    refused: list[str] = []
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            rows.append(_row(line))
        except ValueError as exc:
            refused.append(f"line {number}: {exc}")
    return NamesList(tuple(rows), tuple(refused))


def _row(line: bytes) -> ListedName:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        raise ValueError("is not UTF-8; save the list as UTF-8.") from None
    columns = [column.strip() for column in text.split("\t")]
    if len(columns) < 2 or not columns[0] or not columns[1]:
        raise ValueError(f"got {text.strip()[:_SHOWN]!r}, expected NAME<TAB>TYPE.")
    if len(columns[0]) > _LONGEST:
        raise ValueError(f"the name has {len(columns[0]):,} characters, {_LONGEST:,} are allowed.")
    return ListedName(columns[0], columns[1])


def resolve_names(
    rows: Sequence[ListedName], decisions: UserDecisions | None = None
) -> ResolvedNames:
    """Decide which names are one thing, each line one mention in a paper of its own.

    Returns:
        The concepts in the order of the names.

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
    return ResolvedNames(concepts, found.idle)
