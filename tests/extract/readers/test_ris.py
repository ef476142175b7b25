from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.extract.readers.reading import ABSTRACT, OTHER, read

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("title", ["TI", "T1"])
@pytest.mark.parametrize("abstract", ["AB", "N2"])
def test_record(tmp_path: Path, title: str, abstract: str) -> None:
    text = (
        f"\ufeffTY  - JOUR\r\n{title}  - HiveCount\r\nAU  - Doe, Ann\r\nAU  - Li, Bo\r\n"
        f"{abstract}  - {OTHER}\r\nPY  - 2024\r\nDA  - 2024/03/12/\r\nID  - k1\r\n"
        "DO  - https://doi.org/10.5555/X\r\nUR  - https://arxiv.org/abs/2401.00001v3\r\n"
        "KW  - bees\r\nKW  - video\r\nER  - \r\n"
    )
    papers, rejects = read(tmp_path, text)
    paper = papers[0]
    assert (paper.title, paper.abstract, paper.authors) == (
        "HiveCount",
        OTHER,
        ("Doe, Ann", "Li, Bo"),
    )
    assert (paper.doi, paper.arxiv_id, paper.published) == ("10.5555/x", "2401.00001", "2024-03-12")
    assert (paper.categories, paper.url) == (
        ("bees", "video"),
        "https://arxiv.org/abs/2401.00001v3",
    )
    assert (paper.sources[0].line, paper.sources[0].record_id) == (1, "k1")
    assert rejects == []


def test_lines_of_an_abstract_are_kept(tmp_path: Path) -> None:
    text = "TY  - JOUR\nTI  - Bees\nAB  - One line\nand another.\n\nA paragraph.\nER  -\n"
    papers, _ = read(tmp_path, text)
    assert [p.abstract for p in papers] == ["One line\nand another.\n\nA paragraph."]


def test_record_without_its_end(tmp_path: Path) -> None:
    text = f"TY  - A\nTI  - Bees\nAB  - {OTHER}\nTY  - B\nTI  - Wind\nAB  - {ABSTRACT}"
    papers, rejects = read(tmp_path, text)
    assert [(p.title, p.sources[0].line) for p in papers] == [("Bees", 1), ("Wind", 4)]
    assert rejects == []


def test_record_without_abstract_is_refused(tmp_path: Path) -> None:
    text = f"TY  - A\nTI  - Bees\nER  -\n\nTY  - B\nTI  - Wind\nAB  - {ABSTRACT}\nER  -\n"
    papers, rejects = read(tmp_path, text)
    assert [p.title for p in papers] == ["Wind"]
    assert [(r.line, r.reason, r.excerpt) for r in rejects] == [(1, "no abstract", "Bees")]


@pytest.mark.parametrize("tag", ["TY  -", "TY - ", "TY  - "])
def test_tags_with_fewer_blanks(tmp_path: Path, tag: str) -> None:
    lines = [f"{tag}JOUR", f"{tag}Bees", f"{tag}{OTHER}", tag]
    text = "\n".join(
        line.replace("TY", name, 1)
        for line, name in zip(lines, ["TY", "TI", "AB", "ER"], strict=True)
    )
    papers, rejects = read(tmp_path, text + "\n")
    assert [(p.title, p.abstract) for p in papers] == [("Bees", OTHER)]
    assert rejects == []


def test_second_abstract_is_not_lost(tmp_path: Path) -> None:
    text = "TY  - JOUR\nTI  - Bees\nAB  - One.\nKW  - bees\nAB  - Two.\nand more.\nER  - \n"
    papers, _ = read(tmp_path, text)
    assert [p.abstract for p in papers] == ["One.\nTwo.\nand more."]


def test_zotero_note_endnote_date_and_wrapped_keywords(tmp_path: Path) -> None:
    text = (
        f"TY  - GEN\nTI  - Bees\nAB  - {OTHER}\nPY  - 2024\nDA  - Mar 12\n"
        "N1  - arXiv:2401.00001 [cs]\nKW  - bees\nwasps\nER  - \n"
    )
    papers, _ = read(tmp_path, text)
    assert (papers[0].arxiv_id, papers[0].published) == ("2401.00001", "2024-03-12")
    assert papers[0].categories == ("bees", "wasps")
