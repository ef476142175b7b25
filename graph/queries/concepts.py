"""Queries about concepts and their names; the statements of these names say what they do."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from graph.queries import links
from graph.queries.rows import (
    Attributes,
    Row,
    date_of,
    first,
    nulls_last,
    rounded,
    rounded_or_none,
)

if TYPE_CHECKING:
    from graph.networkx_store import NetworkXStore


def list_concept_papers(store: NetworkXStore, *, concept: str, role: str, limit: int) -> list[Row]:
    """Papers of a concept by role."""
    graph = store.graph
    wanted = links.ALL if role == "any" else {role.upper()}
    edges = links.edges_to(graph, concept, wanted)
    found = first(edges, limit, lambda edge: (edge[0], _least_sure_last(edge[2]), edge[1]))
    return [
        {
            "role": relation.lower(),
            "paper_id": paper,
            "title": graph.nodes[paper]["name"],
            "date": date_of(graph.nodes[paper]),
            "confidence": rounded_or_none(edge.get("confidence")),
            "count": edge.get("count"),
            "evidence": edge.get("evidence"),
        }
        for relation, paper, edge in found
    ]


def find_proposals(store: NetworkXStore, *, concept: str, limit: int) -> list[Row]:
    """Who proposed a concept."""
    nodes = store.graph.nodes
    edges = links.edges_to(store.graph, concept, {"PROPOSES"})
    found = first(
        edges,
        limit,
        lambda edge: (nulls_last(date_of(nodes[edge[1]])), _least_sure_last(edge[2]), edge[1]),
    )
    return [
        {
            "paper_id": paper,
            "title": nodes[paper]["name"],
            "date": date_of(nodes[paper]),
            "authors": _as_list(nodes[paper].get("authors")),
            "confidence": rounded_or_none(edge.get("confidence")),
            "evidence": edge.get("evidence"),
        }
        for _, paper, edge in found
    ]


def list_cooccurring_concepts(
    store: NetworkXStore, *, concept: str, least: int, limit: int
) -> list[Row]:
    """Concepts that occur with a concept in more papers than chance would have it."""
    graph = store.graph
    corpus = len(links.papers(graph))
    shared = Counter(
        other
        for paper in links.sources(graph, concept)
        for other in links.targets(graph, paper)
        if other != concept
    )
    own = graph.nodes[concept].get("papers")
    rows: list[Row] = []
    for other, papers in shared.items():
        if papers >= least:
            node = graph.nodes[other]
            lift = lift_of(papers, own, node.get("papers"), corpus)
            rows.append(
                {
                    "concept_id": other,
                    "concept": node["name"],
                    "type": node.get("type"),
                    "papers": papers,
                    "papers_of_concept": node.get("papers"),
                    "lift": lift,
                }
            )

    def order(row: Row) -> tuple[object, ...]:
        lift, papers = row["lift"], row["papers"]
        assert isinstance(papers, int)
        return -lift if isinstance(lift, float) else 1.0, -papers, row["concept_id"]

    return first(rows, limit, order)


def lift_of(shared: int, own: int | None, of_other: int | None, corpus: int) -> float | None:
    """How many times more papers have two concepts than if these were independent.

    Args:
        shared: papers that have both.
        own, of_other: papers that have the one, and the other.
        corpus: all papers.

    Returns:
        `shared * corpus / (own * of_other)`: 1 where independent; None where a number is not known.
    """
    expected = (own or 0) * (of_other or 0)
    return rounded(1.0 * shared * corpus / expected) if expected > 0 else None


def list_multitype_concepts(store: NetworkXStore, *, limit: int) -> list[Row]:
    """Concepts with several types."""
    found = first(
        ((id_, node) for id_, node in links.concepts(store.graph) if "other_types" in node),
        limit,
        lambda entry: (-entry[1].get("papers", -1), entry[0]),
    )
    return [
        {
            "concept_id": id_,
            "concept": node["name"],
            "type": node.get("type"),
            "other_types": _as_list(node["other_types"]),
            "papers": node.get("papers"),
        }
        for id_, node in found
    ]


def list_ambiguous_names(store: NetworkXStore, *, limit: int) -> list[Row]:
    """Names that stand for several concepts, or for several things that no text tells apart."""
    nodes = store.graph.nodes
    bearers: dict[str, list[tuple[str, int]]] = {}
    several = set()
    for id_, node in links.concepts(store.graph):
        if node.get("ambiguous"):
            several.add(node["name"])
        for place, name in enumerate(_names(node)):
            if name in bearers:
                several.add(name)
                bearers[name].append((id_, place))
            else:
                bearers[name] = [(id_, place)]
    ranked = [(-len(bearers[name]), *min(bearers[name]), name) for name in several]
    return [
        {
            "name": name,
            "concepts": len(bearers[name]),
            "concept_id": id_,
            "concept": nodes[id_]["name"],
            "type": nodes[id_].get("type"),
            "papers": nodes[id_].get("papers"),
            "ambiguous": nodes[id_].get("ambiguous"),
        }
        for *_, name in first(ranked, limit, lambda entry: entry[:3])
        for id_ in sorted(id_ for id_, _ in bearers[name])
    ][:limit]


def _names(concept: Attributes) -> list[str]:
    name = concept["name"]
    return [name, *(alias for alias in concept.get("aliases", ()) if alias != name)]


def _least_sure_last(edge: Attributes) -> float:
    confidence: float = edge.get("confidence", -1.0)
    return -confidence


def _as_list(value: tuple[str, ...] | None) -> list[str] | None:
    return None if value is None else list(value)
