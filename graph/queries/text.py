"""Papers by text; the statement of this name says what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.queries import links
from graph.queries.rows import Row, date_of, first
from graph.words import holds, words_of

if TYPE_CHECKING:
    from graph.networkx_store import NetworkXStore


def search_papers(store: NetworkXStore, *, text: str, limit: int) -> list[Row]:
    """Papers that have the most of the words of a text.

    There is no index in memory: each search reads all titles and abstracts.
    """
    words = words_of(text)
    ranked = []
    for paper, node in links.papers(store.graph):
        title, abstract = node["name"].lower(), node.get("abstract", "").lower()
        matched = [word for word in words if holds(title, word) or holds(abstract, word)]
        if matched:
            ranked.append((-len(matched), paper, matched))
    nodes = store.graph.nodes
    return [
        {
            "paper_id": paper,
            "title": nodes[paper]["name"],
            "date": date_of(nodes[paper]),
            "words": len(matched),
            "matched": list(matched),
        }
        for _, paper, matched in first(ranked, limit, lambda entry: entry[:2])
    ]
