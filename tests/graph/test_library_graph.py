"""What a least confidence leaves of a library's graph: by its build, and by whoever opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extract.errors import DecisionsError, UsageError
from extract.library import Library
from extract.sample import sample_paths
from extract.user_decisions import UserDecisions
from graph import KnowledgeGraph, NodeKind
from graph.build import build
from graph.elements import PAPER_CONCEPT_RELATIONS, Edge

if TYPE_CHECKING:
    from pathlib import Path

CUT = 0.8


def confidences(edges: tuple[Edge, ...]) -> list[float]:
    return [float(str(edge.properties["confidence"])) for edge in edges]


def test_an_opened_graph_is_cut_and_the_library_is_not(sample_library_once: Path) -> None:
    with (
        KnowledgeGraph.open(sample_library_once) as whole,
        KnowledgeGraph.open(sample_library_once, min_confidence=CUT) as cut,
    ):
        assert len(cut.mentions()) == sum(m.confidence >= CUT for m in whole.mentions())
        assert len(cut.results()) == sum(r.confidence >= CUT for r in whole.results())
        assert len(cut.library.mentions()) == len(whole.library.mentions())
        edges = cut.store.edges(PAPER_CONCEPT_RELATIONS)
        assert (
            min(confidences(edges))
            >= CUT
            > min(confidences(whole.store.edges(PAPER_CONCEPT_RELATIONS)))
        )
        linked = {edge.target for edge in edges}
        assert {concept.id for concept in cut.concepts()} == linked
        assert {node.id for node in cut.store.nodes(NodeKind.CONCEPT)} == linked
        assert len(cut.store.nodes(NodeKind.PAPER)) == 40
        for node in cut.store.nodes(NodeKind.CONCEPT):
            papers = {edge.source for edge in edges if edge.target == node.id}
            assert node.properties["papers"] == len(papers)
        counts = cut.statistics().counts
        assert (counts["concepts"], counts["edges"]) == (len(linked), len(edges))
        assert counts["mentions"] == len(cut.mentions())
        gone = next(c for c in whole.concepts() if c.id not in linked)
        assert gone.id in {hit.id for hit in whole.search(gone.name, limit=99)}
        assert gone.id not in {hit.id for hit in cut.search(gone.name, limit=99)}
        assert all(c in linked for community in cut.communities() for c in community.concepts)


@pytest.mark.parametrize("least", [-0.1, 1.1, float("nan")])
def test_what_is_no_share_is_refused(sample_library: Path, least: float) -> None:
    with pytest.raises(UsageError, match="expected 0 to 1"):
        KnowledgeGraph.open(sample_library, min_confidence=least)
    with (
        Library.open(sample_library, create=True) as library,
        pytest.raises(UsageError, match="expected 0 to 1"),
    ):
        build(library, [], min_confidence=least)


def test_a_build_remembers_the_cut_until_another_is_given(
    sample_library: Path, tmp_path: Path
) -> None:
    with Library.open(sample_library, create=True) as library:
        before = library.concepts()
        report = build(library, [], min_confidence=CUT)
        assert report.min_confidence == CUT
        assert report.mentions < len(library.mentions())
        again = build(library, [])
        assert (again.min_confidence, again.concepts) == (CUT, report.concepts)
        assert library.derived_is_current()
        cut = library.concepts()
        assert len(cut) < len(before)
        build(library, [], min_confidence=0.0)
        assert library.concepts() == before
    with Library.open(tmp_path / "b.db", create=True) as other:
        build(other, [str(path) for path in sample_paths()], min_confidence=CUT)
        assert other.concepts() == cut


def test_after_decisions_that_contradict_each_other_the_cut_is_that_of_before(
    sample_library: Path,
) -> None:
    wishes = UserDecisions(pins=(("BERT", "RoBERTa"),), forbids=(("BERT", "RoBERTa"),))
    with Library.open(sample_library, create=True) as library:
        with pytest.raises(DecisionsError):
            build(library, [], decisions=wishes, min_confidence=0.5)
        assert library.min_confidence() == 0.0


def test_a_graph_of_a_cut_library_is_cut_by_the_higher_of_both(sample_library: Path) -> None:
    with KnowledgeGraph.open(sample_library, create=True) as knowledge:
        knowledge.build(min_confidence=CUT)
        assert min(confidences(knowledge.store.edges(PAPER_CONCEPT_RELATIONS))) >= CUT
        assert knowledge.statistics().min_confidence == CUT
        assert all(mention.confidence >= CUT for mention in knowledge.mentions())
    with KnowledgeGraph.open(sample_library, min_confidence=0.1) as opened:
        assert opened.statistics().min_confidence == CUT
    with KnowledgeGraph.open(sample_library, min_confidence=0.95) as opened:
        assert min(confidences(opened.store.edges(PAPER_CONCEPT_RELATIONS))) >= 0.95
