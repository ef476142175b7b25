"""What is linked with a paper, a concept or a result in the graph of NetworkX."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from graph.elements import PAPER_CONCEPT_RELATIONS, NodeKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    import networkx as nx

    from graph.queries.rows import Attributes

    Graph: TypeAlias = nx.MultiDiGraph[str]

ALL = frozenset(relation.value for relation in PAPER_CONCEPT_RELATIONS)
"""All relations between papers and concepts."""


def targets(graph: Graph, source: str, relations: Collection[str] = ALL) -> list[str]:
    """Nodes that edges of any of these relations lead to, each once."""
    return _others(_successors(graph).get(source, {}), relations)


def sources(graph: Graph, target: str, relations: Collection[str] = ALL) -> list[str]:
    """Nodes that edges of any of these relations come from, each once."""
    return _others(_predecessors(graph).get(target, {}), relations)


def edges_from(
    graph: Graph, source: str, relations: Collection[str] = ALL
) -> Iterator[tuple[str, str, Attributes]]:
    """Relation, target and properties of the edges that leave a node."""
    for target, edges in _successors(graph).get(source, {}).items():
        for relation, properties in edges.items():
            if relation in relations:
                yield relation, target, properties


def edges_to(
    graph: Graph, target: str, relations: Collection[str] = ALL
) -> Iterator[tuple[str, str, Attributes]]:
    """Relation, source and properties of the edges that reach a node."""
    for source, edges in _predecessors(graph).get(target, {}).items():
        for relation, properties in edges.items():
            if relation in relations:
                yield relation, source, properties


def between(graph: Graph, source: str, target: str) -> Mapping[str, Attributes]:
    """The edges from one node to another: properties by relation."""
    edges: Mapping[str, Attributes] = _successors(graph).get(source, {}).get(target, {})
    return edges


def papers(graph: Graph) -> list[tuple[str, Attributes]]:
    """All papers with their attributes."""
    return _of_kind(graph, NodeKind.PAPER)


def concepts(graph: Graph) -> list[tuple[str, Attributes]]:
    """All concepts with their attributes."""
    return _of_kind(graph, NodeKind.CONCEPT)


def confidence(edges: Mapping[str, Attributes], default: float = 1.0) -> float:
    """The greatest confidence of the paper-concept edges between two nodes."""
    greatest: float = max(
        properties.get("confidence", default)
        for relation, properties in edges.items()
        if relation in ALL
    )
    return greatest


def _others(
    edges_by_other: Mapping[str, Mapping[str, Any]], relations: Collection[str]
) -> list[str]:
    wanted = frozenset(relations)
    return [other for other, edges in edges_by_other.items() if not wanted.isdisjoint(edges)]


# NetworkX's views make an object for each look; a hub has tens of thousands of edges.


def _successors(graph: Graph) -> dict[str, dict[str, dict[str, Attributes]]]:
    successors: dict[str, dict[str, dict[str, Attributes]]] = graph._succ
    return successors


def _predecessors(graph: Graph) -> dict[str, dict[str, dict[str, Attributes]]]:
    predecessors: dict[str, dict[str, dict[str, Attributes]]] = graph._pred
    return predecessors


def _of_kind(graph: Graph, kind: NodeKind) -> list[tuple[str, Attributes]]:
    nodes: dict[str, Attributes] = graph._node
    value = kind.value
    return [entry for entry in nodes.items() if entry[1]["kind"] == value]
