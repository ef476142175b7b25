"""What `paperkg doctor --graph URI` looks at in a Neo4j database; nothing is left changed there."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from neo4j.exceptions import DriverError, Neo4jError

from extract.errors import StoreError
from graph.checks import Check
from graph.display import plural
from graph.elements import NodeKind
from graph.neo4j_connection import Neo4jConnection
from graph.neo4j_push import push
from graph.neo4j_schema import (
    CO_OCCURS,
    CONSTRAINT_NAME,
    INDEXES,
    LABEL,
    RELATIONSHIP_TYPES,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from graph.elements import Edge, Node
    from graph.neo4j_push import Progress

_SHOWN = 3  # ids named in one line

_CONSTRAINT = """
SHOW CONSTRAINTS YIELD name, type, labelsOrTypes, properties WHERE name = $name
RETURN type, labelsOrTypes, properties
"""
_INDEXES = """
SHOW INDEXES YIELD name, type, state, populationPercent, labelsOrTypes, properties
WHERE name IN $names
RETURN name, state, populationPercent, type, labelsOrTypes, properties
"""
_CREATE = f"CREATE (n:{LABEL} {{id: $id}})"
_COUNTS = f"""
MATCH (n) WITH count(n) AS everything
OPTIONAL MATCH (m:{LABEL}) RETURN everything, count(m)
"""
_FOREIGN_EDGES = f"""
MATCH (:{LABEL})-[e]-(other) WHERE NOT (other:{LABEL} AND type(e) IN $types)
RETURN count(DISTINCT e)
"""
_CO_OCCURRENCE = f"MATCH (:{LABEL})-[e:{CO_OCCURS}]->(:{LABEL}) RETURN type(e) LIMIT 1"
_FAULTY_NODES = f"""
MATCH (n:{LABEL})
WITH n.id AS id, count(*) AS nodes, count(CASE WHEN n:{"|".join(NodeKind)} THEN 1 END) AS kinds
WHERE id IS NULL OR nodes > 1 OR kinds < nodes
RETURN toStringOrNull(id) AS id, nodes ORDER BY id
"""


def check_server(
    uri: str,
    auth: tuple[str, str],
    *,
    database: str | None = None,
    graph: tuple[Sequence[Node], Sequence[Edge]] | None = None,
    progress: Progress | None = None,
) -> list[Check]:
    """Look at a server, at what paperkg needs of its database, and at what is in it.

    Args:
        uri: `neo4j://HOST:PORT`, or with another scheme of Neo4j's.
        auth: user name and password.
        database: None for the user's default.
        graph: nodes and edges that should be there; None where it is not known.
        progress: told of stage, done and total of the comparison with them.

    Returns:
        One check, where the server cannot be used; else checks of the server, the database, the
        right to write, the constraint, the indexes, our nodes, the data of others, and whether the
        graph is there.

    Raises:
        UsageError: the URI is no good.
    """
    connection = Neo4jConnection(uri, auth, database=database)
    try:
        with connection:
            edition = f"Neo4j {connection.version} {connection.edition}"
            found = [Check("server", True, f"{edition} at {connection.address}")]
            found += [
                _taken(name, functools.partial(look, connection)) for name, look in _LOOKS.items()
            ]
            if graph is not None:
                compare = functools.partial(_check_graph, connection, *graph, progress)
                found.append(_taken("graph in the database", compare))
            return found
    except StoreError as exc:
        return [Check("server", False, str(exc))]


def _taken(name: str, look: Callable[[], Check]) -> Check:
    """What `look` finds, also where the server does not let it."""
    try:
        return look()
    except StoreError as exc:
        return Check(name, False, str(exc))


def _check_name(connection: Neo4jConnection) -> Check:
    ((name,),) = connection.read("CALL db.info() YIELD name RETURN name")
    return Check("database", True, str(name))


def _check_writing(connection: Neo4jConnection) -> Check:
    """Write a node and take it back before anyone can see it."""
    try:
        with (
            connection.driver.session(database=connection.database) as session,
            session.begin_transaction() as change,
        ):
            change.run(_CREATE, id="paperkg doctor").consume()
            change.rollback()
    except (DriverError, Neo4jError, OSError) as exc:
        raise connection.explained(exc) from exc
    return Check("right to write", True, "there")


def _check_constraint(connection: Neo4jConnection) -> Check:
    found = connection.read(_CONSTRAINT, {"name": CONSTRAINT_NAME})
    remedy = "`paperkg push` makes it."
    if not found:
        return Check("constraint", False, f"{CONSTRAINT_NAME} is missing", remedy)
    if found[0] != ("UNIQUENESS", [LABEL], ["id"]):
        detail = f"{CONSTRAINT_NAME} is another program's: {_described(found[0])}"
        return Check("constraint", False, detail, f"{_drop('CONSTRAINT', CONSTRAINT_NAME)}{remedy}")
    return Check("constraint", True, f"{CONSTRAINT_NAME}: ids are unique")


def _check_indexes(connection: Neo4jConnection) -> Check:
    """Say what is wrong with the first that is not as it should be."""
    found = {row[0]: row[1:] for row in connection.read(_INDEXES, {"names": [*INDEXES]})}
    remedy = "`paperkg push` makes it."
    for name, expected in INDEXES.items():
        if name not in found:
            return Check("indexes", False, f"{name} is missing", remedy)
        state, percent, *rest = found[name]
        drop = f"{_drop('INDEX', name)}{remedy}"
        if tuple(rest) != expected:
            detail = f"{name} is another program's: {_described(tuple(rest))}"
            return Check("indexes", False, detail, drop)
        if state == "FAILED":
            return Check("indexes", False, f"{name} could not be filled", drop)
        if state != "ONLINE":
            detail = f"{name} is being filled, {percent:.0f}% done"
            return Check("indexes", False, detail, "Wait until it is.")
    return Check("indexes", True, f"{', '.join(INDEXES)}: online")


def _described(definition: tuple[object, ...]) -> str:
    type_, labels, properties = definition
    return f"{type_} on {labels} {properties}"


def _drop(what: str, name: str) -> str:
    return f"`DROP {what} {name}`, if nothing else needs it. "


def _check_nodes(connection: Neo4jConnection) -> Check:
    """Each has an id of its own and one of the three kinds."""
    ((_, ours),) = connection.read(_COUNTS)
    faulty = connection.read(_FAULTY_NODES)
    if faulty:
        ids = ", ".join(repr(id_) for id_, _ in faulty[:_SHOWN])
        more = f" and {len(faulty) - _SHOWN} more" if len(faulty) > _SHOWN else ""
        nodes = plural(sum(count for _, count in faulty), "node")
        detail = f"{nodes} of the label {LABEL} without an id of their own or a kind: {ids}{more}"
        remedy = (
            f"`paperkg push` removes what lacks an id. Of several with one id, `MATCH (n:{LABEL})"
            f" WHERE n.id IN [...] REMOVE n:{LABEL}` makes way for what it then writes."
        )
        return Check("nodes", False, detail, remedy)
    return Check("nodes", True, f"{ours:,} of paperkg's, each with an id of its own")


def _check_others(connection: Neo4jConnection) -> Check:
    """What is not ours is no fault."""
    ((everything, ours),) = connection.read(_COUNTS)
    ((edges,),) = connection.read(_FOREIGN_EDGES, {"types": list(RELATIONSHIP_TYPES)})
    if everything == ours and not edges:
        return Check("other data", True, "none")
    detail = f"{plural(everything - ours, 'node')}, {plural(edges, 'edge')} at paperkg's nodes"
    return Check("other data", True, f"{detail}; paperkg leaves them as they are")


def _check_graph(
    connection: Neo4jConnection,
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    progress: Progress | None,
) -> Check:
    """What a push would do; co-occurrence is expected where there is some."""
    name = "graph in the database"
    co_occurs = bool(connection.read(_CO_OCCURRENCE))
    report = push(connection, nodes, edges, co_occurs=co_occurs, dry_run=True, progress=progress)
    wrong = [
        f"{plural(count, noun)} {what}"
        for noun, changes in (("node", report.nodes), ("edge", report.edges))
        for count, what in (
            (changes.created, "missing"),
            (changes.changed, "different"),
            (changes.removed + changes.kept, "too many"),
        )
        if count
    ]
    if wrong:
        option = " --co-occurs" if co_occurs else ""
        remedy = f"`paperkg push {connection.address}{option}` brings it up to date."
        return Check(name, False, f"not that of the library: {', '.join(wrong)}", remedy)
    same = f"{plural(report.nodes.unchanged, 'node')}, {plural(report.edges.unchanged, 'edge')}"
    return Check(name, True, f"that of the library: {same}")


_LOOKS: dict[str, Callable[[Neo4jConnection], Check]] = {
    "database": _check_name,
    "right to write": _check_writing,
    "constraint": _check_constraint,
    "indexes": _check_indexes,
    "nodes": _check_nodes,
    "other data": _check_others,
}
