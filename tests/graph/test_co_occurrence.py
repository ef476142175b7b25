from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from hypothesis import given

from graph.co_occurrence import co_occurrences
from graph.elements import Edge, Relation
from tests.graph.shorthand import corpora, uses

if TYPE_CHECKING:
    from collections.abc import Sequence


def test_a_paper_counts_once_whatever_its_relations() -> None:
    edges = [
        uses("p1", "method/a"),
        uses("p1", "method/a", Relation.STUDIES),
        uses("p1", "method/b"),
    ]
    assert list(co_occurrences(edges)) == [("method/a", "method/b", 1)]


def test_results_do_not_count() -> None:
    edges = [
        Edge("p1", Relation.STATES, "r1"),
        Edge("r1", Relation.OF_METHOD, "method/a"),
        Edge("r1", Relation.BY_METRIC, "metric/b"),
    ]
    assert list(co_occurrences(edges)) == []


@given(edges=corpora())
def test_it_agrees_with_counting_every_pair(edges: Sequence[Edge]) -> None:
    papers = sorted({edge.source for edge in edges})
    concepts = sorted({edge.target for edge in edges})
    pairs = {(edge.source, edge.target) for edge in edges}
    expected = []
    for a, b in combinations(concepts, 2):
        shared = sum((paper, a) in pairs and (paper, b) in pairs for paper in papers)
        if shared:
            expected.append((a, b, shared))
    assert list(co_occurrences(reversed(edges))) == expected
