from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.calibration import Cut, calibration

judged = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=30)


def test_the_figures_of_four_findings() -> None:
    found = calibration([(0.9, True), (0.8, False), (0.6, True), (0.4, False)])
    assert found is not None
    assert found.brier == pytest.approx((0.01 + 0.64 + 0.16 + 0.16) / 4)
    assert (found.findings, found.right) == (4, 0.5)
    assert found.cuts == (
        Cut(0.5, 2 / 3, 0.75),
        Cut(0.7, 0.5, 0.5),
        Cut(0.9, 1, 0.25),
    )


def test_nothing_found_has_no_figures_and_nothing_kept_no_precision() -> None:
    assert calibration([]) is None
    found = calibration([(0.1, True)])
    assert found is not None
    assert {(cut.precision, cut.coverage) for cut in found.cuts} == {(None, 0.0)}


@given(judged)
def test_shares_are_shares_and_coverage_falls(pairs: list[tuple[float, bool]]) -> None:
    found = calibration(pairs)
    assert found is not None
    assert 0 <= found.brier <= 1
    coverages = [cut.coverage for cut in found.cuts]
    assert coverages == sorted(coverages, reverse=True)
    again = calibration(pairs[::-1])
    assert again is not None
    assert again.brier == pytest.approx(found.brier)
    assert again.cuts == found.cuts
