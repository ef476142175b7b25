from __future__ import annotations

import itertools
import math
import random
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.layout import SPACING, lay_out, positions
from tests.graph.small_graph import paper, random_graph, small_graph


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 40), st.integers(1, 30), st.integers(1, 12), st.integers(0, 3))
def test_every_node_has_a_place_and_islands_do_not_overlap(
    papers: int, concepts: int, groups: int, seed: int
) -> None:
    nodes, edges, communities = random_graph(papers, max(concepts, groups), groups, seed)
    layout = lay_out(nodes, edges, communities, seed)
    assert set(layout.positions) == {node.id for node in nodes}
    assert all(math.isfinite(value) for point in layout.positions.values() for value in point)
    for a, b in itertools.combinations(layout.islands, 2):
        assert math.dist((a.x, a.y), (b.x, b.y)) >= a.radius + b.radius
    for island in layout.islands:
        for id_ in island.members:
            assert math.dist(layout.positions[id_], (island.x, island.y)) <= island.radius


def test_nodes_keep_their_distance() -> None:
    nodes, edges, communities = random_graph(100, 60, 4)
    places = positions(nodes, edges, communities)
    nearest = min(math.dist(a, b) for a, b in itertools.combinations(places.values(), 2))
    assert nearest > SPACING / 2


def test_larger_communities_come_first_and_the_largest_stands_in_the_middle() -> None:
    nodes, edges, communities = random_graph(100, 60, 4)
    layout = lay_out(nodes, edges, communities[:3])
    sizes = [len(island.members) for island in layout.islands]
    assert sizes == sorted(sizes, reverse=True)
    assert (layout.islands[0].x, layout.islands[0].y) == (0.0, 0.0)


def test_nodes_without_community_make_islands_of_their_own_and_the_rest_a_ring() -> None:
    nodes, edges, _ = small_graph()
    layout = lay_out(nodes, edges, [])
    assert {island.community for island in layout.islands} == {""}
    on_islands = {id_ for island in layout.islands for id_ in island.members}
    lonely = layout.positions["p0000000000000004"]
    assert "p0000000000000004" not in on_islands
    assert all(math.dist(lonely, (island.x, island.y)) > island.radius for island in layout.islands)


def test_members_that_are_not_given_are_passed_over() -> None:
    nodes, edges, communities = small_graph()
    kept = [node for node in nodes if node.id != "method/kettle"]
    left = [edge for edge in edges if "method/kettle" not in (edge.source, edge.target)]
    assert set(positions(kept, left, communities)) == {node.id for node in kept}


def test_a_large_community_is_a_spiral_with_the_best_connected_in_the_middle() -> None:
    nodes, edges, communities = random_graph(500, 100, 1)
    layout = lay_out(nodes, edges, communities)
    degrees = dict.fromkeys(layout.positions, 0)
    for edge in edges:
        degrees[edge.source] += 1
        degrees[edge.target] += 1
    hub = max(degrees, key=lambda id_: (degrees[id_], id_))
    assert math.hypot(*layout.positions[hub]) < SPACING


def test_no_nodes_and_one_node() -> None:
    assert positions([], [], []) == {}
    assert positions([paper(1)], [], []) == {paper(1).id: (0.0, 0.0)}


def test_the_order_of_the_input_does_not_matter_and_the_seed_does() -> None:
    nodes, edges, communities = random_graph(60, 40, 3)
    expected = positions(nodes, edges, communities, seed=1)
    for values in (nodes, edges, communities):
        random.Random(5).shuffle(values)
    assert positions(nodes, edges, communities, seed=1) == expected
    assert positions(nodes, edges, communities, seed=2) != expected


def test_three_hundred_nodes_take_less_than_two_seconds() -> None:
    nodes, edges, communities = random_graph(180, 120, 20)
    start = time.process_time()
    positions(nodes, edges, communities)
    assert time.process_time() - start < 2
