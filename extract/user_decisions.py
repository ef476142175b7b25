"""What a user has decided about names: `pin`, `forbid` and `rename`, in a small TOML file.

The file is replayed at every build, so that a decision outlives the papers it was made for:

    [[pin]]                     # these are one thing, whatever the rules say
    names = ["KNN", "nearest neighbour classifier"]

    [[forbid]]                  # no two of these are one thing, whatever the rules say
    names = ["MIM", "masked image modeling"]

    [[rename]]                  # what the graph calls it
    name = "large language model"
    to = "LLM"

Every entry may have a `note`, which nothing reads. `pin = [["A", "B"], …]` and `forbid = …` say the
same with less, and so does a table `[rename]` with lines `"large language model" = "LLM"`.
"""

from __future__ import annotations

import itertools
import json
import tomllib
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from extract.errors import DecisionsError
from extract.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

_KINDS = ("pin", "forbid", "rename")
_LONGEST_NAME = 1_000  # characters; a longer one was never extracted from an abstract


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


def decisions_beside(library: Path) -> Path:
    """Where the decisions for a library are looked for: `paperkg.decisions.toml`."""
    return library.with_name(f"{library.name.removesuffix('.db')}.decisions.toml")


def find_decisions(library: Path, file: Path | None = None) -> UserDecisions:
    """The decisions in `file`, or in the file beside the library; none where there is no such.

    Raises:
        DecisionsError: `file` is missing, or what is there is not a decisions file.
    """
    if file is None:
        file = decisions_beside(library)
        if not file.is_file():
            return UserDecisions()
    return read_decisions(file)


def read_decisions(file: Path) -> UserDecisions:
    """The decisions in a file.

    Raises:
        DecisionsError: it is missing, no TOML, has an entry that is not understood, or two entries
            that contradict each other.
    """
    return parse_decisions(_read(file), str(file))


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as exc:
        raise DecisionsError(
            f"The decisions file {str(file)!r} cannot be read: {exc.strerror}. Name another with "
            "--decisions, or make it with `paperkg pin`, `forbid` or `rename`."
        ) from exc
    except UnicodeDecodeError as exc:
        raise DecisionsError(
            f"The decisions file {str(file)!r} is not UTF-8 (byte {exc.start:,}): save it as UTF-8."
        ) from exc


def parse_decisions(text: str, file: str) -> UserDecisions:
    """The decisions in the text of a file.

    Args:
        text: TOML.
        file: its name, for messages.

    Raises:
        DecisionsError: as `read_decisions`.

    >>> parse_decisions('pin = [["GPT3", "GPT-3"]]', "x.toml").pins
    (('GPT3', 'GPT-3'),)
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        raise DecisionsError(
            f"The decisions file {file!r} is not TOML: {exc}. Entries look like "
            '`[[pin]]` and, below, `names = ["A", "B"]`.'
        ) from exc
    unknown = sorted(data.keys() - set(_KINDS))
    if unknown:
        raise DecisionsError(
            f"{file!r} has {', '.join(map(repr, unknown))}: expected only {', '.join(_KINDS)}."
        )
    decisions = UserDecisions(
        _groups(data.get("pin", []), "pin", file),
        _groups(data.get("forbid", []), "forbid", file),
        _renames(data.get("rename", []), file),
    )
    _check_pins_against_forbids(decisions, file)
    _check_renames(decisions, file)
    return decisions


def _groups(entries: Any, kind: str, file: str) -> tuple[tuple[str, ...], ...]:
    if not isinstance(entries, list):
        raise DecisionsError(
            f"{file!r}: `{kind}` is {_shown(entries)}; expected `[[{kind}]]` tables with `names`."
        )
    groups = []
    for number, entry in enumerate(entries, 1):
        place = f"{file!r}, {kind} {number}"
        names = entry
        if isinstance(entry, dict):
            _check_keys(entry, {"names"}, place)
            names = entry["names"]
        if not isinstance(names, list):
            raise DecisionsError(f'{place}: got {_shown(names)}, expected names = ["A", "B"].')
        group = tuple(_name(name, place) for name in names)
        if len(set(group)) < 2 or len(set(group)) < len(group):
            raise DecisionsError(
                f"{place}: got {_shown(names)}, expected two or more names that differ."
            )
        groups.append(group)
    return tuple(groups)


def _renames(entries: Any, file: str) -> tuple[Rename, ...]:
    if isinstance(entries, dict):
        entries = [{"name": name, "to": to} for name, to in entries.items()]
    if not isinstance(entries, list):
        raise DecisionsError(
            f"{file!r}: `rename` is {_shown(entries)}; expected `[[rename]]` tables with `name` "
            "and `to`."
        )
    renames = []
    for number, entry in enumerate(entries, 1):
        place = f"{file!r}, rename {number}"
        if not isinstance(entry, dict):
            raise DecisionsError(f"{place}: got {_shown(entry)}, expected `name` and `to`.")
        _check_keys(entry, {"name", "to"}, place)
        renames.append(Rename(_name(entry["name"], place), _name(entry["to"], place)))
    return tuple(renames)


def _check_keys(entry: Mapping[str, Any], expected: set[str], place: str) -> None:
    if not expected <= entry.keys() <= expected | {"note"}:
        raise DecisionsError(
            f"{place}: has {', '.join(sorted(entry)) or 'nothing'}; expected "
            f"{' and '.join(sorted(expected))} (and a note if you like)."
        )


def _name(value: Any, place: str) -> str:
    name = value.strip() if isinstance(value, str) else ""
    if not name or len(name) > _LONGEST_NAME:
        raise DecisionsError(
            f"{place}: got {_shown(value)} for a name, expected a text of 1 to {_LONGEST_NAME:,} "
            "characters in quotation marks."
        )
    return name


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:79] + "…"


def _check_pins_against_forbids(decisions: UserDecisions, file: str) -> None:
    """No two names may be pinned together, also through others, and forbidden."""
    pinned: dict[str, set[str]] = {}
    for group in decisions.pins:
        together = set(group).union(*(pinned.get(name, ()) for name in group))
        for name in together:
            pinned[name] = together
    for a, b in decisions.forbidden_pairs():
        if b in pinned.get(a, ()):
            raise DecisionsError(
                f"{file!r} contradicts itself: {_entry(decisions.forbids, 'forbid', (a, b))} keeps "
                f"{a!r} and {b!r} apart, and {_pins_between(decisions.pins, a, b)} makes them "
                "one. Remove one of these entries."
            )


def _entry(groups: Sequence[tuple[str, ...]], kind: str, names: Iterable[str]) -> str:
    wanted = set(names)
    return next(f"{kind} {n}" for n, group in enumerate(groups, 1) if wanted <= set(group))


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


def _check_renames(decisions: UserDecisions, file: str) -> None:
    """One name, and names that are pinned together, have one display name."""
    pin_of = {name: number for number, group in enumerate(decisions.pins) for name in group}
    chosen: dict[str | int, tuple[int, str]] = {}
    for number, rename in enumerate(decisions.renames, 1):
        first, to = chosen.setdefault(pin_of.get(rename.name, rename.name), (number, rename.to))
        if to != rename.to:
            raise DecisionsError(
                f"{file!r} contradicts itself: rename {first} and rename {number} call one "
                f"thing {to!r} and {rename.to!r}. Remove one of them."
            )


def append_decision(
    file: Path, kind: str, values: Mapping[str, object], remark: str | None = None
) -> bool:
    """Add an entry to a decisions file, made where it is missing; nothing else in it changes.

    Args:
        file: the decisions file.
        kind: `pin`, `forbid` or `rename`.
        values: the entry's keys with texts or lists of texts.
        remark: its `note`.

    Returns:
        False where the file says so already.

    Raises:
        DecisionsError: the file or the new entry is at fault, or they contradict each other; then
            the file stays as it is.
    """
    before = _read(file) if file.exists() else ""
    parse_decisions(before, str(file))
    entries = tomllib.loads(before).get(kind, [])
    if any(
        all(entry.get(key) == value for key, value in values.items())
        for entry in _tables(entries, str(file))
    ):
        return False
    noted = {**values, "note": remark} if remark else values
    entry = "\n".join(f"{key} = {_toml(value)}" for key, value in noted.items())
    gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
    after = f"{before}{gap}[[{kind}]]\n{entry}\n"
    parse_decisions(after, str(file))
    write_atomically(file, after)
    return True


def _tables(entries: object, file: str) -> list[dict[str, object]]:
    """The entries as `[[…]]` tables, after which another can be added."""
    if isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries):
        return entries
    raise DecisionsError(
        f"{file!r} has entries in the short form, to which none can be added by command: edit the "
        "file by hand."
    )


def _toml(value: object) -> str:
    # A JSON string is a TOML basic string but for DEL, which TOML wants escaped.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
