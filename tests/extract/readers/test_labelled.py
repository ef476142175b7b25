from __future__ import annotations

from typing import TYPE_CHECKING

from tests.extract.readers.reading import ABSTRACT, OTHER, read

if TYPE_CHECKING:
    from pathlib import Path


def test_parts_with_labels(tmp_path: Path) -> None:
    text = (
        "Title: Bees\nPDF: https://arxiv.org/pdf/2401.00001\nAuthors: Ann Doe, Bo Li\n"
        f"Date: 2024-03-12\nSummary: {OTHER}\nNote: and more.\n---\n"
        f"Title: Wind\nDOI: 10.5555/x\nKeywords: wind; gears\nAbstract:\n{ABSTRACT}\n\nThe end.\n"
    )
    papers, rejects = read(tmp_path, text)
    bees, wind = papers
    assert (bees.title, bees.abstract) == ("Bees", f"{OTHER}\nNote: and more.")
    assert (bees.arxiv_id, bees.published) == ("2401.00001", "2024-03-12")
    assert (bees.authors, bees.url) == (("Ann Doe", "Bo Li"), "https://arxiv.org/pdf/2401.00001")
    assert (wind.abstract, wind.doi) == (f"{ABSTRACT}\n\nThe end.", "10.5555/x")
    assert (wind.categories, wind.sources[0].line) == (("wind", "gears"), 8)
    assert rejects == []


def test_record_without_abstract_is_refused(tmp_path: Path) -> None:
    papers, rejects = read(tmp_path, f"Title: Bees\nYear: 2024\n\nTitle: Wind\nAbstract: {OTHER}\n")
    assert [p.title for p in papers] == ["Wind"]
    assert [(r.line, r.reason) for r in rejects] == [(1, "no abstract")]
