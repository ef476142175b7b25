"""Queries about a method; the statements of these names say what they do."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from graph.queries import links
from graph.queries.rows import Row, date_of, first, number_in, rounded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.networkx_store import NetworkXStore
    from graph.queries.links import Graph

_WORKS_WITH = ("PROPOSES", "USES", "STUDIES")
_EVALUATES = ("PROPOSES", "USES", "COMPARES", "STUDIES")
_SETS_BESIDE = ("PROPOSES", "STUDIES", "COMPARES")
_SIMILAR = 10  # methods that count as like another


def list_evaluations(store: NetworkXStore, *, method: str, dataset: str, limit: int) -> list[Row]:
    """Papers that evaluate a method on a dataset."""
    graph = store.graph
    rows: list[Row] = []
    for _, paper, evaluates in links.edges_to(graph, dataset, {"EVALUATES"}):
        for relation, edge in links.between(graph, paper, method).items():
            if relation in _EVALUATES:
                rows.append(
                    {
                        "paper_id": paper,
                        "title": graph.nodes[paper]["name"],
                        "date": date_of(graph.nodes[paper]),
                        "role": relation.lower(),
                        "results": _results_that_name(graph, paper, method, dataset),
                        "method_evidence": edge.get("evidence"),
                        "dataset_evidence": evaluates.get("evidence"),
                    }
                )
    return first(
        rows, limit, lambda row: (-number_in(row, "results"), row["paper_id"], row["role"])
    )


def _results_that_name(graph: Graph, paper: str, method: str, dataset: str) -> int:
    return sum(
        "OF_METHOD" in links.between(graph, result, method)
        and "ON_DATASET" in links.between(graph, result, dataset)
        for result in links.targets(graph, paper, {"STATES"})
    )


def list_companion_methods(store: NetworkXStore, *, method: str, limit: int) -> list[Row]:
    """Methods most used with a method."""
    graph = store.graph
    papers = links.sources(graph, method, _WORKS_WITH)
    shared = Counter(
        other
        for paper in papers
        for other in links.targets(graph, paper, {"USES"})
        if other != method
    )
    found = first(shared.items(), limit, lambda entry: (-entry[1], entry[0]))
    return [
        {
            "method_id": other,
            "method": graph.nodes[other]["name"],
            "papers": count,
            "share": rounded(count / len(papers)),
        }
        for other, count in found
    ]


def list_evaluation_datasets(store: NetworkXStore, *, method: str, limit: int) -> list[Row]:
    """Datasets that papers evaluate a method on, and those on which methods like it are."""
    graph = store.graph
    compared = _compared(graph, method)
    similar = first(compared, _SIMILAR, lambda other: (-len(compared[other]), other))
    own = Counter(dataset for _, dataset in _evaluations(graph, method))
    of_similar: dict[str, set[str]] = defaultdict(set)
    names: dict[str, list[str]] = defaultdict(list)
    for other in sorted(similar):
        found = _evaluations(graph, other)
        for paper, dataset in found:
            of_similar[dataset].add(paper)
        for dataset in {dataset for _, dataset in found}:
            names[dataset].append(graph.nodes[other]["name"])
    datasets = first(
        own.keys() | of_similar.keys(),
        limit,
        lambda dataset: (-own[dataset], -len(of_similar.get(dataset, ())), dataset),
    )
    return [
        {
            "dataset_id": dataset,
            "dataset": graph.nodes[dataset]["name"],
            "papers": own[dataset],
            "papers_of_similar": len(of_similar.get(dataset, ())),
            "similar_methods": names.get(dataset, []),
        }
        for dataset in datasets
    ]


def _evaluations(graph: Graph, method: str) -> list[tuple[str, str]]:
    """Papers that work with a method, with the datasets that they evaluate on."""
    return [
        (paper, dataset)
        for paper in links.sources(graph, method, _EVALUATES)
        for dataset in links.targets(graph, paper, {"EVALUATES"})
    ]


def list_compared_methods(store: NetworkXStore, *, method: str, limit: int) -> list[Row]:
    """What is compared with a method."""
    graph = store.graph
    compared = _compared(graph, method)
    rows: list[Row] = []
    for other in first(compared, limit, lambda other: (-len(compared[other]), other)):
        _, paper, relation = min(
            (-edge.get("confidence", -1.0), paper, relation)
            for paper, relations in compared[other].items()
            for relation in relations
            for edge in (links.between(graph, paper, other)[relation],)
        )
        rows.append(
            {
                "method_id": other,
                "method": graph.nodes[other]["name"],
                "papers": len(compared[other]),
                "paper_id": paper,
                "title": graph.nodes[paper]["name"],
                "role": relation.lower(),
                "evidence": links.between(graph, paper, other)[relation].get("evidence"),
            }
        )
    return rows


def _compared(graph: Graph, method: str) -> dict[str, dict[str, set[str]]]:
    """Methods set beside a method: by method, the papers that do so and their relations to it."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for paper in links.sources(graph, method, _SETS_BESIDE):
        for other, relation in _set_beside(graph, paper, method):
            found[other][paper].add(relation)
    return found


def _set_beside(graph: Graph, paper: str, method: str) -> Iterator[tuple[str, str]]:
    compares_it = "COMPARES" in links.between(graph, paper, method)
    relations = _SETS_BESIDE if compares_it else ("COMPARES",)
    for relation, other, _ in links.edges_from(graph, paper, relations):
        if other != method and graph.nodes[other].get("type") == "Method":
            yield other, relation
