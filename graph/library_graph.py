"""The graph that a library implies."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph.communities import mark_communities
from graph.networkx_store import NetworkXStore
from graph.projection import project

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from extract.library import Library
    from extract.records import Community


def graph_of(
    library: Library, concept_of: Mapping[tuple[str, str, str], str], least: float = 0.0
) -> NetworkXStore:
    """Papers, concepts and results of a library, with the communities that were found.

    Args:
        library: inside one snapshot of it.
        concept_of: what `Library.concept_of` gives. Mentions that it does not know are of papers
            that a stopped build has not brought into the graph.
        least: mentions and results of a lower confidence are left out, and with them concepts that
            nothing else names. Names and aliases of the others stay as the library has them.
    """
    nodes, edges = project(
        library.papers(),
        [m for m in library.mentions(least=least) if (m.paper, m.text, m.type) in concept_of],
        library.results(least=least),
        library.concepts(),
        concept_of,
        evidence=library.evidence(),
    )
    store = NetworkXStore()
    named = [node for node in nodes if node.properties.get("papers") != 0]
    store.upsert(mark_communities(named, library.communities()), edges)
    return store


def present_communities(found: Iterable[Community], present: Container[str]) -> list[Community]:
    """Communities without members that the graph no longer has, and those that have any left."""
    left = [
        replace(
            community,
            papers=tuple(paper for paper in community.papers if paper in present),
            concepts=tuple(concept for concept in community.concepts if concept in present),
        )
        for community in found
    ]
    return [community for community in left if community.papers or community.concepts]
