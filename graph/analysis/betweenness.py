"""Concepts that hold the graph together: betweenness centrality, estimated from a sample."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

import networkx as nx

from extract.errors import UsageError
from graph.elements import NodeKind
from graph.queries import links
from graph.queries.rows import first, rounded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.knowledge_graph import KnowledgeGraph
    from graph.queries.links import Graph
    from graph.queries.rows import Row

SAMPLE = 100
"""Nodes that shortest paths are counted from, where no other number is asked for."""

_NAMED_COMMUNITIES = 3


def bridging_concepts(
    knowledge: KnowledgeGraph, *, limit: int = 20, sample: int = SAMPLE, seed: int = 0
) -> list[Row]:
    """Concepts that most shortest paths between other papers and concepts go through.

    Betweenness is the share of the shortest paths between two nodes that pass a third, summed over
    all pairs and divided by their number: 0 for a concept that nothing needs, 1 for the middle of a
    star. What is high holds apart things together; the most common concepts are among them, and
    the interesting ones have few papers for their betweenness. The named query
    `list_bridge_concepts` is another thing: what two given communities share.

    The graph is that of papers and concepts that two papers or more share: others lie on no path
    between two papers. From `sample` of its nodes, drawn by `seed`, paths to all others are
    counted and scaled up (U. Brandes, C. Pich, "Centrality estimation in large networks", 2007).
    With a sample of all nodes the numbers are exact; with 100, expect the first ten to stay and
    later places to change with the seed. Time grows with the sample and the number of edges.

    Args:
        knowledge: the graph.
        limit: most rows.
        sample: nodes to count paths from, 1 or more.
        seed: of the sample.

    Returns:
        The highest betweenness first: concept with id, name and type, its papers, betweenness, in
        how many communities its papers are, and the names of the three with most of these papers.

    Raises:
        UsageError: `sample` or `limit` is less than 1.
    """
    if sample < 1 or limit < 1:
        raise UsageError(f"sample is {sample} and limit is {limit}; expected 1 or more.")
    with knowledge.snapshot():
        graph = knowledge.networkx()
        names = {community.id: community.name for community in knowledge.communities()}
    found = betweenness(graph, sample=sample, seed=seed)
    ranked = first(found, limit, lambda id_: (-found[id_], id_))
    return [_row(graph, names, concept, found[concept]) for concept in ranked]


def _row(graph: Graph, names: Mapping[str, str], concept: str, value: float) -> Row:
    node = graph.nodes[concept]
    homes = Counter(
        home
        for paper in links.sources(graph, concept)
        if (home := graph.nodes[paper].get("community")) in names
    )
    largest = first(homes, _NAMED_COMMUNITIES, lambda home: (-homes[home], home))
    return {
        "concept_id": concept,
        "concept": node["name"],
        "type": node.get("type"),
        "papers": node.get("papers"),
        "betweenness": value,
        "communities": len(homes),
        "largest_communities": [names[home] for home in largest],
    }


def betweenness(graph: Graph, *, sample: int = SAMPLE, seed: int = 0) -> dict[str, float]:
    """Betweenness, 0 to 1, of every concept that two papers or more share.

    Args:
        graph: of `NetworkXStore`.
        sample: nodes to count paths from; all where there are no more.
        seed: of the sample.
    """
    shared = shared_graph(graph)
    found = nx.betweenness_centrality(
        shared, k=min(sample, len(shared)), normalized=True, seed=random.Random(seed)
    )
    concepts = NodeKind.CONCEPT
    return {id_: rounded(v) for id_, v in found.items() if graph.nodes[id_]["kind"] == concepts}


def shared_graph(graph: Graph) -> nx.Graph[str]:
    """Papers and the concepts that two or more of them share, as a plain graph, sorted."""
    shared: nx.Graph[str] = nx.Graph()
    for concept, _ in sorted(links.concepts(graph)):
        papers = links.sources(graph, concept)
        if len(papers) > 1:
            shared.add_edges_from((concept, paper) for paper in sorted(papers))
    return shared
