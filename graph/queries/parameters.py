"""From what a user types to the values that a statement takes: names to ids, texts to numbers."""

from __future__ import annotations

import datetime
import difflib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from cypher import statements
from extract.errors import UsageError
from extract.records import Role
from graph.elements import NodeKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cypher import Parameter, Statement
    from graph.lookup import Match

Given = str | int | float | bool | list[str] | None
"""What may be given for a parameter."""

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
_LARGEST = 1_000_000_000
_KINDS = {"concept": NodeKind.CONCEPT, "paper": NodeKind.PAPER, "node": None, "community": None}


class NameFinder(Protocol):
    """Whatever can tell what a name means."""

    def find(self, name: str, *, kind: NodeKind | None = None) -> Match:
        """As `graph.lookup.Names.find`."""

    def find_paper(self, name: str) -> Match:
        """As `graph.lookup.Names.find_paper`."""


@dataclass(frozen=True, slots=True)
class Bound:
    """The values of all parameters of a statement.

    Attributes:
        values: by parameter.
        matches: what the names among them were found to mean.
    """

    values: dict[str, Given]
    matches: tuple[Match, ...]


def statement_named(name: str) -> Statement:
    """The named query.

    Raises:
        UsageError: there is none; those with a similar name are named.
    """
    known = statements()
    if name in known:
        return known[name]
    like = difflib.get_close_matches(name, known, 3, 0.5)
    hint = f"Did you mean {', '.join(like)}? " if like else ""
    raise UsageError(
        f"There is no query named {name!r}. {hint}`paperkg query --list` shows them all."
    )


def bind(statement: Statement, given: Mapping[str, Given], names: NameFinder) -> Bound:
    """The values that a statement takes.

    Args:
        statement: what is asked.
        given: by parameter; numbers may also come as text.
        names: tells what names mean.

    Raises:
        UsageError: a parameter is missing, unknown or of another type than it should be.
        NameNotFoundError: nothing has a name that is given.
    """
    check_names(statement, given)
    values: dict[str, Given] = {}
    matches: list[Match] = []
    for parameter in statement.parameters:
        value = given.get(parameter.name, parameter.default)
        if parameter.type in _KINDS:
            values[parameter.name], match = _find(parameter, value, names)
            matches.append(match)
        else:
            values[parameter.name] = converted(parameter, value)
    return Bound(values, tuple(matches))


def bind_own(statement: Statement, given: Mapping[str, str], names: NameFinder) -> Bound:
    """The values that a statement of the user's own takes.

    Parameters that its comment describes are bound as those of named queries. A value of another is
    taken as JSON where it is a number, true, false, null, a list, an object or a string in
    quotation marks, else as text.

    Raises:
        UsageError: as for `bind`, but no parameter is unknown.
        NameNotFoundError: nothing has a name that is given.
    """
    described = {parameter.name for parameter in statement.parameters}
    bound = bind(statement, {k: v for k, v in given.items() if k in described}, names)
    others = {name: _as_json(value) for name, value in given.items() if name not in described}
    return Bound({**bound.values, **others}, bound.matches)


def _as_json(value: str) -> Given:
    try:
        parsed: Given = json.loads(value, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return value
    return parsed


def _refuse(constant: str) -> None:
    """NaN and infinity are no JSON, though Python reads them."""
    raise ValueError(constant)


def check_names(statement: Statement, given: Mapping[str, Given]) -> None:
    """See that all parameters without default are given, and no others.

    Raises:
        UsageError: names what is missing or too much.
    """
    known = {parameter.name: parameter for parameter in statement.parameters}
    unknown = [name for name in given if name not in known]
    if unknown:
        raise UsageError(
            f"{statement.name} has no parameter {unknown[0]!r}."
            f" It takes {', '.join(known) or 'none'}."
        )
    for name, parameter in known.items():
        if given.get(name, parameter.default) is None:
            raise UsageError(
                f"{statement.name} needs the parameter {name!r}, such as"
                f" --param {name}={json.dumps(parameter.example, ensure_ascii=False)}."
            )


def converted(parameter: Parameter, value: Given) -> Given:
    """A value that is no name, in the form that its type has.

    Raises:
        UsageError: it is of another type.
    """
    return _CONVERTERS[parameter.type](parameter, value)


def _find(parameter: Parameter, value: Given, names: NameFinder) -> tuple[str, Match]:
    name = _text(parameter, value)
    if parameter.type == "paper":
        match = names.find_paper(name)
    else:
        match = names.find(name, kind=_KINDS[parameter.type])
    if parameter.type != "community":
        return match.node.id, match
    community = match.node.properties.get("community")
    if community is None:
        raise UsageError(
            f"{name!r} ({match.node.id}) belongs to no community."
            " `paperkg communities` lists them; give the name of a member."
        )
    return str(community), match


def _text(parameter: Parameter, value: Given) -> str:
    text = " ".join(value.split()) if isinstance(value, str) else ""
    if not text:
        raise _wrong(parameter, value, "a text that is not empty")
    return text


def _string(parameter: Parameter, value: Given) -> str:
    if not isinstance(value, str):
        raise _wrong(parameter, value, "a text")
    return value


def _integer(parameter: Parameter, value: Given) -> int:
    number = _number_of(value)
    if not isinstance(number, int) or not 1 <= number <= _LARGEST:
        raise _wrong(parameter, value, f"a whole number from 1 to {_LARGEST:,}")
    return number


def _number(parameter: Parameter, value: Given) -> int | float:
    number = _number_of(value)
    if number is None:
        raise _wrong(parameter, value, "a number")
    return number


def _number_of(value: Given) -> int | float | None:
    if isinstance(value, str):
        try:
            value = json.loads(value, parse_constant=_refuse)
        except (ValueError, RecursionError):
            return None
    return None if isinstance(value, bool) or not isinstance(value, int | float) else value


def _list(parameter: Parameter, value: Given) -> list[str]:
    if isinstance(value, str):
        try:
            value = json.loads(value, parse_constant=_refuse)
        except (ValueError, RecursionError):
            value = None
    if not isinstance(value, list):
        raise _wrong(parameter, value, 'a list in JSON, such as ["a", "b"]')
    return value


def _date(parameter: Parameter, value: Given) -> str:
    text = value.strip() if isinstance(value, str) else str(value)
    if _DATE.fullmatch(text):
        try:
            datetime.date.fromisoformat(text + "-01-01"[len(text) - 4 :])
        except ValueError:
            pass
        else:
            return text
    raise _wrong(parameter, value, "a year, month or day such as 2025, 2025-03 or 2025-03-12")


def _role(parameter: Parameter, value: Given) -> str:
    return _one_of(parameter, value, ("any", *(role.value for role in Role)))


def _order(parameter: Parameter, value: Given) -> str:
    return _one_of(parameter, value, ("highest", "lowest"))


def _one_of(parameter: Parameter, value: Given, words: tuple[str, ...]) -> str:
    word = value.strip().lower() if isinstance(value, str) else ""
    if word not in words:
        raise _wrong(parameter, value, f"one of {', '.join(words)}")
    return word


def _wrong(parameter: Parameter, value: Given, expected: str) -> UsageError:
    return UsageError(f"The parameter {parameter.name!r} is {value!r}: expected {expected}.")


_CONVERTERS: Mapping[str, Callable[[Parameter, Given], Given]] = {
    "role": _role,
    "order": _order,
    "date": _date,
    "text": _text,
    "integer": _integer,
    "string": _string,
    "number": _number,
    "list": _list,
}
