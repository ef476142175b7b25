"""Concepts, decisions, communities and evidence of a library, made anew when papers change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.resolve import resolve
from graph.communities import find_communities
from graph.elements import PAPER_CONCEPT_RELATIONS
from graph.projection import project

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from extract.library import Library
    from extract.records import Community
    from extract.resolve import Resolution

    Progress = Callable[[str, int, int | None], None]
    """Told of the stage, how much of it is done, and of how much (None: not known)."""

_ATTEMPTS = 3


def no_progress(stage: str, done: int, total: int | None) -> None:
    """Report nothing."""


def derive(library: Library, progress: Progress = no_progress) -> tuple[str, ...]:
    """Make concepts, decisions, communities and search index anew, if papers have changed.

    Where another process changes papers meanwhile it is done again. Where one does so all the time
    the result is kept and known not to be current, so that the other makes it anew at its end.

    Returns:
        What to tell the user of decisions (`extract.resolve.Resolution.remarks`); nothing where
        nothing was made.
    """
    for attempts_left in reversed(range(_ATTEMPTS)):
        if library.derived_is_current():
            return ()
        derived = _derived(library, progress)
        with library.transaction():
            if library.derived_is_current():
                return ()
            if not attempts_left or library.source_digest() == derived.made_from:
                library.store_derived(
                    derived.resolution.concepts,
                    derived.resolution.concept_of,
                    derived.resolution.decisions,
                    derived.communities,
                    derived.evidence,
                    made_from=derived.made_from,
                )
                return derived.resolution.remarks
    raise AssertionError("the last attempt is kept, current or not")


@dataclass(frozen=True, slots=True)
class _Derived:
    """What follows from the papers and mentions of one moment, and their digest."""

    made_from: str
    resolution: Resolution
    communities: Sequence[Community]
    evidence: Mapping[tuple[str, str, str], str]


def _derived(library: Library, progress: Progress) -> _Derived:
    progress("resolving", 0, None)
    with library.snapshot():
        made_from = library.source_digest()
        least = library.min_confidence()
        papers = list(library.papers())
        mentions, results = library.mentions(least=least), library.results(least=least)
        definitions, decisions = library.definitions(), library.user_decisions()
    resolution = resolve(mentions, definitions, decisions=decisions)
    nodes, edges = project(papers, mentions, results, resolution.concepts, resolution.concept_of)
    progress("finding communities", 0, None)
    communities = find_communities(nodes, edges)
    evidence = {
        (edge.source, str(edge.relation), edge.target): str(edge.properties["evidence"])
        for edge in edges
        if edge.relation in PAPER_CONCEPT_RELATIONS
    }
    return _Derived(made_from, resolution, communities, evidence)
