from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extract.errors import StoreError, UsageError
from extract.records import ConceptType
from graph.elements import Edge, Node, NodeKind, Relation
from graph.neo4j_store import Neo4jStore
from tests.graph.shorthand import concept, paper, uses
from tests.neo4j_server import STRANGER, Account, remove_nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

BERT = concept("method/bert", "BERT")


@pytest.fixture
def store(neo4j_server: Account) -> Iterator[Neo4jStore]:
    """An empty store."""
    remove_nodes(neo4j_server)
    account = neo4j_server
    with Neo4jStore(account.uri, account.auth, database=account.database) as opened:
        yield opened


def test_an_unusable_server_fails_on_entering(neo4j_server: Account) -> None:
    store = Neo4jStore("bolt://127.0.0.1:1", neo4j_server.auth)
    with pytest.raises(StoreError, match="No Neo4j server"):
        store.__enter__()


def test_a_uri_with_a_password_is_refused_before_that() -> None:
    with pytest.raises(UsageError):
        Neo4jStore("bolt://neo4j:hunter2@localhost", ("neo4j", "x"))


def test_an_upsert_at_fault_writes_nothing(store: Neo4jStore) -> None:
    with pytest.raises(StoreError, match="method/absent"):
        store.upsert([paper("p1")], [uses("p1", "method/absent")])
    assert store.nodes() == ()


def test_types_may_be_members_of_an_enumeration(store: Neo4jStore) -> None:
    store.upsert([Node("method/a", NodeKind.CONCEPT, "A", ConceptType.METHOD)])
    assert store.node("method/a") == Node("method/a", NodeKind.CONCEPT, "A", "Method")
    assert type(store.node("method/a").type) is str


def test_names_that_cypher_uses_are_names_of_properties(store: Neo4jStore) -> None:
    names = ["row", "n", "properties", "labels", "`backtick`", "two words", "$id", "a.b", "élan"]
    node = paper("p1", **dict.fromkeys(names, "x"))
    edge = Edge("p1", Relation.USES, "method/bert", dict.fromkeys(names, "x"))
    store.upsert([node, BERT], [edge])
    assert store.node("p1") == node
    assert store.edges() == (edge,)


def test_co_occurrence_is_no_edge_of_a_store(store: Neo4jStore) -> None:
    store.upsert([BERT, concept("task/parsing")])
    store.connection.write(
        "MATCH (a:Paperkg:Method), (b:Paperkg:Task) CREATE (a)-[:CO_OCCURS {weight: 1}]->(b)"
    )
    assert store.edges() == ()
    assert store.neighbours("method/bert") == ()
    assert store.shortest_paths("method/bert", "task/parsing") == ()


def test_what_other_programs_keep_is_not_seen(store: Neo4jStore) -> None:
    store.upsert([paper("p1"), BERT], [uses("p1", "method/bert")])
    store.connection.write(
        f"CREATE (p:{STRANGER}:Paper {{id: 'p9'}}) WITH p"
        " MATCH (b:Paperkg {id: 'method/bert'}) CREATE (p)-[:USES]->(b)"
    )
    assert [node.id for node in store.nodes()] == ["method/bert", "p1"]
    assert len(store.edges()) == len(store.neighbours("method/bert")) == 1
    with pytest.raises(StoreError, match="p9"):
        store.node("p9")


def test_a_node_under_our_label_that_is_none_of_ours_is_passed_over(store: Neo4jStore) -> None:
    store.upsert([BERT])
    store.connection.write("CREATE (:Paperkg), (:Paperkg {id: 'x'}), (:Paperkg:Paper {id: 7})")
    assert store.nodes() == (BERT,)
    assert store.nodes(NodeKind.PAPER) == ()


def test_removal_keeps_what_others_hold_on_to(store: Neo4jStore) -> None:
    store.upsert([paper("p1"), BERT], [uses("p1", "method/bert")])
    store.connection.write(
        f"MATCH (b:Paperkg {{id: 'p1'}}) SET b:{STRANGER} CREATE (:{STRANGER})-[:READ]->(b)"
    )
    store.remove(["p1", "method/bert"])
    assert store.nodes() == ()
    left = store.connection.read(
        f"MATCH (n:{STRANGER} {{id: 'p1'}})-[r]-() RETURN n:Paperkg, type(r)"
    )
    assert left == [(False, "READ")]


def test_a_closed_store_says_so(neo4j_server: Account) -> None:
    with Neo4jStore(neo4j_server.uri, neo4j_server.auth) as store:
        pass
    with pytest.raises(StoreError):
        store.nodes()
