from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from extract.errors import NameNotFoundError, UsageError
from graph import KnowledgeGraph, NodeKind, analysis

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def knowledge(sample_library_once: Path) -> Iterator[KnowledgeGraph]:
    with KnowledgeGraph.open(sample_library_once) as opened:
        yield opened


def test_pairs_agree_with_a_count_paper_by_paper(knowledge: KnowledgeGraph) -> None:
    store = knowledge.store
    papers = store.nodes(NodeKind.PAPER)
    single: Counter[str] = Counter()
    both: Counter[tuple[str, ...]] = Counter()
    for paper in papers:
        concepts = {
            node.id for _, node in store.neighbours(paper.id) if node.kind is NodeKind.CONCEPT
        }
        single.update(concepts)
        both.update(combinations(sorted(concepts), 2))
    rows = analysis.co_occurring_concepts(knowledge, least=2, limit=1_000_000)
    assert {(row["a_id"], row["b_id"]): row["papers"] for row in rows} == {
        pair: count for pair, count in both.items() if count >= 2
    }
    for row in rows:
        a, b = str(row["a_id"]), str(row["b_id"])
        lift = both[a, b] * len(papers) / (single[a] * single[b])
        assert row["lift"] == pytest.approx(lift, abs=1e-6)
    lifts = [float(str(row["lift"])) for row in rows]
    assert lifts == sorted(lifts, reverse=True)


def test_of_one_concept_the_rows_are_those_of_the_named_query(knowledge: KnowledgeGraph) -> None:
    rows = analysis.co_occurring_concepts(knowledge, "BERT", least=2, limit=5)
    query = "list_cooccurring_concepts"
    assert rows == knowledge.query(query, concept="BERT", least=2, limit=5)
    every = analysis.co_occurring_concepts(knowledge, least=2, limit=1_000_000)
    lifts = {
        row["a_id"] if row["b_id"] == "method/bert" else row["b_id"]: row["lift"]
        for row in every
        if "method/bert" in (row["a_id"], row["b_id"])
    }
    assert all(lifts[row["concept_id"]] == row["lift"] for row in rows)


def test_wrong_names_and_numbers_are_refused(knowledge: KnowledgeGraph) -> None:
    with pytest.raises(NameNotFoundError):
        analysis.co_occurring_concepts(knowledge, "BERTT")
    with pytest.raises(UsageError, match="1 or more"):
        analysis.co_occurring_concepts(knowledge, least=0)
