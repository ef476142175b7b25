from __future__ import annotations

from typing import TYPE_CHECKING

from tests.extract.readers.reading import read

if TYPE_CHECKING:
    from pathlib import Path

RECORD = (
    "PMID- 123\nOWN - NLM\nDP  - 2023 Mar 5\nTI  - Counting bees at the entrance of\n"
    "      a hive.\nLID - 10.5555/q [doi]\nAB  - BACKGROUND: Bees are hard to\n"
    "      count. - We count them.\nFAU - Doe, Ann\nAU  - Doe A\nMH  - Bees\nMH  - Animals\n"
)


def test_record(tmp_path: Path) -> None:
    papers, rejects = read(tmp_path, "\n" + RECORD)
    paper = papers[0]
    assert paper.title == "Counting bees at the entrance of a hive."
    assert paper.abstract == "BACKGROUND: Bees are hard to count. - We count them."
    assert (paper.doi, paper.published, paper.authors) == (
        "10.5555/q",
        "2023-03-05",
        ("Doe, Ann",),
    )
    assert paper.categories == ("Bees", "Animals")
    assert paper.url == "https://pubmed.ncbi.nlm.nih.gov/123/"
    assert (paper.sources[0].line, paper.sources[0].record_id) == (2, "123")
    assert rejects == []


def test_record_without_abstract_is_refused(tmp_path: Path) -> None:
    papers, rejects = read(tmp_path, "PMID- 9\nTI  - None\n\n" + RECORD.replace("\n", "\r\n"))
    assert [p.sources[0].record_id for p in papers] == ["123"]
    assert [(r.line, r.reason) for r in rejects] == [(1, "no abstract")]


def test_preprint_of_arxiv_without_headings(tmp_path: Path) -> None:
    text = (
        "PMID- 9\nTI  - Bees\nAB  - One - two.\n      RESULTS - three.\nTA  - ArXiv\n"
        "DEP - 20240312\nOT  - bees\nAID - arXiv:2401.00001v2 [pii]\n"
    )
    papers, _ = read(tmp_path, text)
    paper = papers[0]
    assert paper.abstract == "One - two. RESULTS - three."
    assert (paper.arxiv_id, paper.published) == ("2401.00001", "2024-03-12")
    assert paper.categories == ("bees",)
