"""Queries about a dataset; the statements of these names say what they do."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from graph.queries import links
from graph.queries.rows import Row, first, rounded

if TYPE_CHECKING:
    from graph.networkx_store import NetworkXStore


def list_dataset_metrics(store: NetworkXStore, *, dataset: str, limit: int) -> list[Row]:
    """Metrics reported on a dataset."""
    graph = store.graph
    papers = Counter(
        metric
        for paper in links.sources(graph, dataset, {"EVALUATES"})
        for metric in links.targets(graph, paper, {"REPORTS"})
    )
    results = Counter(
        metric
        for result in links.sources(graph, dataset, {"ON_DATASET"})
        for metric in links.targets(graph, result, {"BY_METRIC"})
    )
    found = first(
        papers.keys() | results.keys(),
        limit,
        lambda metric: (-results[metric], -papers[metric], metric),
    )
    return [
        {
            "metric_id": metric,
            "metric": graph.nodes[metric]["name"],
            "results": results[metric],
            "papers": papers[metric],
        }
        for metric in found
    ]


def list_dataset_tasks(store: NetworkXStore, *, dataset: str, limit: int) -> list[Row]:
    """Tasks of a dataset."""
    graph = store.graph
    papers = links.sources(graph, dataset, ("PROPOSES", "EVALUATES", "TRAINS"))
    tasks = Counter(
        task for paper in papers for task in links.targets(graph, paper, {"ADDRESSES"})
    )
    return [
        {
            "task_id": task,
            "task": graph.nodes[task]["name"],
            "papers": tasks[task],
            "share": rounded(tasks[task] / len(papers)),
        }
        for task in first(tasks, limit, lambda task: (-tasks[task], task))
    ]
