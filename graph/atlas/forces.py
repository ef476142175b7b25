"""A force layout for communities of many members: sampled repulsion, then rings without overlap.

Springs along the edges pull as in Fruchterman and Reingold, "Graph Drawing by Force-directed
Placement" (1991). What pushes is a few members drawn anew in every round instead of all, as in
Tang et al., "Visualizing Large-scale and High-dimensional Data" (2016): the time grows with
members and edges, not with the square of the members.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from graph.layout import SPACING, Points

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

_SAMPLES = 8  # members that push one member, in each round
_MOST_ROUNDS = 120
_FEWEST_ROUNDS = 30
_EFFORT = 1_000_000  # members times rounds; above it there are fewer rounds


def arrange_many(
    members: Sequence[str], weights: Mapping[str, Mapping[str, float]], seed: int
) -> Points:
    """Positions of a community's members round its centre, about `SPACING` from each other.

    Args:
        members: ids, sorted.
        weights: for every member its neighbours with weights; others than members are passed over.
        seed: of the start and of the samples.

    Returns:
        A point a member; linked members stand near each other, as far as rings allow.
    """
    sources, targets, pulls = _links(members, weights)
    count = len(members)
    rng = np.random.default_rng([seed, count, len(sources)])
    points = np.sqrt(count) * rng.uniform(-0.5, 0.5, (count, 2))
    rounds = max(_FEWEST_ROUNDS, min(_MOST_ROUNDS, _EFFORT // max(count, 1)))
    for step in range(rounds):
        force = _attraction(points, sources, targets, pulls)
        force += _repulsion(points, rng)
        force -= 0.02 * points  # parts without a link to the rest stay near
        length = np.maximum(np.hypot(*force.T), 1e-9)
        reach = 0.1 * math.sqrt(count) * (1 - step / rounds) + 0.01
        points += force * (np.minimum(length, reach) / length)[:, np.newaxis]
    return _on_rings(points - np.median(points, axis=0))


def _links(
    members: Sequence[str], weights: Mapping[str, Mapping[str, float]]
) -> tuple[NDArray[np.int64], NDArray[np.int64], Points]:
    """Links among members as columns, each once: both ends and the strength of the pull."""
    place = {id_: i for i, id_ in enumerate(members)}
    rows = [
        (i, place[other], weight)
        for i, id_ in enumerate(members)
        for other, weight in sorted(weights.get(id_, {}).items())
        if id_ < other and other in place
    ]
    table = np.array(rows, dtype=np.float64).reshape(-1, 3)
    sources, targets = table[:, 0].astype(np.int64), table[:, 1].astype(np.int64)
    degrees = np.bincount(np.concatenate([sources, targets]), minlength=len(members))
    # A link of a hub says little; unchecked, hubs would draw all into one heap.
    rarity = np.sqrt(np.minimum(degrees[sources], degrees[targets])) if len(rows) else 1.0
    return sources, targets, table[:, 2] / rarity


def _attraction(
    points: Points, sources: NDArray[np.int64], targets: NDArray[np.int64], pulls: Points
) -> Points:
    """What all springs together do to every member: weight times the square of the length."""
    delta = points[targets] - points[sources]
    delta *= (pulls * np.hypot(*delta.T))[:, np.newaxis]
    force: Points = np.empty_like(points)
    for axis in (0, 1):
        force[:, axis] = np.bincount(sources, delta[:, axis], len(points))
        force[:, axis] -= np.bincount(targets, delta[:, axis], len(points))
    return force


def _repulsion(points: Points, rng: np.random.Generator) -> Points:
    """What a sample of the others does to every member: one over the distance, scaled up."""
    count = len(points)
    force: Points = np.zeros_like(points)
    order = rng.permutation(count)
    shuffled = points[order]
    for shift in rng.integers(1, max(count, 2), _SAMPLES):
        delta = shuffled - np.roll(shuffled, shift, axis=0)
        squared = np.maximum(np.sum(delta * delta, axis=1), 1e-2)
        force[order] += delta / squared[:, np.newaxis]
    force *= count / _SAMPLES
    return force


def _on_rings(points: Points) -> Points:
    """The same order from the centre outwards and about the same directions, on full rings."""
    order = np.argsort(np.hypot(*points.T).round(6), kind="stable")
    placed = np.zeros_like(points)
    start, ring = 1, 1
    while start < len(points):
        here = order[start : start + 6 * ring]
        angles = np.arctan2(points[here, 1], points[here, 0])
        here, angles = here[np.argsort(angles, kind="stable")], np.sort(angles)
        slots = 2 * math.pi * np.arange(len(here)) / len(here)
        turn = np.angle(np.mean(np.exp(1j * (angles - slots))))
        radius = SPACING * ring
        placed[here, 0] = radius * np.cos(slots + turn)
        placed[here, 1] = radius * np.sin(slots + turn)
        start, ring = start + 6 * ring, ring + 1
    return placed
