from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import UsageError
from graph import KnowledgeGraph, analysis
from graph.analysis.held_out import common_neighbours, split_papers
from graph.analysis.link_prediction import trials_of
from tests.conftest import SHARED, needs_shared
from tests.graph.analysis.corpus import trial

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def knowledge(sample_library_once: Path) -> Iterator[KnowledgeGraph]:
    with KnowledgeGraph.open(sample_library_once) as opened:
        yield opened


def test_the_latest_papers_are_held_out_where_dates_are_known() -> None:
    papers = [trial(i, "m1 d1", f"20{i:02}") for i in range(10, 20)]
    known, held_out, split = split_papers(papers, share=0.2, seed=0)
    assert [paper.date for paper in held_out] == ["2018", "2019"]
    assert len(known) == 8
    assert "by date" in split


@pytest.mark.parametrize("date", [None, "2024"])
def test_without_dates_to_go_by_papers_are_held_out_at_random(date: str | None) -> None:
    papers = [trial(i, "m1 d1", date) for i in range(20)]
    splits = {
        tuple(paper.paper for paper in split_papers(papers, share=0.2, seed=seed)[1])
        for seed in range(5)
    }
    assert len(splits) > 1
    assert "at random (seed 3" in split_papers(papers, share=0.2, seed=3)[2]


@settings(deadline=None)
@given(st.integers(1, 30), st.floats(0.01, 0.99), st.integers(0, 9))
def test_every_paper_is_known_or_held_out_and_one_is_known(
    count: int, share: float, seed: int
) -> None:
    papers = [trial(i, "m1") for i in range(count)]
    known, held_out, _ = split_papers(papers, share=share, seed=seed)
    assert known
    assert sorted(p.paper for p in (*known, *held_out)) == sorted(p.paper for p in papers)
    assert split_papers(papers[::-1], share=share, seed=seed) == split_papers(
        papers, share=share, seed=seed
    )


def test_common_neighbours_are_concepts_in_papers_of_both() -> None:
    trials = trials_of([trial(1, "m1 a b c"), trial(2, "d1 a b"), trial(3, "d1 b"), trial(4, "d2")])
    assert common_neighbours(trials, "m1") == {"d1": 2, "d2": 0}


def test_scorers_of_the_sample_are_measured_beside_each_other(knowledge: KnowledgeGraph) -> None:
    found = analysis.hits_at(knowledge)
    assert (found.known, found.held_out, found.k) == (32, 8, 10)
    assert [row["scorer"] for row in found.rows] == [
        "missing links", "popularity", "common neighbours", "chance"
    ]  # fmt: skip
    for row in found.rows:
        assert 0 <= float(str(row["mean_reciprocal_rank"])) <= 1
    hits = {row["scorer"]: float(str(row["hits"])) for row in found.rows}
    assert hits["missing links"] > hits["chance"] > 0


def test_more_places_find_more_and_all_places_find_all(knowledge: KnowledgeGraph) -> None:
    hits = [float(str(analysis.hits_at(knowledge, k).rows[0]["hits"])) for k in (1, 5, 10, 1000)]
    assert hits == sorted(hits)
    assert hits[-1] == 1


@pytest.mark.parametrize(("k", "share"), [(0, 0.2), (10, 0.0), (10, 1.0), (10, float("nan"))])
def test_numbers_out_of_range_are_refused(knowledge: KnowledgeGraph, k: int, share: float) -> None:
    with pytest.raises(UsageError, match="expected"):
        analysis.hits_at(knowledge, k, share=share)


def test_where_nothing_can_be_foretold_it_says_so(tmp_path: Path) -> None:
    source = tmp_path / "one.txt"
    source.write_text("A title\nWe pour tea. It cools in the evening, and nobody minds.\n")
    with KnowledgeGraph.open(tmp_path / "one.db", create=True) as knowledge:
        knowledge.build(source)
        with pytest.raises(UsageError, match="nothing to foretell"):
            analysis.hits_at(knowledge)


@needs_shared
def test_on_the_seeds_it_ranks_better_than_simple_scorers(tmp_path: Path) -> None:
    """Issue 7: measured on held-out links against simple baselines."""
    ranks = dict.fromkeys(("missing links", "popularity", "common neighbours", "chance"), 0.0)
    hits = dict(ranks)
    with KnowledgeGraph.open(tmp_path / "seeds.db", create=True) as knowledge:
        knowledge.build(SHARED / "seeds")
        for seed in range(100, 105):
            for row in analysis.hits_at(knowledge, seed=seed).rows:
                hits[str(row["scorer"])] += float(str(row["hits"])) / 5
                ranks[str(row["scorer"])] += float(str(row["mean_reciprocal_rank"])) / 5
    ours = ranks.pop("missing links")
    assert ours > max(ranks.values())
    assert hits["missing links"] > max(0.45, hits["common neighbours"])
