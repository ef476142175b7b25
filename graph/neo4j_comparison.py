"""What a Neo4j server has of a graph, and what it lacks: read as one stream, node by node.

The content itself is compared, not a digest of it: what somebody changed by hand on the server is
found, and the server needs no more properties than the graph has.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graph.neo4j_records import (
    COUNT_HELD,
    OUR_LABELS,
    edge_properties,
    leaving,
    node_labels,
    node_properties,
    same_properties,
)
from graph.neo4j_schema import LABEL, RELATIONSHIP_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from graph.elements import Node, Value
    from graph.neo4j_connection import Neo4jConnection
    from graph.neo4j_loading import Ends, Told

    Leaving = Mapping[tuple[str, str], Mapping[str, Value]]
    """Properties of the edges that leave one node, by relationship type and target."""

_COUNT_NODES = f"MATCH (n:{LABEL}) RETURN count(n)"
_READ_ALL = (
    f"MATCH (n:{LABEL})"
    f" RETURN elementId(n), labels(n), properties(n), {leaving(RELATIONSHIP_TYPES)}"
)
_TOLD_EVERY = 1_000  # nodes


@dataclass(slots=True)
class NodeDifference:
    """How the nodes that are stored differ from those that are wanted.

    Attributes:
        created: wanted and not stored.
        changed: stored with other labels or properties than wanted.
        gone: the server's own ids of what is stored under our label and not wanted.
        unchanged: how many are stored as they are wanted.
    """

    created: list[Node] = field(default_factory=list)
    changed: list[Node] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    unchanged: int = 0


@dataclass(slots=True)
class EdgeDifference:
    """How the edges that are stored differ from those that are wanted.

    Attributes:
        created, changed: edges to be written, by type: properties by source and target.
        gone: edges that are not wanted, by type.
        surplus: wanted edges that are stored more than once, by type.
        removed: how many edges are stored that are not wanted, or once too often.
        unchanged: how many are stored as they are wanted.
    """

    created: dict[str, dict[Ends, Mapping[str, Value]]] = field(default_factory=dict)
    changed: dict[str, dict[Ends, Mapping[str, Value]]] = field(default_factory=dict)
    gone: dict[str, set[Ends]] = field(default_factory=dict)
    surplus: dict[str, set[Ends]] = field(default_factory=dict)
    removed: int = 0
    unchanged: int = 0


def count_nodes(connection: Neo4jConnection) -> int:
    """The number of nodes of ours that are stored."""
    ((count,),) = connection.read(_COUNT_NODES)
    return int(count)


def compare(
    connection: Neo4jConnection,
    nodes: Sequence[Node],
    edges: Mapping[str, Leaving],
    told: Told,
) -> tuple[NodeDifference, EdgeDifference]:
    """Compare all that is stored of ours with a graph.

    Args:
        nodes: all nodes that are wanted, sorted by id.
        edges: all edges that are wanted, by source.
        told: of stored nodes that were looked at.
    """
    wanted = {node.id: node for node in nodes}

    def take(rows: Iterator[tuple[Any, ...]]) -> tuple[NodeDifference, EdgeDifference]:
        comparison = _Comparison(wanted, edges)
        for number, row in enumerate(rows, 1):
            comparison.look_at(*row)
            if number % _TOLD_EVERY == 0:
                told(_TOLD_EVERY)
        return comparison.end()

    return connection.stream(_READ_ALL, None, take)


def compare_with_nothing(
    nodes: Sequence[Node], edges: Mapping[str, Leaving]
) -> tuple[NodeDifference, EdgeDifference]:
    """As `compare`, where nothing of ours is stored."""
    return _Comparison({node.id: node for node in nodes}, edges).end()


def count_held(connection: Neo4jConnection, elements: Sequence[str]) -> int:
    """How many nodes would stay without our label, since other programs' edges hold on to them.

    Args:
        elements: the server's own ids of the nodes.
    """
    parameters = {"rows": list(elements), "types": list(RELATIONSHIP_TYPES)}
    ((kept,),) = connection.read(COUNT_HELD, parameters)
    return int(kept)


class _Comparison:
    """One comparison under way: what is stored is shown to it, node by node."""

    def __init__(self, nodes: Mapping[str, Node], edges: Mapping[str, Leaving]) -> None:
        self._wanted_nodes = nodes
        self._wanted_edges = edges
        self._seen: set[str] = set()
        self._nodes = NodeDifference()
        self._edges = EdgeDifference(
            defaultdict(dict), defaultdict(dict), defaultdict(set), defaultdict(set)
        )

    def look_at(
        self,
        element: str,
        labels: Sequence[str],
        properties: Mapping[str, Any],
        edges: Iterable[tuple[str, Any, Mapping[str, Any]]],
    ) -> None:
        """Take in one stored node with the edges that leave it."""
        node_id = properties.get("id")
        # Somebody's own node under our label may lack an id, or have a list for one.
        node = self._wanted_nodes.get(node_id) if isinstance(node_id, str) else None
        if node is None or node.id in self._seen:
            self._nodes.gone.append(element)
            self._edges.removed += sum(1 for _ in edges)
            return
        self._seen.add(node.id)
        if _is_same(node, labels, properties):
            self._nodes.unchanged += 1
        else:
            self._nodes.changed.append(node)
        self._look_at_edges(node.id, edges)

    def _look_at_edges(
        self, source: str, edges: Iterable[tuple[str, Any, Mapping[str, Any]]]
    ) -> None:
        wanted = self._wanted_edges.get(source, {})
        seen: set[tuple[str, str]] = set()
        changed: set[tuple[str, str]] = set()
        for type_, target, properties in edges:
            key = (type_, target)
            given = wanted.get(key) if isinstance(target, str) else None
            if given is None or key in seen:
                self._edges.removed += 1
                if isinstance(target, str):
                    unwanted = self._edges.gone if given is None else self._edges.surplus
                    unwanted[type_].add((source, target))
            elif not same_properties(properties, edge_properties(given)):
                changed.add(key)
            if given is not None:
                if key in seen:
                    changed.add(key)  # what is left of several must be as it should
                seen.add(key)
        self._edges.unchanged += len(seen) - len(changed)
        for type_, target in changed:
            self._edges.changed[type_][source, target] = wanted[type_, target]
        if len(seen) < len(wanted):
            self._lack(source, wanted, seen)

    def _lack(self, source: str, wanted: Leaving, seen: set[tuple[str, str]]) -> None:
        for (type_, target), properties in wanted.items():
            if (type_, target) not in seen:
                self._edges.created[type_][source, target] = properties

    def end(self) -> tuple[NodeDifference, EdgeDifference]:
        """What was found, when all was shown."""
        self._nodes.created = [
            node for node in self._wanted_nodes.values() if node.id not in self._seen
        ]
        for source, wanted in self._wanted_edges.items():
            if source not in self._seen:
                self._lack(source, wanted, set())
        return self._nodes, self._edges


def _is_same(node: Node, labels: Sequence[str], properties: Mapping[str, Any]) -> bool:
    expected = {LABEL, *node_labels(node)}
    return OUR_LABELS & set(labels) == expected and same_properties(
        properties, node_properties(node)
    )
