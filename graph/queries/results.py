"""Queries about results; the statements of these names say what they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.queries import links
from graph.queries.rows import Attributes, Row, date_of, first, nulls_last, rounded_or_none

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.networkx_store import NetworkXStore
    from graph.queries.links import Graph


def show_leaderboard(
    store: NetworkXStore, *, dataset: str, metric: str, best: str, limit: int
) -> list[Row]:
    """What papers state to have reached on a dataset by a metric."""
    graph = store.graph
    sign = 1.0 if best == "lowest" else -1.0
    ranked = []
    for result in links.sources(graph, dataset, {"ON_DATASET"}):
        node = graph.nodes[result]
        if "BY_METRIC" not in links.between(graph, result, metric) or node.get("delta"):
            continue
        number = _times(sign, node.get("number"))
        for paper in links.sources(graph, result, {"STATES"}):
            for method in _ends(graph, result, "OF_METHOD"):
                key = (
                    *nulls_last(node.get("unit"), number),
                    result,
                    *nulls_last(method),
                    paper,
                )
                ranked.append((key, result, method, paper))
    return [
        {
            "unit": graph.nodes[result].get("unit"),
            "value": graph.nodes[result].get("value"),
            **_named(graph, "method", method),
            **_paper(graph, paper),
            **_source(graph, result),
        }
        for _, result, method, paper in first(ranked, limit, lambda entry: entry[0])
    ]


def list_paper_results(store: NetworkXStore, *, paper: str) -> list[Row]:
    """Results that a paper states."""
    graph = store.graph
    ranked = [
        (nulls_last(dataset, metric, method, result), dataset, metric, method, result)
        for result in links.targets(graph, paper, {"STATES"})
        for method in _ends(graph, result, "OF_METHOD")
        for dataset in _ends(graph, result, "ON_DATASET")
        for metric in _ends(graph, result, "BY_METRIC")
    ]
    return [
        {
            **_stated(graph.nodes[result]),
            **_named(graph, "method", method),
            **_named(graph, "dataset", dataset),
            **_named(graph, "metric", metric),
            **_source(graph, result),
        }
        for _, dataset, metric, method, result in sorted(ranked, key=lambda entry: entry[0])
    ]


def list_method_results(store: NetworkXStore, *, method: str, limit: int) -> list[Row]:
    """Results of a method in all papers."""
    graph = store.graph
    ranked = []
    for result in links.sources(graph, method, {"OF_METHOD"}):
        node = graph.nodes[result]
        number = _times(-1.0, node.get("number"))
        for paper in links.sources(graph, result, {"STATES"}):
            for dataset in _ends(graph, result, "ON_DATASET"):
                for metric in _ends(graph, result, "BY_METRIC"):
                    key = nulls_last(dataset, metric, node.get("unit"), number, result, paper)
                    ranked.append((key, dataset, metric, result, paper))
    return [
        {
            **_named(graph, "dataset", dataset),
            **_named(graph, "metric", metric),
            **_stated(graph.nodes[result]),
            **_paper(graph, paper),
            **_source(graph, result),
        }
        for _, dataset, metric, result, paper in first(ranked, limit, lambda entry: entry[0])
    ]


def _ends(graph: Graph, result: str, relation: str) -> Iterator[str | None]:
    """The concepts of a result by one relation; one None where there is none."""
    found = links.targets(graph, result, {relation})
    yield from found or [None]


def _times(sign: float, number: float | None) -> float | None:
    return None if number is None else sign * number


def _stated(result: Attributes) -> Row:
    return {name: result.get(name) for name in ("value", "unit", "delta", "baseline")}


def _named(graph: Graph, column: str, concept: str | None) -> Row:
    name = None if concept is None else graph.nodes[concept]["name"]
    return {f"{column}_id": concept, column: name}


def _paper(graph: Graph, paper: str) -> Row:
    node = graph.nodes[paper]
    return {"paper_id": paper, "title": node["name"], "date": date_of(node)}


def _source(graph: Graph, result: str) -> Row:
    node = graph.nodes[result]
    return {
        "quote": node.get("quote"),
        "confidence": rounded_or_none(node.get("confidence")),
        "result_id": result,
    }
