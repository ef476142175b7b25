"""Queries by date; the statements of these names say what they do and what dates mean."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from graph.queries import links
from graph.queries.rows import Row, date_of, first, rounded

if TYPE_CHECKING:
    from graph.networkx_store import NetworkXStore
    from graph.queries.links import Graph


def list_rising_concepts(
    store: NetworkXStore, *, earlier: str, later: str, limit: int
) -> list[Row]:
    """Concepts whose share of the papers grew from one date to another."""
    graph = store.graph
    all_earlier, of_earlier = _counts(graph, earlier)
    all_later, of_later = _counts(graph, later)
    if not all_earlier or not all_later:
        return []
    growth = {
        concept: rounded(of_later[concept] / all_later - of_earlier[concept] / all_earlier)
        for concept in of_later
        if of_later[concept] * all_earlier > of_earlier[concept] * all_later
    }
    return [
        {
            "concept_id": concept,
            "concept": graph.nodes[concept]["name"],
            "type": graph.nodes[concept].get("type"),
            "earlier_papers": of_earlier[concept],
            "later_papers": of_later[concept],
            "earlier_share": rounded(of_earlier[concept] / all_earlier),
            "later_share": rounded(of_later[concept] / all_later),
            "growth": growth[concept],
        }
        for concept in first(growth, limit, lambda c: (-growth[c], -of_later[c], c))
    ]


def _counts(graph: Graph, date: str) -> tuple[int, Counter[str]]:
    """How many papers are dated in a year, month or day, and how many of them each concept has."""
    dated = [
        paper for paper, node in links.papers(graph) if (date_of(node) or "").startswith(date)
    ]
    return len(dated), Counter(c for paper in dated for c in links.targets(graph, paper))


def list_new_concepts(store: NetworkXStore, *, since: str, limit: int) -> list[Row]:
    """Concepts all of whose papers are dated on a date or after it."""
    graph = store.graph
    dated: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for paper, node in links.papers(graph):
        date = date_of(node)
        if date is not None and date >= since:
            for concept in links.targets(graph, paper):
                dated[concept].append((date, paper))
    ranked = [
        (-len(papers), *min(papers), concept)
        for concept, papers in dated.items()
        if len(papers) == graph.nodes[concept].get("papers")
    ]
    return [
        {
            "concept_id": concept,
            "concept": graph.nodes[concept]["name"],
            "type": graph.nodes[concept].get("type"),
            "papers": -count,
            "first_date": date,
            "paper_id": paper,
            "title": graph.nodes[paper]["name"],
        }
        for count, date, paper, concept in first(
            ranked, limit, lambda entry: (entry[0], entry[1], entry[3])
        )
    ]
