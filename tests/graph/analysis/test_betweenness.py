from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import pytest
from hypothesis import given, settings

from extract.errors import UsageError
from graph import KnowledgeGraph, analysis
from graph.analysis.betweenness import betweenness
from graph.networkx_store import NetworkXStore
from tests.graph.analysis.corpus import store_of
from tests.graph.shorthand import corpora, ends, undirected

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from graph.elements import Edge


@pytest.fixture(scope="module")
def knowledge(sample_library_once: Path) -> Iterator[KnowledgeGraph]:
    with KnowledgeGraph.open(sample_library_once) as opened:
        yield opened


def test_what_joins_two_groups_has_the_highest_betweenness() -> None:
    left = ["uses method/a, uses method/b"] * 3
    right = ["uses method/x, uses method/y"] * 3
    found = betweenness(store_of(*left, "uses method/a, uses method/bridge",
                                 "uses method/x, uses method/bridge", *right).graph)  # fmt: skip
    assert max(found, key=found.__getitem__) == "method/bridge"
    assert all(0 <= value <= 1 for value in found.values())


def test_concepts_of_one_paper_are_on_no_path() -> None:
    found = betweenness(store_of("uses method/a, uses method/own", "uses method/a").graph)
    assert set(found) == {"method/a"}


@settings(deadline=None, max_examples=30)
@given(corpora())
def test_with_all_nodes_it_is_the_share_of_shortest_paths(edges: Sequence[Edge]) -> None:
    store = NetworkXStore()
    store.upsert(ends(edges), edges)
    found = betweenness(store.graph, sample=10_000)
    graph = undirected(edges)
    graph.remove_nodes_from(
        [n for n in list(graph) if n.startswith("method") and graph.degree(n) < 2]
    )
    graph.remove_nodes_from([n for n in list(graph) if not graph.degree(n)])
    pairs = (len(graph) - 1) * (len(graph) - 2) / 2
    for concept, value in found.items():
        expected = 0.0
        for a in graph:
            for b in graph:
                if a < b and concept not in (a, b) and nx.has_path(graph, a, b):
                    paths = list(nx.all_shortest_paths(graph, a, b))
                    expected += sum(concept in path for path in paths) / len(paths)
        assert value == pytest.approx(expected / pairs if pairs else 0, abs=1e-6)


def test_a_sample_is_drawn_by_its_seed(knowledge: KnowledgeGraph) -> None:
    rows = [analysis.bridging_concepts(knowledge, sample=10, seed=seed) for seed in (1, 1, 2)]
    assert rows[0] == rows[1] != rows[2]


def test_a_row_says_how_many_communities_the_papers_are_in(knowledge: KnowledgeGraph) -> None:
    names = {community.name for community in knowledge.communities()}
    for row in analysis.bridging_concepts(knowledge, limit=5):
        largest = row["largest_communities"]
        assert isinstance(largest, list)
        assert set(largest) <= names
        assert len(largest) == min(3, int(str(row["communities"])))


def test_an_empty_graph_has_none() -> None:
    assert betweenness(NetworkXStore().graph) == {}


def test_less_than_one_is_refused(knowledge: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match="1 or more"):
        analysis.bridging_concepts(knowledge, sample=0)
