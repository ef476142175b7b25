r"""Named Cypher statements, one a file, and their loader.

A file `<verb>_<noun>.cypher` begins with a comment: the description (its first sentence, up to a
full stop or colon, says what the statement answers), an empty comment line, remarks if there are
any, and one line for each parameter:

    // $concept (concept): what the papers are about, such as "BERT".
    // $limit (integer): most rows, such as 20. Default 50.

The word in brackets is the parameter's type, what follows `such as` an example and what follows
`Default` the value where none is given, both as JSON. The whole file, comment included, is a
statement that Neo4j Browser takes: parameters that name a concept, a paper or a community hold its
id there. This package imports nothing of paperkg, so that other programs can use it too.
"""

from __future__ import annotations

import functools
import json
import re
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Parameter", "ParameterType", "Statement", "StatementError", "parse", "statements"]

ParameterType = str
"""One of `PARAMETER_TYPES`."""

PARAMETER_TYPES = {
    "concept": "name or id of a concept",
    "paper": "title of a paper, words of it, or id",
    "node": "name, title or id of a paper or concept",
    "community": "name, title or id of any member of a community",
    "role": "role of a paper to a concept, or `any`",
    "order": "`highest` or `lowest`",
    "date": "year, month or day: 2025, 2025-03 or 2025-03-12",
    "text": "words",
    "integer": "whole number, 1 or more",
    "string": "any text",
    "number": "number",
    "list": "list in JSON",
}
"""The types of parameters and what each takes; the last three are for statements of one's own."""

_PARAMETER = re.compile(r"\$(?P<name>[A-Za-z_]\w*) \((?P<type>\w+)\):(?P<text>.*)", re.DOTALL)
_EXAMPLE = re.compile(r"such as (?P<json>\".*?\"|\[.*?\]|-?[\d.]*\d)(?=[.,; ]|\Z)", re.DOTALL)
_DEFAULT = re.compile(r"Default (?P<json>\".*?\"|\[.*?\]|-?[\d.]*\d)\.?\Z", re.DOTALL)


class StatementError(ValueError):
    """A file does not begin with a comment of the form that this package describes."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a statement needs to know.

    Attributes:
        name: without the dollar sign.
        type: one of `PARAMETER_TYPES`.
        description: what its comment says.
        example: as one would type it.
        default: what holds where none is given; None where it must be given.
    """

    name: str
    type: ParameterType
    description: str
    example: str | int | float | list[str]
    default: str | int | float | list[str] | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One named statement.

    Attributes:
        name: that of its file, without ending.
        description: the first paragraph of its comment, one sentence or two.
        remarks: the paragraphs after it: order of rows, and what to know.
        parameters: in the order of the comment.
        text: the whole file.
    """

    name: str
    description: str
    remarks: str
    parameters: tuple[Parameter, ...]
    text: str


@functools.cache
def statements() -> Mapping[str, Statement]:
    """All named statements by name, sorted.

    Raises:
        StatementError: a file of the package is damaged.

    >>> [parameter.name for parameter in statements()["list_concept_papers"].parameters]
    ['concept', 'role', 'limit']
    """
    found = sorted(
        (path.name.removesuffix(".cypher"), path.read_text(encoding="utf-8"))
        for path in files(__name__).iterdir()
        if path.name.endswith(".cypher")
    )
    return {name: parse(name, text, origin=f"{name}.cypher") for name, text in found}


def parse(name: str, text: str, *, origin: str = "") -> Statement:
    r"""A statement from the text of a file.

    Args:
        name: what it is to be called.
        text: the whole file; it may lack comments, and then has no parameters that are described.
        origin: name of the file, for messages.

    Raises:
        StatementError: a line of the comment begins like a parameter but is none; it names origin
            and line.

    >>> statement = parse("tell", "// Tells.\n// $x (integer): a number, such as 3.\nRETURN $x")
    >>> statement.description, statement.parameters[0].example
    ('Tells.', 3)
    """
    paragraphs: list[str] = [""]
    parameters: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("//"):
            break
        words = line[2:].strip()
        if words.startswith("$"):
            parameters.append((number, words))
        elif parameters and words:
            parameters[-1] = (parameters[-1][0], f"{parameters[-1][1]} {words}")
        elif words:
            paragraphs[-1] = f"{paragraphs[-1]} {words}".strip()
        else:
            paragraphs.append("")
    described = [paragraph for paragraph in paragraphs if paragraph]
    return Statement(
        name=name,
        description=described[0] if described else "",
        remarks="\n\n".join(described[1:]),
        parameters=tuple(_parameter(words, f"{origin}:{line}") for line, words in parameters),
        text=text,
    )


def _parameter(words: str, place: str) -> Parameter:
    match = _PARAMETER.fullmatch(words)
    if match is None or match["type"] not in PARAMETER_TYPES:
        raise StatementError(
            f"{place}: {words!r} describes no parameter. Write `// $name (type): …, such as 3.`"
            f" with one of the types {', '.join(PARAMETER_TYPES)}."
        )
    text = match["text"].strip()
    example, default = _EXAMPLE.search(text), _DEFAULT.search(text)
    if example is None:
        raise StatementError(
            f"{place}: the parameter {match['name']!r} has no example. Write `such as 3`, or"
            ' `such as "BERT"`, behind what it is.'
        )
    try:
        return Parameter(
            match["name"],
            match["type"],
            text,
            json.loads(example["json"]),
            json.loads(default["json"]) if default else None,
        )
    except json.JSONDecodeError as exc:
        raise StatementError(
            f"{place}: example and default of {match['name']!r} must be JSON: {exc.msg}."
        ) from exc
