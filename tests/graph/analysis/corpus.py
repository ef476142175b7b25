"""A corpus in few words: what each paper works with and tries it on."""

from __future__ import annotations

from graph.analysis.trials import PaperTrials
from graph.elements import Edge, Relation
from graph.networkx_store import NetworkXStore
from tests.graph.shorthand import ends, uses


def trial(number: int, text: str, date: str | None = None) -> PaperTrials:
    """A paper by the names that it holds: `m…` are methods, `d…` datasets, others mere concepts."""
    names = tuple(sorted(text.split()))
    return PaperTrials(
        f"p{number:03}",
        date,
        names,
        tuple(name for name in names if name.startswith("m")),
        tuple(name for name in names if name.startswith("d")),
    )


def edges_of(*papers: str) -> list[Edge]:
    """Edges from papers to concepts: `uses method/a, evaluates dataset/b; …`, a text a paper."""
    return [
        uses(f"p{number:03}", concept, Relation(relation.upper()))
        for number, text in enumerate(papers)
        for relation, concept in (part.split() for part in text.split(",") if part.strip())
    ]


def store_of(*papers: str) -> NetworkXStore:
    """The graph of `edges_of`, each concept with the number of its papers."""
    edges = edges_of(*papers)
    store = NetworkXStore()
    store.upsert(ends(edges), edges)
    return store
