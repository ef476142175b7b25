"""The graph on a Neo4j server."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Self

from graph.elements import PAPER_CONCEPT_RELATIONS, Edge, Node, NodeKind, Path, Relation, Step
from graph.neo4j_connection import Neo4jConnection
from graph.neo4j_loading import (
    create_constraint,
    create_indexes,
    remove_edges,
    remove_nodes,
    write_edges,
    write_nodes,
)
from graph.neo4j_records import as_edge, as_node, kind_of, read_edges, relations_of
from graph.neo4j_schema import LABEL
from graph.paths import shortest_sequences
from graph.push_report import DEFAULT_BATCH_SIZE
from graph.validation import absent_node, check_edges, check_nodes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from types import TracebackType

    from graph.elements import Value

_STRENGTH = {relation.value: place for place, relation in enumerate(Relation)}
_LINKS = "|".join(sorted(PAPER_CONCEPT_RELATIONS))

_KINDS = f"UNWIND $ids AS id MATCH (n:{LABEL} {{id: id}}) RETURN id, labels(n)"
_ELEMENTS = f"UNWIND $ids AS id MATCH (n:{LABEL} {{id: id}}) RETURN elementId(n)"
_NODES = f"UNWIND $ids AS id MATCH (n:{LABEL} {{id: id}}) RETURN labels(n), properties(n)"
_LINKED = f"""
UNWIND $ids AS id
MATCH (:{LABEL} {{id: id}})-[:{_LINKS}]-(m:{LABEL})
RETURN DISTINCT m.id
"""
_STEPS = f"""
UNWIND $pairs AS pair
MATCH (a:{LABEL} {{id: pair[0]}})-[r:{_LINKS}]-(b:{LABEL} {{id: pair[1]}})
RETURN pair[0], pair[1], type(r), r.evidence
"""


class Neo4jStore:
    """A `GraphStore` that keeps everything in one database of a Neo4j server.

    What other programs keep there is neither read nor changed: nodes of ours carry the label
    `Paperkg`. A node that is removed while other programs' edges hold on to it stays, without that
    label and without our edges.

    Attributes:
        connection: to the server; usable inside the `with` statement.
    """

    def __init__(self, uri: str, auth: tuple[str, str], *, database: str | None = None) -> None:
        """Nothing is connected yet.

        Args:
            uri: `neo4j://HOST:PORT`, or with another scheme of Neo4j's.
            auth: user name and password.
            database: its name; None for the user's default.

        Raises:
            UsageError: the URI is no good.
        """
        self.connection = Neo4jConnection(uri, auth, database=database)
        self._is_prepared = False

    def __enter__(self) -> Self:
        """Connect; `StoreError` where the server or the database cannot be used."""
        self.connection.__enter__()
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Let go of the connection."""
        self.connection.__exit__(exc_type, exc, traceback)

    def upsert(self, nodes: Iterable[Node], edges: Iterable[Edge] = ()) -> None:
        """Write nodes, then edges; what is there already is replaced.

        Nothing is written where anything is at fault. Where the server fails, what was written
        before stays.
        """
        new_nodes = {node.id: node for node in nodes}
        new_edges = {(edge.source, edge.relation, edge.target): edge for edge in edges}
        self._prepare()
        ends = {end for edge in new_edges.values() for end in (edge.source, edge.target)}
        kinds = self._kinds_of([*new_nodes, *ends])
        check_nodes(new_nodes.values(), kinds.get)
        given = {node.id: node.kind for node in new_nodes.values()}
        check_edges(new_edges.values(), lambda end: given.get(end) or kinds.get(end))
        write_nodes(
            self.connection,
            new_nodes.values(),
            new=False,
            batch_size=DEFAULT_BATCH_SIZE,
            told=_tell_nobody,
        )
        by_relation: dict[str, dict[tuple[str, str], Mapping[str, Value]]] = {}
        for edge in new_edges.values():
            alike = by_relation.setdefault(Relation(edge.relation).value, {})
            alike[edge.source, edge.target] = edge.properties
        for relation, alike in by_relation.items():
            write_edges(
                self.connection,
                relation,
                alike,
                new=False,
                batch_size=DEFAULT_BATCH_SIZE,
                told=_tell_nobody,
            )

    def remove(self, node_ids: Iterable[str], edges: Iterable[Edge] = ()) -> None:
        """Take out nodes with all our edges, and single edges; absent ones are passed over."""
        elements = [row[0] for row in self._about(_ELEMENTS, list(node_ids))]
        remove_nodes(self.connection, elements, _tell_nobody)
        by_relation: dict[str, list[tuple[str, str]]] = {}
        for edge in edges:
            alike = by_relation.setdefault(Relation(edge.relation).value, [])
            alike.append((edge.source, edge.target))
        for relation, ends in by_relation.items():
            remove_edges(self.connection, relation, ends, batch_size=DEFAULT_BATCH_SIZE)

    def nodes(self, kind: NodeKind | None = None) -> tuple[Node, ...]:
        """All nodes, or all of one kind, sorted by id."""
        labels = LABEL if kind is None else f"{LABEL}:{NodeKind(kind).value}"
        statement = f"MATCH (n:{labels}) RETURN labels(n), properties(n)"
        found = self.connection.stream(statement, None, _as_nodes)
        return tuple(sorted(found, key=lambda node: node.id))

    def node(self, node_id: str) -> Node:
        """One node; `StoreError` where there is none of that id."""
        found = _as_nodes(iter(self._about(_NODES, [node_id])))
        if not found:
            raise absent_node(node_id)
        return found[0]

    def edges(self, relations: Collection[Relation] | None = None) -> tuple[Edge, ...]:
        """All edges, or those of some relations, sorted by source, relation and target."""
        wanted = relations_of(relations)
        if not wanted:
            return ()
        found = self.connection.stream(read_edges(wanted), None, _as_edges)
        return tuple(sorted(found, key=lambda edge: (edge.source, edge.relation, edge.target)))

    def neighbours(
        self, node_id: str, relations: Collection[Relation] | None = None
    ) -> tuple[tuple[Edge, Node], ...]:
        """Edges with the nodes at their other ends, sorted by relation and id of the node."""
        self.node(node_id)
        wanted = relations_of(relations)
        if not wanted:
            return ()
        rows = self.connection.read(
            f"MATCH (n:{LABEL} {{id: $id}})-[r:{'|'.join(wanted)}]-(m:{LABEL}) RETURN"
            " startNode(r).id, type(r), endNode(r).id, properties(r), labels(m), properties(m)",
            {"id": node_id},
        )
        found = [
            (as_edge(*row[:4]), other) for row in rows if (other := as_node(*row[4:])) is not None
        ]
        return tuple(sorted(found, key=lambda pair: (pair[0].relation, pair[1].id)))

    def shortest_paths(self, start: str, end: str, *, limit: int = 1) -> tuple[Path, ...]:
        """The first shortest paths over paper-concept edges, by their sequences of node ids."""
        self.node(start)
        self.node(end)
        sequences = shortest_sequences(start, end, self._linked, limit=limit)
        ids = sorted({node_id for sequence in sequences for node_id in sequence})
        nodes = {node.id: node for node in _as_nodes(iter(self._about(_NODES, ids)))}
        steps = self._steps({pair for sequence in sequences for pair in pairwise(sequence)})
        return tuple(_as_path(sequence, nodes, steps) for sequence in sequences)

    def _linked(self, node_ids: Collection[str]) -> set[str]:
        return {row[0] for row in self._about(_LINKED, list(node_ids))}

    def _steps(self, pairs: Collection[tuple[str, str]]) -> dict[tuple[str, str], tuple[str, str]]:
        """The first relation of each pair of nodes in the order of `Relation`, and its sentence."""
        rows = self.connection.read(_STEPS, {"pairs": [list(pair) for pair in sorted(pairs)]})
        rows.sort(key=lambda row: _STRENGTH[row[2]], reverse=True)
        return {(a, b): (relation, str(evidence or "")) for a, b, relation, evidence in rows}

    def _about(self, statement: str, ids: Sequence[str]) -> list[tuple[Any, ...]]:
        """The rows of a statement about some nodes, which are its `$ids`."""
        return self.connection.read(statement, {"ids": ids}) if ids else []

    def _kinds_of(self, ids: Sequence[str]) -> dict[str, NodeKind]:
        rows = self._about(_KINDS, ids)
        return {node_id: kind for node_id, labels in rows if (kind := kind_of(labels))}

    def _prepare(self) -> None:
        if not self._is_prepared:
            create_constraint(self.connection)
            create_indexes(self.connection)
            self._is_prepared = True


def _as_nodes(rows: Iterable[tuple[Any, ...]]) -> list[Node]:
    """Nodes of rows with labels and properties; what no paperkg has written is left out."""
    return [node for row in rows if (node := as_node(*row)) is not None]


def _as_edges(rows: Iterable[tuple[Any, ...]]) -> list[Edge]:
    """Edges of rows with a node and what leaves it."""
    return [as_edge(source, *edge) for source, leaving in rows for edge in leaving]


def _as_path(
    sequence: Sequence[str],
    nodes: Mapping[str, Node],
    steps: Mapping[tuple[str, str], tuple[str, str]],
) -> Path:
    walked = [nodes[node_id] for node_id in sequence]
    return Path(
        walked[0],
        walked[-1],
        tuple(_as_step(a, b, *steps[a.id, b.id]) for a, b in pairwise(walked)),
    )


def _as_step(source: Node, target: Node, relation: str, evidence: str) -> Step:
    paper = source if source.kind is NodeKind.PAPER else target
    return Step(source, Relation(relation), target, paper.id, evidence)


def _tell_nobody(_: int) -> None:
    """For who waits without a progress bar."""
