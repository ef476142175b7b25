"""Bring a Neo4j database to the state of a graph: create, change and remove what differs."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from extract.errors import StoreError, UsageError
from graph.co_occurrence import co_occurrences
from graph.neo4j_comparison import (
    EdgeDifference,
    NodeDifference,
    compare,
    compare_with_nothing,
    count_held,
    count_nodes,
)
from graph.neo4j_loading import (
    create_constraint,
    create_indexes,
    remove_edges,
    remove_nodes,
    remove_surplus_edges,
    write_edges,
    write_nodes,
)
from graph.neo4j_schema import CO_OCCURS
from graph.push_report import DEFAULT_BATCH_SIZE, Changes, PushReport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from graph.elements import Edge, Node, Value
    from graph.neo4j_comparison import Leaving
    from graph.neo4j_connection import Neo4jConnection
    from graph.neo4j_loading import Told

    Progress = Callable[[str, int, int | None], None]
    """Told of stage, done and total."""


def push(
    connection: Neo4jConnection,
    nodes: Sequence[Node],
    edges: Iterable[Edge],
    *,
    co_occurs: bool = False,
    batch_size: int = DEFAULT_BATCH_SIZE,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> PushReport:
    """Make what a database holds of paperkg equal to a graph; what others keep there stays.

    Each batch is a transaction. Whatever moment it is stopped at, the next push goes on from there
    and ends in the same state. One push at a time.

    Args:
        connection: in use.
        nodes: all nodes of the graph, such as a store has taken and gives.
        edges: all edges, likewise.
        co_occurs: also write which concepts share papers (`CO_OCCURS`, with their number as
            `weight`); without it such edges are removed.
        batch_size: rows in a transaction, 1 or more.
        dry_run: write nothing, and report what would be done.
        progress: told of stage, done and total.

    Raises:
        StoreError: the server refused, or went away; what was written stays.
        UsageError: `batch_size` is less than 1.
    """
    if batch_size < 1:
        raise UsageError(f"The batch size must be 1 or more, got {batch_size}.")
    pusher = _Push(connection, batch_size, progress or (lambda *_: None))
    if not dry_run:
        create_constraint(connection)
    node_difference, edge_difference = pusher.compare(nodes, _by_source(edges, co_occurs=co_occurs))
    if dry_run:
        kept = count_held(connection, node_difference.gone)
        return _report(node_difference, edge_difference, kept)
    try:
        kept = pusher.write(node_difference, edge_difference)
        pusher.index()
    except StoreError as exc:
        raise StoreError(
            f"{exc} What was written stays; the same command again completes it."
        ) from exc
    return _report(node_difference, edge_difference, kept)


def _report(nodes: NodeDifference, edges: EdgeDifference, kept: int) -> PushReport:
    return PushReport(
        Changes(
            len(nodes.created),
            len(nodes.changed),
            len(nodes.gone) - kept,
            nodes.unchanged,
            kept,
        ),
        Changes(
            sum(map(len, edges.created.values())),
            sum(map(len, edges.changed.values())),
            edges.removed,
            edges.unchanged,
        ),
    )


class _Push:
    """One push under way."""

    def __init__(self, connection: Neo4jConnection, batch_size: int, progress: Progress) -> None:
        self._connection = connection
        self._batch_size = batch_size
        self._progress = progress

    def compare(
        self, nodes: Sequence[Node], edges: Mapping[str, Leaving]
    ) -> tuple[NodeDifference, EdgeDifference]:
        """How what is stored differs from the graph."""
        stored = count_nodes(self._connection)
        if not stored:
            return compare_with_nothing(nodes, edges)
        return compare(self._connection, nodes, edges, self._teller("comparing", stored))

    def write(self, nodes: NodeDifference, edges: EdgeDifference) -> int:
        """Write what differs, and remove what is too much; how many nodes are kept."""
        told = self._teller("writing nodes", len(nodes.created) + len(nodes.changed))
        for chosen, new in ((nodes.created, True), (nodes.changed, False)):
            write_nodes(self._connection, chosen, new=new, batch_size=self._batch_size, told=told)
        self._write_edges(edges)
        for relationship, ends in sorted(edges.surplus.items()):
            remove_surplus_edges(
                self._connection, relationship, sorted(ends), batch_size=self._batch_size
            )
        for relationship, ends in sorted(edges.gone.items()):
            remove_edges(self._connection, relationship, sorted(ends), batch_size=self._batch_size)
        if not nodes.gone:
            return 0
        told = self._teller("removing nodes", len(nodes.gone))
        return remove_nodes(self._connection, nodes.gone, told)

    def _write_edges(self, edges: EdgeDifference) -> None:
        chosen = [
            (relationship, alike, new)
            for by_type, new in ((edges.created, True), (edges.changed, False))
            for relationship, alike in sorted(by_type.items())
        ]
        told = self._teller("writing edges", sum(len(alike) for _, alike, _ in chosen))
        for relationship, alike, new in chosen:
            write_edges(
                self._connection,
                relationship,
                alike,
                new=new,
                batch_size=self._batch_size,
                told=told,
            )

    def index(self) -> None:
        """Make the indexes, which is faster when all is there."""
        self._progress("indexing", 0, None)
        create_indexes(self._connection)

    def _teller(self, stage: str, total: int) -> Told:
        """Adds up what is done of a stage."""
        done = 0

        def tell(more: int) -> None:
            nonlocal done
            done = min(total, done + more)  # what was read again after a fault counts once
            self._progress(stage, done, total)

        return tell


def _by_source(edges: Iterable[Edge], *, co_occurs: bool) -> dict[str, Leaving]:
    """Properties by source, then by relationship type and target."""
    listed = list(edges)
    grouped: dict[str, dict[tuple[str, str], Mapping[str, Value]]] = defaultdict(dict)
    for edge in listed:
        grouped[edge.source][edge.relation.value, edge.target] = edge.properties
    if co_occurs:
        for source, target, papers in co_occurrences(listed):
            grouped[source][CO_OCCURS, target] = {"weight": papers}
    return dict(grouped)
