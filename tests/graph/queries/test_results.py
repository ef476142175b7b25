from __future__ import annotations

import pytest

from graph.queries import results
from tests.graph.queries.corpus import store

STORE = store()


@pytest.mark.parametrize(
    ("best", "values"),
    [("highest", ["100", "91.5", "9.25", "5-10"]), ("lowest", ["9.25", "91.5", "100", "5-10"])],
)
def test_a_leaderboard_is_ordered_by_number_without_differences(
    best: str, values: list[str]
) -> None:
    rows = results.show_leaderboard(
        STORE, dataset="dataset/glue", metric="metric/accuracy", best=best, limit=9
    )
    assert [row["value"] for row in rows] == values


def test_a_place_names_method_paper_and_quote() -> None:
    rows = results.show_leaderboard(
        STORE, dataset="dataset/glue", metric="metric/accuracy", best="highest", limit=2
    )
    assert rows[1] == {
        "unit": "%",
        "value": "91.5",
        "method_id": "method/kettle",
        "method": "Kettle",
        "paper_id": "p1",
        "title": "On kettles",
        "date": "2024-03-12",
        "quote": "it is 91.5",
        "confidence": 0.75,
        "result_id": "r0",
    }
    assert (rows[0]["method_id"], rows[0]["method"]) == (None, None)


def test_results_of_a_paper() -> None:
    rows = results.list_paper_results(STORE, paper="p1")
    assert [(row["method"], row["value"], row["delta"]) for row in rows] == [
        ("BERT", "9.25", False),
        ("BERT", "5-10", False),
        ("Kettle", "91.5", False),
        ("Kettle", "2.1", True),
        (None, "100", False),
    ]


def test_results_of_a_method_in_all_papers() -> None:
    rows = results.list_method_results(STORE, method="method/bert", limit=9)
    assert [(row["metric"], row["value"], row["unit"], row["paper_id"]) for row in rows] == [
        ("accuracy", "9.25", "%", "p1"),
        ("accuracy", "5-10", "%", "p1"),
        ("F1", "0.3", None, "p2"),
    ]
