from __future__ import annotations

import math
import random
from collections import Counter

import pytest

from graph.atlas import layout as atlas_layout
from graph.atlas.layout import lay_out_atlas
from graph.elements import NodeKind, Relation
from tests.graph.small_graph import concept, edge, paper, random_graph, small_graph


def test_papers_and_concepts_have_places_of_their_own_and_results_have_none() -> None:
    nodes, edges, communities = small_graph()
    positions = lay_out_atlas(nodes, edges, communities).positions
    assert set(positions) == {node.id for node in nodes if node.kind is not NodeKind.RESULT}
    assert max(Counter(positions.values()).values()) == 1


def test_a_concept_of_one_paper_is_a_dot_beside_it() -> None:
    nodes, edges, communities = small_graph()
    positions = lay_out_atlas(nodes, edges, communities).positions
    assert math.dist(positions["metric/warmth"], positions[paper(2).id]) < 20
    assert math.dist(positions["method/kettle"], positions[paper(0).id]) > 20


def test_no_dot_of_many_covers_another() -> None:
    concepts = [concept(f"Concept {i}") for i in range(60)]
    main = paper(1)
    positions = lay_out_atlas(
        [main, *concepts], [edge(main, Relation.USES, other) for other in concepts], []
    ).positions
    dots = [positions[node.id] for node in concepts]
    assert min(math.dist(a, b) for a in dots for b in dots if a is not b) >= 4


def test_members_are_on_the_island_of_their_community() -> None:
    nodes, edges, communities = random_graph(80, 40, 4)
    layout = lay_out_atlas(nodes, edges, communities)
    islands = [island for island in layout.islands if island.community]
    assert len(islands) == 4
    for island in islands:
        for id_ in island.members:
            assert math.dist(layout.positions[id_], (island.x, island.y)) < island.radius


def test_papers_that_share_nothing_stand_together_apart_from_all_islands() -> None:
    nodes, edges, communities = random_graph(80, 40, 4)
    lone = [paper(number) for number in range(1000, 1010)]
    layout = lay_out_atlas([*nodes, *lone], edges, communities)
    (rest,) = [island for island in layout.islands if lone[0].id in island.members]
    assert set(rest.members) == {node.id for node in lone}
    assert rest.community == ""


@pytest.mark.parametrize("many_nodes", [20_000, 10])
def test_the_order_of_the_input_does_not_matter(
    many_nodes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atlas_layout, "_MANY_NODES", many_nodes)
    nodes, edges, communities = random_graph(120, 60, 3)
    expected = lay_out_atlas(nodes, edges, communities, 7)
    for values in (nodes, edges, communities):
        random.Random(2).shuffle(values)
    assert lay_out_atlas(nodes, edges, communities, 7) == expected


def test_nothing_and_one_paper_have_a_layout() -> None:
    assert lay_out_atlas([], [], []).positions == {}
    assert len(lay_out_atlas([paper(1)], [], []).positions) == 1
