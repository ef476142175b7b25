"""Statements of a user's own on a real server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cypher import parse, statements
from extract.errors import StoreError, UsageError
from graph.neo4j_connection import Neo4jConnection
from graph.neo4j_queries import Answer, Neo4jQueries
from tests.cypher.loading import fill
from tests.graph.queries.corpus import store
from tests.neo4j_server import STRANGER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.neo4j_server import Account

LABEL = STRANGER


@pytest.fixture
def queries(empty_neo4j: Account) -> Iterator[Neo4jQueries]:
    with Neo4jConnection(
        empty_neo4j.uri, empty_neo4j.auth, database=empty_neo4j.database
    ) as opened:
        yield Neo4jQueries(opened)


def run(queries: Neo4jQueries, text: str, *, write: bool = False, **values: Any) -> Answer:
    return queries.run(parse("mine.cypher", text), values, write=write)


def test_rows_come_by_column(queries: Neo4jQueries) -> None:
    answer = run(queries, "// Mine.\nUNWIND $x AS y RETURN y AS value, y * 2 AS twice;", x=[1, 2])
    assert answer == Answer([{"value": 1, "twice": 2}, {"value": 2, "twice": 4}], {})


def test_all_that_neo4j_returns_becomes_plain(queries: Neo4jQueries) -> None:
    run(queries, f"CREATE (:{LABEL} {{a: 1}})-[:KNOWS {{b: [0.5]}}]->(:{LABEL})", write=True)
    text = f"""
        MATCH path = (n:{LABEL})-[edge]->() RETURN n, edge, path, date('2024-03-12') AS day,
        duration('P1D') AS length, point({{x: 1, y: 2}}) AS place, 0.0 / 0.0 AS odd, {{k: n}} AS map
    """
    (row,) = run(queries, text).rows
    node = {"labels": [LABEL], "a": 1}
    edge = {"type": "KNOWS", "b": [0.5]}
    assert row == {
        "n": node,
        "edge": edge,
        "path": [node, edge, {"labels": [LABEL]}],
        "day": "2024-03-12",
        "length": "P1D",
        "place": [1.0, 2.0],
        "odd": "nan",
        "map": {"k": node},
    }


@pytest.mark.parametrize(
    "text",
    [
        f"CREATE (:{LABEL})",
        f"MATCH (n:{LABEL}) SET n.a = 2",
        f"MATCH (n:{LABEL}) DETACH DELETE n",
        f"MERGE (:{LABEL} {{id: 1}})",
        f"UNWIND [1] AS x CALL (x) {{ CREATE (:{LABEL}) }} IN TRANSACTIONS",
        f"LOAD CSV FROM 'file:///etc/hostname' AS line CREATE (:{LABEL})",
        f"CREATE INDEX stranger IF NOT EXISTS FOR (n:{LABEL}) ON (n.a)",
        "DROP INDEX paperkg_text IF EXISTS",
        "CALL db.createLabel('Stranger')",
        "CREATE USER stranger SET PASSWORD 'very-secret'",
        f"PROFILE CREATE (:{LABEL})",
        f"MATCH (n:{LABEL}) FOREACH (x IN [1] | SET n.a = x) RETURN n",
    ],
)
def test_without_leave_nothing_is_changed(queries: Neo4jQueries, text: str) -> None:
    run(queries, f"CREATE (:{LABEL} {{a: 1}})", write=True)
    before = run(queries, "MATCH (n) RETURN n").rows, run(queries, "SHOW INDEXES YIELD name").rows
    with pytest.raises(UsageError, match=r"mine\.cypher would change the database.*--write"):
        run(queries, text)
    after = run(queries, "MATCH (n) RETURN n").rows, run(queries, "SHOW INDEXES YIELD name").rows
    assert after == before


def test_with_leave_changes_are_counted(queries: Neo4jQueries) -> None:
    create = f"CREATE (:{LABEL} {{a: x}})"
    text = f"UNWIND range(1, 5) AS x CALL (x) {{ {create} }} IN TRANSACTIONS OF 2 ROWS"
    answer = run(queries, text, write=True)
    assert answer.rows == []
    assert (answer.changes["nodes_created"], answer.changes["properties_set"]) == (5, 5)
    assert run(queries, f"MATCH (n:{LABEL}) RETURN sum(n.a) AS total").rows == [{"total": 15}]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("RETRUN 1", "cannot read the statement in mine.cypher: .*RETRUN"),
        ("RETURN 1; RETURN 2", "cannot read the statement"),
        ("RETURN $x", "lacks a value: .*x.*--param"),
    ],
)
def test_what_is_wrong_with_a_statement_is_wrong_use(
    queries: Neo4jQueries, text: str, words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        run(queries, text)


def test_what_fails_on_the_server_is_an_error_of_the_store(queries: Neo4jQueries) -> None:
    with pytest.raises(StoreError, match="zero"):
        run(queries, "RETURN 1 / 0")


def test_a_database_without_the_graph_says_to_push(queries: Neo4jQueries) -> None:
    run(queries, "DROP INDEX paperkg_text IF EXISTS", write=True)
    with pytest.raises(StoreError, match="paperkg push bolt"):
        queries.answer(statements()["search_papers"], {"text": "tea", "limit": 1})


def test_strangers_are_in_no_answer(queries: Neo4jQueries, empty_neo4j: Account) -> None:
    graph = store()
    fill(empty_neo4j, graph.nodes(), graph.edges())
    before = {name: rows(queries, name) for name in statements()}
    run(
        queries,
        f"""
        MATCH (bert {{id: 'method/bert'}}), (glue {{id: 'dataset/glue'}})
        UNWIND range(1, 9) AS n
        CREATE (p:Paper:{LABEL} {{id: 'p' + n, name: 'BERT at tea', community: 'method/bert',
            published: '2025', other_types: ['Task']}})
        CREATE (c:Concept:Method:{LABEL} {{id: 'method/x' + n, name: 'RAG', papers: 1,
            community: 'method/bert', aliases: ['BERT'], ambiguous: true}})
        CREATE (p)-[:USES]->(bert), (p)-[:PROPOSES]->(c), (p)-[:EVALUATES]->(glue)
        CREATE (p)-[:COMPARES]->(c), (p)-[:STATES]->(:Result:{LABEL})-[:OF_METHOD]->(bert)
        """,
        write=True,
    )
    assert {name: rows(queries, name) for name in statements()} == before


def rows(queries: Neo4jQueries, name: str) -> list[dict[str, Any]]:
    values = {
        "concept": "method/bert",
        "paper": "p2",
        "node": "p1",
        "community": "method/bert",
        "role": "any",
        "order": "highest",
        "date": "2025",
        "text": "tea",
        "integer": 9,
    }
    given: dict[str, Any] = {p.name: values[p.type] for p in statements()[name].parameters}
    if "end" in given:
        given["end"] = "p4"
    if "dataset" in given:
        given["dataset"] = "dataset/glue"
    if "second_community" in given:
        given["second_community"] = "method/teapot"
    return queries.answer(statements()[name], given)
