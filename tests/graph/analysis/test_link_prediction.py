from __future__ import annotations

import math
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import NameNotFoundError, UsageError
from graph import KnowledgeGraph, analysis
from graph.analysis.link_prediction import scores, trials_of
from tests.graph.analysis.corpus import trial

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

NAMES = st.sets(st.sampled_from(["m1", "m2", "m3", "d1", "d2", "d3", "c1", "c2"]), max_size=6)
CORPORA = st.lists(NAMES, min_size=1, max_size=12)


@pytest.fixture(scope="module")
def knowledge(sample_library_once: Path) -> Iterator[KnowledgeGraph]:
    with KnowledgeGraph.open(sample_library_once) as opened:
        yield opened


def test_what_leads_to_a_dataset_by_shared_concepts_scores_higher() -> None:
    trials = trials_of([trial(1, "m1 vision"), trial(2, "m2 vision d1"), trial(3, "m3 speech d2")])
    found = scores(trials, "m1")
    assert found["d1"] > found["d2"]


def test_a_concept_of_many_papers_leads_less_than_a_rare_one() -> None:
    common = [trial(i, "everything") for i in range(10, 30)]
    trials = trials_of(
        [
            trial(1, "m1 everything rare"),
            trial(2, "m2 everything d1"),
            trial(3, "m3 rare d2"),
            *common,
        ]
    )
    found = scores(trials, "m1")
    assert found["d2"] > found["d1"]


def test_without_any_walk_the_common_dataset_is_first() -> None:
    trials = trials_of([trial(1, "m1"), trial(2, "d1"), trial(3, "d1"), trial(4, "d2")])
    assert scores(trials, "m1") == pytest.approx({"d1": 2 / 3, "d2": 1 / 3})


@settings(deadline=None)
@given(CORPORA)
def test_scores_agree_with_walks_counted_one_by_one(corpus: list[set[str]]) -> None:
    papers = [trial(i, " ".join(names)) for i, names in enumerate(corpus)]
    trials = trials_of(papers)
    for method in trials.papers_of:
        walks = dict.fromkeys(trials.datasets, 0.0)
        for a in papers:
            for concept in a.concepts if method in a.methods else ():
                having = [b for b in papers if concept in b.concepts]
                for b in having:
                    for dataset in b.datasets:
                        walks[dataset] += 1 / math.sqrt(len(having))
        total = sum(walks.values())
        tries = sum(len(paper.datasets) for paper in papers)
        expected = {d: (walks[d] + 100 * trials.datasets[d] / tries) / (total + 100) for d in walks}
        assert scores(trials, method) == pytest.approx(expected)
        assert math.isclose(sum(expected.values()), 1) or not expected


@settings(deadline=None)
@given(CORPORA, st.randoms())
def test_the_order_of_papers_does_not_matter(corpus: list[set[str]], rng: random.Random) -> None:
    papers = [trial(i, " ".join(names)) for i, names in enumerate(corpus)]
    trials = trials_of(papers)
    rng.shuffle(papers)
    again = trials_of(papers)
    for method in trials.papers_of:
        assert scores(trials, method) == scores(again, method)


def test_no_paper_has_a_predicted_pair_and_the_evidence_is_there(
    knowledge: KnowledgeGraph,
) -> None:
    rows = analysis.missing_links(knowledge, limit=30)
    assert len(rows) == 30
    expected = [row["expected"] for row in rows]
    assert expected == sorted(expected, key=lambda value: -float(str(value)))
    for row in rows:
        assert (
            knowledge.query("list_evaluations", method=row["method_id"], dataset=row["dataset_id"])
            == []
        )
        shared = row["shared"]
        assert isinstance(shared, list)
        for end in ("method", "dataset"):
            beside = {
                node.name
                for _, paper in knowledge.neighbours(str(row[f"{end}_id"]))
                for _, node in knowledge.neighbours(paper.id)
            }
            assert set(shared) <= beside
        assert str(row["method"]) in str(row["statement"])


def test_one_method_and_one_dataset_can_be_asked_for(knowledge: KnowledgeGraph) -> None:
    rows = analysis.missing_links(knowledge, method="bert", limit=5)
    assert {row["method_id"] for row in rows} == {"method/bert"}
    rows = analysis.missing_links(knowledge, dataset="librispeech", limit=5)
    assert {row["dataset_id"] for row in rows} == {"dataset/librispeech"}
    assert len({row["method_id"] for row in rows}) == 5


def test_rare_methods_and_datasets_are_left_out_unless_asked_for(
    knowledge: KnowledgeGraph,
) -> None:
    for row in analysis.missing_links(knowledge, least=4, limit=50):
        assert min(int(str(row["method_papers"])), int(str(row["dataset_papers"]))) >= 4
    assert analysis.missing_links(knowledge, method="Quillback", least=4)


def test_names_of_another_type_are_refused(knowledge: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match="is a Dataset; name a Method"):
        analysis.missing_links(knowledge, method="ImageNet")
    with pytest.raises(NameNotFoundError):
        analysis.missing_links(knowledge, dataset="ImageNette")
    with pytest.raises(UsageError, match="1 or more"):
        analysis.missing_links(knowledge, limit=0)


def test_the_same_library_gives_the_same_rows_in_every_process(sample_library_once: Path) -> None:
    code = (
        "import sys; from graph import KnowledgeGraph, analysis\n"
        "knowledge = KnowledgeGraph.open(sys.argv[1])\n"
        "print(analysis.missing_links(knowledge), analysis.hits_at(knowledge, seed=3),"
        " analysis.bridging_concepts(knowledge, sample=20))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code, str(sample_library_once)],
            cwd=Path(__file__).parents[3],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1
