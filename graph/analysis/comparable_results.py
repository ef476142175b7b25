"""Results that can be compared: by dataset, metric and unit, ranked by the numbers as written.

An abstract seldom says all that a fair comparison needs (how much data, which split, how many
tries): a place is one among what these abstracts state, and the quote beside it says what was done.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.quantities import number_of
from extract.records import fold
from graph.elements import NodeKind, Relation
from graph.queries import answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.elements import Node
    from graph.knowledge_graph import KnowledgeGraph
    from graph.networkx_store import NetworkXStore
    from graph.queries.rows import Row

BOARDS = 12
"""Leaderboards that are shown where no other number is asked for."""

PLACES = 15
"""Results of one unit on each of them."""

_ERRORS = "error errors loss perplexity ppl bpc bpb nll fid kid fvd fad wer cer eer ter"
_DISTANCES = "distance divergence rmse mse mae mape"
_COSTS = "latency time runtime memory flops gflops gflop cost costs"
_LOWER_IS_BETTER = frozenset(f"{_ERRORS} {_DISTANCES} {_COSTS}".split())


@dataclass(frozen=True, slots=True)
class Stated:
    """A result as a paper states it; None is what it does not state.

    Attributes:
        place: among the results of its unit, from 1; None where there is nothing to compare with.
        method, dataset, metric: id and name of the concept.
        value: as written, with its unit.
        delta: whether it is a difference to a baseline.
        paper, title: id and title of the paper.
        quote: the clause that states it, verbatim.
    """

    place: int | None
    method: tuple[str, str] | None
    dataset: tuple[str, str] | None
    metric: tuple[str, str] | None
    value: str
    delta: bool
    paper: str
    title: str
    quote: str


@dataclass(frozen=True, slots=True)
class Leaderboard:
    """Results on one dataset by one metric, by unit; differences to a baseline are only counted."""

    dataset: Node
    metric: Node
    lowest_first: bool
    by_unit: tuple[tuple[str | None, tuple[Stated, ...]], ...]
    papers: int
    deltas: int
    left_out: int


@dataclass(frozen=True, slots=True)
class ResultCounts:
    """How many results there are, and how many of them can be compared at all.

    Attributes:
        stated: all.
        located: those that name a dataset and a metric.
        deltas: those of `located` that are differences to a baseline.
        boards: pairs of dataset and metric on which two papers or more state a result.
    """

    stated: int
    located: int
    deltas: int
    boards: int


def leaderboards(
    knowledge: KnowledgeGraph,
    *,
    dataset: str | None = None,
    metric: str | None = None,
    boards: int = BOARDS,
    places: int = PLACES,
) -> list[Row]:
    """What papers state to have reached where others state something too, with the quotes.

    A place is one among what these abstracts state, no claim that a method is better: results may
    differ in data, size or protocol, a program read them, and the quote may be about a baseline.
    Differences to a baseline have no place and are left out.

    Args:
        knowledge: the graph.
        dataset, metric: only leaderboards of the dataset or metric of that name.
        boards: at most so many leaderboards, those that most papers share first.
        places: at most so many results of one unit on each.

    Returns:
        A row a result: dataset, metric, unit, the order (`highest` or `lowest` first, by the
        metric's name), place (None where the value cannot be ranked), method (None where the
        clause names none), value as written, paper, quote. Numbers of one unit are ranked with
        each other only. Empty where no two papers state a result on one dataset by one metric.

    Raises:
        NameNotFoundError: nothing has one of the names.
        UsageError: a name is that of a paper.
    """
    with knowledge.snapshot():
        ends = [
            None if name is None else knowledge.find(name, kind=NodeKind.CONCEPT).node.id
            for name in (dataset, metric)
        ]
        _, found = compare_results(knowledge.store, *ends, boards=boards, places=places)
    return [row for board in found for row in _rows(board)]


def _rows(board: Leaderboard) -> list[Row]:
    return [
        {
            "dataset_id": board.dataset.id,
            "dataset": board.dataset.name,
            "metric_id": board.metric.id,
            "metric": board.metric.name,
            "unit": unit,
            "order": "lowest" if board.lowest_first else "highest",
            "place": result.place,
            "method_id": result.method[0] if result.method else None,
            "method": result.method[1] if result.method else None,
            "value": result.value,
            "paper_id": result.paper,
            "title": result.title,
            "quote": result.quote,
        }
        for unit, results in board.by_unit
        for result in results
    ]


def compare_results(
    store: NetworkXStore,
    dataset: str | None = None,
    metric: str | None = None,
    *,
    boards: int = BOARDS,
    places: int = PLACES,
) -> tuple[ResultCounts, tuple[Leaderboard, ...]]:
    """How many results there are, and what can be compared of them.

    Args:
        store: the graph.
        dataset, metric: ids of the only ones to compare on; all where None.
        boards: at most so many leaderboards.
        places: at most so many results of one unit on each.

    Returns:
        The counts, and a leaderboard for each of the pairs of dataset and metric on which most
        papers state a result, two at least; differences to a baseline do not count.
    """
    papers: dict[tuple[str, str], set[str]] = defaultdict(set)
    deltas: Counter[tuple[str, str]] = Counter()
    results = store.nodes(NodeKind.RESULT)
    located = 0
    for result in results:
        ends: dict[Relation, list[str]] = defaultdict(list)
        for edge, node in store.neighbours(result.id):
            ends[edge.relation].append(node.id)
        pairs = [(d, m) for d in ends[Relation.ON_DATASET] for m in ends[Relation.BY_METRIC]]
        located += bool(pairs)
        for pair in pairs:
            if result.properties.get("delta"):
                deltas[pair] += 1
            else:
                papers[pair].update(ends[Relation.STATES])
    shared = [pair for pair, found in papers.items() if len(found) > 1]
    shared.sort(key=lambda pair: (-len(papers[pair]), pair))
    counts = ResultCounts(len(results), located, deltas.total(), len(shared))
    asked = [pair for pair in shared if dataset in (None, pair[0]) and metric in (None, pair[1])]
    compared = (_board(store, *pair, deltas[pair], places) for pair in asked[:boards])
    return counts, tuple(compared)


def _board(
    store: NetworkXStore, dataset: str, metric: str, deltas: int, places: int
) -> Leaderboard:
    node = store.node(metric)
    lowest_first = lower_is_better(node.name)
    values = {
        "dataset": dataset,
        "metric": metric,
        "best": "lowest" if lowest_first else "highest",
        "limit": 1_000_000,
    }
    rows = answer(store, "show_leaderboard", values)
    by_unit: dict[str | None, list[Row]] = defaultdict(list)
    for row in rows:
        unit = row["unit"]
        by_unit[None if unit is None else str(unit)].append(row)
    groups = sorted(
        by_unit.items(), key=lambda item: (-len(item[1]), item[0] is None, item[0] or "")
    )
    return Leaderboard(
        dataset=store.node(dataset),
        metric=node,
        lowest_first=lowest_first,
        by_unit=tuple((unit, _placed(store, found)[:places]) for unit, found in groups),
        papers=len({row["paper_id"] for row in rows}),
        deltas=deltas,
        left_out=sum(max(0, len(found) - places) for _, found in groups),
    )


def lower_is_better(metric: str) -> bool:
    """Whether the metric's name is one of an error, a distance or a cost.

    >>> lower_is_better("word error rate"), lower_is_better("FID"), lower_is_better("accuracy")
    (True, True, False)
    """
    return not _LOWER_IS_BETTER.isdisjoint(fold(metric).split())


def _placed(store: NetworkXStore, rows: Sequence[Row]) -> tuple[Stated, ...]:
    """Results of one unit in their order, with their places; equal numbers share one."""
    placed = []
    place, before = 0, None
    for i, row in enumerate(rows, 1):
        number = number_of(str(row["value"]))
        if number is not None and number != before:
            place, before = i, number
        paper, title = str(row["paper_id"]), str(row["title"])
        ranked = number is not None and len(rows) > 1
        placed.append(stated(store, row, paper, title, place if ranked else None))
    return tuple(placed)


def stated(
    store: NetworkXStore, row: Row, paper: str, title: str, place: int | None = None
) -> Stated:
    """A row of `show_leaderboard` or `list_paper_results` as a value."""
    return Stated(
        place=place,
        method=_concept(row, "method"),
        dataset=_concept(row, "dataset"),
        metric=_concept(row, "metric"),
        value=store.node(str(row["result_id"])).name,
        delta=bool(row.get("delta")),
        paper=paper,
        title=title,
        quote=str(row["quote"] or ""),
    )


def _concept(row: Row, column: str) -> tuple[str, str] | None:
    """Id and name of a concept in a row, where the row has one."""
    id_ = row.get(f"{column}_id")
    return None if id_ is None else (str(id_), str(row[column]))
