"""The named queries over the graph in memory: for each statement in `cypher/` its twin.

A twin takes the store and the statement's parameters, names resolved to ids, and gives the rows that
the statement gives: the same columns, numbers rounded to six digits, in the same order. The comment
of the statement is the documentation of both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph.queries import communities, concepts, datasets, dates, methods, papers, paths, results, text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graph.networkx_store import NetworkXStore
    from graph.queries.rows import Row

    Twin = Callable[..., list[Row]]

TWINS: Mapping[str, Twin] = {
    twin.__name__: twin
    for twin in (
        *(concepts.list_concept_papers, concepts.find_proposals),
        *(concepts.list_cooccurring_concepts, concepts.list_multitype_concepts),
        concepts.list_ambiguous_names,
        *(methods.list_evaluations, methods.list_companion_methods),
        *(methods.list_evaluation_datasets, methods.list_compared_methods),
        *(datasets.list_dataset_metrics, datasets.list_dataset_tasks),
        *(results.show_leaderboard, results.list_paper_results, results.list_method_results),
        *(dates.list_rising_concepts, dates.list_new_concepts),
        *(paths.find_shortest_path, paths.find_paths_around_hubs),
        *(communities.list_bridge_concepts, communities.list_community_members),
        *(papers.list_similar_papers, papers.list_papers_without_concepts),
        text.search_papers,
    )
}
"""By name."""


def answer(store: NetworkXStore, name: str, values: Mapping[str, Any]) -> list[Row]:
    """The rows of a named query over the graph in memory.

    Args:
        store: the graph.
        name: of a statement in `cypher/`.
        values: all its parameters, as `graph.queries.parameters.bind` gives them.
    """
    return TWINS[name](store, **values)
