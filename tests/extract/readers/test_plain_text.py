from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pytest

from tests.extract.readers.reading import ABSTRACT, OTHER, read

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("width", [50, 72, 100])
def test_wrapped_abstract_below_its_title(tmp_path: Path, width: int) -> None:
    abstracts = [textwrap.fill(text, width) for text in (ABSTRACT, OTHER)]
    text = f"GaleNet\n{abstracts[0]}\n\nHiveCount: Bees\n{abstracts[1]}\n"
    papers, rejects = read(tmp_path, text)
    assert [(p.title, p.abstract) for p in papers] == [
        ("GaleNet", abstracts[0]),
        ("HiveCount: Bees", abstracts[1]),
    ]
    assert [p.sources[0].line for p in papers] == [1, 3 + len(abstracts[0].split("\n"))]
    assert rejects == []


def test_wrapped_abstract_a_blank_line_below_its_title(tmp_path: Path) -> None:
    abstracts = [textwrap.fill(text, 72) for text in (ABSTRACT, OTHER)]
    text = f"GaleNet\n\n{abstracts[0]}\n\nHiveCount: Bees\n\n{abstracts[1]}\n"
    papers, _ = read(tmp_path, text)
    assert [(p.title, p.abstract) for p in papers] == [
        ("GaleNet", abstracts[0]),
        ("HiveCount: Bees", abstracts[1]),
    ]


def test_wrapped_title(tmp_path: Path) -> None:
    title = textwrap.fill("A Title So Long That It Does Not Fit on One Line of Sixty Letters", 60)
    assert "\n" in title
    text = f"{title}\n{textwrap.fill(ABSTRACT, 60)}\n\nHiveCount\n{textwrap.fill(OTHER, 60)}\n"
    papers, _ = read(tmp_path, text)
    assert [p.title for p in papers] == [title, "HiveCount"]


def test_short_lines_without_blank_lines(tmp_path: Path) -> None:
    text = "Bees\nWe count all the bees.\nWasps\nNobody counts the wasps.\n"
    papers, _ = read(tmp_path, text)
    assert [(p.title, p.abstract) for p in papers] == [
        ("Bees", "We count all the bees."),
        ("Wasps", "Nobody counts the wasps."),
    ]


def test_labels_are_taken_away(tmp_path: Path) -> None:
    papers, _ = read(tmp_path, f"Title: HiveCount\nAbstract: {OTHER}\n")
    assert [(p.title, p.abstract) for p in papers] == [("HiveCount", OTHER)]


def test_one_abstract_alone_is_a_record_without_title(tmp_path: Path) -> None:
    papers, _ = read(tmp_path, OTHER + "\n")
    assert [(p.title, p.abstract) for p in papers] == [("", OTHER)]


@pytest.mark.parametrize(
    "text",
    [
        "hello\n",
        f"# HiveCount\n\n{OTHER}\n",
        "import os\n\ndef f(x):\n    return x + 1\n\nclass A:\n    pass\n",
        "2024-01-01 12:00:00 INFO started\n" * 40,
        "0.1 0.2 0.3\n" * 200,
    ],
    ids=["word", "markdown", "code", "log", "numbers"],
)
def test_other_text_is_refused_as_a_whole(tmp_path: Path, text: str) -> None:
    papers, rejects = read(tmp_path, text)
    assert papers == []
    assert len(rejects) == 1
    assert rejects[0].line is None
    assert "no known format" in rejects[0].reason


def test_heading_above_an_abstract_is_no_title(tmp_path: Path) -> None:
    papers, rejects = read(tmp_path, f"Bees\n\nAbstract\n\n{OTHER}\n")
    assert [(p.title, p.abstract) for p in papers] == [("Bees", OTHER)]
    assert rejects == []


def test_heading_at_the_top_is_no_table(tmp_path: Path) -> None:
    papers, _ = read(tmp_path, f"Abstract\n\n{OTHER}\n\nWind\n\n{ABSTRACT}\n")
    assert [(p.title, p.abstract) for p in papers] == [("", OTHER), ("Wind", ABSTRACT)]
