from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from tests.extract.readers.reading import ABSTRACT, OTHER, read

if TYPE_CHECKING:
    from pathlib import Path


def table(*rows: list[str], delimiter: str = ",") -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return written.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_and_cells_of_several_lines(tmp_path: Path, delimiter: str) -> None:
    abstract = f'{OTHER}\nA "second" line; with, all\t| of them.'
    header = ["ID", "Article Title", "ABSTRACT", "DOI", "Year", "Affiliations", "Authors", "Link"]
    row = ["r1", "Bees", abstract, "doi:10.5555/X", "2023", "", "Doe, Ann; Li, Bo", "http://x.org"]
    papers, rejects = read(tmp_path, table(header, row, row, delimiter=delimiter))
    paper = papers[0]
    assert (paper.title, paper.abstract) == ("Bees", abstract)
    assert (paper.doi, paper.published, paper.url) == ("10.5555/x", "2023", "http://x.org")
    assert paper.authors == ("Doe, Ann", "Li, Bo")
    assert [(p.sources[0].line, p.sources[0].record_id) for p in papers] == [(2, "r1"), (4, "r1")]
    assert rejects == []


def test_header_after_the_separator_line_of_excel(tmp_path: Path) -> None:
    papers, _ = read(tmp_path, f"\ufeffsep=;\r\ntitle;summary\r\nBees;{OTHER}\r\n")
    assert [(p.title, p.abstract, p.sources[0].line) for p in papers] == [("Bees", OTHER, 3)]


def test_row_of_too_many_cells_is_refused(tmp_path: Path) -> None:
    text = f"title,abstract\nBees,We count, and count.\nWind,{ABSTRACT.replace(',', ';')}\n,\n"
    papers, rejects = read(tmp_path, text)
    assert [p.title for p in papers] == ["Wind"]
    assert [(r.line, "3 cells" in r.reason) for r in rejects] == [(2, True)]


def test_table_without_abstracts_is_refused(tmp_path: Path) -> None:
    papers, rejects = read(tmp_path, "title,authors\nBees,Doe\n")
    assert papers == []
    assert [(r.line, "without a column" in r.reason) for r in rejects] == [(None, True)]


def test_huge_cell_costs_its_row_and_the_limit_of_the_process_is_kept(tmp_path: Path) -> None:
    before = csv.field_size_limit()
    text = table(["title", "abstract"], ["Long", "bee " * 2_500_000], ["Bees", OTHER])
    papers, rejects = read(tmp_path, text)
    assert [p.title for p in papers] == ["Bees"]
    assert [r.line for r in rejects] == [2]
    assert csv.field_size_limit() == before
