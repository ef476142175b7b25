"""What every store keeps to; only methods of `GraphStore` are called here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.errors import StoreError, UsageError
from graph.elements import Edge, Node, NodeKind, Path, Relation, Step
from graph.neo4j_store import Neo4jStore
from graph.networkx_store import NetworkXStore
from tests.graph.shorthand import concept, corpora, ends, paper, result, undirected, uses
from tests.neo4j_server import remove_nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from graph.store import GraphStore
    from tests.neo4j_server import Account

    OpenStore = Callable[[], GraphStore]

# A fresh store is opened for each example, by the same function. A server empties its database
# for it, which takes some time.
properties = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

BERT = concept("method/bert", "BERT", aliases=("BERT", "Bert"), papers=2, ambiguous=False)
GLUE = concept("dataset/glue", "GLUE", papers=1)
IMAGENET = concept("dataset/imagenet", "ImageNet", papers=2)
VIT = concept("method/vit", "ViT", papers=1)
PAPERS = [paper("p1", "On reading"), paper("p2", "On seeing"), paper("p3", "On nothing")]
SCORE = result("r1")
EDGES = [
    uses("p1", "method/bert"),
    uses("p1", "dataset/glue", Relation.EVALUATES),
    uses("p2", "method/bert", Relation.COMPARES),
    uses("p2", "dataset/imagenet", Relation.EVALUATES),
    uses("p2", "method/vit", Relation.PROPOSES),
    Edge("p1", Relation.STATES, "r1"),
    Edge("r1", Relation.OF_METHOD, "method/bert"),
    Edge("r1", Relation.ON_DATASET, "dataset/imagenet"),
]
NODES = [BERT, GLUE, IMAGENET, VIT, *PAPERS, SCORE]


@pytest.fixture(params=["networkx", "neo4j"])
def open_store(request: pytest.FixtureRequest) -> OpenStore:
    """Opens an empty store; one after the other, since a server has one database."""
    if request.param == "networkx":
        return NetworkXStore
    account: Account = request.getfixturevalue("neo4j_server")

    def open_empty() -> GraphStore:
        remove_nodes(account)
        return Neo4jStore(account.uri, account.auth, database=account.database)

    return open_empty


@pytest.fixture
def store(open_store: OpenStore) -> Iterator[GraphStore]:
    with open_store() as opened:
        opened.upsert(NODES, EDGES)
        yield opened


def by_id(nodes: Sequence[Node]) -> list[Node]:
    return sorted(nodes, key=lambda node: node.id)


def by_ends(edges: Sequence[Edge]) -> list[Edge]:
    return sorted(edges, key=lambda edge: (edge.source, edge.relation, edge.target))


# Writing


def test_an_empty_store_answers_with_nothing(open_store: OpenStore) -> None:
    with open_store() as store:
        assert store.nodes() == ()
        assert store.edges() == ()


def test_what_goes_in_comes_out_in_order(store: GraphStore) -> None:
    assert list(store.nodes()) == by_id(NODES)
    assert list(store.edges()) == by_ends(EDGES)


def test_generators_are_taken(open_store: OpenStore) -> None:
    with open_store() as store:
        store.upsert((node for node in NODES), (edge for edge in EDGES))
        assert list(store.edges()) == by_ends(EDGES)


def test_upsert_twice_changes_nothing(store: GraphStore) -> None:
    before = store.nodes(), store.edges()
    store.upsert(reversed(NODES), reversed(EDGES))
    assert (store.nodes(), store.edges()) == before


def test_upsert_replaces_a_node_as_a_whole_and_keeps_its_edges(store: GraphStore) -> None:
    renamed = Node("method/bert", NodeKind.CONCEPT, "Bert", "Task", {"papers": 5})
    store.upsert([renamed])
    assert store.node("method/bert") == renamed
    assert list(store.edges()) == by_ends(EDGES)


def test_upsert_replaces_the_properties_of_an_edge(store: GraphStore) -> None:
    bare = Edge("p1", Relation.USES, "method/bert", {"confidence": 0.1})
    store.upsert([], [bare])
    assert [edge for edge, _ in store.neighbours("p1", {Relation.USES})] == [bare]


def test_two_relations_between_one_pair_are_two_edges(store: GraphStore) -> None:
    second = uses("p1", "method/bert", Relation.STUDIES)
    store.upsert([], [second])
    relations = [edge.relation for edge, node in store.neighbours("p1") if node == BERT]
    assert relations == [Relation.STUDIES, Relation.USES]


def test_values_keep_their_types(open_store: OpenStore) -> None:
    values: dict[str, Any] = {
        "text": "",
        "whole": 1,
        "broken": 1.0,
        "large": 2**63 - 1,
        "yes": True,
        "several": ("b", "a", "a"),
    }
    with open_store() as store:
        store.upsert([paper("p1", **values)])
        read = store.node("p1").properties
    assert {name: (type(value), value) for name, value in read.items()} == {
        name: (type(value), value) for name, value in values.items()
    }


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "'; MATCH (n) DETACH DELETE n; //",
        "nul \0 and bell \a",
        "line\r\nend\u2028 and paragraph\u2029",
        "\u202eright to left",
        "na\u00efve \U0001f600 \u6df1\u5ea6\u5b66\u4e60",
        "=1+1",
        "x" * 5_000,
    ],
    ids=["markup", "Cypher", "control", "line ends", "override", "Unicode", "formula", "long"],
)
def test_any_text_comes_out_as_it_went_in(open_store: OpenStore, text: str) -> None:
    node = paper("p1", text, abstract=text, authors=(text, text))
    edge = Edge("p1", Relation.USES, "method/bert", {"evidence": text})
    with open_store() as store:
        store.upsert([node, BERT], [edge])
        assert store.node("p1") == node
        assert store.edges() == (edge,)


def test_a_node_keeps_its_kind(store: GraphStore) -> None:
    # issue 3: a result that was written again as a paper kept the edges of a result
    with pytest.raises(StoreError, match=r"'r1'.*Result.*Paper"):
        store.upsert([paper("r1", "A paper")])
    assert store.node("r1") == SCORE
    store.remove(["r1"])
    store.upsert([paper("r1", "A paper")])
    assert store.node("r1").kind is NodeKind.PAPER


def test_an_edge_to_an_absent_node_is_refused_by_name(store: GraphStore) -> None:
    with pytest.raises(StoreError, match=r"method/absent.*p9"):
        store.upsert([], [uses("p1", "method/absent"), uses("p9", "method/bert")])


def test_an_upsert_that_failed_is_completed_by_the_same_without_fault(
    open_store: OpenStore,
) -> None:
    with open_store() as store:
        with pytest.raises(StoreError):
            store.upsert(NODES[1:], EDGES)
        store.upsert(NODES, EDGES)
        assert list(store.nodes()) == by_id(NODES)
        assert list(store.edges()) == by_ends(EDGES)


@pytest.mark.parametrize(
    "edge",
    [
        uses("method/bert", "p1"),
        uses("p1", "p2"),
        Edge("p1", Relation.STATES, "method/bert"),
        Edge("p1", Relation.OF_METHOD, "method/bert"),
        Edge("r1", Relation.USES, "method/bert"),
    ],
    ids=["backwards", "paper to paper", "states a concept", "of method", "result uses"],
)
def test_an_edge_between_the_wrong_kinds_is_refused(store: GraphStore, edge: Edge) -> None:
    with pytest.raises(StoreError, match="goes from"):
        store.upsert([], [edge])
    assert list(store.edges()) == by_ends(EDGES)


@pytest.mark.parametrize("name", ["id", "kind", "name", "type"])
def test_names_that_are_taken_are_refused_on_nodes(open_store: OpenStore, name: str) -> None:
    node = Node("p1", NodeKind.PAPER, "A title", None, {name: "x"})
    with open_store() as store, pytest.raises(StoreError, match="taken"):
        store.upsert([node])


@pytest.mark.parametrize(
    "value",
    [None, float("nan"), float("inf"), 2**63, ["a"], ("a", 1), {"a": 1}, "\ud800", ("\ud800",)],
)
def test_what_is_no_value_is_refused(open_store: OpenStore, value: Any) -> None:
    with open_store() as store, pytest.raises(StoreError, match="p1"):
        store.upsert([paper("p1", doi=value)])


def test_removing_a_node_takes_its_edges_along(store: GraphStore) -> None:
    store.remove(["method/bert"])
    assert [node.id for node in store.nodes(NodeKind.CONCEPT)] == [
        "dataset/glue",
        "dataset/imagenet",
        "method/vit",
    ]
    assert list(store.edges()) == by_ends([e for e in EDGES if e.target != "method/bert"])


def test_removing_what_is_not_there_changes_nothing(store: GraphStore) -> None:
    store.remove(["p99"], [uses("p1", "method/vit"), uses("p99", "method/vit")])
    assert list(store.nodes()) == by_id(NODES)
    assert list(store.edges()) == by_ends(EDGES)


def test_single_edges_are_removed_whatever_their_properties(store: GraphStore) -> None:
    store.upsert([], [uses("p1", "method/bert", Relation.STUDIES)])
    store.remove([], [Edge("p1", Relation.USES, "method/bert")])
    found = [edge.relation for edge, node in store.neighbours("p1") if node == BERT]
    assert found == [Relation.STUDIES]


def test_what_was_removed_can_come_back(store: GraphStore) -> None:
    store.remove([node.id for node in NODES])
    assert store.nodes() == ()
    store.upsert(NODES, EDGES)
    assert list(store.nodes()) == by_id(NODES)
    assert list(store.edges()) == by_ends(EDGES)


# Asking


@pytest.mark.parametrize("kind", list(NodeKind))
def test_nodes_of_one_kind(store: GraphStore, kind: NodeKind) -> None:
    assert list(store.nodes(kind)) == by_id([node for node in NODES if node.kind is kind])


def test_edges_of_some_relations(store: GraphStore) -> None:
    wanted = {Relation.EVALUATES, Relation.STATES}
    assert list(store.edges(wanted)) == by_ends([e for e in EDGES if e.relation in wanted])
    assert store.edges(set()) == ()


def test_neighbours_are_of_both_directions_in_order(store: GraphStore) -> None:
    found = [(edge.relation.value, node.id) for edge, node in store.neighbours("method/bert")]
    assert found == [("COMPARES", "p2"), ("OF_METHOD", "r1"), ("USES", "p1")]


def test_neighbours_come_with_their_edges(store: GraphStore) -> None:
    assert store.neighbours("p1", {Relation.STATES}) == (
        (Edge("p1", Relation.STATES, "r1"), SCORE),
    )
    assert store.neighbours("p3") == ()


@pytest.mark.parametrize(
    "ask",
    [
        lambda store: store.node("method/absent"),
        lambda store: store.neighbours("method/absent"),
        lambda store: store.shortest_paths("p1", "method/absent"),
        lambda store: store.shortest_paths("method/absent", "p1"),
        lambda store: store.shortest_paths("method/absent", "method/absent"),
    ],
    ids=["node", "neighbours", "end", "start", "both"],
)
def test_asking_for_an_absent_node_names_it(
    store: GraphStore, ask: Callable[[GraphStore], object]
) -> None:
    with pytest.raises(StoreError, match="method/absent"):
        ask(store)


# Paths


def ids(path: Path) -> tuple[str, ...]:
    return (path.start.id, *(step.target.id for step in path.steps))


def test_every_step_has_its_paper_and_its_sentence(store: GraphStore) -> None:
    (path,) = store.shortest_paths("dataset/glue", "method/vit")
    evaluates, bert, compares, proposes = (EDGES[i].properties["evidence"] for i in (1, 0, 2, 4))
    assert path.start == GLUE
    assert path.end == VIT
    assert path.steps == (
        Step(GLUE, Relation.EVALUATES, PAPERS[0], "p1", str(evaluates)),
        Step(PAPERS[0], Relation.USES, BERT, "p1", str(bert)),
        Step(BERT, Relation.COMPARES, PAPERS[1], "p2", str(compares)),
        Step(PAPERS[1], Relation.PROPOSES, VIT, "p2", str(proposes)),
    )


def test_a_path_to_itself_has_no_steps(store: GraphStore) -> None:
    assert store.shortest_paths("p3", "p3", limit=9) == (Path(PAPERS[2], PAPERS[2], ()),)
    assert store.shortest_paths("r1", "r1") == (Path(SCORE, SCORE, ()),)


def test_no_path_is_an_empty_answer(store: GraphStore) -> None:
    assert store.shortest_paths("p3", "method/bert") == ()


def test_paths_do_not_go_by_results(store: GraphStore) -> None:
    (path,) = store.shortest_paths("p1", "dataset/imagenet")
    assert ids(path) == ("p1", "method/bert", "p2", "dataset/imagenet")
    assert store.shortest_paths("r1", "method/bert") == ()
    assert store.shortest_paths("p1", "r1") == ()


def test_of_several_edges_the_step_is_the_first_relation(store: GraphStore) -> None:
    mentions = uses("p1", "method/bert", Relation.MENTIONS, confidence=1.0)
    proposes = uses("p1", "method/bert", Relation.PROPOSES, confidence=0.1)
    store.upsert([], [mentions, proposes])
    (path,) = store.shortest_paths("method/bert", "p1", limit=5)
    assert [step.relation for step in path.steps] == [Relation.PROPOSES]
    assert path.steps[0].evidence == proposes.properties["evidence"]


def test_an_edge_without_evidence_gives_an_empty_sentence(store: GraphStore) -> None:
    store.upsert([], [Edge("p3", Relation.USES, "method/vit")])
    (path,) = store.shortest_paths("p3", "method/vit")
    assert path.steps[0].evidence == ""


def test_ties_are_given_by_the_sequence_of_ids_up_to_the_limit(open_store: OpenStore) -> None:
    edges = [uses(f"p{p}", f"method/{c}") for p in (10, 2, 3) for c in "ba"]
    with open_store() as store:
        store.upsert(ends(edges), edges)
        found = store.shortest_paths("method/b", "method/a", limit=2)
    assert [ids(path) for path in found] == [
        ("method/b", "p10", "method/a"),
        ("method/b", "p2", "method/a"),
    ]


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_below_one_is_wrong_use(store: GraphStore, limit: int) -> None:
    with pytest.raises(UsageError, match="1 or more"):
        store.shortest_paths("p1", "p2", limit=limit)


@properties
@given(edges=corpora(), data=st.data())
def test_paths_agree_with_listing_them_all(
    open_store: OpenStore, edges: list[Edge], data: st.DataObject
) -> None:
    graph = undirected(edges)
    start = data.draw(st.sampled_from(sorted(graph)))
    end = data.draw(st.sampled_from(sorted(graph)))
    limit = data.draw(st.integers(1, 6))
    with open_store() as store:
        store.upsert(ends(edges), edges)
        found = [ids(path) for path in store.shortest_paths(start, end, limit=limit)]
    connected = nx.has_path(graph, start, end)
    everything = list(nx.all_shortest_paths(graph, start, end)) if connected else []
    assert found == sorted(map(tuple, everything))[:limit]


@properties
@given(edges=corpora(), data=st.data())
def test_the_order_and_the_portions_of_writing_do_not_matter(
    open_store: OpenStore, edges: list[Edge], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(edges))
    cut = data.draw(st.integers(0, len(edges)))
    with open_store() as whole:
        whole.upsert(ends(edges), edges)
        expected = whole.nodes(), whole.edges()
    with open_store() as portions:
        portions.upsert(ends(shuffled[:cut]), shuffled[:cut])
        portions.upsert(reversed(ends(shuffled)), shuffled)
        assert (portions.nodes(), portions.edges()) == expected


@properties
@given(edges=corpora(), data=st.data())
def test_after_removal_it_is_as_if_the_node_had_never_come(
    open_store: OpenStore, edges: list[Edge], data: st.DataObject
) -> None:
    gone = data.draw(st.sampled_from([node.id for node in ends(edges)]))
    nodes = [node for node in ends(edges) if node.id != gone]
    kept = [edge for edge in edges if gone not in (edge.source, edge.target)]
    with open_store() as store:
        store.upsert(ends(edges), edges)
        store.remove([gone])
        left = store.nodes(), store.edges()
    with open_store() as fresh:
        fresh.upsert(nodes, kept)
        assert (fresh.nodes(), fresh.edges()) == left


def test_a_change_of_one_property_is_seen(store: GraphStore) -> None:
    changed = replace(BERT, properties={**BERT.properties, "community": "method/bert"})
    store.upsert([changed])
    assert store.node("method/bert").properties["community"] == "method/bert"
