"""The parts of a report, as plain values; nothing here knows the graph or HTML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.elements import Community, Node
    from graph.report.dates import Periods
    from graph.statistics import Statistics


@dataclass(frozen=True, slots=True)
class Leading:
    """A much-used concept: in how many papers, and in how many in which role."""

    concept: Node
    papers: int
    roles: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """A result as a paper states it; None is what it does not state.

    Attributes:
        place: among the results of its unit, from 1; None where there is nothing to compare with.
        method, dataset, metric: id and name of the concept.
        value: as written, with its unit.
        delta: whether it is a difference to a baseline.
        paper, title: id and title of the paper.
        quote: the clause that states it, verbatim.
    """

    place: int | None
    method: tuple[str, str] | None
    dataset: tuple[str, str] | None
    metric: tuple[str, str] | None
    value: str
    delta: bool
    paper: str
    title: str
    quote: str


@dataclass(frozen=True, slots=True)
class Leaderboard:
    """Results on one dataset by one metric, by unit; differences to a baseline are only counted."""

    dataset: Node
    metric: Node
    lowest_first: bool
    by_unit: tuple[tuple[str | None, tuple[Stated, ...]], ...]
    papers: int
    deltas: int
    left_out: int


@dataclass(frozen=True, slots=True)
class ResultCounts:
    """How many results there are, and how many of them can be compared at all.

    Attributes:
        stated: all.
        located: those that name a dataset and a metric.
        deltas: those of `located` that are differences to a baseline.
        boards: pairs of dataset and metric on which two papers or more state a result.
    """

    stated: int
    located: int
    deltas: int
    boards: int


@dataclass(frozen=True, slots=True)
class CommunityReport:
    """A community with what leads it."""

    community: Community
    leading: tuple[Node, ...]
    typical: tuple[Node, ...]
    results: tuple[Stated, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Papers that work with a method and evaluate on a dataset, for much-used ones of both."""

    methods: tuple[Node, ...]
    datasets: tuple[Node, ...]
    papers: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Riser:
    """A concept whose share of the papers grew, with its share in every period, 0 to 1."""

    concept: str
    name: str
    type: str | None
    earlier_papers: int
    later_papers: int
    earlier_share: float
    later_share: float
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Rising:
    """What rises from one period to a later one; no periods where dates do not allow to say."""

    earlier: str | None
    later: str | None
    periods: tuple[str, ...]
    concepts: tuple[Riser, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """All that a report says; see the types of its parts."""

    statistics: Statistics
    sources: tuple[tuple[str, int], ...]
    published: int
    seen_only: int
    periods: Periods
    communities: tuple[CommunityReport, ...]
    all_communities: tuple[Community, ...]
    leading: Mapping[str, tuple[Leading, ...]]
    matrix: Matrix | None
    results: ResultCounts
    leaderboards: tuple[Leaderboard, ...]
    rising: Rising
