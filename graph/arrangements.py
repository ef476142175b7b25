"""Where the nodes of a small view stand: on rings round one of them, or in columns between two."""

from __future__ import annotations

import cmath
import math
from collections import defaultdict
from typing import TYPE_CHECKING

from graph.layout import SPACING, Island, Layout

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Weights = Mapping[str, Mapping[str, float]]
    """Neighbours of nodes with the weight of each link, as `graph.selection.link_weights` says."""

COLUMN = 260.0
"""Distance of two columns: room for a name between them."""

ROW = 110.0
"""Distance of two nodes in a column: room for a name of two lines below each."""

_FIRST_RING = 2.2 * SPACING
_BETWEEN_RINGS = 1.6 * SPACING
_RIM = 0.55 * SPACING  # from a group's outermost node to its circle


def on_rings(
    distances: Mapping[str, int], weights: Weights, home: Mapping[str, str]
) -> dict[str, tuple[float, float]]:
    """Positions round the one node of distance 0: the farther in the graph, the farther out.

    Nodes of one distance stand on as many circles as they need to be `SPACING` apart. Those next
    to the middle are in the order of their communities; those beyond stand in the direction of
    the nodes that lead to them.

    Args:
        distances: of every node from the one in the middle, in steps.
        weights: links among the nodes, and others that do not matter.
        home: community by node, for those that have one.
    """
    rings: dict[int, list[str]] = defaultdict(list)
    for id_, distance in distances.items():
        rings[distance].append(id_)
    angles: dict[str, float] = {}
    placed = dict.fromkeys(rings.pop(0, []), (0.0, 0.0))
    inner = _FIRST_RING
    for distance in sorted(rings):
        if angles:
            wished = {id_: _direction(weights.get(id_, {}), angles) for id_ in rings[distance]}
            order = sorted(rings[distance], key=lambda id_: (round(wished[id_], 6), id_))
            turn = _turn([wished[id_] for id_ in order])
        else:
            order = _by_community(rings[distance], home)
            turn = -math.pi / 2
        angles = {id_: turn + 2 * math.pi * i / len(order) for i, id_ in enumerate(order)}
        circles = max(1, math.ceil(len(order) * SPACING / (2 * math.pi * inner)))
        for i, id_ in enumerate(order):
            point = cmath.rect(inner + (i % circles) * SPACING, angles[id_])
            placed[id_] = _rounded(point)
        inner += (circles - 1) * SPACING + _BETWEEN_RINGS
    return dict(sorted(placed.items()))


def in_columns(columns: Sequence[Sequence[str]]) -> dict[str, tuple[float, float]]:
    """Positions from left to right, each column from top to bottom round the same middle.

    >>> in_columns([["a"], ["x", "y"], ["b"]])["y"]
    (0.0, 55.0)
    """
    left = -COLUMN * (len(columns) - 1) / 2
    return {
        id_: (left + COLUMN * i, ROW * (row - (len(column) - 1) / 2))
        for i, column in enumerate(columns)
        for row, id_ in enumerate(column)
    }


def with_groups(placed: Mapping[str, tuple[float, float]], home: Mapping[str, str]) -> Layout:
    """A layout of these positions: an island for each community, where the islands may overlap.

    Args:
        placed: positions by node.
        home: community by node; the others are in the island of no community.
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for id_ in sorted(placed):
        groups[home.get(id_, "")].append(id_)
    islands = [_round_these(community, members, placed) for community, members in groups.items()]
    islands.sort(key=lambda island: (-len(island.members), island.community))
    return Layout(dict(sorted(placed.items())), tuple(islands), 0.0)


def _round_these(
    community: str, members: Sequence[str], placed: Mapping[str, tuple[float, float]]
) -> Island:
    """The island of some nodes: a circle round them all."""
    xs, ys = zip(*(placed[id_] for id_ in members), strict=True)
    x, y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    radius = max(math.dist((x, y), placed[id_]) for id_ in members) + _RIM
    return Island(community, tuple(members), round(x, 1), round(y, 1), round(radius, 1))


def _by_community(ids: Sequence[str], home: Mapping[str, str]) -> list[str]:
    """By community, the one with most of them first; those of none come last."""
    sizes: dict[str, int] = defaultdict(int)
    for id_ in ids:
        sizes[home.get(id_, "")] += 1

    def order(id_: str) -> tuple[bool, int, str, str]:
        community = home.get(id_, "")
        return not community, -sizes[community], community, id_

    return sorted(ids, key=order)


def _direction(links: Mapping[str, float], angles: Mapping[str, float]) -> float:
    """Where the nodes that lead to this one stand, as an angle from -pi to pi."""
    pull = sum(
        (
            weight * cmath.rect(1, angles[id_])
            for id_, weight in sorted(links.items())
            if id_ in angles
        ),
        0j,
    )
    return cmath.phase(complex(round(pull.real, 9) + 0.0, round(pull.imag, 9) + 0.0))


def _turn(wished: Sequence[float]) -> float:
    """By how much to turn even angles so that they come nearest to those that are wished for."""
    even = (2 * math.pi * i / len(wished) for i in range(len(wished)))
    return cmath.phase(sum((cmath.rect(1, a - b) for a, b in zip(wished, even, strict=True)), 0j))


def _rounded(point: complex) -> tuple[float, float]:
    """A point to one decimal, never minus zero."""
    return round(point.real, 1) + 0.0, round(point.imag, 1) + 0.0
