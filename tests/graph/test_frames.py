from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from extract.errors import UsageError
from extract.readers.files import MemoryFile
from graph import KnowledgeGraph, analysis
from graph.frames import as_location

FRAME = pd.DataFrame(
    {
        "title": ["Tea and Kettles", "Tea without words", "日本の茶 =1+1"],
        "abstract": ["We fine-tune BERT on GLUE.", None, "We train LoRA on GLUE, with BERT."],
        "published": pd.to_datetime(["2024-03-12", "2024-05-01", None]),
        "doi": ["10.1234/tea", float("nan"), None],
        "rank": [1, 2, 3],
    }
)


def test_a_row_is_a_record_and_a_cell_without_value_is_unknown(tmp_path: Path) -> None:
    with KnowledgeGraph.open(tmp_path / "tea.db", create=True) as knowledge:
        report = knowledge.build(FRAME)
        papers = {paper.title: paper for paper in knowledge.papers()}
    assert set(papers) == {"Tea and Kettles", "日本の茶 =1+1"}
    first, last = papers["Tea and Kettles"], papers["日本の茶 =1+1"]
    assert (first.published, first.doi) == ("2024-03-12", "10.1234/tea")
    assert (last.published, last.doi) == (None, None)
    assert [(source.file, source.line) for source in last.sources] == [("DataFrame", 3)]
    (reject,) = report.rejects
    assert (reject.file, reject.line, reject.reason) == ("DataFrame", 2, "no abstract")


def test_tables_and_files_are_read_together_in_their_order(tmp_path: Path) -> None:
    FRAME.to_csv(tmp_path / "tea.csv", index=False)
    with KnowledgeGraph.open(tmp_path / "tea.db", create=True) as knowledge:
        report = knowledge.build(FRAME.head(1), tmp_path / "tea.csv", FRAME.tail(1))
        sources = {paper.title: len(paper.sources) for paper in knowledge.papers()}
    assert (report.new, report.duplicate) == (2, 2)
    assert set(sources.values()) == {2}


def test_what_comes_out_makes_a_table(sample_library_once: Path) -> None:
    with KnowledgeGraph.open(sample_library_once) as knowledge:
        rows = analysis.method_dataset_matrix(knowledge, methods=3, datasets=4).rows()
        table = pd.DataFrame(rows).set_index("method").drop(columns="method_id")
        papers = pd.DataFrame(knowledge.query("list_concept_papers", concept="BERT"))
    assert table.shape == (3, 4)
    assert table.loc["BERT"].sum() > 0
    assert list(papers["title"]) == sorted(papers["title"], key=list(papers["title"]).index)
    assert papers["confidence"].between(0, 1).all()


def test_an_empty_table_has_no_papers(tmp_path: Path) -> None:
    with KnowledgeGraph.open(tmp_path / "tea.db", create=True) as knowledge:
        report = knowledge.build(pd.DataFrame())
    assert (report.new, len(report.rejects)) == (0, 1)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (3, "of type int: expected a path, a glob or a DataFrame"),
        (FRAME.set_axis(["title"] * 5, axis=1), "DataFrame cannot be read: .*unique"),
        (pd.DataFrame({"title": ["\ud83d"], "abstract": ["y"]}), "DataFrame cannot be read"),
    ],
    ids=["number", "twins", "half a character"],
)
def test_what_is_no_table_of_texts_is_refused(source: object, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        as_location(source)  # type: ignore[arg-type]  # as a user who does not check types


def test_paths_stay_what_they_are() -> None:
    assert as_location("a/b*.txt") == "a/b*.txt"
    assert as_location(Path("pages")) == "pages"
    assert isinstance(as_location(FRAME), MemoryFile)
