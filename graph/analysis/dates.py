"""When papers are of: the periods that a corpus can be divided into, and which can be compared."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.display import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from graph.elements import Node

    _Counts = tuple[tuple[str, int], ...]

FEWEST_PAPERS = 10
"""Of fewer papers in a period, shares say nothing."""

_YEARS_NEEDED = 3  # from so many years on, years are compared, else months
_MOST_PERIODS = 24


@dataclass(frozen=True, slots=True)
class Periods:
    """Papers by year or month.

    Attributes:
        unit: `year` or `month`.
        counts: period, such as `2024` or `2024-03`, and how many papers are dated in it; in order,
            empty ones in between included, at most the last 24.
        undated: papers whose date is not known.
        coarse: papers of which only the year is known, where the unit is the month.
    """

    unit: str
    counts: tuple[tuple[str, int], ...]
    undated: int
    coarse: int

    def comparable(self) -> tuple[str, str] | None:
        """The last two periods of ten papers or more, the earlier one first."""
        large = [name for name, papers in self.counts if papers >= FEWEST_PAPERS]
        return (large[-2], large[-1]) if len(large) > 1 else None


def periods_of(dates: Iterable[str | None]) -> Periods:
    """Divide papers by date.

    Args:
        dates: of each paper, `2024`, `2024-03` or `2024-03-12`; None where it is not known.

    >>> periods_of(["2024-03-12", "2024-05", "2024", None]).counts
    (('2024-03', 1), ('2024-04', 0), ('2024-05', 1))
    """
    listed = list(dates)
    known = [date for date in listed if date]
    years = Counter(date[:4] for date in known)
    undated = len(listed) - len(known)
    months = Counter(date[:7] for date in known if len(date) >= 7)
    if len(years) >= _YEARS_NEEDED or (years and not months):
        return Periods("year", _without_gaps(years, _year_before), undated, 0)
    coarse = len(known) - months.total()
    return Periods("month", _without_gaps(months, _month_before), undated, coarse)


def date_of(paper: Node) -> str | None:
    """When a paper was published, else the day on which a page listed it."""
    date = paper.properties.get("published", paper.properties.get("seen_on"))
    return None if date is None else str(date)


def why_nothing_rises(periods: Periods) -> tuple[str, ...]:
    """In sentences, why no two periods can be compared."""
    if not periods.counts:
        return (
            "What rises cannot be said: no paper has a known date.",
            "`paperkg build --year 2025 PAGES` completes the dates of saved pages, and sources "
            "such as arXiv bring theirs along.",
        )
    dated = sum(count for _, count in periods.counts)
    return (
        f"What rises cannot be said: it takes two {periods.unit}s with {FEWEST_PAPERS} dated "
        f"papers each, and there {'is' if dated == 1 else 'are'} {plural(dated, 'dated paper')} "
        f"from {periods.counts[0][0]} to {periods.counts[-1][0]}.",
    )


def _without_gaps(counts: Counter[str], before: Callable[[str], str]) -> _Counts:
    """The last periods, walked back from the latest: a wrong date long ago costs nothing."""
    if not counts:
        return ()
    period, first = max(counts), min(counts)
    found = [(period, counts[period])]
    while period > first and len(found) < _MOST_PERIODS:
        period = before(period)
        found.append((period, counts[period]))
    return tuple(reversed(found))


def _year_before(year: str) -> str:
    return f"{int(year) - 1:04d}"


def _month_before(month: str) -> str:
    year, number = int(month[:4]), int(month[5:7])
    return f"{year - (number == 1):04d}-{number - 1 or 12:02d}"
