"""Writing nodes and edges to a Neo4j server, batch by batch, each in a transaction of its own."""

from __future__ import annotations

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

from extract.errors import StoreError
from graph.neo4j_records import (
    REMOVE_NODES,
    delete_edges,
    delete_surplus_edges,
    edge_row,
    is_usual,
    merge_edges,
    merge_nodes,
    merge_usual_edges,
    node_labels,
    node_properties,
    usual_edge_row,
)
from graph.neo4j_schema import (
    AWAIT_INDEXES,
    CONSTRAINT_NAME,
    CREATE_CONSTRAINT,
    CREATE_PROPERTY_INDEXES,
    CREATE_TEXT_INDEX,
    INDEXES,
    LABEL,
    RELATIONSHIP_TYPES,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from graph.elements import Node, Value
    from graph.neo4j_connection import Neo4jConnection

    Ends = tuple[str, str]
    """The ids of an edge's source and target."""

    Told = Callable[[int], None]
    """Told how many more are written."""

_MOST_CHARACTERS = 16_000_000  # of text in one transaction, which the server keeps in its memory
_REMOVED_AT_ONCE = 1_000  # nodes, each with all its edges

_Row = TypeVar("_Row")

_INDEX = """
SHOW INDEXES YIELD name, type, labelsOrTypes, properties, owningConstraint WHERE name = $name
RETURN type, labelsOrTypes, properties, owningConstraint IS NOT NULL
"""


def create_constraint(connection: Neo4jConnection) -> None:
    """See that ids are unique.

    Raises:
        StoreError: the user may not do it, or something of the same name is in the way.
    """
    connection.write(CREATE_CONSTRAINT)
    found = connection.read(_INDEX, {"name": CONSTRAINT_NAME})
    if found and found[0] != ("RANGE", [LABEL], ["id"], True):
        raise _in_the_way("CONSTRAINT", CONSTRAINT_NAME)


def create_indexes(connection: Neo4jConnection) -> None:
    """See that the full-text index and those that the named queries use are there and filled.

    Raises:
        StoreError: the user may not do it, or something of the same name is in the way.
    """
    for statement in (CREATE_TEXT_INDEX, *CREATE_PROPERTY_INDEXES):
        connection.write(statement)
    for name, expected in INDEXES.items():
        # `IF NOT EXISTS` is content with anything of that name.
        found = connection.read(_INDEX, {"name": name})
        if found and found[0] != (*expected, False):
            raise _in_the_way("INDEX", name)
    connection.read(AWAIT_INDEXES)


def _in_the_way(what: str, name: str) -> StoreError:
    return StoreError(
        f"The database holds something else that is named {name!r}, which paperkg needs for itself:"
        f" `DROP {what} {name}` in Neo4j Browser makes way, if nothing else needs it; or choose"
        " another database."
    )


def write_nodes(
    connection: Neo4jConnection,
    nodes: Iterable[Node],
    *,
    new: bool,
    batch_size: int,
    told: Told,
) -> None:
    """Create nodes, or replace what is stored under their ids.

    Args:
        new: whether none of them is stored.

    Raises:
        StoreError: the server refused, or went away.
    """
    by_labels: dict[tuple[str, ...], list[Node]] = defaultdict(list)
    for node in nodes:
        by_labels[node_labels(node)].append(node)
    for labels, alike in sorted(by_labels.items()):
        rows = ([node.id, node_properties(node)] for node in alike)
        statement = merge_nodes(labels, new=new)
        for batch in _batches(rows, batch_size, _characters_of_node):
            connection.write(statement, {"rows": batch})
            told(len(batch))


def write_edges(
    connection: Neo4jConnection,
    relationship: str,
    edges: Mapping[Ends, Mapping[str, Value]],
    *,
    new: bool,
    batch_size: int,
    told: Told,
) -> None:
    """Create edges of one type, or replace the properties of those that are stored.

    Args:
        edges: their properties, by source and target, which are stored.
        new: whether none of them is stored; what is stored all the same keeps its further
            properties.

    Raises:
        StoreError: an end is not there any more; the server refused, or went away.
    """
    usual = [ends for ends, given in edges.items() if new and is_usual(given)]
    others = [ends for ends, given in edges.items() if not (new and is_usual(given))]
    for chosen, make, statement in (
        (usual, usual_edge_row, merge_usual_edges(relationship)),
        (others, edge_row, merge_edges(relationship)),
    ):
        rows = (make(*ends, edges[ends]) for ends in chosen)
        for batch in _batches(rows, batch_size, _characters_of_edge):
            ((written,),) = connection.write(statement, {"rows": batch})
            if written < len(batch):
                raise StoreError(
                    f"Of {len(batch):,} edges ({relationship}), {len(batch) - written:,} end at"
                    " nodes that another program removed in the meantime. Do it again."
                )
            told(len(batch))


def remove_edges(
    connection: Neo4jConnection, relationship: str, ends: Iterable[Ends], *, batch_size: int
) -> None:
    """Take out edges of one type; what is not there is passed over."""
    for batch in _batches(map(list, ends), batch_size, _no_characters):
        connection.write(delete_edges(relationship), {"rows": batch})


def remove_surplus_edges(
    connection: Neo4jConnection, relationship: str, ends: Iterable[Ends], *, batch_size: int
) -> None:
    """Leave one edge where several of one type join the same two nodes."""
    for batch in _batches(map(list, ends), batch_size, _no_characters):
        connection.write(delete_surplus_edges(relationship), {"rows": batch})


def remove_nodes(connection: Neo4jConnection, elements: Iterable[str], told: Told) -> int:
    """Take out nodes with our edges.

    Args:
        elements: the server's own ids of the nodes.

    Returns:
        How many stay without our label, since edges of other programs hold on to them.
    """
    kept = 0
    for batch in _batches(elements, _REMOVED_AT_ONCE, _no_characters):
        parameters = {"rows": batch, "types": list(RELATIONSHIP_TYPES)}
        ((held,),) = connection.write(REMOVE_NODES, parameters)
        kept += held
        told(len(batch))
    return kept


def _batches(
    rows: Iterable[_Row], size: int, characters: Callable[[_Row], int]
) -> Iterator[list[_Row]]:
    """Rows in lists of at most `size`, fewer where they are long; made while the last is sent."""
    return _made_ahead(_cut(iter(rows), size, characters))


def _cut(
    rows: Iterator[_Row], size: int, characters: Callable[[_Row], int]
) -> Iterator[list[_Row]]:
    batch: list[_Row] = []
    length = 0
    for row in rows:
        batch.append(row)
        length += characters(row)
        if len(batch) == size or length > _MOST_CHARACTERS:
            yield batch
            batch, length = [], 0
    if batch:
        yield batch


def _made_ahead(batches: Iterator[list[_Row]]) -> Iterator[list[_Row]]:
    with ThreadPoolExecutor(max_workers=1) as maker:
        upcoming = maker.submit(next, batches, None)
        while (batch := upcoming.result()) is not None:
            upcoming = maker.submit(next, batches, None)
            yield batch


def _characters_of_node(row: list[Any]) -> int:
    return sum(
        len(value) if isinstance(value, str) else sum(map(len, value))
        for value in row[1].values()
        if isinstance(value, str | list)
    )


def _characters_of_edge(row: list[Any]) -> int:
    evidence = row[-1].get("evidence") if isinstance(row[-1], dict) else row[-1]
    return len(evidence) if type(evidence) is str else 0


def _no_characters(_: object) -> int:
    return 0
