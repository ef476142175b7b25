from __future__ import annotations

from graph.queries import papers
from tests.graph.queries.corpus import store

STORE = store()


def test_papers_are_similar_by_what_they_share() -> None:
    rows = papers.list_similar_papers(STORE, paper="p2", most=9, limit=9)
    # p1: 0.8 * 0.9 / 3 for BERT, 0.7 * 0.7 / 2 for GLUE, 0.5 * 0.5 / 2 for tea making.
    assert [(row["paper_id"], row["similarity"], row["shared"]) for row in rows] == [
        ("p1", 0.61, 3),
        ("p4", 0.33, 2),
        ("p3", 0.27, 1),
    ]
    assert rows[0]["concepts"] == ["GLUE", "BERT", "tea making"]


def test_what_many_papers_have_makes_none_similar() -> None:
    rows = papers.list_similar_papers(STORE, paper="p2", most=2, limit=9)
    assert [row["paper_id"] for row in rows] == ["p1"]
    assert rows[0]["concepts"] == ["GLUE", "tea making"]


def test_papers_without_concepts() -> None:
    assert papers.list_papers_without_concepts(STORE, limit=9) == [
        {
            "paper_id": "p5",
            "title": "Nothing at all",
            "date": None,
            "url": "https://example.org/5",
        }
    ]
