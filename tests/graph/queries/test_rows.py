from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.queries.rows import date_of, first, nulls_last, rounded, rounded_sum

numbers = st.one_of(
    st.floats(-1e6, 1e6),
    st.integers(-(10**9), 10**9).map(lambda n: n / 10**7),
    st.integers(-(10**6), 10**6).map(lambda n: n / 2**9),
)


@given(number=numbers)
def test_rounding_is_that_of_the_shortest_decimal_ties_away_from_zero(number: float) -> None:
    exact = Decimal(repr(number)).quantize(Decimal("0.000001"), ROUND_HALF_UP)
    assert rounded(number) == float(exact)


@given(weights=st.lists(st.integers(0, 10**8).map(lambda n: n / 10**8), max_size=30))
def test_the_order_of_a_sum_does_not_show(weights: list[float]) -> None:
    assert rounded_sum(sum(weights)) == rounded_sum(sum(reversed(weights)))
    assert rounded_sum(sum(weights)) == rounded_sum(sum(sorted(weights)))


def test_none_comes_last() -> None:
    rows = [(None, 1), ("b", None), ("a", 2), ("b", -1)]
    assert sorted(rows, key=lambda row: nulls_last(*row)) == [
        ("a", 2),
        ("b", -1),
        ("b", None),
        (None, 1),
    ]


def test_first_is_the_beginning_of_the_sorted() -> None:
    assert first([3, 1, 2, 1], 3, lambda number: number) == [1, 1, 2]
    assert first([], 3, lambda number: number) == []


@pytest.mark.parametrize(
    ("paper", "date"),
    [
        ({"published": "2024", "seen_on": "2025-01-01"}, "2024"),
        ({"seen_on": "2025-01-01"}, "2025-01-01"),
        ({}, None),
    ],
)
def test_a_paper_is_dated_by_its_publication_first(paper: dict[str, str], date: str | None) -> None:
    assert date_of(paper) == date
