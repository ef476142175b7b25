"""Concepts that stand in the same papers more often than chance would have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.errors import UsageError
from graph.co_occurrence import co_occurrences
from graph.elements import NodeKind
from graph.queries.concepts import lift_of
from graph.queries.rows import first

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.elements import Node
    from graph.knowledge_graph import KnowledgeGraph
    from graph.networkx_store import NetworkXStore
    from graph.queries.rows import Row

FEWEST_SHARED = 3
"""Papers that a pair shares, where no other number is asked for."""


def co_occurring_concepts(
    knowledge: KnowledgeGraph,
    concept: str | None = None,
    *,
    least: int = FEWEST_SHARED,
    limit: int = 20,
) -> list[Row]:
    """Pairs of concepts by lift: P(a, b) / (P(a) P(b)) over all papers.

    Lift is 1 where two concepts are independent; 10 says that ten times more papers have both than
    if each were strewn over the papers by itself. Rare concepts reach a high lift by accident,
    which `least` is there to stop. That two concepts stand in the same papers says nothing of why.

    Args:
        knowledge: the graph.
        concept: only pairs with the concept of this name; the rows are then those of the named
            query `list_cooccurring_concepts`.
        least: fewest papers that have both, 1 or more.
        limit: most rows.

    Returns:
        The highest lift first, then the pairs of most papers: both concepts with id, name and type,
        the papers that have both, the papers of each, the lift.

    Raises:
        NameNotFoundError: nothing has the name.
        UsageError: `least` or `limit` is less than 1, or the name is that of a paper.
    """
    if least < 1 or limit < 1:
        raise UsageError(f"least is {least} and limit is {limit}; expected 1 or more.")
    if concept is not None:
        return knowledge.query(
            "list_cooccurring_concepts", concept=concept, least=least, limit=limit
        )
    store = knowledge.store
    return first(
        _pairs(store, least),
        limit,
        lambda row: (-_float(row["lift"]), -_float(row["papers"]), row["a_id"], row["b_id"]),
    )


def _pairs(store: NetworkXStore, least: int) -> Iterator[Row]:
    nodes = {node.id: node for node in store.nodes(NodeKind.CONCEPT)}
    corpus = len(store.nodes(NodeKind.PAPER))
    for a, b, shared in co_occurrences(store.edges()):
        if shared >= least:
            own, of_other = _papers(nodes[a]), _papers(nodes[b])
            yield {
                "a_id": a,
                "a": nodes[a].name,
                "a_type": nodes[a].type,
                "b_id": b,
                "b": nodes[b].name,
                "b_type": nodes[b].type,
                "papers": shared,
                "papers_of_a": own,
                "papers_of_b": of_other,
                "lift": lift_of(shared, own, of_other, corpus),
            }


def _papers(concept: Node) -> int | None:
    papers = concept.properties.get("papers")
    return papers if isinstance(papers, int) else None


def _float(value: object) -> float:
    return value if isinstance(value, int | float) else -1.0
