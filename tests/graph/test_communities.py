from __future__ import annotations

import os
import subprocess
import sys

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import UsageError
from graph.communities import community_name, find_communities, mark_communities
from graph.elements import Community, Edge, Node, NodeKind, Relation
from tests.graph.shorthand import concept, corpora, ends, paper, result, undirected, uses

READING = ("method/bert", "task/reading", "dataset/proverbs", "metric/exact-match")
SEEING = ("method/vit", "task/seeing", "dataset/teacups", "metric/top-1")


def field(name: str, concepts: tuple[str, ...], papers: int) -> list[Edge]:
    """Papers that use three of four concepts, one that all papers use, and one of their own."""
    edges = []
    for i in range(papers):
        own = f"method/{name}-{i}"
        picked = [c for place, c in enumerate(concepts) if place != i % 3 + 1]
        edges += [uses(f"p-{name}-{i}", c) for c in (*picked, "metric/accuracy", own)]
    return edges


EDGES = [*field("reading", READING, 6), *field("seeing", SEEING, 4)]
NODES = ends(EDGES)


def test_two_fields_are_two_communities_of_papers_and_concepts() -> None:
    reading, seeing = find_communities(NODES, EDGES)
    assert (len(reading.papers), len(seeing.papers)) == (6, 4)
    assert set(reading.papers) == {f"p-reading-{i}" for i in range(6)}
    assert set(READING) <= set(reading.concepts)
    assert set(SEEING) <= set(seeing.concepts)


def test_concepts_of_one_paper_go_with_it() -> None:
    reading, _ = find_communities(NODES, EDGES)
    assert {f"method/reading-{i}" for i in range(6)} <= set(reading.concepts)


def test_the_concept_of_all_papers_of_one_field_leads_and_names_it() -> None:
    reading, seeing = find_communities(NODES, EDGES)
    assert (reading.id, seeing.id) == ("method/bert", "method/vit")
    assert reading.concepts[0] == "method/bert"
    assert reading.name.split(", ")[0] == "bert"
    assert len(reading.name.split(", ")) == 3
    assert "accuracy" not in reading.name + seeing.name


def test_central_papers_have_the_telling_concepts() -> None:
    marginal = [uses("p-marginal", "task/reading"), uses("p-marginal", "method/own")]
    edges = [*EDGES, *marginal]
    reading, _ = find_communities(ends(edges), edges)
    assert reading.papers[-1] == "p-marginal"


def test_papers_that_share_nothing_belong_nowhere() -> None:
    edges = [*EDGES, uses("p-alone", "method/alone"), uses("p-alone", "method/lonely")]
    nodes = [*ends(edges), paper("p-silent")]
    members = {
        member for c in find_communities(nodes, edges) for member in (*c.papers, *c.concepts)
    }
    assert members == {node.id for node in NODES}


def test_a_pair_of_papers_apart_from_the_rest_is_a_community() -> None:
    pair = [uses("p-x", "method/x"), uses("p-y", "method/x")]
    edges = [*EDGES, *pair]
    assert find_communities(ends(edges), edges)[-1] == Community(
        "method/x", "x", ("p-x", "p-y"), ("method/x",)
    )


@pytest.mark.parametrize("nodes", [[], [paper("p1")], NODES], ids=["none", "one", "no edges"])
def test_without_edges_there_are_none(nodes: list[Node]) -> None:
    assert find_communities(nodes, []) == ()


def test_only_edges_between_papers_and_concepts_count() -> None:
    others = [Edge("p-reading-0", Relation.STATES, "r1"), Edge("r1", Relation.OF_METHOD, SEEING[0])]
    assert find_communities([*NODES, result("r1")], [*EDGES, *others]) == find_communities(
        NODES, EDGES
    )


def test_an_edge_of_no_confidence_is_no_link() -> None:
    doubted = [uses("p-x", "method/x"), uses("p-y", "method/x", confidence=0.0)]
    edges = [*EDGES, *doubted]
    assert find_communities(ends(edges), edges) == find_communities(NODES, EDGES)


def test_an_edge_without_confidence_counts_in_full() -> None:
    certain = [Edge(e.source, e.relation, e.target, {"confidence": 1.0}) for e in EDGES]
    unknown = [Edge(e.source, e.relation, e.target) for e in EDGES]
    assert find_communities(NODES, unknown) == find_communities(NODES, certain)


def test_two_relations_of_one_pair_are_one_link() -> None:
    twice = [uses(e.source, e.target, Relation.MENTIONS, confidence=0.1) for e in EDGES]
    assert find_communities(NODES, [*EDGES, *twice]) == find_communities(NODES, EDGES)


def test_what_cannot_be_used_is_refused() -> None:
    for resolution in (0.0, -1.0, float("nan"), float("inf")):
        with pytest.raises(UsageError, match="resolution"):
            find_communities(NODES, EDGES, resolution=resolution)
    for seed in (-1, 2**64):
        with pytest.raises(UsageError, match="seed"):
            find_communities(NODES, EDGES, seed=seed)
    with pytest.raises(UsageError, match="'method/absent'"):
        find_communities(NODES, [*EDGES, uses("p-reading-0", "method/absent")])
    for confidence in ("high", float("nan")):
        wrong = Edge("p-reading-0", Relation.USES, "method/vit", {"confidence": confidence})
        with pytest.raises(UsageError, match="confidence"):
            find_communities(NODES, [*EDGES, wrong])


@settings(max_examples=100, deadline=None)
@given(corpora(most=10))
def test_communities_are_connected_disjoint_and_sorted(edges: list[Edge]) -> None:
    communities = find_communities(ends(edges), edges)
    graph = undirected(edges)
    members = [member for c in communities for member in (*c.papers, *c.concepts)]
    assert len(members) == len(set(members))
    for community in communities:
        assert len(community.papers) >= 2
        assert community.id == community.concepts[0]
        assert nx.is_connected(graph.subgraph([*community.papers, *community.concepts]))
    assert list(communities) == sorted(communities, key=lambda c: (-len(c.papers), c.id))
    shares = {p for p in graph if p[0] == "p" and any(graph.degree(c) > 1 for c in graph[p])}
    assert {p for c in communities for p in c.papers} == shares


@settings(max_examples=60, deadline=None)
@given(st.permutations(NODES), st.permutations(EDGES))
def test_the_order_of_the_input_does_not_matter(nodes: list[Node], edges: list[Edge]) -> None:
    assert find_communities(nodes, edges) == find_communities(NODES, EDGES)


_SCRIPT = """
import random
from graph.communities import find_communities
from tests.graph.shorthand import ends, uses
random.seed(5)
pairs = {(random.randrange(300), int(200 * random.random() ** 2)) for _ in range(1500)}
edges = [uses(f"p{p}", f"method/{c}", confidence=random.random()) for p, c in pairs]
print(find_communities(ends(edges), edges))
"""


def test_other_processes_and_hash_seeds_find_the_same() -> None:
    answers = {
        subprocess.run(
            [sys.executable, "-c", _SCRIPT],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for hash_seed in ("0", "1", "77")
    }
    (answer,) = answers
    assert answer.count("Community(") > 5


# Names


def test_names_that_repeat_one_another_are_passed_over() -> None:
    assert community_name(["GAN", "GANs", "StyleGAN", "conditional GAN", "FID", "SSIM"]) == (
        "GAN, StyleGAN, FID"
    )


def test_a_name_is_one_readable_line() -> None:
    name = community_name(["one\n two\t three", "x" * 5_000])
    assert name == f"one two three, {'x' * 59}…"


def test_names_without_any_letter_are_names_too() -> None:
    assert community_name(["\U0001f600", "+++"]) == "\U0001f600, +++"
    assert community_name([]) == ""


# Marks


def test_members_are_marked_and_others_are_not() -> None:
    communities = find_communities(NODES, EDGES)
    nodes = [*NODES, paper("p-silent"), result("r1")]
    marked = {
        node.id: node.properties.get("community") for node in mark_communities(nodes, communities)
    }
    assert marked["p-reading-0"] == marked["method/reading-0"] == "method/bert"
    assert marked["p-silent"] is marked["r1"] is None
    assert list(marked) == [node.id for node in nodes]


def test_old_marks_go_and_all_else_stays() -> None:
    old = concept("method/bert", papers=3, community="task/gone")
    silent = Node("p-silent", NodeKind.PAPER, "Silent", None, {"doi": "10.1/x", "community": "x"})
    communities = [Community("method/bert", "BERT", (), ("method/bert",))]
    assert [dict(node.properties) for node in mark_communities([old, silent], communities)] == [
        {"papers": 3, "community": "method/bert"},
        {"doi": "10.1/x"},
    ]
