from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import neo4j
import pytest

from graph.neo4j_checks import check_server
from graph.neo4j_connection import Neo4jConnection
from graph.neo4j_push import push
from graph.neo4j_schema import AWAIT_INDEXES, CREATE_SCHEMA
from tests.graph.shorthand import ends, uses
from tests.neo4j_server import STRANGER, Account, LocalServer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph.checks import Check
    from graph.elements import Edge, Node


@pytest.fixture
def driver(empty_neo4j: Account) -> Iterator[neo4j.Driver]:
    with neo4j.GraphDatabase.driver(empty_neo4j.uri, auth=empty_neo4j.auth) as opened:
        yield opened


def looked_at(account: Account) -> dict[str, Check]:
    checks = check_server(account.uri, account.auth, database=account.database)
    return {check.name: check for check in checks}


def compared(
    account: Account, nodes: Sequence[Node], edges: Sequence[Edge]
) -> tuple[bool, str, str]:
    """What is said of the graph; nothing is written by it."""
    checks = check_server(
        account.uri, account.auth, database=account.database, graph=(nodes, edges)
    )
    assert checks[-1].name == "graph in the database"
    return checks[-1].ok, checks[-1].detail, checks[-1].remedy


def run(driver: neo4j.Driver, *statements: str) -> None:
    for statement in statements:
        driver.execute_query(statement)


def test_a_database_made_ready_passes_and_stays_as_it_was(
    driver: neo4j.Driver, empty_neo4j: Account
) -> None:
    run(driver, *CREATE_SCHEMA, AWAIT_INDEXES)
    run(driver, "CREATE (:Paperkg:Paper {id: 'p1'})-[:USES]->(:Paperkg:Concept {id: 'method/a'})")
    checks = looked_at(empty_neo4j)
    assert all(check.ok and not check.remedy for check in checks.values())
    assert checks["nodes"].detail == "2 of paperkg's, each with an id of its own"
    assert checks["other data"].detail == "none"
    assert driver.execute_query("MATCH (n) RETURN count(n)").records[0][0] == 2


def test_what_push_would_make_is_missing_from_an_empty_database(
    driver: neo4j.Driver, empty_neo4j: Account
) -> None:
    checks = looked_at(empty_neo4j)
    for name in ("constraint", "indexes"):
        assert not checks[name].ok
        assert "missing" in checks[name].detail
        assert "paperkg push" in checks[name].remedy


def test_a_constraint_and_an_index_of_others_in_the_place_of_ours(
    driver: neo4j.Driver, empty_neo4j: Account
) -> None:
    run(
        driver,
        f"CREATE CONSTRAINT paperkg_id FOR (n:{STRANGER}) REQUIRE n.id IS UNIQUE",
        f"CREATE INDEX paperkg_text FOR (n:{STRANGER}) ON (n.name)",
    )
    checks = looked_at(empty_neo4j)
    assert "DROP CONSTRAINT paperkg_id" in checks["constraint"].remedy
    assert "DROP INDEX paperkg_text" in checks["indexes"].remedy


@pytest.mark.parametrize(
    ("nodes", "detail"),
    [
        ("(:Paperkg:Paper {name: 'no id'})", "1 node of the label Paperkg"),
        ("(:Paperkg:Paper {id: 'p7'}), (:Paperkg:Paper {id: 'p7'})", "'p7'"),
        ("(:Paperkg:Person {id: 'x'})", "'x'"),
        (", ".join(f"(:Paperkg {{id: {i}}})" for i in range(9)), "'0', '1', '2' and 6 more"),
    ],
)
def test_nodes_that_only_look_like_ours_are_named(
    driver: neo4j.Driver, empty_neo4j: Account, nodes: str, detail: str
) -> None:
    run(driver, f"CREATE (:Paperkg:Result {{id: 'r1'}}), {nodes}")
    check = looked_at(empty_neo4j)["nodes"]
    assert not check.ok
    assert detail in check.detail
    assert check.remedy


def test_data_of_others_are_counted_and_are_no_fault(
    driver: neo4j.Driver, empty_neo4j: Account
) -> None:
    run(
        driver,
        f"CREATE (p:Paperkg:Paper {{id: 'p1'}})<-[:LIKES]-(s:{STRANGER}:Paper),"
        f" (s)-[:USES]->(p), (p)-[:LIKES]->(p), (:{STRANGER})-[:USES]->(s)",
    )
    check = looked_at(empty_neo4j)["other data"]
    assert check.ok
    assert check.detail.startswith("2 nodes, 3 edges at paperkg's nodes")


def test_a_database_that_is_read_only_is_told_and_can_still_be_looked_at(
    private_neo4j: LocalServer,
) -> None:
    private_neo4j.stop()
    with (private_neo4j.home / "conf" / "neo4j.conf").open("a", encoding="utf-8") as settings:
        settings.write("server.databases.read_only=neo4j\n")
    private_neo4j.start()
    checks = looked_at(private_neo4j.account)
    assert not checks["right to write"].ok
    assert "read_only" in checks["right to write"].detail
    assert checks["nodes"].ok


def test_a_graph_is_compared_with_what_is_there(empty_neo4j: Account) -> None:
    edges = [uses("p1", "method/a"), uses("p1", "method/b"), uses("p2", "method/a")]
    nodes = ends(edges)
    assert compared(empty_neo4j, nodes, edges)[:2] == (
        False,
        "not that of the library: 4 nodes missing, 3 edges missing",
    )
    with Neo4jConnection(empty_neo4j.uri, empty_neo4j.auth) as connection:
        push(connection, nodes, edges)
        same = (True, "that of the library: 4 nodes, 3 edges", "")
        assert compared(empty_neo4j, nodes, edges) == same
        renamed = [replace(node, name="Other") if node.id == "p1" else node for node in nodes]
        assert "1 node different" in compared(empty_neo4j, renamed, edges)[1]
        fewer = ends(edges[:2])
        assert "1 node too many, 1 edge too many" in compared(empty_neo4j, fewer, edges[:2])[1]
        push(connection, nodes, edges, co_occurs=True)
        assert compared(empty_neo4j, nodes, edges)[0]
        assert " --co-occurs`" in compared(empty_neo4j, renamed, edges)[2]


def test_a_server_that_cannot_be_used_is_one_check(neo4j_server: Account) -> None:
    (check,) = check_server(neo4j_server.uri, (neo4j_server.username, "not the password"))
    assert not check.ok
    assert "not the password" not in check.detail
    (check,) = check_server("bolt://127.0.0.1:1", ("neo4j", "x"))
    assert not check.ok
    assert "127.0.0.1:1" in check.detail
    (check,) = check_server(neo4j_server.uri, neo4j_server.auth, database="nosuch")
    assert not check.ok
    assert "'nosuch'" in check.detail
