from __future__ import annotations

import pytest

from graph.queries import concepts
from tests.graph.queries.corpus import store

STORE = store()


def test_the_papers_of_a_concept_stand_by_role_then_confidence() -> None:
    rows = concepts.list_concept_papers(STORE, concept="method/bert", role="any", limit=9)
    assert [(row["role"], row["paper_id"], row["confidence"]) for row in rows] == [
        ("compares", "p1", 0.8),
        ("mentions", "p2", 0.4),
        ("uses", "p2", 0.9),
        ("uses", "p4", 0.9),
    ]
    assert rows[0] == {
        "role": "compares",
        "paper_id": "p1",
        "title": "On kettles",
        "date": "2024-03-12",
        "confidence": 0.8,
        "count": 1,
        "evidence": "p1 COMPARES method/bert",
    }


def test_a_role_and_a_limit_choose_among_them() -> None:
    rows = concepts.list_concept_papers(STORE, concept="method/bert", role="uses", limit=1)
    assert [row["paper_id"] for row in rows] == ["p2"]


def test_who_proposed_a_concept() -> None:
    (row,) = concepts.find_proposals(STORE, concept="method/kettle", limit=9)
    assert (row["paper_id"], row["title"], row["date"], row["authors"]) == (
        "p1",
        "On kettles",
        "2024-03-12",
        None,
    )
    assert concepts.find_proposals(STORE, concept="method/bert", limit=9) == []


def test_lift_compares_with_chance() -> None:
    rows = concepts.list_cooccurring_concepts(STORE, concept="method/bert", least=2, limit=9)
    # Of five papers three have BERT, two of these GLUE, which two have: 2 * 5 / (3 * 2).
    assert [(row["concept_id"], row["papers"], row["lift"]) for row in rows] == [
        ("dataset/glue", 2, 1.666667),
        ("task/tea", 2, 1.666667),
        ("method/teapot", 2, 1.111111),
    ]


def test_concepts_with_several_types() -> None:
    (row,) = concepts.list_multitype_concepts(STORE, limit=9)
    assert (row["concept_id"], row["type"], row["other_types"]) == (
        "method/teapot",
        "Method",
        ["Task"],
    )


@pytest.mark.parametrize("limit", [1, 2, 9])
def test_names_of_several_concepts_come_before_those_that_are_flagged(limit: int) -> None:
    rows = concepts.list_ambiguous_names(STORE, limit=limit)
    assert [(row["name"], row["concept_id"], row["concepts"]) for row in rows] == [
        ("RAG", "method/rag", 2),
        ("RAG", "task/rag", 2),
        ("F1", "metric/f1", 1),
    ][:limit]
