from __future__ import annotations

import networkx as nx
import pytest

from extract.errors import StoreError
from extract.records import ConceptType
from graph.elements import Edge, Node, NodeKind, Relation
from graph.networkx_store import NetworkXStore
from tests.graph.shorthand import concept, ends, paper, result, uses


def test_the_graph_has_the_documented_attributes() -> None:
    store = NetworkXStore()
    store.upsert(
        [paper("p1", "A title", doi="10.1/x"), concept("method/bert", "BERT", papers=1)],
        [uses("p1", "method/bert", Relation.PROPOSES)],
    )
    assert isinstance(store.graph, nx.MultiDiGraph)
    assert dict(store.graph.nodes(data=True)) == {
        "p1": {"kind": "Paper", "name": "A title", "doi": "10.1/x"},
        "method/bert": {"kind": "Concept", "name": "BERT", "type": "Method", "papers": 1},
    }
    assert list(store.graph.edges(keys=True, data=True)) == [
        (
            "p1",
            "method/bert",
            "PROPOSES",
            {
                "relation": "PROPOSES",
                "confidence": 0.9,
                "count": 1,
                "evidence": "p1 proposes method/bert.",
            },
        )
    ]


def test_attributes_are_plain_strings_that_any_format_writes() -> None:
    store = NetworkXStore()
    store.upsert(
        [paper("p1"), Node("method/a", NodeKind.CONCEPT, "A", ConceptType.METHOD), result("r1")],
        [uses("p1", "method/a"), Edge("p1", Relation.STATES, "r1")],
    )
    nodes = [data[name] for _, data in store.graph.nodes(data=True) for name in ("kind", "name")]
    edges = [key for _, _, key in store.graph.edges(keys=True)]
    assert {type(text) for text in [*nodes, *edges, store.graph.nodes["method/a"]["type"]]} == {str}
    assert "".join(nx.generate_graphml(store.graph))


def test_an_upsert_at_fault_writes_nothing() -> None:
    store = NetworkXStore()
    with pytest.raises(StoreError):
        store.upsert([paper("p1"), concept("method/a")], [uses("p1", "method/b")])
    assert store.nodes() == ()


def test_what_is_read_is_a_copy() -> None:
    store = NetworkXStore()
    given = {"papers": 1}
    store.upsert([Node("method/a", NodeKind.CONCEPT, "A", "Method", given)])
    given["papers"] = 2
    read = store.node("method/a").properties
    assert read == {"papers": 1}
    assert isinstance(read, dict)
    read["papers"] = 3
    assert store.node("method/a").properties == {"papers": 1}


def test_any_property_name_that_is_not_taken_can_be_used() -> None:
    names = ["node_for_adding", "u_for_edge", "v_for_edge", "key", "self", "attr", "source"]
    node = paper("p1", **dict.fromkeys(names, "x"))
    edge = Edge("p1", Relation.USES, "method/a", dict.fromkeys(names, "x"))
    store = NetworkXStore()
    store.upsert([node, concept("method/a")], [edge])
    assert store.node("p1") == node
    assert store.edges() == (edge,)


def test_it_can_still_be_asked_after_the_with_statement() -> None:
    with NetworkXStore() as store:
        store.upsert([paper("p1")])
    assert [node.id for node in store.nodes()] == ["p1"]


def test_results_that_are_removed_and_papers_of_their_id_do_not_block_paths() -> None:
    store = NetworkXStore()
    store.upsert([result("r1")])
    store.remove(["r1"])
    edges = [uses("r1", "method/a"), uses("p2", "method/a")]
    store.upsert(ends(edges), edges)
    assert len(store.shortest_paths("r1", "p2")[0].steps) == 2
