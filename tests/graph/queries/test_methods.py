from __future__ import annotations

from graph.queries import methods
from tests.graph.queries.corpus import store

STORE = store()


def test_papers_that_evaluate_a_method_on_a_dataset() -> None:
    rows = methods.list_evaluations(STORE, method="method/bert", dataset="dataset/glue", limit=9)
    assert [(row["paper_id"], row["role"], row["results"]) for row in rows] == [
        ("p1", "compares", 2),
        ("p2", "uses", 1),
    ]
    assert rows[1]["method_evidence"] == "p2 USES method/bert"
    assert rows[1]["dataset_evidence"] == "p2 EVALUATES dataset/glue"


def test_methods_used_with_a_method() -> None:
    (row,) = methods.list_companion_methods(STORE, method="method/bert", limit=9)
    # p1 only compares BERT; p2 and p4 use it, and both use teapots.
    assert (row["method_id"], row["papers"], row["share"]) == ("method/teapot", 2, 1.0)


def test_datasets_of_a_method_and_of_those_set_beside_it() -> None:
    rows = methods.list_evaluation_datasets(STORE, method="method/kettle", limit=9)
    assert [
        (row["dataset_id"], row["papers"], row["papers_of_similar"], row["similar_methods"])
        for row in rows
    ] == [
        ("dataset/glue", 1, 2, ["BERT", "Teapot"]),
        ("dataset/mnli", 1, 1, ["Teapot"]),
    ]


def test_what_is_compared_with_a_method() -> None:
    rows = methods.list_compared_methods(STORE, method="method/kettle", limit=9)
    assert [(row["method_id"], row["papers"], row["paper_id"], row["role"]) for row in rows] == [
        ("method/bert", 1, "p1", "compares"),
        ("method/teapot", 1, "p3", "compares"),
    ]
    (back,) = methods.list_compared_methods(STORE, method="method/bert", limit=9)
    assert (back["method_id"], back["role"]) == ("method/kettle", "proposes")


def test_to_be_used_beside_a_method_is_no_comparison() -> None:
    rows = methods.list_compared_methods(STORE, method="method/rag", limit=9)
    assert rows == []
