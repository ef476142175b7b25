"""What an answer is made of: rows, numbers and orders that agree with those of Neo4j."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeVar

Cell = str | int | float | bool | list[str] | None
"""What stands in a column; None where it is not known."""

Row = dict[str, Cell]
"""One row of an answer, by column, in the order of the columns."""

Attributes = Mapping[str, Any]
"""What NetworkX keeps of a node or an edge."""

_Item = TypeVar("_Item")

_DIGITS = 6  # after the point, in every answer
_DIGITS_OF_SUMS = 12
_NEAR_A_TIE = 1e-3


def rounded(value: float) -> float:
    """A number with six digits after the point, ties away from zero, as Cypher's `round(x, 6)`.

    >>> rounded(0.1234565), rounded(2 / 3), rounded(1)
    (0.123457, 0.666667, 1.0)
    """
    scaled = abs(value) * 10**_DIGITS
    if scaled < 1e9 and abs(scaled % 1 - 0.5) > _NEAR_A_TIE:
        return round(float(value), _DIGITS)
    return _half_up(value, _DIGITS)


def rounded_sum(value: float) -> float:
    """A sum with six digits after the point, whatever the order in which it was summed up.

    What is left of the order is rounded off first: else a sum such as 0.1234565 would go up or
    down by it.
    """
    return rounded(_half_up(value, _DIGITS_OF_SUMS))


def _half_up(value: float, digits: int) -> float:
    # As Neo4j does, from the shortest decimal that is this number.
    exact = Decimal(repr(float(value)))
    return float(exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def rounded_or_none(value: object) -> float | None:
    """`rounded`, and None for what is no number."""
    return rounded(value) if isinstance(value, int | float) else None


def number_in(row: Row, column: str) -> float:
    """The number that a row has in a column which always has one."""
    value = row[column]
    assert isinstance(value, int | float), f"{column} is a number"
    return value


def first(items: Iterable[_Item], limit: int, key: Callable[[_Item], Any]) -> list[_Item]:
    """The `limit` items of the least keys, in their order."""
    return heapq.nsmallest(limit, items, key=key)


def nulls_last(*values: Any) -> tuple[Any, ...]:
    """A key by which None comes after all else."""
    return tuple((value is None, 0 if value is None else value) for value in values)


def date_of(paper: Attributes) -> str | None:
    """When a paper was published, else the day on which a page listed it."""
    published: str | None = paper.get("published")
    seen_on: str | None = paper.get("seen_on")
    return seen_on if published is None else published
