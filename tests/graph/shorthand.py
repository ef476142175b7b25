"""Nodes and edges in few words, for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
from hypothesis import strategies as st

from graph.elements import Edge, Node, NodeKind, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.elements import Value

PAPER_CONCEPT = [
    Relation.PROPOSES,
    Relation.USES,
    Relation.EVALUATES,
    Relation.ADDRESSES,
    Relation.MENTIONS,
]


def paper(node_id: str, name: str = "", **properties: Value) -> Node:
    return Node(node_id, NodeKind.PAPER, name or f"Title of {node_id}", None, properties)


def concept(node_id: str, name: str = "", **properties: Value) -> Node:
    type_, _, short = node_id.partition("/")
    return Node(node_id, NodeKind.CONCEPT, name or short, type_.capitalize(), properties)


def result(node_id: str, value: str = "84.3") -> Node:
    return Node(node_id, NodeKind.RESULT, f"{value}%", None, {"value": value, "unit": "%"})


def uses(
    source: str, target: str, relation: Relation = Relation.USES, confidence: float = 0.9
) -> Edge:
    evidence = f"{source} {relation.lower()} {target}."
    properties: dict[str, Value] = {"confidence": confidence, "count": 1, "evidence": evidence}
    return Edge(source, relation, target, properties)


def ends(edges: Iterable[Edge]) -> list[Node]:
    """The papers and concepts that edges from papers to concepts need."""
    listed = list(edges)
    papers = sorted({edge.source for edge in listed})
    concepts = sorted({edge.target for edge in listed})
    return [*map(paper, papers), *map(concept, concepts)]


def undirected(edges: Iterable[Edge]) -> nx.Graph:
    """What slow oracles search."""
    return nx.Graph([(edge.source, edge.target) for edge in edges])


@st.composite
def corpora(draw: st.DrawFn, most: int = 8) -> Sequence[Edge]:
    """Distinct edges between a few papers and concepts."""
    pairs = draw(
        st.sets(
            st.tuples(st.integers(0, most), st.integers(0, most), st.sampled_from(PAPER_CONCEPT)),
            min_size=1,
            max_size=4 * most,
        )
    )
    confidence = st.sampled_from([0.25, 0.5, 0.75, 1.0])
    return [uses(f"p{p}", f"method/m{c}", r, draw(confidence)) for p, c, r in sorted(pairs)]
