"""Counts and extremes of a library and its graph."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extract.records import Paper
    from graph.elements import Edge, Node


@dataclass(frozen=True, slots=True)
class Statistics:
    """What a library holds.

    Attributes:
        counts: papers, mentions, results, concepts, edges, communities.
        min_confidence: mentions and results of a lower confidence are left out of all of this.
        concepts_by_type: number of concepts of each type, most first.
        edges_by_relation: number of edges of each relation between papers and concepts.
        leading_concepts: the concepts of most papers: (concept's node, number of papers).
        seen_on: first and last date of the pages, where any is known.
        published: first and last date of publication, where any is known.
        papers_without_concepts: how many.
        models: how many papers were extracted by which pipeline.
        pending: papers that are in the library and not yet in the graph.
    """

    counts: dict[str, int]
    min_confidence: float
    concepts_by_type: dict[str, int]
    edges_by_relation: dict[str, int]
    leading_concepts: tuple[tuple[Node, int], ...]
    seen_on: tuple[str, str] | None
    published: tuple[str, str] | None
    papers_without_concepts: int
    models: dict[str, int]
    pending: int


def statistics_of(
    papers: Sequence[Paper],
    concepts: Sequence[Node],
    edges: Sequence[Edge],
    *,
    counts: dict[str, int],
    min_confidence: float,
    models: dict[str, int],
    pending: int,
    leading: int,
) -> Statistics:
    """Count and measure.

    Args:
        papers: all papers.
        concepts: all nodes of concepts.
        edges: all edges between papers and concepts.
        counts, min_confidence, models, pending: as in `Statistics`; the library knows them.
        leading: how many concepts to list.
    """
    linked = {edge.source for edge in edges}
    by_papers = sorted(concepts, key=lambda node: (-_papers_of(node), node.id))
    return Statistics(
        counts=counts,
        min_confidence=min_confidence,
        concepts_by_type=_tally(node.type or "" for node in concepts),
        edges_by_relation=_tally(edge.relation.value for edge in edges),
        leading_concepts=tuple((node, _papers_of(node)) for node in by_papers[:leading]),
        seen_on=_span(paper.seen_on for paper in papers),
        published=_span(paper.published for paper in papers),
        papers_without_concepts=sum(paper.id not in linked for paper in papers),
        models=models,
        pending=pending,
    )


def _papers_of(concept: Node) -> int:
    return int(str(concept.properties.get("papers", 0)))


def _tally(values: Iterable[str]) -> dict[str, int]:
    counted = Counter(values)
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def _span(dates: Iterable[str | None]) -> tuple[str, str] | None:
    known = [date for date in dates if date]
    return (min(known), max(known)) if known else None
