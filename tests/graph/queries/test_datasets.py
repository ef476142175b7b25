from __future__ import annotations

from graph.queries import datasets
from tests.graph.queries.corpus import store

STORE = store()


def test_metrics_of_results_come_before_those_of_papers() -> None:
    rows = datasets.list_dataset_metrics(STORE, dataset="dataset/glue", limit=9)
    assert rows == [
        {"metric_id": "metric/accuracy", "metric": "accuracy", "results": 5, "papers": 1},
        {"metric_id": "metric/f1", "metric": "F1", "results": 1, "papers": 0},
    ]


def test_tasks_of_a_dataset() -> None:
    rows = datasets.list_dataset_tasks(STORE, dataset="dataset/glue", limit=9)
    assert rows == [{"task_id": "task/tea", "task": "tea making", "papers": 2, "share": 1.0}]
    assert datasets.list_dataset_tasks(STORE, dataset="dataset/mnli", limit=9) == []
