"""Results that can be compared: by dataset, metric and unit, ranked by the numbers as written.

An abstract seldom says all that a fair comparison needs (how much data, which split, how many
tries): a place is one among what these abstracts state, and the quote beside it says what was done.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from extract.quantities import number_of
from extract.records import fold
from graph.elements import NodeKind, Relation
from graph.queries import answer
from graph.report.parts import Leaderboard, ResultCounts, Stated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.networkx_store import NetworkXStore
    from graph.queries.rows import Row

_BOARDS = 12
_PLACES = 15

_ERRORS = "error errors loss perplexity ppl bpc bpb nll fid kid fvd fad wer cer eer ter"
_DISTANCES = "distance divergence rmse mse mae mape"
_COSTS = "latency time runtime memory flops gflops gflop cost costs"
_LOWER_IS_BETTER = frozenset(f"{_ERRORS} {_DISTANCES} {_COSTS}".split())


def leaderboards(store: NetworkXStore) -> tuple[ResultCounts, tuple[Leaderboard, ...]]:
    """How many results there are, and what can be compared of them.

    Returns:
        The counts, and a leaderboard for each of the twelve pairs of dataset and metric on which
        most papers state a result, two at least; differences to a baseline do not count.
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
    boards = (_board(store, *pair, deltas[pair]) for pair in shared[:_BOARDS])
    return counts, tuple(boards)


def _board(store: NetworkXStore, dataset: str, metric: str, deltas: int) -> Leaderboard:
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
        by_unit=tuple((unit, _placed(store, found)[:_PLACES]) for unit, found in groups),
        papers=len({row["paper_id"] for row in rows}),
        deltas=deltas,
        left_out=sum(max(0, len(found) - _PLACES) for _, found in groups),
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
