"""A user's own list of names, found in texts wherever they stand.

Names stand between word boundaries, the longest first. A name with a capital letter, or of three
characters or fewer, is found exactly as it is listed (`WAS` is a gene, `was` is none); any other in
whatever case, and with a plural `s`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ENDINGS = (".gazetteer.tsv", ".gazetteer.csv", ".gazetteer.jsonl")
"""How the file of names beside a library ends; it holds no papers."""

SHORT_NAME = 3
"""Names of so many characters or fewer are found in the listed case only."""

_PIECE = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class GazetteerEntry:
    """A listed name.

    Attributes:
        name: as it stands in texts, white space folded to single blanks.
        type: a `ConceptType`, or a type of the user's own.
        canonical: what the thing is called; all names of one type with one canonical name are one
            concept. None where the list does not say.
    """

    name: str
    type: str
    canonical: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class GazetteerMatch:
    """A place where a listed name stands; start and end in code points."""

    start: int
    end: int
    entry: GazetteerEntry


class Gazetteer:
    """Listed names, ready to be found.

    A canonical name is found as well. Where it has an entry of its own, that says what it is; an
    entry of the same type without a canonical name means the same thing.

    Args:
        entries: in any order; no two have the same name.

    Attributes:
        entries: sorted by name.
        identity: eight hexadecimal digits that tell this list from others.
    """

    def __init__(self, entries: Iterable[GazetteerEntry]) -> None:
        self.entries = tuple(sorted(entries, key=lambda entry: entry.name))
        rows = [[entry.name, entry.type, entry.canonical] for entry in self.entries]
        text = json.dumps(rows, ensure_ascii=False).encode("utf-8", "surrogatepass")
        self.identity = hashlib.sha256(text).hexdigest()[:8]
        looked_for = _with_canonical_names(self.entries)
        self._exact = {entry.name: entry for entry in looked_for if is_exact(entry.name)}
        self._folded = {entry.name: entry for entry in looked_for if not is_exact(entry.name)}
        for name, entry in list(self._folded.items()):
            if name[-1].isalpha() and name[-1] != "s":
                self._folded.setdefault(f"{name}s", entry)
        # By the first piece of a name, how many pieces names have that begin so.
        lengths: dict[str, set[int]] = defaultdict(set)
        for name in (*self._exact, *self._folded):
            pieces = _PIECE.findall(name)
            lengths[pieces[0].lower()].add(len(pieces))
        self._lengths = {piece: tuple(found) for piece, found in lengths.items()}

    def find(self, text: str) -> list[GazetteerMatch]:
        """Where listed names stand.

        Args:
            text: white space inside it is single blanks.

        Returns:
            Places without overlap, sorted. Of two that overlap the longer counts, of equally long
            ones the earlier.
        """
        taken = bytearray(len(text))
        matches = []
        for match in sorted(self._all(text), key=lambda m: (m.start - m.end, m.start)):
            if not any(taken[match.start : match.end]):
                taken[match.start : match.end] = b"\1" * (match.end - match.start)
                matches.append(match)
        return sorted(matches, key=lambda match: match.start)

    def _all(self, text: str) -> Iterator[GazetteerMatch]:
        """All places, also those that overlap."""
        pieces = [match.span() for match in _PIECE.finditer(text)]
        for index, (start, end) in enumerate(pieces):
            for count in self._lengths.get(text[start:end].lower(), ()):
                if index + count > len(pieces):
                    continue
                last = pieces[index + count - 1][1]
                entry = self._named(text[start:last])
                if entry is not None and _stands_alone(text, start, last):
                    yield GazetteerMatch(start, last, entry)

    def _named(self, surface: str) -> GazetteerEntry | None:
        return self._exact.get(surface) or self._folded.get(surface.lower())


def is_exact(name: str) -> bool:
    """Whether a name is found in the listed case only.

    >>> is_exact("BRCA1"), is_exact("p53"), is_exact("graphene")
    (True, True, False)
    """
    return len(name) <= SHORT_NAME or name != name.lower()


def _with_canonical_names(entries: Iterable[GazetteerEntry]) -> list[GazetteerEntry]:
    """The entries, and canonical names as entries that name themselves.

    A canonical name that things of two types have says nothing by itself.
    """
    by_name = {entry.name: entry for entry in entries}
    types: dict[str, set[str]] = defaultdict(set)
    for entry in by_name.values():
        if entry.canonical is not None:
            types[entry.canonical].add(entry.type)
    for name, found in types.items():
        listed = by_name.get(name)
        if listed is None and len(found) == 1:
            by_name[name] = GazetteerEntry(name, min(found), name)
        elif listed is not None and listed.canonical is None and listed.type in found:
            by_name[name] = GazetteerEntry(name, listed.type, name)
    return list(by_name.values())


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no letter, digit or underscore touches the place."""
    return not (_is_word(text[start - 1 : start]) or _is_word(text[end : end + 1]))


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"
