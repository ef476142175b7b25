from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from graph.arrangements import COLUMN, ROW, in_columns, on_rings, with_groups
from graph.layout import SPACING

DISTANCES = st.lists(st.integers(1, 3), max_size=60)


def star(distances: list[int]) -> tuple[dict[str, int], dict[str, dict[str, float]]]:
    """A middle and nodes at these distances, each linked with one that is nearer."""
    places, weights = {"middle": 0}, {"middle": dict[str, float]()}
    for number, distance in enumerate(sorted(distances)):
        id_ = f"n{number}"
        nearer = [other for other, place in places.items() if place == distance - 1]
        if nearer:
            places[id_] = distance
            weights[id_] = {nearer[number % len(nearer)]: 1.0}
    return places, weights


@given(DISTANCES)
def test_nodes_on_rings_do_not_touch_and_the_farther_stand_farther_out(
    distances: list[int],
) -> None:
    places, weights = star(distances)
    placed = on_rings(places, weights, {})
    assert placed["middle"] == (0.0, 0.0)
    assert placed.keys() == places.keys()
    points = list(placed.values())
    for i, point in enumerate(points):
        assert all(math.dist(point, other) > 0.6 * SPACING for other in points[i + 1 :])
    outermost = 0.0
    for distance in sorted(set(places.values())):
        radii = [math.hypot(*placed[id_]) for id_, place in places.items() if place == distance]
        assert min(radii) >= outermost
        outermost = max(radii)


def test_what_leads_to_a_node_stands_in_its_direction() -> None:
    places = {"middle": 0, "a": 1, "b": 1, "a2": 2, "b2": 2}
    placed = on_rings(places, {"a2": {"a": 1.0}, "b2": {"b": 1.0}}, {})
    assert math.dist(placed["a"], placed["a2"]) < math.dist(placed["a"], placed["b2"])


def test_neighbours_of_the_middle_stand_by_community() -> None:
    places = {"middle": 0} | dict.fromkeys("abcd", 1)
    placed = on_rings(places, {}, {"a": "x", "c": "x", "b": "y", "d": "y"})
    assert math.dist(placed["a"], placed["c"]) < math.dist(placed["a"], placed["b"]) + 1
    assert math.dist(placed["a"], placed["d"]) <= math.dist(placed["a"], placed["b"]) + SPACING


def test_columns_are_centred_and_apart() -> None:
    placed = in_columns([["a"], ["x", "y", "z"], ["b"]])
    assert placed["a"] == (-COLUMN, 0.0)
    assert placed["b"] == (COLUMN, 0.0)
    assert [placed[id_][1] for id_ in "xyz"] == [-ROW, 0.0, ROW]


def test_groups_go_round_their_members() -> None:
    placed = in_columns([["a"], ["x", "y"], ["b"]])
    layout = with_groups(placed, {"x": "c1", "y": "c1", "a": "c2"})
    assert [island.community for island in layout.islands] == ["c1", "", "c2"]
    for island in layout.islands:
        for member in island.members:
            assert math.dist((island.x, island.y), placed[member]) < island.radius
