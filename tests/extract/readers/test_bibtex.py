from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.extract.readers.reading import ABSTRACT, OTHER, read

if TYPE_CHECKING:
    from pathlib import Path


def test_entry_as_reference_managers_write_it(tmp_path: Path) -> None:
    abstract = r"{BEE}s cost \$5 and 50\% more, i.e. $x^{2}$ and na{\"i}ve; 5% of all."
    text = (
        "% exported\n@article{doe_bees,\n"
        "  title = {{HiveCount}: {Bees}},\n"
        f"  abstract = {{{abstract}}},\n"
        "  author = {Doe, Ann and {The Hive and Co} and Li, Bo},\n"
        "  year = 2024, month = mar,\n"
        r"  doi = {10.5555/a\_b}, url = {https://example.org/a\_b}," + "\n"
        "  eprint = {2503.01234v2}, archivePrefix = {arXiv}, primaryClass = {cs.CV}\n}\n"
    )
    papers, rejects = read(tmp_path, text)
    paper = papers[0]
    assert (paper.title, paper.abstract) == ("{HiveCount}: {Bees}", abstract)
    assert (paper.doi, paper.url) == ("10.5555/a_b", "https://example.org/a_b")
    assert (paper.arxiv_id, paper.published) == ("2503.01234", "2024-03")
    assert paper.authors == ("Doe, Ann", "{The Hive and Co}", "Li, Bo")
    assert paper.categories == ("cs.CV",)
    assert (paper.sources[0].line, paper.sources[0].record_id) == (2, "doe_bees")
    assert rejects == []


@pytest.mark.parametrize("value", [f'"{OTHER}"', f"{{{OTHER}}}", "bees"])
def test_delimiters_and_strings(tmp_path: Path, value: str) -> None:
    text = f"@string{{bees = {{{OTHER}}}}}\n@misc(a, title = {{Bees}}, Abstract = {value})\n"
    papers, _ = read(tmp_path, text)
    assert [(p.title, p.abstract) for p in papers] == [("Bees", OTHER)]


def test_broken_entry_costs_that_entry_only(tmp_path: Path) -> None:
    text = (
        f"@misc{{a, title = {{A}}, abstract = {{{OTHER}}}}}\n"
        "@misc{b, title = {Open, abstract = {text}\n"
        f"@misc{{c, title = {{C}}, abstract = {{{ABSTRACT}}}}}\n"
        "@misc{d, title = {D}, abstract = {one}, abstract = {two}}\n"
        "@misc{e, title = {No abstract}}\n"
        f"@misc{{c, title = {{Same key}}, abstract = {{{ABSTRACT}}}}}\n"
    )
    papers, rejects = read(tmp_path, text)
    assert [p.title for p in papers] == ["A", "C", "Same key"]
    assert [r.line for r in rejects] == [2, 4, 5]


def test_entry_that_is_no_utf8_costs_that_entry_only(tmp_path: Path) -> None:
    good = f"@misc{{a, title = {{A}}, abstract = {{{OTHER}}}}}\n".encode()
    bad = "@misc{b, author = {Andr\xe9}, title = {B}, abstract = {Text.}}\n".encode("latin-1")
    papers, rejects = read(tmp_path, bad + good)
    assert [p.title for p in papers] == ["A"]
    assert [(r.line, "0xe9" in r.reason) for r in rejects] == [(1, True)]


def test_at_sign_inside_a_value(tmp_path: Path) -> None:
    text = "@misc{a, title = {A}, abstract = {Write to bees @ example or\n to @hive there.}}\n"
    papers, _ = read(tmp_path, text)
    assert [p.abstract for p in papers] == ["Write to bees @ example or\n to @hive there."]


def test_values_joined_from_pieces(tmp_path: Path) -> None:
    text = (
        '@string{hive = "the " # "Hive"}\n'
        '@misc{a, title = "In " # hive # { of {B}ees}, month = jul # "~5", year = "2024",\n'
        '  abstract = "We say {``}hello{\'\'} and {"}go{"}. " # "Then on."}\n'
    )
    papers, _ = read(tmp_path, text)
    assert papers[0].title == "In the Hive of {B}ees"
    assert papers[0].abstract == "We say {``}hello{''} and {\"}go{\"}. Then on."
    assert papers[0].published == "2024-07-05"


@pytest.mark.parametrize(
    ("fields", "published"),
    [
        ("year = 2024, month = {MAR 12}", "2024-03-12"),
        ('year = 2024, month = "5~" # jul', "2024-07-05"),
        ("year = {2024}, month = {Mar.}, day = {5}", "2024-03-05"),
        ("year = {2024}, month = {3}", "2024-03"),
        ("year = {2024}, month = {March--April}", "2024"),
    ],
)
def test_date(tmp_path: Path, fields: str, published: str) -> None:
    papers, _ = read(tmp_path, f"@misc{{a, title={{Bees}}, {fields}, abstract={{{OTHER}}}}}\n")
    assert [p.published for p in papers] == [published]


@pytest.mark.parametrize(
    "field",
    [
        "journal = {arXiv preprint arXiv:2401.00001}",
        "note = {arXiv:2401.00001 [cs]}",
        "number = {{arXiv}:2401.00001}",
        "arxivId = {2401.00001}",
        "url = {https://arxiv.org/abs/2401.00001v2}",
    ],
)
def test_places_of_the_arxiv_identifier(tmp_path: Path, field: str) -> None:
    others = f"author={{Doe, Ann and others}}, abstract={{{OTHER}}}"
    text = f"@article{{a, title={{Bees}}, {field}, {others}}}"
    papers, _ = read(tmp_path, text)
    assert [(p.arxiv_id, p.authors) for p in papers] == [("2401.00001", ("Doe, Ann",))]


def test_fields_of_less_weight_may_be_there_twice(tmp_path: Path) -> None:
    urls = "url={http://a.org}, url={http://b.org}"
    text = f"@misc{{a, title={{A}}, {urls}, abstract={{{OTHER}}}}}\n"
    papers, rejects = read(tmp_path, text)
    assert [(p.abstract, p.url) for p in papers] == [(OTHER, "http://a.org")]
    assert rejects == []


def test_value_that_is_no_expression_loses_its_delimiters_only(tmp_path: Path) -> None:
    text = f'@misc{{a, title = "Bees "and" more", abstract = {{{OTHER}}}}}\n'
    papers, _ = read(tmp_path, text)
    assert [p.title for p in papers] == ['Bees "and" more']
