"""Analyses that are named queries: what to give them, and what their rows say."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.knowledge_graph import KnowledgeGraph
    from graph.queries.rows import Row

MOST_PAPERS_ON_THE_WAY = 100
"""Of a concept that is no hub, where no other number is asked for."""


def similar_papers(knowledge: KnowledgeGraph, paper: str, *, limit: int = 10) -> list[Row]:
    """Papers that share most with a paper: concepts in common, rare ones counting for more.

    Similarity is a sum over the shared concepts (`cypher/list_similar_papers.cypher` has the
    formula): it orders the papers of one answer, and means nothing across answers.

    Args:
        knowledge: the graph.
        paper: title, words of it, or id.
        limit: most rows.

    Returns:
        The rows of the named query `list_similar_papers`: paper, date, similarity, how many
        concepts are shared, and their names, those that weigh most first.

    Raises:
        NameNotFoundError: no paper has the name.
        UsageError: `limit` is less than 1.
    """
    return knowledge.query("list_similar_papers", paper=paper, limit=limit)


def paths_around_hubs(
    knowledge: KnowledgeGraph,
    start: str,
    end: str,
    *,
    most: int = MOST_PAPERS_ON_THE_WAY,
    limit: int = 3,
) -> list[Row]:
    """The k shortest paths between two names that avoid hubs, with the sentence of each step.

    A path by way of `large language model` says little: most things hang together so. Here each
    concept on the way has at most `most` papers; longer paths, up to six steps, follow where there
    are too few short ones.

    Args:
        knowledge: the graph.
        start, end: papers or concepts, by name or id; they may be hubs themselves.
        most: most papers of a concept on the way.
        limit: most paths (k).

    Returns:
        The rows of the named query `find_paths_around_hubs`, one a step: path and step from 1, from
        and to, the relation, paper and evidence. Empty where there is no such path.

    Raises:
        NameNotFoundError: nothing has one of the names.
        UsageError: a number is less than 1.
    """
    return knowledge.query("find_paths_around_hubs", start=start, end=end, most=most, limit=limit)
