"""Which nodes a picture shows when it cannot show all: the strongest of each community."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.errors import UsageError
from graph.elements import PAPER_CONCEPT_RELATIONS, Community, Edge, Node, NodeKind

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence


_PER_GROUP = 10  # fewer nodes of a community say little, and many tiny islands cannot be read


@dataclass(frozen=True, slots=True)
class Selection:
    """The part of a graph that is drawn.

    Attributes:
        nodes: papers and concepts, sorted by id.
        edges: the paper-concept edges among them, sorted.
        total: how many papers and concepts the whole graph has.
        isolated: how many of those have no edge and were left out for it; 0 where no node of
            the graph has an edge.
        degrees: for every drawn node how many neighbours it has in the whole graph.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    total: int
    isolated: int
    degrees: Mapping[str, int]


def strongest(
    nodes: Sequence[Node], edges: Sequence[Edge], communities: Sequence[Community], limit: int
) -> Selection:
    """The at most `limit` nodes that show a graph best; all of them where they fit.

    Results are never among them, nor are papers and concepts without an edge, as long as others
    have one. Where not all fit, the largest communities are shown, so many that each has some ten
    nodes: its leading concept and a paper at least, the rest of the room in proportion to size.
    In a community one half are the concepts of greatest strength (sum of the confidences of their
    edges), the other the papers most bound to those.

    Raises:
        UsageError: `limit` is less than 1.
    """
    if limit < 1:
        raise UsageError(f"A picture of at most {limit} nodes was asked for; give 1 or more.")
    drawable = {node.id: node for node in nodes if node.kind is not NodeKind.RESULT}
    links = sorted(
        (
            edge
            for edge in edges
            if edge.relation in PAPER_CONCEPT_RELATIONS
            and edge.source in drawable
            and edge.target in drawable
        ),
        key=lambda edge: (edge.source, edge.relation, edge.target),
    )
    weights = link_weights(links)
    shown = {id_ for id_ in drawable if id_ in weights} or set(drawable)
    isolated = len(drawable) - len(shown)
    if len(shown) > limit:
        shown = _choose(shown, drawable, weights, communities, limit)
    return Selection(
        nodes=tuple(drawable[id_] for id_ in sorted(shown)),
        edges=tuple(edge for edge in links if edge.source in shown and edge.target in shown),
        total=len(drawable),
        isolated=isolated,
        degrees={id_: len(weights.get(id_, ())) for id_ in sorted(shown)},
    )


def link_weights(edges: Sequence[Edge]) -> dict[str, dict[str, float]]:
    """For every end of an edge its neighbours, each with the sum of confidences (1 if unknown)."""
    weights: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for edge in edges:
        confidence = edge.properties.get("confidence", 1.0)
        weight = float(confidence) if isinstance(confidence, (int, float)) else 1.0
        weights[edge.source][edge.target] += weight
        weights[edge.target][edge.source] += weight
    return {id_: dict(neighbours) for id_, neighbours in weights.items()}


def _choose(
    candidates: Collection[str],
    nodes: Mapping[str, Node],
    weights: Mapping[str, Mapping[str, float]],
    communities: Sequence[Community],
    limit: int,
) -> set[str]:
    """`limit` of `candidates`, shared among the largest communities and what belongs to none."""
    free = set(candidates)
    groups: list[tuple[str, list[str]]] = []
    for community in sorted(communities, key=lambda community: community.id):
        members = [id_ for id_ in (*community.concepts, *community.papers) if id_ in free]
        free.difference_update(members)
        if members:
            groups.append((community.id, members))
    # A few nodes of no community would only stand alone beside those that are drawn.
    if not groups or 10 * len(free) >= len(candidates):
        groups.append(("", sorted(free)))
    groups.sort(key=lambda group: (-len(group[1]), group[0]))
    groups = groups[: _enough([len(members) for _, members in groups], limit)]
    shares = _shares([len(members) for _, members in groups], limit)
    chosen: set[str] = set()
    for (leader, members), share in zip(groups, shares, strict=True):
        chosen |= _choose_in_group(leader, members, nodes, weights, share)
    return chosen


def _enough(sizes: Sequence[int], room: int) -> int:
    """How many groups, largest first, to show: `_PER_GROUP` seats each, more if these are few.

    >>> _enough([100] * 50, 300), _enough([3] * 200, 300), _enough([500, 1], 300)
    (30, 100, 2)
    """
    count = max(1, room // _PER_GROUP)
    while count < len(sizes) and sum(sizes[:count]) < room:
        count += 1
    return min(count, len(sizes))


def _shares(sizes: Sequence[int], room: int) -> list[int]:
    """Seats for groups of `sizes`: two each while there is room, the rest by largest remainder.

    >>> _shares([100, 50, 1], 15)
    [9, 5, 1]
    >>> _shares([3, 3, 3], 5)
    [2, 2, 1]
    """
    shares = []
    for size in sizes:
        shares.append(min(2, size, room))
        room -= shares[-1]
    wanted = [size - share for size, share in zip(sizes, shares, strict=True)]
    total = sum(wanted)
    if not total or not room:
        return shares
    exact = [room * want / total for want in wanted]
    shares = [share + int(part) for share, part in zip(shares, exact, strict=True)]
    left = room - sum(int(part) for part in exact)
    by_remainder = sorted(range(len(sizes)), key=lambda i: (int(exact[i]) - exact[i], i))
    for i in by_remainder[:left]:
        shares[i] += 1
    return shares


def _choose_in_group(
    leader: str,
    members: Sequence[str],
    nodes: Mapping[str, Node],
    weights: Mapping[str, Mapping[str, float]],
    share: int,
) -> set[str]:
    """`share` of the members: concepts by strength, `leader` first, and papers bound to them."""
    strength = {id_: sum(weights.get(id_, {}).values()) for id_ in members}
    concepts = sorted(
        (id_ for id_ in members if nodes[id_].kind is NodeKind.CONCEPT),
        key=lambda id_: (id_ != leader, -strength[id_], id_),
    )
    papers = [id_ for id_ in members if nodes[id_].kind is NodeKind.PAPER]
    paper_share = min(len(papers), max(share // 2, share - len(concepts)))
    chosen = set(concepts[: share - paper_share])
    bond = {
        id_: sum(weight for other, weight in weights.get(id_, {}).items() if other in chosen)
        for id_ in papers
    }
    papers.sort(key=lambda id_: (id_ != leader, -bond[id_], -strength[id_], id_))
    return chosen | set(papers[:paper_share])
