from __future__ import annotations

import pytest

from graph.queries import dates
from tests.graph.queries.corpus import store

STORE = store()


def test_concepts_rise_by_their_share_of_the_papers() -> None:
    rows = dates.list_rising_concepts(STORE, earlier="2024", later="2025", limit=2)
    # Of two papers each: teapots are in one, then in both; MNLI in none, then in one.
    assert [
        (row["concept_id"], row["earlier_papers"], row["later_papers"], row["growth"])
        for row in rows
    ] == [("method/teapot", 1, 2, 0.5), ("dataset/mnli", 0, 1, 0.5)]
    assert (rows[0]["earlier_share"], rows[0]["later_share"]) == (0.5, 1.0)


@pytest.mark.parametrize(
    ("earlier", "later"), [("2023", "2025"), ("2024", "2026"), ("2025", "2025")]
)
def test_nothing_rises_from_or_to_a_date_without_papers(earlier: str, later: str) -> None:
    assert dates.list_rising_concepts(STORE, earlier=earlier, later=later, limit=9) == []


def test_a_paper_known_to_the_year_belongs_to_no_month() -> None:
    rows = dates.list_rising_concepts(STORE, earlier="2024-03", later="2025-01", limit=9)
    assert {row["concept_id"] for row in rows} == {
        "method/rag",
        "method/teapot",
        "task/rag",
    }


def test_new_concepts_have_all_their_papers_since_the_date() -> None:
    rows = dates.list_new_concepts(STORE, since="2024-11", limit=9)
    assert [
        (row["concept_id"], row["papers"], row["first_date"], row["paper_id"]) for row in rows
    ] == [
        ("method/teapot", 3, "2024-11-02", "p2"),
        ("dataset/mnli", 1, "2025", "p3"),
        ("method/rag", 1, "2025-01-01", "p4"),
        ("task/rag", 1, "2025-01-01", "p4"),
    ]


def test_a_date_known_in_part_counts_as_its_beginning() -> None:
    rows = dates.list_new_concepts(STORE, since="2025-01", limit=9)
    assert "dataset/mnli" not in {row["concept_id"] for row in rows}
