from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from extract.bootstrap import bootstrap_intervals

if TYPE_CHECKING:
    from numpy.typing import NDArray


def shares(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    return sums[:, :1] / sums[:, 1:]


def test_the_interval_is_that_of_the_normal_approximation_where_it_holds() -> None:
    counts = np.array([[1.0, 1.0]] * 300 + [[0.0, 1.0]] * 100)
    ((low, high),) = bootstrap_intervals(counts, shares, samples=4000)
    half = 1.96 * (0.75 * 0.25 / 400) ** 0.5
    assert low == pytest.approx(0.75 - half, abs=0.006)
    assert high == pytest.approx(0.75 + half, abs=0.006)


def test_papers_that_are_alike_leave_no_doubt() -> None:
    assert bootstrap_intervals(np.array([[2.0, 4.0]] * 9), shares) == [(0.5, 0.5)]


def test_the_same_seed_gives_the_same_intervals() -> None:
    counts = np.array([[1.0, 2.0], [0.0, 3.0], [5.0, 5.0], [1.0, 4.0]])
    found = bootstrap_intervals(counts, shares, samples=50, seed=3)
    assert bootstrap_intervals(counts, shares, samples=50, seed=3) == found
    assert bootstrap_intervals(counts, shares, samples=50, seed=4) != found


def test_many_papers_are_drawn_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = np.array([[1.0, 2.0], [0.0, 3.0], [5.0, 5.0], [1.0, 4.0]])
    whole = bootstrap_intervals(counts, shares, samples=500)
    monkeypatch.setattr("extract.bootstrap._AT_ONCE", 4 * 7)
    assert bootstrap_intervals(counts, shares, samples=500) == whole


def test_no_papers_have_no_intervals() -> None:
    assert bootstrap_intervals(np.empty((0, 2)), shares) == []
