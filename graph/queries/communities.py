"""Queries about communities; the statements of these names say what they do."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from graph.queries import links
from graph.queries.rows import Row, first, rounded_sum

if TYPE_CHECKING:
    from graph.networkx_store import NetworkXStore


def list_bridge_concepts(
    store: NetworkXStore, *, first_community: str, second_community: str, limit: int
) -> list[Row]:
    """Concepts that bridge two communities."""
    graph = store.graph
    if first_community == second_community:
        return []
    counts: dict[str, Counter[str]] = {first_community: Counter(), second_community: Counter()}
    for paper, node in links.papers(graph):
        if node.get("community") in counts:
            counts[node["community"]].update(links.targets(graph, paper))
    of_first, of_second = counts[first_community], counts[second_community]
    found = first(
        of_first.keys() & of_second.keys(),
        limit,
        lambda c: (-min(of_first[c], of_second[c]), -of_first[c] - of_second[c], c),
    )
    return [
        {
            "concept_id": concept,
            "concept": graph.nodes[concept]["name"],
            "type": graph.nodes[concept].get("type"),
            "community_id": graph.nodes[concept].get("community"),
            "bridge": min(of_first[concept], of_second[concept]),
            "first_papers": of_first[concept],
            "second_papers": of_second[concept],
        }
        for concept in found
    ]


def list_community_members(store: NetworkXStore, *, community: str, limit: int) -> list[Row]:
    """Members of a community by weight."""
    graph = store.graph
    weights: dict[str, list[float]] = defaultdict(list)
    for paper, node in links.papers(graph):
        if node.get("community") != community:
            continue
        for concept in links.targets(graph, paper):
            other = graph.nodes[concept]
            if other.get("community") == community:
                confidence = links.confidence(links.between(graph, paper, concept))
                weight = confidence / math.sqrt(max(other.get("papers", 1), 1))
                weights[paper].append(weight)
                weights[concept].append(weight)
    weight_of = {member: rounded_sum(sum(found)) for member, found in weights.items()}
    return [
        {
            "id": member,
            "kind": graph.nodes[member]["kind"],
            "name": graph.nodes[member]["name"],
            "type": graph.nodes[member].get("type"),
            "links": len(weights[member]),
            "weight": weight_of[member],
        }
        for member in first(weight_of, limit, lambda member: (-weight_of[member], member))
    ]
