from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import UsageError
from graph.elements import NodeKind
from graph.selection import strongest
from tests.graph.small_graph import paper, random_graph, small_graph


def test_all_are_shown_where_they_fit_but_results_and_isolated_papers() -> None:
    nodes, edges, communities = small_graph()
    selection = strongest(nodes, edges, communities, 300)
    assert {node.kind for node in selection.nodes} == {NodeKind.PAPER, NodeKind.CONCEPT}
    assert len(selection.nodes) == 8
    assert len(selection.edges) == 8
    assert (selection.total, selection.isolated) == (9, 1)
    assert selection.degrees["method/kettle"] == 3


def test_without_any_edge_the_papers_themselves_are_shown() -> None:
    selection = strongest([paper(1), paper(2)], [], [], 300)
    assert len(selection.nodes) == 2
    assert selection.isolated == 0


@given(st.integers(1, 400))
def test_as_many_as_fit_are_shown(limit: int) -> None:
    nodes, edges, communities = random_graph(120, 90, 6)
    connected = len(strongest(nodes, edges, communities, 10_000).nodes)
    assert len(strongest(nodes, edges, communities, limit).nodes) == min(limit, connected)


def test_every_community_has_its_leader_and_a_paper_where_there_is_room() -> None:
    nodes, edges, communities = random_graph(600, 400, 20)
    shown = {node.id for node in strongest(nodes, edges, communities, 200).nodes}
    for community in communities:
        assert community.id in shown
        assert shown.intersection(community.papers)


def test_of_many_communities_the_largest_are_shown_with_some_ten_nodes_each() -> None:
    nodes, edges, communities = random_graph(600, 400, 50)
    shown = {node.id for node in strongest(nodes, edges, communities, 200).nodes}
    drawn = [c for c in communities if shown.intersection(c.papers + c.concepts)]
    assert len(drawn) == 20


def test_papers_are_shown_with_concepts_that_they_are_bound_to() -> None:
    nodes, edges, communities = random_graph(600, 400, 10)
    selection = strongest(nodes, edges, communities, 100)
    bound = {edge.source for edge in selection.edges}
    papers = {node.id for node in selection.nodes if node.kind is NodeKind.PAPER}
    assert papers == bound


def test_nodes_in_no_community_have_their_share() -> None:
    nodes, edges, communities = random_graph(200, 100, 2)
    shown = {node.id for node in strongest(nodes, edges, communities[:1], 50).nodes}
    assert shown.intersection(communities[1].papers)


def test_a_few_nodes_in_no_community_are_left_out() -> None:
    # issue 3: one stood far from all others and pulled the picture to its side
    nodes, edges, communities = random_graph(200, 100, 2)
    lone = communities[1].concepts[0]
    rest = replace(communities[1], concepts=communities[1].concepts[1:])
    shown = {node.id for node in strongest(nodes, edges, [communities[0], rest], 50).nodes}
    assert lone not in shown


def test_the_order_of_the_input_does_not_matter() -> None:
    nodes, edges, communities = random_graph(100, 80, 5)
    expected = strongest(nodes, edges, communities, 50)
    for values in (nodes, edges, communities):
        random.Random(3).shuffle(values)
    assert strongest(nodes, edges, communities, 50) == expected


def test_less_than_one_node_is_refused() -> None:
    with pytest.raises(UsageError, match="at most 0 nodes"):
        strongest([], [], [], 0)
