"""Shortest paths as sequences of node ids, over anything that can name the neighbours of nodes."""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from extract.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    Expand = Callable[[Collection[str]], AbstractSet[str]]
    """Gives all neighbours of any of some nodes; symmetric: a is b's where b is a's."""


def shortest_sequences(
    start: str, end: str, expand: Expand, *, limit: int
) -> tuple[tuple[str, ...], ...]:
    """The first shortest paths between two nodes, in the order of their node ids.

    Two breadth-first searches, one from each end, meet in the middle; what they saw holds every
    shortest path. The paths are then walked in order, and the walk stops at the limit: how many
    there are in all does not matter.

    Args:
        start: where all paths begin.
        end: where all paths end; the same as `start` gives one path of one node.
        expand: the neighbours of any of some nodes; must be symmetric.
        limit: at most so many paths, 1 or more.

    Returns:
        Sequences of node ids from `start` to `end`, sorted; none where they are not connected.

    Raises:
        UsageError: `limit` is less than 1.

    >>> links = {"a": {"x", "y"}, "x": {"a", "b"}, "y": {"a", "b"}, "b": {"x", "y"}}
    >>> neighbours = lambda nodes: set().union(*(links[node] for node in nodes))
    >>> shortest_sequences("a", "b", neighbours, limit=5)
    (('a', 'x', 'b'), ('a', 'y', 'b'))
    """
    if limit < 1:
        raise UsageError(f"The number of paths must be 1 or more, got {limit}.")
    if start == end:
        return ((start,),)
    levels = _levels(start, end, expand)
    return tuple(islice(_walk(levels, expand), limit)) if levels else ()


def _levels(start: str, end: str, expand: Expand) -> list[set[str]]:
    """The nodes that shortest paths may have at each place; empty where there is no path.

    From every node of a level there is a way on to `end` through the levels after it, and for
    every node up to where the searches met also a way back to `start`.
    """
    near, far = [{start}], [{end}]
    near_seen, far_seen = {start}, {end}
    while near[-1] and far[-1]:
        # The smaller frontier first: hubs are reached late, and mostly not at all.
        if len(near[-1]) <= len(far[-1]):
            _advance(near, near_seen, expand)
        else:
            _advance(far, far_seen, expand)
        meeting = near[-1] & far[-1]
        if meeting:
            near[-1] = meeting
            for place in range(len(near) - 2, -1, -1):
                near[place] &= expand(near[place + 1])
            return near + far[-2::-1]
    return []


def _advance(levels: list[set[str]], seen: set[str], expand: Expand) -> None:
    levels.append(set(expand(levels[-1]) - seen))
    seen |= levels[-1]


def _walk(levels: Sequence[set[str]], expand: Expand) -> Iterator[tuple[str, ...]]:
    """All ways through the levels, in order; with a stack of its own, since paths may be long."""

    @cache
    def onward(node: str, place: int) -> tuple[str, ...]:
        return tuple(sorted(expand((node,)) & levels[place]))

    path: list[str] = []
    ahead = [iter(sorted(levels[0]))]
    while ahead:
        node = next(ahead[-1], None)
        if node is None:
            ahead.pop()
            del path[-1:]  # the walk's last return finds no node to step back from
        elif len(path) + 1 == len(levels):
            yield (*path, node)
        else:
            path.append(node)
            ahead.append(iter(onward(node, len(path))))
