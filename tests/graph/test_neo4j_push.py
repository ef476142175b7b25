from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.errors import StoreError, UsageError
from graph.elements import Edge, Node, NodeKind, Relation
from graph.neo4j_connection import Neo4jConnection
from graph.neo4j_push import push
from graph.neo4j_store import Neo4jStore
from graph.push_report import Changes, PushReport
from tests.graph.pushing import graph_of_size, start_pushing
from tests.graph.shorthand import concept, corpora, ends, paper, result, uses
from tests.neo4j_server import STRANGER, Account, LocalServer, remove_all, remove_nodes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NODES: list[Node] = [
    concept("method/bert", "BERT", aliases=("BERT", "Bert"), papers=2),
    concept("task/parsing", "parsing", papers=1),
    Node("telescope/hubble", NodeKind.CONCEPT, "Hubble", "Telescope", {"ambiguous": True}),
    paper("p1", "On trees", abstract="A\0B", authors=("Ada L.",)),
    paper("p2", "On stars"),
    result("r1"),
]
EDGES: list[Edge] = [
    uses("p1", "method/bert"),
    uses("p1", "method/bert", Relation.STUDIES),
    uses("p1", "task/parsing", Relation.ADDRESSES),
    uses("p2", "method/bert"),
    Edge("p2", Relation.MENTIONS, "telescope/hubble", {"note": "odd", "count": 1}),
    Edge("p1", Relation.STATES, "r1"),
    Edge("r1", Relation.OF_METHOD, "method/bert"),
]


@pytest.fixture
def connection(neo4j_server: Account) -> Iterator[Neo4jConnection]:
    """To a database without nodes; constraint and indexes are there, or not."""
    remove_nodes(neo4j_server)
    account = neo4j_server
    with Neo4jConnection(account.uri, account.auth, database=account.database) as connected:
        yield connected


@pytest.fixture
def bare_connection(empty_neo4j: Account) -> Iterator[Neo4jConnection]:
    """To a database without anything; what the test leaves in it is removed."""
    if not empty_neo4j.is_ours:
        pytest.skip("it changes constraints and indexes, which a server of NEO4J_URI keeps")
    with Neo4jConnection(empty_neo4j.uri, empty_neo4j.auth) as connected:
        yield connected
    remove_all(empty_neo4j)


def stored(connection: Neo4jConnection) -> tuple[list[Node], list[Edge]]:
    """What the database has, read as any user of a store would."""
    store = Neo4jStore.__new__(Neo4jStore)
    store.connection = connection
    return list(store.nodes()), list(store.edges())


def in_order(nodes: Sequence[Node], edges: Sequence[Edge]) -> tuple[list[Node], list[Edge]]:
    return (
        sorted(nodes, key=lambda node: node.id),
        sorted(edges, key=lambda edge: (edge.source, edge.relation, edge.target)),
    )


def rows(connection: Neo4jConnection, statement: str) -> list[tuple[Any, ...]]:
    return connection.read(statement)


def test_the_first_push_creates_all_and_the_second_changes_nothing(
    connection: Neo4jConnection,
) -> None:
    first = push(connection, NODES, EDGES)
    assert first == PushReport(Changes(created=6), Changes(created=7))
    assert stored(connection) == in_order(NODES, EDGES)
    second = push(connection, NODES, EDGES)
    assert second == PushReport(Changes(unchanged=6), Changes(unchanged=7))
    assert stored(connection) == in_order(NODES, EDGES)


def test_labels_say_kind_and_type(connection: Neo4jConnection) -> None:
    push(connection, NODES, EDGES)
    found = dict(rows(connection, "MATCH (n:Paperkg) RETURN n.id, labels(n)"))
    assert {node_id: sorted(labels) for node_id, labels in found.items()} == {
        "method/bert": ["Concept", "Method", "Paperkg"],
        "task/parsing": ["Concept", "Paperkg", "Task"],
        "telescope/hubble": ["Concept", "Paperkg"],
        "p1": ["Paper", "Paperkg"],
        "p2": ["Paper", "Paperkg"],
        "r1": ["Paperkg", "Result"],
    }


def test_the_constraint_and_the_indexes_are_there_afterwards(
    bare_connection: Neo4jConnection,
) -> None:
    push(bare_connection, NODES, EDGES)
    found = rows(
        bare_connection,
        "CALL db.index.fulltext.queryNodes('paperkg_text', 'trees OR bert') YIELD node"
        " RETURN node.id ORDER BY node.id",
    )
    assert found == [("method/bert",), ("p1",)]
    assert ("paperkg_id",) in rows(bare_connection, "SHOW CONSTRAINTS YIELD name")


def test_what_differs_is_changed_and_what_is_gone_is_removed(connection: Neo4jConnection) -> None:
    push(connection, NODES, EDGES)
    renamed = replace(NODES[0], name="Bert", type="Task", properties={"papers": 2})
    surer = replace(EDGES[0], properties={"confidence": 1.0})
    nodes = [renamed, *(node for node in NODES[1:] if node.id != "p2")]
    edges = [surer, *(edge for edge in EDGES[1:] if edge.source != "p2")]
    report = push(connection, nodes, edges)
    assert report.nodes == Changes(changed=1, removed=1, unchanged=4)
    assert report.edges == Changes(changed=1, removed=2, unchanged=4)
    assert stored(connection) == in_order(nodes, edges)
    assert rows(connection, "MATCH (n:Paperkg {id: 'method/bert'}) RETURN n:Method, n:Task") == [
        (False, True)
    ]


def test_a_dry_run_reports_the_same_and_writes_nothing(bare_connection: Neo4jConnection) -> None:
    planned = push(bare_connection, NODES, EDGES, dry_run=True)
    assert planned == PushReport(Changes(created=6), Changes(created=7))
    assert rows(bare_connection, "MATCH (n) RETURN count(n)") == [(0,)]
    assert rows(bare_connection, "SHOW CONSTRAINTS YIELD name RETURN count(name)") == [(0,)]
    push(bare_connection, NODES, EDGES)
    befriend(bare_connection, "p2")
    left = [edge for edge in EDGES if edge.source != "p2"]
    fewer = [node for node in NODES if node.id != "p2"], left
    planned = push(bare_connection, *fewer, dry_run=True)
    assert stored(bare_connection) == in_order(NODES, EDGES)
    assert planned == push(bare_connection, *fewer)
    assert planned.nodes == Changes(unchanged=5, kept=1)


@pytest.mark.parametrize(
    "tampering",
    [
        "MATCH (n:Paperkg {id: 'p1'}) SET n.name = 'Another title'",
        "MATCH (n:Paperkg {id: 'p1'}) SET n.seen = 1",
        "MATCH (n:Paperkg {id: 'p1'}) REMOVE n.abstract",
        "MATCH (n:Paperkg {id: 'method/bert'}) SET n.papers = 2.0",
        "MATCH (n:Paperkg {id: 'method/bert'}) REMOVE n:Method SET n:Task",
        "MATCH (n:Paperkg {id: 'method/bert'}) REMOVE n:Paperkg",
        "MATCH (n:Paperkg {id: 'method/bert'}) SET n:Paper",
        "MATCH (n:Paperkg {id: 'method/bert'}) DETACH DELETE n",
        "MATCH (:Paperkg {id: 'p1'})-[r:USES]->() SET r.count = 7",
        "MATCH (:Paperkg {id: 'p1'})-[r:USES]->() SET r.count = 1.0",
        "MATCH (:Paperkg {id: 'p1'})-[r:USES]->() SET r.note = 'x'",
        "MATCH (:Paperkg {id: 'p1'})-[r:USES]->() DELETE r",
        "MATCH (a:Paperkg {id: 'p1'})-[:USES]->(b) CREATE (a)-[:USES]->(b)",
        "MATCH (a:Paperkg {id: 'p1'}), (b:Paperkg {id: 'p2'}) CREATE (a)-[:USES]->(b)",
        "CREATE (:Paperkg)",
        "CREATE (:Paperkg:Paper {id: 5})",
        "MATCH (a:Paperkg {id: 'p1'}) CREATE (a)-[:USES]->(:Paperkg {id: ['x']})",
        "MATCH (a:Paperkg {id: 'p1'}) CREATE (:Paperkg)-[:USES]->(a)",
        "MATCH (n:Paperkg) DETACH DELETE n",
    ],
)
def test_whatever_was_done_to_it_a_push_mends_it(
    connection: Neo4jConnection, tampering: str
) -> None:
    push(connection, NODES, EDGES)
    connection.write(tampering)
    report = push(connection, NODES, EDGES)
    assert report != PushReport(Changes(unchanged=6), Changes(unchanged=7))
    assert stored(connection) == in_order(NODES, EDGES)
    again = push(connection, NODES, EDGES)
    assert again == PushReport(Changes(unchanged=6), Changes(unchanged=7))


def test_a_label_of_the_users_own_stays(connection: Neo4jConnection) -> None:
    push(connection, NODES, EDGES)
    connection.write("MATCH (n:Paperkg {id: 'p1'}) SET n:Favourite")
    assert push(connection, NODES, EDGES).nodes == Changes(unchanged=6)
    push(connection, [replace(node, name="New") for node in NODES], EDGES)
    assert rows(connection, "MATCH (n:Favourite) RETURN n.name") == [("New",)]


# Other programs' data


def befriend(connection: Neo4jConnection, node_id: str) -> None:
    """Let another program's node hold on to one of ours, which it labels for the cleaning up."""
    connection.write(
        f"MATCH (n:Paperkg {{id: $id}}) SET n:{STRANGER}"
        f" CREATE (:{STRANGER})-[:READ {{on: 1}}]->(n)",
        {"id": node_id},
    )


def cite(connection: Neo4jConnection) -> None:
    """Let another program link two papers of ours."""
    connection.write(
        "MATCH (a:Paperkg {id: 'p1'}), (b:Paperkg {id: 'p2'})"
        f" SET a:{STRANGER}, b:{STRANGER} CREATE (a)-[:CITES]->(b)"
    )


STRANGERS = f"""
CREATE (a:{STRANGER}:Paper {{id: 'p1', name: 'Mine'}})
CREATE (b:{STRANGER}:Concept:Method {{id: 'method/bert', name: 'My BERT'}})
CREATE (a)-[:USES {{count: 9}}]->(b)
CREATE (a)-[:LIKES]->(b)
"""
SEEN = f"""
MATCH (n:{STRANGER}) OPTIONAL MATCH (n)-[r]->(m)
RETURN labels(n), properties(n), type(r), properties(r), labels(m), m.id
ORDER BY n.id, type(r)
"""


def test_nodes_of_others_with_our_labels_and_ids_are_left_alone(
    connection: Neo4jConnection,
) -> None:
    connection.write(STRANGERS)
    before = rows(connection, SEEN)
    report = push(connection, NODES, EDGES)
    assert report == PushReport(Changes(created=6), Changes(created=7))
    assert rows(connection, SEEN) == before
    push(connection, [], [])
    assert rows(connection, SEEN) == before
    assert stored(connection) == ([], [])


def test_edges_of_others_at_our_nodes_survive_every_push(connection: Neo4jConnection) -> None:
    push(connection, NODES, EDGES)
    befriend(connection, "p1")
    cite(connection)
    assert push(connection, NODES, EDGES).edges == Changes(unchanged=7)
    push(connection, [replace(node, name="New") for node in NODES], [])
    found = rows(connection, "MATCH ()-[r:READ|CITES]->() RETURN type(r) ORDER BY type(r)")
    assert found == [("CITES",), ("READ",)]


def test_a_node_that_others_hold_on_to_is_kept_without_our_label_and_edges(
    connection: Neo4jConnection,
) -> None:
    push(connection, NODES, EDGES)
    befriend(connection, "method/bert")
    gone = [node for node in NODES if node.id not in ("method/bert", "p2")]
    edges = [edge for edge in EDGES if edge.source != "p2" and edge.target != "method/bert"]
    report = push(connection, gone, edges)
    assert report.nodes == Changes(removed=1, unchanged=4, kept=1)
    assert report.edges == Changes(removed=5, unchanged=2)
    assert rows(
        connection, "MATCH (n {id: 'method/bert'})-[r]-() RETURN n:Paperkg, n.name, type(r)"
    ) == [(False, "BERT", "READ")]
    assert push(connection, gone, edges).nodes == Changes(unchanged=4)


def test_what_was_kept_is_not_ours_when_its_node_comes_back(connection: Neo4jConnection) -> None:
    push(connection, NODES, EDGES)
    befriend(connection, "p2")
    push(connection, [], [])
    assert push(connection, NODES, EDGES).nodes == Changes(created=6)
    assert rows(connection, "MATCH (n {id: 'p2'}) RETURN n:Paperkg ORDER BY n:Paperkg") == [
        (False,),
        (True,),
    ]


def test_an_edge_type_of_others_between_our_nodes_keeps_both(connection: Neo4jConnection) -> None:
    push(connection, NODES, EDGES)
    cite(connection)
    assert push(connection, [], []).nodes == Changes(removed=4, kept=2)
    found = rows(
        connection, "MATCH (a)-[r:CITES]->(b) RETURN a.id, type(r), b.id, a:Paperkg, b:Paperkg"
    )
    assert found == [("p1", "CITES", "p2", False, False)]


# Co-occurrence


def test_co_occurrence_is_there_when_asked_for_only(connection: Neo4jConnection) -> None:
    push(connection, NODES, EDGES)
    with_pairs = push(connection, NODES, EDGES, co_occurs=True)
    assert with_pairs.edges == Changes(created=2, unchanged=7)
    found = "MATCH (a)-[r:CO_OCCURS]->(b) RETURN a.id, r.weight, b.id ORDER BY a.id, b.id"
    assert rows(connection, found) == [
        ("method/bert", 1, "task/parsing"),
        ("method/bert", 1, "telescope/hubble"),
    ]
    assert stored(connection) == in_order(NODES, EDGES)
    assert push(connection, NODES, EDGES, co_occurs=True).edges == Changes(unchanged=9)
    assert push(connection, NODES, EDGES).edges == Changes(removed=2, unchanged=7)


# Any graph, any portions, any moment


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(before=corpora(), after=corpora(), batch_size=st.integers(1, 9))
def test_from_any_graph_to_any_other(
    connection: Neo4jConnection, before: list[Edge], after: list[Edge], batch_size: int
) -> None:
    connection.write("MATCH (n:Paperkg) DETACH DELETE n")
    push(connection, ends(before), before, batch_size=batch_size)
    report = push(connection, ends(after), after, batch_size=batch_size)
    assert stored(connection) == in_order(ends(after), after)
    for changes, old, new in (
        (report.nodes, {n.id for n in ends(before)}, {n.id for n in ends(after)}),
        (report.edges, keys(before), keys(after)),
    ):
        assert changes.created == len(new - old)
        assert changes.removed == len(old - new)
        assert changes.changed + changes.unchanged == len(new & old)


def keys(edges: Sequence[Edge]) -> set[Any]:
    return {(edge.source, edge.relation, edge.target) for edge in edges}


def test_long_texts_do_not_make_transactions_that_are_too_large(
    connection: Neo4jConnection,
) -> None:
    nodes = [paper(f"p{i:04}", "t" * 5_000, abstract="word " * 10_000) for i in range(700)]
    assert push(connection, nodes, []).nodes.created == 700
    assert push(connection, nodes, []).nodes.unchanged == 700


def test_a_batch_size_below_one_is_wrong_use(connection: Neo4jConnection) -> None:
    with pytest.raises(UsageError, match="1 or more"):
        push(connection, NODES, EDGES, batch_size=0)


@pytest.mark.parametrize("steps", [1, 4, 9, 16, 30])
@pytest.mark.parametrize("before", [0, 90], ids=["empty", "another graph"])
def test_a_push_that_was_killed_is_completed_by_the_next(
    connection: Neo4jConnection, neo4j_server: Account, before: int, steps: int
) -> None:
    nodes, edges = graph_of_size(60)
    if before:
        push(connection, *graph_of_size(before))
    with start_pushing(neo4j_server, 60, 20) as process:
        assert process.stdout is not None
        for _ in range(steps + 1):
            process.stdout.readline()
        process.kill()
    push(connection, nodes, edges)
    assert stored(connection) == in_order(nodes, edges)
    again = push(connection, nodes, edges)
    assert again == PushReport(Changes(unchanged=len(nodes)), Changes(unchanged=len(edges)))


def test_a_server_that_stops_in_mid_load_is_said_and_a_retry_mends_it(
    private_neo4j: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.neo4j_connection._RETRY_SECONDS", 1.0)
    account = private_neo4j.account
    nodes, edges = graph_of_size(60)
    done = 0

    def stop_at_the_tenth(*_: object) -> None:
        nonlocal done
        done += 1
        if done == 10:
            private_neo4j.kill()

    with (
        contextlib.suppress(StoreError),
        Neo4jConnection(account.uri, account.auth) as connection,
        pytest.raises(StoreError, match=r"No Neo4j server answers.*the same command again"),
    ):
        push(connection, nodes, edges, batch_size=20, progress=stop_at_the_tenth)
    assert done == 10
    private_neo4j.start()
    with Neo4jConnection(account.uri, account.auth) as connection:
        written = connection.read("MATCH (n:Paperkg) RETURN count(n)")[0][0]
        assert written > 0
        report = push(connection, nodes, edges)
        assert report.nodes.created == len(nodes) - written
        assert stored(connection) == in_order(nodes, edges)


def test_something_else_of_the_name_of_ours_is_named(bare_connection: Neo4jConnection) -> None:
    bare_connection.write("CREATE CONSTRAINT paperkg_id FOR (n:Other) REQUIRE n.key IS UNIQUE")
    with pytest.raises(StoreError, match="DROP CONSTRAINT paperkg_id"):
        push(bare_connection, NODES, EDGES)
    bare_connection.write("DROP CONSTRAINT paperkg_id")
    bare_connection.write("CREATE INDEX paperkg_text FOR (n:Other) ON (n.key)")
    with pytest.raises(StoreError, match="DROP INDEX paperkg_text"):
        push(bare_connection, NODES, EDGES)


def test_a_constraint_of_others_that_forbids_our_nodes_is_named(
    bare_connection: Neo4jConnection,
) -> None:
    bare_connection.write("CREATE CONSTRAINT mine FOR (n:Paper) REQUIRE n.name IS UNIQUE")
    with pytest.raises(StoreError, match="SHOW CONSTRAINTS"):
        push(bare_connection, [paper("p1", "Same"), paper("p2", "Same")], [])


def test_duplicates_that_stop_the_constraint_are_said(bare_connection: Neo4jConnection) -> None:
    bare_connection.write("CREATE (:Paperkg {id: 'x'}), (:Paperkg {id: 'x'})")
    with pytest.raises(StoreError, match="refuses paperkg's constraint"):
        push(bare_connection, NODES, EDGES)
