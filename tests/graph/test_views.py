from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import UsageError
from graph.elements import NodeKind
from graph.views import Shape, around, between, within
from tests.graph.small_graph import random_graph, small_graph
from tests.graph.views_for_tests import store_of

if TYPE_CHECKING:
    from graph.views import View

NODES, EDGES, COMMUNITIES = small_graph()
SMALL = store_of(NODES, EDGES)
LARGE_NODES, LARGE_EDGES, LARGE_COMMUNITIES = random_graph(300, 200, 6)
LARGE = store_of(LARGE_NODES, LARGE_EDGES)
HUB, SECOND, *_ = sorted(
    (node for node in LARGE_NODES if node.kind is NodeKind.CONCEPT),
    key=lambda node: -len(LARGE.neighbours(node.id)),
)


def names(view: View) -> set[str]:
    return {node.name for node in view.selection.nodes}


def test_one_step_from_a_concept_are_its_papers() -> None:
    view = around(SMALL, SMALL.node("method/kettle"), depth=1)
    assert {node.kind for node in view.selection.nodes if node.id != "method/kettle"} == {
        NodeKind.PAPER
    }
    assert len(view.selection.nodes) == 4
    assert view.note == "Showing all 4 nodes within 1 step of Kettle."
    assert view.focus == ("method/kettle",)


def test_two_steps_away_are_the_other_concepts_of_its_papers() -> None:
    view = around(SMALL, SMALL.node("method/kettle"))
    assert "Oolong-12" in names(view)
    assert view.places["dataset/oolong-12"] == 2
    assert view.shape is Shape.RINGS


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 400), st.integers(1, 4))
def test_what_is_shown_fits_and_hangs_together(limit: int, depth: int) -> None:
    view = around(LARGE, HUB, depth=depth, max_nodes=limit)
    shown = {node.id for node in view.selection.nodes}
    assert len(shown) <= limit
    assert HUB.id in shown
    linked = {HUB.id}
    for edge in view.selection.edges:
        assert {edge.source, edge.target} <= shown
    for distance in range(1, depth + 1):
        for id_ in shown:
            if view.places[id_] == distance:
                near = {node.id for _, node in LARGE.neighbours(id_)}
                assert near & linked
        linked |= {id_ for id_ in shown if view.places[id_] == distance}
    assert linked == shown


def test_where_not_all_fit_the_note_says_so_and_both_rings_are_there() -> None:
    view = around(LARGE, HUB, max_nodes=40)
    assert view.note.startswith("Showing 40 of ")
    assert {1, 2} <= set(view.places.values())


def test_the_words_beside_a_view_are_the_edges_of_its_middle_surest_first() -> None:
    view = around(SMALL, SMALL.node("method/kettle"))
    (passage,) = view.passages
    assert passage.statements[0].text == "Paper number 0 proposes Kettle"
    assert passage.statements[0].evidence == "We brew Kettle with care."
    assert len(passage.statements) == 3


def test_paths_stand_in_columns_with_only_their_own_edges() -> None:
    paths = SMALL.shortest_paths("dataset/oolong-12", "task/brewing", limit=5)
    view = between(SMALL, paths)
    assert view.shape is Shape.COLUMNS
    assert view.places["dataset/oolong-12"] == 0
    assert view.places["task/brewing"] == len(paths[0].steps)
    assert {node.id for node in view.selection.nodes} == {
        step.target.id for path in paths for step in path.steps
    } | {"dataset/oolong-12"}
    walked = {frozenset((s.source.id, s.target.id)) for path in paths for s in path.steps}
    assert {frozenset((e.source, e.target)) for e in view.selection.edges} == walked
    assert [len(passage.statements) for passage in view.passages] == [
        len(path.steps) for path in paths
    ]


def test_it_is_said_whether_there_are_more_paths() -> None:
    paths = LARGE.shortest_paths(HUB.id, SECOND.id, limit=2)
    assert "there are more as short" in between(LARGE, paths, more=True).note
    assert "more" not in between(LARGE, paths).note


def test_a_path_to_itself_is_one_node() -> None:
    view = between(SMALL, SMALL.shortest_paths("method/kettle", "method/kettle"))
    assert names(view) == {"Kettle"}
    assert "the same thing" in view.note


def test_no_path_is_refused() -> None:
    with pytest.raises(UsageError, match="no path"):
        between(SMALL, ())


def test_a_community_is_its_members_and_the_edges_among_them() -> None:
    view = within(SMALL, COMMUNITIES[0])
    members = {*COMMUNITIES[0].papers, *COMMUNITIES[0].concepts}
    assert {node.id for node in view.selection.nodes} == members
    assert view.title == "Kettle, Oolong"
    assert view.focus == ("method/kettle",)
    # Kettle has a third paper elsewhere, which its degree counts.
    assert view.selection.degrees["method/kettle"] == 3


def test_of_a_large_community_the_strongest_are_shown() -> None:
    view = within(LARGE, LARGE_COMMUNITIES[0], max_nodes=20)
    assert len(view.selection.nodes) == 20
    assert "Showing 20 of " in view.note


@pytest.mark.parametrize(("depth", "limit"), [(0, 10), (1, 0), (-1, 10)])
def test_numbers_out_of_range_are_refused(depth: int, limit: int) -> None:
    with pytest.raises(UsageError, match="give 1 or more"):
        around(SMALL, NODES[0], depth=depth, max_nodes=limit)


def test_a_result_cannot_be_the_middle() -> None:
    with pytest.raises(UsageError, match="is a result"):
        around(SMALL, SMALL.node("r01"))
