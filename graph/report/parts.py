"""The parts of a report, as plain values; nothing here knows the graph or HTML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.analysis.community_report import CommunityReport
    from graph.analysis.comparable_results import Leaderboard, ResultCounts
    from graph.analysis.dates import Periods
    from graph.analysis.matrix import Matrix
    from graph.analysis.rising import Rising
    from graph.elements import Community, Node
    from graph.statistics import Statistics


@dataclass(frozen=True, slots=True)
class Leading:
    """A much-used concept: in how many papers, and in how many in which role."""

    concept: Node
    papers: int
    roles: tuple[tuple[str, int], ...]


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
