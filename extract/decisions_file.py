"""The decisions file: what a user has decided about names, in TOML.

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

import json
import tomllib
from typing import TYPE_CHECKING, Any, Literal

from extract.errors import DecisionsError
from extract.files import write_atomically
from extract.user_decisions import Rename, UserDecisions, check_decisions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Kind = Literal["pin", "forbid", "rename"]
"""What an entry may be."""

_KINDS = ("pin", "forbid", "rename")
_LONGEST_NAME = 1_000  # characters; a longer one was never extracted from an abstract


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
        if not file.exists():
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
        return file.read_bytes().decode("utf-8-sig")  # line ends stay as they are
    except OSError as exc:
        raise DecisionsError(
            f"The decisions file {str(file)!r} cannot be read: {exc.strerror}. Name another with "
            "--decisions, or make it with `paperkg pin`, `forbid` or `rename`."
        ) from exc
    except UnicodeDecodeError as exc:
        raise DecisionsError(
            f"The decisions file {str(file)!r} is not UTF-8 (byte {exc.start:,}): name another, or "
            "save it as UTF-8."
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
    # An endless number is a ValueError that tomllib lets pass, endless nesting a RecursionError.
    except (ValueError, RecursionError) as exc:
        raise DecisionsError(
            f"The decisions file {file!r} is not TOML: {exc}. Entries look like "
            '`[[pin]]` and, below, `names = ["A", "B"]`.'
        ) from exc
    unknown = sorted(data.keys() - set(_KINDS))
    if unknown:
        raise DecisionsError(
            f"{file!r} has {', '.join(map(_shown, unknown))}: expected only {', '.join(_KINDS)}."
        )
    decisions = UserDecisions(
        _groups(data.get("pin", []), "pin", file),
        _groups(data.get("forbid", []), "forbid", file),
        _renames(data.get("rename", []), file),
    )
    check_decisions(decisions, file)
    return decisions


def _groups(entries: Any, kind: str, file: str) -> tuple[tuple[str, ...], ...]:
    if not isinstance(entries, list):
        raise DecisionsError(
            f"{file!r}: `{kind}` is {_shown(entries)}; expected `[[{kind}]]` tables with `names`."
        )
    return tuple(
        _group(entry, f"{file!r}, {kind} {number}") for number, entry in enumerate(entries, 1)
    )


def _group(entry: Any, place: str) -> tuple[str, ...]:
    names = entry
    if isinstance(entry, dict):
        _check_keys(entry, {"names"}, place)
        names = entry["names"]
    if not isinstance(names, list):
        raise DecisionsError(f'{place}: got {_shown(names)}, expected names = ["A", "B"].')
    group = tuple(_name(name, place) for name in names)
    if len(group) < 2 or len(set(group)) < len(group):
        raise DecisionsError(
            f"{place}: got {_shown(names)}, expected two or more names that differ."
        )
    return group


def _renames(entries: Any, file: str) -> tuple[Rename, ...]:
    if isinstance(entries, dict):
        entries = [{"name": name, "to": to} for name, to in entries.items()]
    if not isinstance(entries, list):
        raise DecisionsError(
            f"{file!r}: `rename` is {_shown(entries)}; expected `[[rename]]` tables with `name` "
            "and `to`."
        )
    return tuple(
        _rename(entry, f"{file!r}, rename {number}") for number, entry in enumerate(entries, 1)
    )


def _rename(entry: Any, place: str) -> Rename:
    if not isinstance(entry, dict):
        raise DecisionsError(f"{place}: got {_shown(entry)}, expected `name` and `to`.")
    _check_keys(entry, {"name", "to"}, place)
    return Rename(_name(entry["name"], place), _name(entry["to"], place))


def _check_keys(entry: Mapping[str, Any], expected: set[str], place: str) -> None:
    if not expected <= entry.keys() <= expected | {"note"}:
        raise DecisionsError(
            f"{place}: has {', '.join(sorted(entry))[:80] or 'nothing'}; expected "
            f"{' and '.join(sorted(expected))} (and a note if you like)."
        )


def _name(value: Any, place: str) -> str:
    name = value.strip() if isinstance(value, str) else ""
    if not name or len(name) > _LONGEST_NAME:
        raise DecisionsError(
            f"{place}: got {_shown(value)} for a name, expected a text of 1 to {_LONGEST_NAME:,} "
            "characters."
        )
    return name


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:79] + "…"


def append_decision(
    file: Path, kind: Kind, values: Mapping[str, object], remark: str | None = None
) -> bool:
    """Add an entry to a decisions file, made where it is missing; nothing else in it changes.

    Args:
        file: the decisions file.
        kind: of the entry.
        values: the entry's keys with texts or lists of texts.
        remark: its `note`.

    Returns:
        False where the file says so already.

    Raises:
        DecisionsError: the file or the new entry is at fault, or they contradict each other; then
            the file stays as it is.
        UsageError: the file cannot be written.
    """
    before = _read(file) if file.exists() else ""
    if _says(parse_decisions(before, str(file)), kind, values):
        return False
    noted = {**values, "note": remark} if remark else values
    entry = "\n".join(f"{key} = {_toml(value)}" for key, value in noted.items())
    gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
    after = f"{before}{gap}[[{kind}]]\n{entry}\n"
    _check_addition(after, file, kind)
    write_atomically(file, after)
    return True


def _says(decisions: UserDecisions, kind: Kind, values: Mapping[str, object]) -> bool:
    """Whether decisions hold a new entry already; complains where the entry itself is at fault."""
    place = f"The new {kind}"
    if kind == "rename":
        return _rename(values, place) in decisions.renames
    names = set(_group(values, place))
    groups = decisions.pins if kind == "pin" else decisions.forbids
    return any(names <= set(group) for group in groups)


def _check_addition(after: str, file: Path, kind: Kind) -> None:
    """See that the file with its new entry is one that can be written and read."""
    try:
        after.encode()
        tomllib.loads(after)
    except UnicodeEncodeError as exc:
        raise DecisionsError(
            f"Nothing was added: the new {kind} has {_shown(exc.object[exc.start : exc.end])}, "
            "which is not UTF-8. Type it anew."
        ) from exc
    except tomllib.TOMLDecodeError as exc:
        raise DecisionsError(
            f"Nothing was added: {str(file)!r} has {kind} entries in the short form, to which none "
            "can be added by command. Edit the file by hand."
        ) from exc
    try:
        parse_decisions(after, str(file))
    except DecisionsError as exc:
        raise DecisionsError(f"Nothing was added: with this entry, {exc}") from exc


def _toml(value: object) -> str:
    # A JSON string is a TOML basic string but for DEL, which TOML wants escaped.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
