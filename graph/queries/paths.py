"""Queries for paths; the statements of these names say what they do."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from graph.elements import NodeKind, Relation
from graph.paths import shortest_sequences
from graph.queries import links
from graph.queries.rows import Row, first

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from graph.networkx_store import NetworkXStore
    from graph.queries.links import Graph

_STRENGTH = {relation.value: place for place, relation in enumerate(Relation)}
_MOST_STEPS = 6


def find_shortest_path(store: NetworkXStore, *, start: str, end: str, limit: int) -> list[Row]:
    """Shortest paths between two papers or concepts."""
    graph = store.graph

    def expand(ids: Collection[str]) -> set[str]:
        return {other for id_ in ids for other in _neighbours(graph, id_)}

    return _steps(graph, shortest_sequences(start, end, expand, limit=limit))


def find_paths_around_hubs(
    store: NetworkXStore, *, start: str, end: str, most: int, limit: int
) -> list[Row]:
    """The first shortest paths between two papers or concepts that avoid hubs."""
    graph = store.graph
    if start == end:
        return []
    turned = len(_neighbours(graph, start)) > len(_neighbours(graph, end))
    near, far = (end, start) if turned else (start, end)
    # Walks grow from the end that has fewer edges, until there are enough.
    goal = set(_neighbours(graph, far))
    walks: list[tuple[str, ...]] = [(near,)]
    found: list[tuple[str, ...]] = []
    for _ in range(_MOST_STEPS):
        found += [(*walk, far) for walk in walks if walk[-1] in goal]
        if len(found) >= limit:
            break
        walks = [
            (*walk, other)
            for walk in walks
            for other in _neighbours(graph, walk[-1])
            if other != far
            and other not in walk
            and graph.nodes[other].get("papers", 0) <= most
        ]
    paths = [walk[::-1] if turned else walk for walk in found]
    return _steps(graph, first(paths, limit, lambda path: (len(path), path)))


def _neighbours(graph: Graph, id_: str) -> list[str]:
    """Concepts of a paper, papers of a concept."""
    if graph.nodes[id_]["kind"] == NodeKind.PAPER:
        return links.targets(graph, id_)
    return links.sources(graph, id_)


def _steps(graph: Graph, paths: Iterable[Sequence[str]]) -> list[Row]:
    return [
        _step(graph, path, step, source, target)
        for path, sequence in enumerate(paths, 1)
        for step, (source, target) in enumerate(pairwise(sequence), 1)
    ]


def _step(graph: Graph, path: int, step: int, source: str, target: str) -> Row:
    is_paper = graph.nodes[source]["kind"] == NodeKind.PAPER
    paper, concept = (source, target) if is_paper else (target, source)
    edges = links.between(graph, paper, concept)
    relation = min(edges, key=_STRENGTH.__getitem__)
    return {
        "path": path,
        "step": step,
        "from_id": source,
        "from": graph.nodes[source]["name"],
        "relation": relation,
        "to_id": target,
        "to": graph.nodes[target]["name"],
        "paper_id": paper,
        "evidence": edges[relation].get("evidence"),
    }
