"""Which nodes a picture shows when it cannot show all: the strongest of a community."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.errors import UsageError
from graph.elements import Edge, Node, NodeKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Selection:
    """The part of a graph that is drawn.

    Attributes:
        nodes: papers and concepts, sorted by id.
        edges: the paper-concept edges among them, sorted.
        total: how many papers and concepts there are to choose from.
        degrees: for every drawn node how many neighbours it has.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    total: int
    degrees: Mapping[str, int]


def strongest(nodes: Sequence[Node], edges: Sequence[Edge], leader: str, limit: int) -> Selection:
    """The at most `limit` nodes that show a community best; all of them where they fit.

    One half are the concepts of greatest strength (sum of the confidences of their edges), the
    other the papers most bound to those. Degrees count neighbours among `nodes`.

    Args:
        nodes: the community's papers and concepts, in any order.
        edges: the paper-concept edges among them, in any order.
        leader: id of the node that is shown first of all.
        limit: 1 or more.

    Raises:
        UsageError: `limit` is less than 1.
    """
    if limit < 1:
        raise UsageError(f"A picture of at most {limit} nodes was asked for; give 1 or more.")
    weights = link_weights(sorted(edges, key=_key))
    shown = {node.id for node in nodes}
    if len(shown) > limit:
        shown = _choose(leader, nodes, weights, limit)
    return Selection(
        nodes=tuple(sorted((n for n in nodes if n.id in shown), key=lambda node: node.id)),
        edges=tuple(
            sorted((e for e in edges if e.source in shown and e.target in shown), key=_key)
        ),
        total=len(nodes),
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


def _key(edge: Edge) -> tuple[str, str, str]:
    return edge.source, edge.relation, edge.target


def _choose(
    leader: str, nodes: Sequence[Node], weights: Mapping[str, Mapping[str, float]], limit: int
) -> set[str]:
    """Concepts by strength, `leader` first, and papers bound to them."""
    strength = {node.id: sum(weights.get(node.id, {}).values()) for node in nodes}
    concepts = sorted(
        (node.id for node in nodes if node.kind is NodeKind.CONCEPT),
        key=lambda id_: (id_ != leader, -strength[id_], id_),
    )
    papers = [node.id for node in nodes if node.kind is NodeKind.PAPER]
    paper_share = min(len(papers), max(limit // 2, limit - len(concepts)))
    chosen = set(concepts[: limit - paper_share])
    bond = {
        id_: sum(weight for other, weight in weights.get(id_, {}).items() if other in chosen)
        for id_ in papers
    }
    papers.sort(key=lambda id_: (id_ != leader, -bond[id_], -strength[id_], id_))
    return chosen | set(papers[:paper_share])
