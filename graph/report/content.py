"""What a report says: what it asks the graph and its named queries."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePath
from typing import TYPE_CHECKING

from extract.records import ConceptType, is_own_type
from graph.analysis.community_report import community_reports
from graph.analysis.comparable_results import compare_results
from graph.analysis.dates import date_of, periods_of
from graph.analysis.matrix import count_trials
from graph.analysis.rising import rising_between_periods
from graph.elements import PAPER_CONCEPT_RELATIONS, NodeKind, Relation
from graph.report.parts import Content, Leading

if TYPE_CHECKING:
    from graph.analysis.matrix import Matrix
    from graph.elements import Node
    from graph.knowledge_graph import KnowledgeGraph
    from graph.networkx_store import NetworkXStore

_COMMUNITIES = 12
_LEADING = 10
_MATRIX = 8


def gather(knowledge: KnowledgeGraph) -> Content:
    """Ask the graph all that a report says; call it inside a snapshot."""
    store, communities = knowledge.store, knowledge.communities()
    papers = store.nodes(NodeKind.PAPER)
    periods = periods_of(map(date_of, papers))
    leading = {kind: _leading(store, kind) for kind in _types(store)}
    published = sum("published" in paper.properties for paper in papers)
    seen_only = sum(
        "seen_on" in paper.properties and "published" not in paper.properties for paper in papers
    )
    counts, boards = compare_results(store)
    return Content(
        statistics=knowledge.statistics(),
        sources=_sources(knowledge),
        published=published,
        seen_only=seen_only,
        periods=periods,
        communities=tuple(community_reports(knowledge, limit=_COMMUNITIES)),
        all_communities=tuple(communities),
        leading=leading,
        matrix=_matrix(store),
        results=counts,
        leaderboards=boards,
        rising=rising_between_periods(store, periods),
    )


def _sources(knowledge: KnowledgeGraph) -> tuple[tuple[str, int], ...]:
    """Files with the number of their papers, most first; folders are nobody else's business."""
    counts = Counter(
        name
        for paper in knowledge.papers()
        for name in {PurePath(source.file).name or source.file for source in paper.sources}
    )
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _types(store: NetworkXStore) -> list[str]:
    """The four types, then those of the user's own, those of most concepts first."""
    counts = Counter(node.type or "" for node in store.nodes(NodeKind.CONCEPT))
    own = (kind for kind in counts if is_own_type(kind))
    return [*map(str, ConceptType), *sorted(own, key=lambda kind: (-counts[kind], kind))]


def _leading(store: NetworkXStore, kind: str) -> tuple[Leading, ...]:
    concepts = [node for node in store.nodes(NodeKind.CONCEPT) if node.type == kind]
    concepts.sort(key=lambda node: (-_papers(node), node.id))
    return tuple(Leading(node, _papers(node), _roles(store, node)) for node in concepts[:_LEADING])


def _papers(concept: Node) -> int:
    papers = concept.properties.get("papers", 0)
    return papers if isinstance(papers, int) else 0


def _roles(store: NetworkXStore, concept: Node) -> tuple[tuple[str, int], ...]:
    counts = Counter(
        edge.relation for edge, _ in store.neighbours(concept.id, PAPER_CONCEPT_RELATIONS)
    )
    return tuple((role.lower(), counts[role]) for role in Relation if counts[role])


def _matrix(store: NetworkXStore) -> Matrix | None:
    """Which methods are tried on which datasets; None where there are too few of either."""
    matrix = count_trials(store, {Relation.EVALUATES}, methods=_MATRIX, datasets=_MATRIX)
    return matrix if len(matrix.methods) > 1 and len(matrix.datasets) > 1 else None
