"""Where nodes are drawn: communities as islands that do not overlap, a force layout in each."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from graph.selection import link_weights

if TYPE_CHECKING:
    from graph.elements import Community, Edge, Node

SPACING = 44.0
"""Distance of neighbouring nodes inside an island, in the picture's own units."""

_MARGIN = 0.55 * SPACING  # from an island's outermost node to its rim
_BELT = 0.05  # width of the belt round each island, where its name stands, to the whole's radius
_ASPECT = 1.25  # screens are wider than high, the more so without the legend
_LARGEST_FORCE_LAYOUT = 400  # members; the force layout is quadratic, and needs SciPy from 500 on
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))

Points = NDArray[np.float64]

Arrangement = Callable[[Sequence[str], Mapping[str, Mapping[str, float]], int], Points]
"""From members, the weights of their links and a seed to a point a member, round (0, 0)."""


@dataclass(frozen=True, slots=True)
class Island:
    """The disc on which one community is drawn.

    Attributes:
        community: its id; empty for nodes that are in no community.
        members: ids of the nodes on it, sorted.
        x, y: its centre.
        radius: every member's centre is nearer than this; discs do not overlap.
    """

    community: str
    members: tuple[str, ...]
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything is.

    Attributes:
        positions: of all nodes, by id.
        islands: largest first, ties by id.
        belt: width of the belt round every island that is free of other islands' belts.
    """

    positions: Mapping[str, tuple[float, float]]
    islands: tuple[Island, ...]
    belt: float


def positions(
    nodes: Sequence[Node], edges: Sequence[Edge], communities: Sequence[Community], seed: int = 0
) -> dict[str, tuple[float, float]]:
    """The position of every node, x to the right and y down; see `lay_out`."""
    return dict(lay_out(nodes, edges, communities, seed).positions)


def lay_out(
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    communities: Sequence[Community],
    seed: int = 0,
    *,
    arrangement: Arrangement | None = None,
) -> Layout:
    """Place every node: an island a community, the largest in the middle.

    Nodes in no community make an island for each connected part; those without any edge stand
    in rings round all islands. Members and edges whose nodes are not given are passed over. The
    order of the arguments does not matter; the same `seed` gives the same positions.

    Islands of up to 400 members are laid out by Fruchterman and Reingold's forces
    (`networkx.spring_layout`), larger ones in a spiral with the best-connected in the middle: that
    is `arrange`, in whose place another `arrangement` may stand.
    """
    weights = link_weights(
        sorted(edges, key=lambda edge: (edge.source, edge.relation, edge.target))
    )
    groups, loose = _group(nodes, weights, communities)
    shapes = [(arrangement or arrange)(members, weights, seed) for _, members in groups]
    radii = [float(np.max(np.hypot(*shape.T))) + _MARGIN for shape in shapes]
    belt = round(_BELT * math.sqrt(sum(radius * radius for radius in radii)), 1)
    centres = _pack([radius + belt for radius in radii])
    placed: dict[str, tuple[float, float]] = {}
    islands = []
    for (community, members), shape, radius, centre in zip(
        groups, shapes, radii, centres, strict=True
    ):
        for id_, point in zip(members, shape + centre, strict=True):
            placed[id_] = _rounded(point)
        x, y = _rounded(centre)
        islands.append(Island(community, tuple(members), x, y, round(radius, 1)))
    outermost = max((math.hypot(i.x, i.y) + i.radius + belt for i in islands), default=0.0)
    for id_, point in zip(loose, _rings(len(loose), outermost), strict=True):
        placed[id_] = _rounded(point)
    return Layout(dict(sorted(placed.items())), tuple(islands), belt)


def _rounded(point: Points) -> tuple[float, float]:
    """A point to one decimal, never minus zero."""
    return round(float(point[0]), 1) + 0.0, round(float(point[1]), 1) + 0.0


def _group(
    nodes: Sequence[Node],
    weights: Mapping[str, Mapping[str, float]],
    communities: Sequence[Community],
) -> tuple[list[tuple[str, list[str]]], list[str]]:
    """Islands as (community, members), largest first, and the nodes that belong on none."""
    free = {node.id for node in nodes}
    groups = []
    for community in sorted(communities, key=lambda community: community.id):
        members = sorted(free.intersection(community.papers + community.concepts))
        if len(members) > 1 or any(id_ in weights for id_ in members):
            groups.append((community.id, members))
            free.difference_update(members)
    rest = nx.Graph()
    for id_ in sorted(free.intersection(weights)):
        rest.add_edges_from((id_, other) for other in sorted(weights[id_]) if other in free)
        rest.add_node(id_)
    groups += [("", sorted(part)) for part in nx.connected_components(rest)]
    groups.sort(key=lambda group: (-len(group[1]), group[0], group[1][0]))
    return groups, sorted(free.difference(rest))


def arrange(
    members: Sequence[str], weights: Mapping[str, Mapping[str, float]], seed: int
) -> Points:
    """Positions of an island's members round its centre, none much nearer than `SPACING`."""
    if len(members) > _LARGEST_FORCE_LAYOUT:
        return _spiral(members, weights)
    inside = set(members)
    graph = nx.Graph()
    graph.add_nodes_from(members)
    for id_ in members:
        for other, weight in sorted(weights.get(id_, {}).items()):
            if id_ < other and other in inside:
                graph.add_edge(id_, other, weight=weight)
    # A weak tie of every node to the centre keeps loose parts from flying off.
    centre = object()
    graph.add_edges_from(((centre, id_) for id_ in members), weight=0.1)
    layout = nx.spring_layout(graph, iterations=80, seed=seed)
    points = np.array([layout[id_] for id_ in members]) - layout[centre]
    return _spread(_fill_disc(points))


def _fill_disc(points: Points) -> Points:
    """The same directions and order from the centre outwards, but evenly dense."""
    distance = np.hypot(*points.T)
    order = np.lexsort((np.arange(len(points)), distance.round(6)))
    wanted = np.empty(len(points))
    wanted[order] = 0.62 * SPACING * np.sqrt(np.arange(len(points)))
    filled: Points = points * (wanted / np.maximum(distance, 1e-9))[:, np.newaxis]
    return filled


def _spread(points: Points, rounds: int = 60) -> Points:
    """Push neighbours apart that are nearer than `SPACING`, half of what lacks each, repeatedly."""
    points = points.copy()
    for _ in range(rounds):
        delta = points[:, np.newaxis, :] - points[np.newaxis, :, :]
        distance = np.hypot(delta[..., 0], delta[..., 1])
        np.fill_diagonal(distance, np.inf)
        lack = np.maximum(SPACING - distance, 0.0)
        if not lack.any():
            break
        push = delta * (0.3 * lack / np.maximum(distance, 1e-6))[..., np.newaxis]
        points += push.sum(axis=1)
    middle: Points = (points.min(axis=0) + points.max(axis=0)) / 2
    return points - middle


def _spiral(members: Sequence[str], weights: Mapping[str, Mapping[str, float]]) -> Points:
    """A sunflower's spiral, evenly dense, the member with most neighbours in the middle."""
    by_degree = sorted(
        range(len(members)), key=lambda i: (-len(weights.get(members[i], {})), members[i])
    )
    ranks = np.arange(len(members))
    radius, angle = 0.62 * SPACING * np.sqrt(ranks), _GOLDEN_ANGLE * ranks
    points = np.empty((len(members), 2))
    points[by_degree] = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    return points


def _pack(radii: Sequence[float]) -> list[Points]:
    """Centres for discs of these radii, largest first: each as near the middle as is free.

    Candidates are the points of a grid in order of their distance from the middle (of an
    ellipse as wide as a screen); beside each stands how large a disc still fits there.
    """
    if not radii:
        return []
    reach = 1.6 * math.sqrt(sum(radius * radius for radius in radii)) + max(radii)
    step = max(min(radii) / 8, reach / 300)
    ticks = np.arange(-math.ceil(reach / step), math.ceil(reach / step) + 1) * step
    x, y = (axis.ravel() for axis in np.meshgrid(ticks * _ASPECT, ticks))
    order = np.lexsort((x, y, np.round((x / _ASPECT) ** 2 + y**2, 3)))
    grid = np.stack([x[order], y[order]], axis=1)
    clearance = np.full(len(grid), np.inf)
    centres: list[Points] = []
    for radius in radii:
        fits = clearance >= radius
        # The grid is wide enough for all discs at any real packing; beyond it there is room.
        centre = grid[np.argmax(fits)] if fits.any() else _beyond(centres, radii, radius)
        centres.append(centre)
        clearance = np.minimum(clearance, np.hypot(*(grid - centre).T) - radius)
    return centres


def _beyond(centres: Sequence[Points], radii: Sequence[float], radius: float) -> Points:
    """A centre to the right of all discs so far."""
    right = max(c[0] + r for c, r in zip(centres, radii, strict=False))
    return np.array([right + radius, 0.0])


def _rings(count: int, inner: float) -> list[Points]:
    """`count` points on as many circles round the middle as they need, `SPACING` apart."""
    points: list[Points] = []
    radius = inner + SPACING if inner else 0.0
    while len(points) < count:
        here = min(count - len(points), max(1, int(2 * math.pi * radius / SPACING)))
        angles = 2 * math.pi * np.arange(here) / here
        points += list(radius * np.stack([np.cos(angles), np.sin(angles)], axis=1))
        radius += SPACING
    return points
