"""Queries about papers; the statements of these names say what they do."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graph.queries import links
from graph.queries.rows import Row, date_of, first, rounded, rounded_sum

if TYPE_CHECKING:
    from graph.networkx_store import NetworkXStore


def list_similar_papers(
    store: NetworkXStore, *, paper: str, most: int, limit: int
) -> list[Row]:
    """Papers most similar to a paper, by the concepts that they share."""
    graph = store.graph
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    for concept in links.targets(graph, paper):
        papers = graph.nodes[concept].get("papers")
        if papers is None or papers > most:
            continue
        own = links.confidence(links.between(graph, paper, concept))
        for other in links.sources(graph, concept):
            if other != paper:
                confidence = links.confidence(links.between(graph, other, concept))
                weights[other][concept] = own * confidence / max(papers, 1)
    similarity = {other: rounded_sum(sum(found.values())) for other, found in weights.items()}
    rows: list[Row] = []
    for other in first(similarity, limit, lambda other: (-similarity[other], other)):
        shared = sorted(weights[other], key=lambda c: (-rounded_sum(weights[other][c]), c))
        rows.append(
            {
                "paper_id": other,
                "title": graph.nodes[other]["name"],
                "date": date_of(graph.nodes[other]),
                "similarity": similarity[other],
                "shared": len(shared),
                "concepts": [graph.nodes[concept]["name"] for concept in shared],
            }
        )
    return rows


def list_papers_without_concepts(store: NetworkXStore, *, limit: int) -> list[Row]:
    """Papers in which nothing was found."""
    graph = store.graph
    found = first(
        (paper for paper, _ in links.papers(graph) if not links.targets(graph, paper)),
        limit,
        lambda paper: paper,
    )
    return [
        {
            "paper_id": paper,
            "title": graph.nodes[paper]["name"],
            "date": date_of(graph.nodes[paper]),
            "url": graph.nodes[paper].get("url"),
        }
        for paper in found
    ]
