from __future__ import annotations

import random

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.partition import partition

Links = list[tuple[str, str, float]]

links_between_few = st.dictionaries(
    st.tuples(st.integers(0, 12), st.integers(0, 12)),
    st.sampled_from([0.1, 0.5, 1.0]),
    min_size=1,
    max_size=40,
).map(lambda weights: [(f"p{p}", f"c{c}", weight) for (p, c), weight in weights.items()])


def graph_of(links: Links) -> nx.Graph:
    return nx.Graph([(paper, concept) for paper, concept, _ in links])


def clique(name: str, size: int = 5) -> Links:
    return [(f"p-{name}{i}", f"c-{name}{j}", 1.0) for i in range(size) for j in range(size)]


def test_nothing_is_divided_into_nothing() -> None:
    assert partition([], resolution=1.0, seed=0) == []


def test_dense_parts_with_a_thin_bridge_are_told_apart() -> None:
    links = [*clique("a"), *clique("b"), ("p-a0", "c-b0", 0.1)]
    first, second = partition(links, resolution=1.0, seed=0)
    assert first == {end for link in clique("a") for end in link[:2]}
    assert second == {end for link in clique("b") for end in link[:2]}


def test_weights_decide_where_numbers_tie() -> None:
    links = [*clique("a"), *clique("b"), ("p-x", "c-a0", 0.9), ("p-x", "c-b0", 0.3)]
    first, _ = partition(links, resolution=1.0, seed=0)
    assert "p-x" in first


def test_a_higher_resolution_gives_more_groups() -> None:
    ring = [(f"p{i}", f"c{(i + step) % 40}", 1.0) for i in range(40) for step in (0, 1)]
    coarse, fine = (len(partition(ring, resolution=r, seed=0)) for r in (0.2, 5.0))
    assert coarse < fine


@settings(max_examples=150, deadline=None)
@given(links_between_few, st.sampled_from([0.5, 1.0, 3.0]), st.integers(0, 3))
def test_groups_are_connected_disjoint_and_of_two_papers(
    links: Links, resolution: float, seed: int
) -> None:
    graph = graph_of(links)
    groups = partition(links, resolution=resolution, seed=seed)
    assert sorted(member for group in groups for member in group) == sorted(graph)
    assert groups == sorted(groups, key=min)
    for group in groups:
        assert nx.is_connected(graph.subgraph(group))
        alone = nx.node_connected_component(graph, min(group))
        papers, reachable = (
            sum(member.startswith("p") for member in members) for members in (group, alone)
        )
        assert papers >= min(2, reachable)


@pytest.mark.parametrize("shuffle", range(5))
def test_the_order_of_the_links_does_not_matter(shuffle: int) -> None:
    chance = random.Random(11)
    weights = {
        (f"p{chance.randrange(200)}", f"c{chance.randrange(150)}"): chance.random()
        for _ in range(900)
    }
    links = [(*ends, weight) for ends, weight in weights.items()]
    expected = partition(links, resolution=1.0, seed=0)
    random.Random(shuffle).shuffle(links)
    assert partition(links, resolution=1.0, seed=0) == expected
    assert len(expected) > 5
