from __future__ import annotations

import numpy as np
import pytest

from graph.atlas.forces import arrange_many
from graph.layout import SPACING


def two_cliques(size: int) -> tuple[list[str], dict[str, dict[str, float]]]:
    members = [f"{side}{i:03}" for side in "ab" for i in range(size)]
    weights = {
        id_: {other: 1.0 for other in members if other[0] == id_[0] and other != id_}
        for id_ in members
    }
    return members, weights


@pytest.mark.parametrize("count", [1, 2, 7, 8, 500])
def test_no_two_members_stand_on_one_spot(count: int) -> None:
    members = [f"m{i:03}" for i in range(count)]
    points = arrange_many(members, {}, 0)
    assert points.shape == (count, 2)
    distances = np.hypot(*(points[:, np.newaxis] - points[np.newaxis]).transpose(2, 0, 1))
    np.fill_diagonal(distances, np.inf)
    assert count == 1 or distances.min() > 0.4 * SPACING


def test_members_that_are_linked_stand_nearer_than_others() -> None:
    members, weights = two_cliques(60)
    points = arrange_many(members, weights, 0)
    inside = np.linalg.norm(points[:60] - points[:60].mean(axis=0), axis=1).mean()
    assert np.linalg.norm(points[:60].mean(axis=0) - points[60:].mean(axis=0)) > inside


def test_the_seed_and_nothing_else_decides() -> None:
    members, weights = two_cliques(30)
    assert np.array_equal(arrange_many(members, weights, 1), arrange_many(members, weights, 1))
    assert not np.array_equal(arrange_many(members, weights, 1), arrange_many(members, weights, 2))
