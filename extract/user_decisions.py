"""What a user has decided about names: which are one thing, which are not, what a thing is called.

`extract.decisions_file` reads them from a file.
"""

from __future__ import annotations

import itertools
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from extract.errors import DecisionsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Rename:
    """The concept that `name` belongs to is called `to`."""

    name: str
    to: str


@dataclass(frozen=True, slots=True)
class UserDecisions:
    """What a user has decided; empty where nothing.

    Attributes:
        pins: groups of names that are one thing; two names or more each.
        forbids: groups of names no two of which are one thing.
        renames: display names.
    """

    pins: tuple[tuple[str, ...], ...] = ()
    forbids: tuple[tuple[str, ...], ...] = ()
    renames: tuple[Rename, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.pins or self.forbids or self.renames)

    def forbidden_pairs(self) -> list[tuple[str, str]]:
        """All pairs of names that are forbidden to be one, sorted, each pair sorted."""
        return sorted(
            {
                (min(pair), max(pair))
                for group in self.forbids
                for pair in itertools.combinations(group, 2)
            }
        )

    def as_json(self) -> str:
        """All of it in one line, for a library to remember; `decisions_from_json` reads it."""
        return json.dumps(asdict(self), ensure_ascii=False)


def decisions_from_json(text: str) -> UserDecisions:
    """What `UserDecisions.as_json` wrote.

    >>> decisions_from_json(UserDecisions(pins=(("A", "B"),)).as_json())
    UserDecisions(pins=(('A', 'B'),), forbids=(), renames=())
    """
    data = json.loads(text)
    return UserDecisions(
        tuple(map(tuple, data["pins"])),
        tuple(map(tuple, data["forbids"])),
        tuple(Rename(**rename) for rename in data["renames"]),
    )


def check_decisions(decisions: UserDecisions, file: str) -> None:
    """See that decisions do not contradict each other, whatever names a corpus has.

    Names that are pinned, also through others, must not be forbidden, and have one display name.

    Args:
        file: where they stand, for messages.

    Raises:
        DecisionsError: two contradict each other; the message names both.
    """
    together = _pinned_together(decisions.pins)
    for a, b in decisions.forbidden_pairs():
        if b in together.get(a, ()):
            raise DecisionsError(
                f"{file!r} contradicts itself: {_entry(decisions.forbids, (a, b))} keeps "
                f"{a!r} and {b!r} apart, and {_pins_between(decisions.pins, a, b)} makes them "
                "one. Remove one of these entries."
            )
    chosen: dict[str, tuple[int, str]] = {}
    for number, rename in enumerate(decisions.renames, 1):
        thing = min(together.get(rename.name, (rename.name,)))
        first, to = chosen.setdefault(thing, (number, rename.to))
        if to != rename.to:
            raise DecisionsError(
                f"{file!r} contradicts itself: rename {first} and rename {number} call one "
                f"thing {to!r} and {rename.to!r}. Remove one of them."
            )


def _pinned_together(pins: Iterable[tuple[str, ...]]) -> dict[str, set[str]]:
    """Each pinned name with all that it is pinned to, also through others."""
    together: dict[str, set[str]] = {}
    for group in pins:
        union = set(group).union(*(together.get(name, ()) for name in group))
        for name in union:
            together[name] = union
    return together


def _entry(forbids: Iterable[tuple[str, ...]], names: Iterable[str]) -> str:
    wanted = set(names)
    return next(f"forbid {n}" for n, group in enumerate(forbids, 1) if wanted <= set(group))


def _pins_between(pins: Sequence[tuple[str, ...]], a: str, b: str) -> str:
    """The pins that lead from one name to another, in the order of the way."""
    ways: dict[str, tuple[int, ...]] = {a: ()}
    queue = [a]
    for name in queue:
        for number, group in enumerate(pins, 1):
            for other in group if name in group else ():
                if other not in ways:
                    ways[other] = (*ways[name], number)
                    queue.append(other)
    return " with ".join(f"pin {number}" for number in ways[b])
