"""Which concepts stand in the same papers, and in how many."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from graph.elements import PAPER_CONCEPT_RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.elements import Edge


def co_occurrences(edges: Iterable[Edge]) -> Iterator[tuple[str, str, int]]:
    """All pairs of concepts that share a paper.

    Args:
        edges: those between papers and concepts count; others are passed over.

    Yields:
        Two ids of concepts, the lesser first, and the number of papers (1 or more) that have both
        in whatever relation; sorted by the ids.

    >>> from graph.elements import Edge, Relation
    >>> pairs = [("p1", "method/a"), ("p1", "task/b"), ("p2", "task/b"), ("p2", "method/a")]
    >>> list(co_occurrences(Edge(p, Relation.USES, c) for p, c in pairs))
    [('method/a', 'task/b', 2)]
    """
    concepts_of: dict[str, set[str]] = defaultdict(set)
    papers_of: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        if edge.relation in PAPER_CONCEPT_RELATIONS:
            concepts_of[edge.source].add(edge.target)
            papers_of[edge.target].add(edge.source)
    # One concept at a time: all pairs of a large corpus are millions.
    for concept in sorted(papers_of):
        found: Counter[str] = Counter()
        for paper in papers_of[concept]:
            found.update(other for other in concepts_of[paper] if other > concept)
        for other in sorted(found):
            yield concept, other, found[other]
