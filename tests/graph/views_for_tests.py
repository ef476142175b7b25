"""Graphs in stores, and views of them, for the tests of small pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.elements import Community, Edge, Node, Relation, Value
from graph.networkx_store import NetworkXStore
from graph.views import around
from tests.graph.small_graph import HOSTILE, concept, edge, paper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.views import View


def store_of(nodes: Sequence[Node], edges: Sequence[Edge]) -> NetworkXStore:
    store = NetworkXStore()
    store.upsert(nodes, edges)
    return store


def hostile_graph() -> tuple[list[Node], list[Edge], list[Community]]:
    """A paper and a concept for each hostile text, all linked with one concept in the middle."""
    middle = concept("Middle")
    nodes: list[Node] = [middle]
    edges: list[Edge] = []
    # A store takes no half of a pair; records that hold one are read with U+FFFD in its place.
    for number, text in enumerate(text.encode("utf-8", "replace").decode() for text in HOSTILE):
        title, name = paper(number, text), Node(f"method/{number}", middle.kind, text, text)
        nodes += [title, name]
        evidence: dict[str, Value] = {"confidence": 0.9, "count": 1, "evidence": text}
        edges.append(Edge(title.id, Relation.USES, name.id, evidence))
        edges.append(edge(title, Relation.USES, middle))
    ids = [node.id for node in nodes[1:]]
    communities = [Community(ids[1], " ".join(HOSTILE), tuple(ids[::2]), tuple(ids[1::2]))]
    return nodes, edges, communities


def hostile_view() -> View:
    nodes, edges, _ = hostile_graph()
    return around(store_of(nodes, edges), nodes[0])
