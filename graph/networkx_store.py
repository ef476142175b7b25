"""The graph in memory, in NetworkX."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Self

import networkx as nx

from graph.elements import Edge, Node, NodeKind, Path, Relation, Step
from graph.paths import shortest_sequences
from graph.validation import absent_node, check_edges, check_nodes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from types import TracebackType

_STRENGTH = {relation.value: place for place, relation in enumerate(Relation)}


class NetworkXStore:
    """A `GraphStore` that keeps everything in one NetworkX graph.

    Attributes:
        graph: a `networkx.MultiDiGraph`, to be read; change it through the store, or a copy of it.
            Its nodes are ids with the attributes `kind` (`Paper`, `Concept` or `Result`), `name`,
            `type` (concepts only) and the node's properties. Its edges have the relation as key
            and as attribute `relation`, and the edge's properties. What is not known is not there.

    >>> store = NetworkXStore()
    >>> paper = Node("p1", NodeKind.PAPER, "Attention")
    >>> task = Node("task/translation", NodeKind.CONCEPT, "translation", "Task")
    >>> store.upsert([paper, task], [Edge("p1", Relation.ADDRESSES, "task/translation")])
    >>> store.graph.nodes["task/translation"]
    {'kind': 'Concept', 'name': 'translation', 'type': 'Task'}
    >>> [node.name for edge, node in store.neighbours("task/translation")]
    ['Attention']
    """

    def __init__(self) -> None:
        self.graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        self._results: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Nothing to let go of: the graph stays in memory and can still be asked."""

    def upsert(self, nodes: Iterable[Node], edges: Iterable[Edge] = ()) -> None:
        """Write nodes, then edges; what is there already is replaced.

        Nothing is written where anything is at fault.
        """
        new_nodes = {node.id: node for node in nodes}
        new_edges = {(edge.source, edge.target, edge.relation.value): edge for edge in edges}
        check_nodes(new_nodes.values(), lambda node_id: self._kind(node_id, {}))
        check_edges(new_edges.values(), lambda end: self._kind(end, new_nodes))
        for node in new_nodes.values():
            self.graph.add_node(node.id)
            attributes = self.graph.nodes[node.id]
            attributes.clear()
            attributes.update(_node_attributes(node))
        self._results.update(n.id for n in new_nodes.values() if n.kind is NodeKind.RESULT)
        # NetworkX would merge the attributes of an edge that is there already.
        self.graph.remove_edges_from([key for key in new_edges if self.graph.has_edge(*key)])
        self.graph.add_edges_from(
            (*key, {"relation": key[2], **edge.properties}) for key, edge in new_edges.items()
        )

    def remove(self, node_ids: Iterable[str], edges: Iterable[Edge] = ()) -> None:
        """Take out nodes with all their edges, and single edges; absent ones are passed over."""
        gone = set(node_ids)
        self.graph.remove_nodes_from(gone)
        self._results -= gone
        self.graph.remove_edges_from([(e.source, e.target, e.relation.value) for e in edges])

    def nodes(self, kind: NodeKind | None = None) -> tuple[Node, ...]:
        """All nodes, or all of one kind, sorted by id."""
        return tuple(
            _as_node(node_id, attributes)
            for node_id, attributes in sorted(self.graph.nodes(data=True), key=_first)
            if kind is None or attributes["kind"] == kind
        )

    def node(self, node_id: str) -> Node:
        """One node; `StoreError` where there is none of that id."""
        self._see_that_it_is_there(node_id)
        return _as_node(node_id, self.graph.nodes[node_id])

    def edges(self, relations: Collection[Relation] | None = None) -> tuple[Edge, ...]:
        """All edges, or those of some relations, sorted by source, relation and target."""
        rows = [
            (source, relation, target, attributes)
            for source, target, relation, attributes in self.graph.edges(keys=True, data=True)
            if relations is None or relation in relations
        ]
        rows.sort(key=lambda row: row[:3])
        return tuple(_as_edge(*row) for row in rows)

    def neighbours(
        self, node_id: str, relations: Collection[Relation] | None = None
    ) -> tuple[tuple[Edge, Node], ...]:
        """Edges with the nodes at their other ends, sorted by relation and id of the node."""
        self._see_that_it_is_there(node_id)
        leaving = self.graph.out_edges(node_id, keys=True, data=True)
        reaching = self.graph.in_edges(node_id, keys=True, data=True)
        rows = [
            (relation, target if source == node_id else source, source, target, attributes)
            for found in (leaving, reaching)
            for source, target, relation, attributes in found
            if relations is None or relation in relations
        ]
        rows.sort(key=lambda row: row[:2])
        return tuple(
            (_as_edge(source, relation, target, attributes), self.node(other))
            for relation, other, source, target, attributes in rows
        )

    def shortest_paths(self, start: str, end: str, *, limit: int = 1) -> tuple[Path, ...]:
        """The first shortest paths over paper-concept edges, by their sequences of node ids."""
        self._see_that_it_is_there(start)
        self._see_that_it_is_there(end)
        sequences = shortest_sequences(start, end, self._linked, limit=limit)
        return tuple(self._as_path(sequence) for sequence in sequences)

    def _linked(self, node_ids: Collection[str]) -> set[str]:
        """Papers of concepts and concepts of papers; results link nothing."""
        linked: set[str] = set()
        for node_id in node_ids:
            if node_id not in self._results:
                linked.update(self.graph.succ[node_id], self.graph.pred[node_id])
        return linked - self._results

    def _as_path(self, sequence: tuple[str, ...]) -> Path:
        nodes = [self.node(node_id) for node_id in sequence]
        steps = (self._step(a, b) for a, b in pairwise(nodes))
        return Path(nodes[0], nodes[-1], tuple(steps))

    def _step(self, source: Node, target: Node) -> Step:
        paper, concept = (source, target) if source.kind is NodeKind.PAPER else (target, source)
        edges = self.graph[paper.id][concept.id]
        relation = min(edges, key=_STRENGTH.__getitem__)
        evidence = str(edges[relation].get("evidence", ""))
        return Step(source, Relation(relation), target, paper.id, evidence)

    def _kind(self, node_id: str, new_nodes: Mapping[str, Node]) -> NodeKind | None:
        if node_id in new_nodes:
            return new_nodes[node_id].kind
        return NodeKind(self.graph.nodes[node_id]["kind"]) if node_id in self.graph else None

    def _see_that_it_is_there(self, node_id: str) -> None:
        if node_id not in self.graph:
            raise absent_node(node_id)


def _first(row: tuple[str, dict[str, Any]]) -> str:
    return row[0]


def _node_attributes(node: Node) -> dict[str, Any]:
    attributes: dict[str, Any] = {"kind": node.kind.value, "name": node.name}
    if node.type is not None:
        # Types of concepts may be members of an enumeration, which no file format writes.
        attributes["type"] = str(node.type)
    attributes.update(node.properties)
    return attributes


def _as_node(node_id: str, attributes: dict[str, Any]) -> Node:
    properties = dict(attributes)
    kind, name, type_ = properties.pop("kind"), properties.pop("name"), properties.pop("type", None)
    return Node(node_id, NodeKind(kind), name, type_, properties)


def _as_edge(source: str, relation: str, target: str, attributes: dict[str, Any]) -> Edge:
    properties = dict(attributes)
    del properties["relation"]
    return Edge(source, Relation(relation), target, properties)
