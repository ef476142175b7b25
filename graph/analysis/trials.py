"""Which methods papers work with, and which datasets they try them on.

A paper tries a method on a dataset where it works with the method (proposes, uses, compares or
studies it) and evaluates or trains on the dataset. An abstract seldom says that the one was run on
the other: a trial is a paper that has both, nothing more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.records import ConceptType
from graph.elements import Relation
from graph.queries import links
from graph.queries.rows import date_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from graph.networkx_store import NetworkXStore

WORKS_WITH = frozenset((Relation.PROPOSES, Relation.USES, Relation.COMPARES, Relation.STUDIES))
"""How a paper works with a method."""

TRIES_ON = frozenset((Relation.EVALUATES, Relation.TRAINS))
"""What a paper does with a dataset that it tries methods on."""


@dataclass(frozen=True, slots=True)
class PaperTrials:
    """What a paper tries on what, and all that it names.

    Attributes:
        paper: its id.
        date: when it was published or listed; None where that is not known.
        concepts: ids of all its concepts, in whatever role, sorted.
        methods: of these the methods that it works with.
        datasets: of these the datasets that it tries them on.
    """

    paper: str
    date: str | None
    concepts: tuple[str, ...]
    methods: tuple[str, ...]
    datasets: tuple[str, ...]


def papers_with_trials(
    store: NetworkXStore, tries_on: Collection[Relation] = TRIES_ON
) -> list[PaperTrials]:
    """All papers, sorted by id, with their methods and datasets.

    Args:
        store: the graph.
        tries_on: which relations to a dataset count.
    """
    graph = store.graph

    def of_type(ids: list[str], type_: ConceptType) -> tuple[str, ...]:
        return tuple(sorted(id_ for id_ in ids if graph.nodes[id_].get("type") == type_))

    return [
        PaperTrials(
            paper,
            date_of(node),
            tuple(sorted(links.targets(graph, paper))),
            of_type(links.targets(graph, paper, WORKS_WITH), ConceptType.METHOD),
            of_type(links.targets(graph, paper, tries_on), ConceptType.DATASET),
        )
        for paper, node in sorted(links.papers(graph))
    ]
