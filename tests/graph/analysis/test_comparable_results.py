from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from graph import KnowledgeGraph, analysis
from graph.analysis.comparable_results import compare_results, lower_is_better
from graph.elements import Edge, Node, NodeKind, Relation, Value
from graph.networkx_store import NetworkXStore
from tests.graph.small_graph import concept, paper

if TYPE_CHECKING:
    from pathlib import Path

BERT, GLUE, ACCURACY = concept("BERT"), concept("GLUE", "Dataset"), concept("accuracy", "Metric")
PERPLEXITY = concept("perplexity", "Metric")


def result(number: int, value: str, unit: str | None = "%", **more: Value) -> Node:
    properties: dict[str, Value] = {"value": value, "quote": f"It has {value}.", "delta": False}
    with contextlib.suppress(ValueError):
        properties["number"] = float(value)
    if unit is not None:
        properties["unit"] = unit
    return Node(f"r{number}", NodeKind.RESULT, f"{value}{unit or ''}", None, properties | more)


def store_of(*stated: tuple[int, Node, Node | None, Node | None, Node | None]) -> NetworkXStore:
    """A graph of results: number of the paper, result, method, dataset, metric."""
    store = NetworkXStore()
    for number, node, *ends in stated:
        concepts = [end for end in ends if end is not None]
        edges = [Edge(paper(number).id, Relation.STATES, node.id)]
        relations = (Relation.OF_METHOD, Relation.ON_DATASET, Relation.BY_METRIC)
        for end, relation in zip(ends, relations, strict=True):
            if end is not None:
                edges.append(Edge(node.id, relation, end.id))
        store.upsert([paper(number), node, *concepts], edges)
    return store


def test_results_of_two_papers_are_ranked_with_value_quote_and_paper() -> None:
    store = store_of(
        (1, result(1, "80.5"), BERT, GLUE, ACCURACY), (2, result(2, "84.3"), None, GLUE, ACCURACY)
    )
    counts, (board,) = compare_results(store)
    assert (counts.stated, counts.located, counts.deltas, counts.boards) == (2, 2, 0, 1)
    ((unit, (first, second)),) = board.by_unit
    assert unit == "%"
    assert (first.place, first.value, first.method) == (1, "84.3%", None)
    assert (second.place, second.value, second.method) == (2, "80.5%", (BERT.id, "BERT"))
    assert second.quote == "It has 80.5."
    assert second.title == "Paper number 1"


def test_errors_are_ranked_lowest_first() -> None:
    store = store_of(
        (1, result(1, "20", None), BERT, GLUE, PERPLEXITY),
        (2, result(2, "12", None), BERT, GLUE, PERPLEXITY),
    )
    _, (board,) = compare_results(store)
    assert board.lowest_first
    assert [stated.value for stated in board.by_unit[0][1]] == ["12", "20"]


def test_only_numbers_of_one_unit_are_ranked_with_each_other() -> None:
    store = store_of(
        (1, result(1, "80"), BERT, GLUE, ACCURACY),
        (2, result(2, "85"), BERT, GLUE, ACCURACY),
        (3, result(3, "0.9", None), BERT, GLUE, ACCURACY),
    )
    _, (board,) = compare_results(store)
    assert [(unit, [s.place for s in rows]) for unit, rows in board.by_unit] == [
        ("%", [1, 2]),
        (None, [None]),
    ]


def test_equal_numbers_share_a_place_and_ranges_have_none() -> None:
    store = store_of(
        (1, result(1, "80"), BERT, GLUE, ACCURACY),
        (2, result(2, "80.0"), BERT, GLUE, ACCURACY),
        (3, result(3, "79"), BERT, GLUE, ACCURACY),
        (4, result(4, "70-90"), BERT, GLUE, ACCURACY),
    )
    _, (board,) = compare_results(store)
    assert [stated.place for stated in board.by_unit[0][1]] == [1, 1, 3, None]


def test_differences_to_a_baseline_are_counted_and_have_no_place() -> None:
    store = store_of(
        (1, result(1, "80"), BERT, GLUE, ACCURACY),
        (2, result(2, "81"), BERT, GLUE, ACCURACY),
        (3, result(3, "5", delta=True), BERT, GLUE, ACCURACY),
    )
    counts, (board,) = compare_results(store)
    assert (counts.located, counts.deltas, board.deltas) == (3, 1, 1)
    assert len(board.by_unit[0][1]) == 2


def test_one_paper_alone_makes_no_leaderboard() -> None:
    store = store_of(
        (1, result(1, "80"), BERT, GLUE, ACCURACY),
        (1, result(2, "81"), None, GLUE, ACCURACY),
        (2, result(3, "81"), BERT, None, ACCURACY),
    )
    counts, boards = compare_results(store)
    assert boards == ()
    assert (counts.stated, counts.located, counts.boards) == (3, 2, 0)


@pytest.mark.parametrize(
    ("metric", "lower"),
    [
        ("accuracy", False), ("F1", False), ("word error rate", True), ("mean error", True),
        ("FID", True), ("inference time", True), ("time-to-event AUC", True), ("terror", False),
    ],
)  # fmt: skip
def test_lower_is_better_where_the_name_has_a_word_that_says_so(metric: str, lower: bool) -> None:
    assert lower_is_better(metric) is lower


def test_rows_tell_the_same_as_the_boards(sample_library_once: Path) -> None:
    with KnowledgeGraph.open(sample_library_once) as knowledge:
        _, boards = compare_results(knowledge.store)
        rows = analysis.leaderboards(knowledge)
        one = analysis.leaderboards(knowledge, dataset="imagenet", metric="top-1 accuracy")
        few = analysis.leaderboards(knowledge, boards=2, places=1)
    stated = [result for board in boards for _, results in board.by_unit for result in results]
    assert [row["quote"] for row in rows] == [result.quote for result in stated]
    assert one
    assert one == [row for row in rows if row["dataset"] == "ImageNet" and row in one]
    assert {(row["dataset"], row["metric"]) for row in one} == {("ImageNet", "top-1 accuracy")}
    assert len({(row["dataset_id"], row["metric_id"]) for row in few}) == 2
    assert {row["place"] for row in few} <= {1, None}
