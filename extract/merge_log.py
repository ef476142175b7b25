"""The merge log as a graph: how one name came to another, and what keeps two apart."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from extract.records import Decision


def way(a: str, b: str, merges: Iterable[Decision]) -> tuple[Decision, ...]:
    """The shortest way from one name to another over merges; of several the first by names.

    Empty where there is none, or the names are equal.
    """
    links: dict[str, list[tuple[str, Decision]]] = defaultdict(list)
    for decision in merges:
        links[decision.a].append((decision.b, decision))
        links[decision.b].append((decision.a, decision))
    ways: dict[str, tuple[Decision, ...]] = {a: ()}
    queue = [a]
    for name in queue:
        for other, decision in sorted(links[name], key=lambda link: (link[0], link[1].rule)):
            if other not in ways:
                ways[other] = (*ways[name], decision)
                queue.append(other)
    return ways.get(b, ())


def near_miss(
    spellings_a: Collection[str],
    spellings_b: Collection[str],
    near_misses: Iterable[Decision],
    first: tuple[str, str],
) -> tuple[Decision, ...]:
    """The decision that keeps two things apart, if there is one; of several the first by names.

    Args:
        spellings_a, spellings_b: of the two things.
        near_misses: decisions that kept names apart.
        first: spellings on which a decision is taken before any other.
    """
    found = [
        decision
        for decision in near_misses
        if (decision.a in spellings_a and decision.b in spellings_b)
        or (decision.b in spellings_a and decision.a in spellings_b)
    ]
    found.sort(key=lambda d: ({d.a, d.b} != set(first), d.a, d.b, d.rule))
    return tuple(found[:1])
