from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extract.errors import UsageError
from graph import KnowledgeGraph, analysis
from graph.analysis.matrix import Matrix, count_trials
from graph.analysis.trials import TRIES_ON
from tests.browser import open_file
from tests.graph.analysis.corpus import store_of
from tests.graph.shorthand import concept
from tests.graph.small_graph import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

STORE = store_of(
    "uses method/bert, evaluates dataset/glue, trains dataset/c4",
    "studies method/bert, evaluates dataset/glue",
    "proposes method/elmo, compares method/bert, evaluates dataset/squad",
    "uses method/adam",
    "evaluates dataset/mnist",
)


@pytest.fixture(scope="module")
def knowledge(sample_library_once: Path) -> Iterator[KnowledgeGraph]:
    with KnowledgeGraph.open(sample_library_once) as opened:
        yield opened


def test_it_counts_the_papers_that_have_both() -> None:
    matrix = count_trials(STORE, TRIES_ON, methods=9, datasets=9)
    assert [node.name for node in matrix.methods] == ["bert", "elmo"]
    assert [node.name for node in matrix.datasets] == ["glue", "c4", "squad"]
    assert matrix.papers == ((2, 1, 1), (0, 0, 1))


def test_rows_and_columns_are_those_of_most_papers() -> None:
    matrix = count_trials(STORE, TRIES_ON, methods=1, datasets=1)
    assert ([n.name for n in matrix.methods], matrix.papers) == (["bert"], ((2,),))


def test_rows_have_a_column_a_dataset() -> None:
    bert, _ = count_trials(STORE, TRIES_ON, methods=9, datasets=9).rows()
    assert bert == {"method_id": "method/bert", "method": "bert", "glue": 2, "c4": 1, "squad": 1}


def test_datasets_of_one_name_keep_columns_of_their_own() -> None:
    twins = (
        concept("dataset/a", "CUB"),
        concept("dataset/b", "CUB"),
        concept("dataset/c", "method"),
    )
    matrix = Matrix((concept("method/m", "M"),), twins, ((1, 2, 3),))
    assert list(matrix.rows()[0].values()) == ["method/m", "M", 1, 2, 3]


def test_of_the_sample_it_agrees_with_the_named_query(knowledge: KnowledgeGraph) -> None:
    matrix = analysis.method_dataset_matrix(knowledge, methods=5, datasets=5)
    for method, papers in zip(matrix.methods, matrix.papers, strict=True):
        for dataset, count in zip(matrix.datasets, papers, strict=True):
            rows = knowledge.query("list_evaluations", method=method.id, dataset=dataset.id)
            trained = knowledge.query("list_concept_papers", concept=dataset.id, role="trains")
            of_method = {n.id for _, n in knowledge.neighbours(method.id)}
            assert len({row["paper_id"] for row in rows}) <= count
            assert count <= len({row["paper_id"] for row in (*rows, *trained)} & of_method)


def test_the_heat_map_is_quiet_and_wide_enough_for_its_columns(
    knowledge: KnowledgeGraph, chromium: Browser, tmp_path: Path
) -> None:
    matrix = analysis.method_dataset_matrix(knowledge, methods=20, datasets=20)
    assert len(matrix.datasets) == 20
    visit = open_file(chromium, matrix.heat_map().save(tmp_path / "matrix.html"))
    shown = visit.page.inner_text("body")
    cell = visit.page.evaluate(
        "() => Math.min(...[...document.querySelectorAll('svg path')]"
        ".map((path) => path.getBoundingClientRect().width).filter((width) => width > 5))"
    )
    visit.page.context.close()
    assert "An abstract seldom says" in shown
    assert cell > 20
    assert (visit.requests, visit.complaints) == ([], [])


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_text_in_the_heat_map(name: str) -> None:
    clean = name.encode("utf-8", "replace").decode()
    matrix = Matrix((concept("method/m", clean),), (concept("dataset/d", clean),), ((1,),))
    html = matrix.heat_map().html
    assert "<script" not in html
    assert "<img" not in html


def test_an_empty_matrix_has_no_rows_and_no_picture() -> None:
    empty = count_trials(store_of("uses method/bert"), TRIES_ON, methods=3, datasets=3)
    assert empty.rows() == []
    with pytest.raises(UsageError, match="nothing to draw"):
        empty.heat_map()


def test_less_than_one_row_is_refused(knowledge: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match="give 1 or more"):
        analysis.method_dataset_matrix(knowledge, methods=0)
