from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import UsageError
from graph.elements import NodeKind, Relation
from graph.selection import link_weights, strongest
from tests.graph.small_graph import concept, edge, paper, random_graph

if TYPE_CHECKING:
    from graph.elements import Edge, Node


def community() -> tuple[list[Node], list[Edge], str]:
    """One group of many papers and concepts, with the id of what leads it."""
    nodes, edges, (group,) = random_graph(120, 90, 1)
    return nodes, edges, group.id


def test_all_are_shown_where_they_fit() -> None:
    nodes, edges, leader = community()
    selection = strongest(nodes, edges, leader, len(nodes))
    assert {node.id for node in selection.nodes} == {node.id for node in nodes}
    assert len(selection.edges) == len(edges)
    assert selection.total == len(nodes)


@settings(deadline=None)
@given(st.integers(1, 260))
def test_as_many_as_fit_are_shown(limit: int) -> None:
    nodes, edges, leader = community()
    selection = strongest(nodes, edges, leader, limit)
    assert len(selection.nodes) == min(limit, len(nodes))
    shown = {node.id for node in selection.nodes}
    assert all({e.source, e.target} <= shown for e in selection.edges)


@pytest.mark.parametrize("limit", [2, 20, 100])
def test_the_leader_and_papers_that_are_bound_to_what_is_shown_are_shown(limit: int) -> None:
    nodes, edges, leader = community()
    selection = strongest(nodes, edges, leader, limit)
    papers = {node.id for node in selection.nodes if node.kind is NodeKind.PAPER}
    assert len(papers) == limit // 2
    assert leader in {node.id for node in selection.nodes} - papers
    assert papers == {e.source for e in selection.edges}


def test_where_concepts_are_few_papers_take_their_room() -> None:
    kettle, papers = concept("Kettle"), [paper(number) for number in range(9)]
    edges = [edge(source, Relation.USES, kettle) for source in papers]
    selection = strongest([kettle, *papers], edges, kettle.id, 6)
    assert [node.kind for node in selection.nodes].count(NodeKind.PAPER) == 5


def test_degrees_count_what_is_not_shown_too() -> None:
    nodes, edges, leader = community()
    selection = strongest(nodes, edges, leader, 10)
    neighbours = {e.source for e in edges if e.target == leader}
    assert selection.degrees[leader] == len(neighbours) > 5


def test_links_weigh_their_confidences_and_one_where_that_is_unknown() -> None:
    kettle, source = concept("Kettle"), paper(1)
    known = edge(source, Relation.USES, kettle, 0.25)
    unknown = type(known)(source.id, Relation.STUDIES, kettle.id)
    assert link_weights([known, unknown])[kettle.id] == {source.id: 1.25}


def test_the_order_of_the_input_does_not_matter() -> None:
    nodes, edges, leader = community()
    expected = strongest(nodes, edges, leader, 50)
    random.Random(3).shuffle(nodes)
    random.Random(4).shuffle(edges)
    assert strongest(nodes, edges, leader, 50) == expected


def test_less_than_one_node_is_refused() -> None:
    with pytest.raises(UsageError, match="at most 0 nodes"):
        strongest([], [], "", 0)
