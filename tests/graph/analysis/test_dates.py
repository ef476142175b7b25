from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.dates import periods_of

DATES = st.none() | st.dates().map(lambda date: date.isoformat())


def test_three_years_are_compared_by_year() -> None:
    periods = periods_of(["2020-01-01", "2022", "2023-05", None])
    assert periods.unit == "year"
    assert periods.counts == (("2020", 1), ("2021", 0), ("2022", 1), ("2023", 1))
    assert periods.undated == 1


def test_fewer_years_are_compared_by_month_over_the_turn_of_the_year() -> None:
    periods = periods_of(["2023-11", "2024-02-28", "2024"])
    assert periods.unit == "month"
    assert [name for name, _ in periods.counts] == ["2023-11", "2023-12", "2024-01", "2024-02"]
    assert periods.coarse == 1


def test_years_alone_are_years() -> None:
    assert periods_of(["2024", "2024"]).counts == (("2024", 2),)


def test_without_dates_there_are_no_periods() -> None:
    periods = periods_of([None, None])
    assert periods.counts == ()
    assert periods.undated == 2
    assert periods.comparable() is None


def test_the_last_two_periods_with_enough_papers_are_compared() -> None:
    dates = ["2024-01"] * 12 + ["2024-02"] * 3 + ["2024-03"] * 10 + ["2024-04"]
    assert periods_of(dates).comparable() == ("2024-01", "2024-03")
    assert periods_of(dates[:15]).comparable() is None


@given(st.lists(DATES, max_size=40))
def test_periods_are_in_order_without_gaps_and_count_each_paper_at_most_once(
    dates: list[str | None],
) -> None:
    periods = periods_of(dates)
    names = [name for name, _ in periods.counts]
    assert names == sorted(set(names))
    assert len(names) <= 24
    known = sum(date is not None for date in dates)
    assert sum(count for _, count in periods.counts) <= known
    assert periods.undated == len(dates) - known
