"""Whether results agree with those that an annotator states: what their confidence is held to."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from extract.quantities import comparable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from extract.records import Result


def agreeing(
    found: Sequence[Result], annotated: Sequence[Mapping[str, Any]], *, delta: bool = False
) -> list[bool]:
    """Which of the results of one abstract are annotated, by their values, one to one.

    Where more results than annotations have a value, the most confident ones agree, of equal ones
    the first.

    Args:
        found: the results, in any order.
        annotated: objects with `value` and `delta`, as in `extract.gold`.
        delta: whether being a difference or ratio must agree as well.

    Returns:
        One answer a result, in the order given.
    """
    left = Counter(
        (comparable(str(one["value"])), delta and bool(one["delta"])) for one in annotated
    )
    answers = [False] * len(found)
    for place in sorted(range(len(found)), key=lambda place: -found[place].confidence):
        key = (comparable(found[place].value), delta and found[place].delta)
        answers[place] = left[key] > 0
        left[key] -= 1
    return answers
