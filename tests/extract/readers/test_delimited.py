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


def test_export_of_web_of_science_with_tags_and_tabs(tmp_path: Path) -> None:
    header = ["PT", "AU", "AF", "TI", "DE", "ID", "AB", "PD", "PY", "DI", "UT"]
    row = [
        "J",
        "Doe, A",
        "Doe, Ann",
        '"Odd',
        "bees",
        "KP",
        OTHER,
        "MAR",
        "2024",
        "10.5555/x",
        "W:1",
    ]
    other = [*row[:3], '"Hives" in Towns', *row[4:]]
    text = "".join("\t".join(each) + "\r\n" for each in (header, row, other))
    papers, rejects = read(tmp_path, "\ufeff" + text)
    assert [p.title for p in papers] == ['"Odd', '"Hives" in Towns']
    assert (papers[0].authors, papers[0].published) == (("Doe, Ann",), "2024-03")
    assert (papers[0].doi, papers[0].sources[0].record_id) == ("10.5555/x", "W:1")
    assert rejects == []


def test_table_with_tabs_may_quote_its_cells(tmp_path: Path) -> None:
    text = table(["title", "abstract"], ['"Bees"', f"{OTHER}\tand"], ["B", OTHER], delimiter="\t")
    papers, _ = read(tmp_path, text)
    assert [(p.title, p.abstract) for p in papers] == [('"Bees"', f"{OTHER}\tand"), ("B", OTHER)]


@pytest.mark.parametrize(
    ("header", "row", "published"),
    [
        (["Publication Date", "Publication Year"], ["MAR 12", "2024"], "2024-03-12"),
        (["Publication Date", "Publication Year"], ["", "2024"], "2024"),
        (["Date Published", "Year"], ["2024-03-12", "2024"], "2024-03-12"),
        (["year"], ["2024.0"], "2024"),
    ],
)
def test_date(tmp_path: Path, header: list[str], row: list[str], published: str) -> None:
    papers, _ = read(tmp_path, table(["Title", "Abstract", *header], ["Bees", OTHER, *row]))
    assert [p.published for p in papers] == [published]


@pytest.mark.parametrize(
    "above", ["\n\n", "# exported\n", '"About the data: exported on May 1, 2024. Criteria: x"\n']
)
def test_lines_above_the_header(tmp_path: Path, above: str) -> None:
    papers, _ = read(tmp_path, above + table(["Title", "Abstract"], ["Bees", OTHER]))
    line = above.count("\n") + 2
    assert [(p.title, p.abstract, p.sources[0].line) for p in papers] == [("Bees", OTHER, line)]


def test_tables_of_pandas_and_kaggle(tmp_path: Path) -> None:
    header = ["", "id", "titles", "summaries", "terms", "authors"]
    row = ["0", "2401.00001", "Bees", OTHER, "['cs.CV', 'cs.LG']", "['Ann Doe', 'Bo Li']"]
    papers, _ = read(tmp_path, table(header, row))
    paper = papers[0]
    assert (paper.title, paper.abstract, paper.arxiv_id) == ("Bees", OTHER, "2401.00001")
    assert (paper.categories, paper.authors) == (("cs.CV", "cs.LG"), ("Ann Doe", "Bo Li"))


@pytest.mark.parametrize(
    "text",
    [
        table(["text", "label"], [OTHER, "1"]),
        f'abstract\n"{OTHER}"\n',
        "Summary\n" + OTHER.replace(",", ";") + "\n",
        table(["Abstract", "Abstract"], ["", OTHER]),
    ],
    ids=["text", "quoted column", "column", "first column empty"],
)
def test_abstracts_alone(tmp_path: Path, text: str) -> None:
    papers, rejects = read(tmp_path, text)
    assert [(p.title, p.abstract.replace(";", ",")) for p in papers] == [("", OTHER)]
    assert rejects == []


def test_text_beside_an_abstract_is_the_full_text(tmp_path: Path) -> None:
    papers, rejects = read(tmp_path, table(["abstract", "text"], ["", ABSTRACT], [OTHER, ABSTRACT]))
    assert [p.abstract for p in papers] == [OTHER]
    assert [r.reason for r in rejects] == ["no abstract"]


def test_blanks_behind_the_delimiter(tmp_path: Path) -> None:
    papers, _ = read(tmp_path, f'title, abstract, doi\n"Bees", "{OTHER}", "10.5555/x"\n')
    assert [(p.abstract, p.doi) for p in papers] == [(OTHER, "10.5555/x")]
