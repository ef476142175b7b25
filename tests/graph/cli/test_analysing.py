from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import click
import pytest

from graph import KnowledgeGraph, analysis
from graph.cli import cli
from graph.cli.analysing import analyse
from tests.graph.cli.running import paperkg
from tests.graph.small_graph import HOSTILE

if TYPE_CHECKING:
    from pathlib import Path

    Capture = pytest.CaptureFixture[str]

QUESTIONS = {
    "matrix": (),
    "co-occurrence": ("BERT",),
    "betweenness": ("--sample", "20"),
    "community-reports": (),
    "missing-links": ("--method", "BERT"),
    "leaderboards": ("--dataset", "ImageNet"),
    "rising": (),
    "similar-papers": ("Tidewrack",),
    "paths": ("BERT", "ImageNet"),
}


def test_every_analysis_is_tried_here_and_has_help(capfd: Capture) -> None:
    assert set(analyse.list_commands(click.Context(cli))) == set(QUESTIONS)
    for name in QUESTIONS:
        answer = paperkg(capfd, "analyse", name, "--help")
        assert answer.code == 0
        assert len(answer.out.splitlines()) > 8, name


@pytest.mark.parametrize("name", QUESTIONS)
def test_it_is_printed_for_people_and_for_programs(
    capfd: Capture, sample_library_once: Path, name: str
) -> None:
    command = ("analyse", name, *QUESTIONS[name], "--library", sample_library_once)
    people = paperkg(capfd, *command)
    assert people.code == 0
    assert people.out
    found = paperkg(capfd, *command, "--json").json()
    assert found
    if name != "community-reports":
        rows = list(csv.DictReader(io.StringIO(paperkg(capfd, *command, "--csv").out, newline="")))
        assert [list(row) for row in rows] == [list(row) for row in found]


def test_rows_are_those_of_the_function(capfd: Capture, sample_library_once: Path) -> None:
    printed = paperkg(
        capfd, "analyse", "missing-links", "--limit", 5, "--json", "--library", sample_library_once
    ).json()
    with KnowledgeGraph.open(sample_library_once) as knowledge:
        assert analysis.missing_links(knowledge, limit=5) == printed


def test_predictions_are_called_so_and_say_why(capfd: Capture, sample_library_once: Path) -> None:
    answer = paperkg(capfd, "analyse", "missing-links", "--library", sample_library_once)
    assert "Predictions, not findings" in answer.err
    assert "none does both. Both stand beside" in answer.out


def test_predictions_are_measured_beside_simple_scorers(
    capfd: Capture, sample_library_once: Path
) -> None:
    command = ("analyse", "missing-links", "--evaluate", "--library", sample_library_once)
    answer = paperkg(capfd, *command)
    assert "hits@10" in answer.out
    assert "8 papers held out, the latest by date" in answer.err
    found = paperkg(capfd, *command, "--json").json()
    scorers = ["missing links", "popularity", "common neighbours", "chance"]
    assert [row["scorer"] for row in found["scorers"]] == scorers
    assert paperkg(capfd, *command, "--method", "BERT").code == 2


def test_the_chart_of_the_matrix_is_written(
    capfd: Capture, sample_library_once: Path, tmp_path: Path
) -> None:
    chart = tmp_path / "matrix.html"
    answer = paperkg(capfd, "analyse", "matrix", "--chart", chart, "--library", sample_library_once)
    assert answer.code == 0
    assert "<svg" in chart.read_text(encoding="utf-8")
    assert str(chart) in answer.err


def test_unknown_names_and_wrong_use_are_said(capfd: Capture, sample_library_once: Path) -> None:
    for command in (
        ("missing-links", "--method", "ImageNet"),
        ("missing-links", "--dataset", "Imagenette"),
        ("co-occurrence", "Bertt"),
        ("rising", "--later", "2025"),
        ("rising", "--earlier", "soon", "--later", "2025"),
        ("matrix", "--json", "--csv"),
        ("betweenness", "--sample", "0"),
        ("similar-papers", "No Such Title"),
        ("centrality",),
    ):
        answer = paperkg(capfd, "analyse", *command, *(("--library", sample_library_once)
                         if len(command) > 1 else ()))  # fmt: skip
        assert answer.code == 2, command
        assert answer.err
        assert "Traceback" not in answer.err


def test_text_from_papers_steers_neither_terminal_nor_spreadsheet(
    capfd: Capture, tmp_path: Path
) -> None:
    source, library = tmp_path / "hostile.jsonl", tmp_path / "hostile.db"
    records = [
        {
            "title": f"{text} {i}",
            "abstract": f"We fine-tune BERT on ImageNet. {text} BERT has 8{i % 9}.5% accuracy on "
            f"ImageNet; LoRA is compared with BERT on GLUE.",
            "published": f"2024-0{1 + i % 2}-02",
        }
        for i, text in enumerate(HOSTILE * 2)
    ]
    source.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    with KnowledgeGraph.open(library, create=True) as knowledge:
        knowledge.build(source)
    commands = {**QUESTIONS, "similar-papers": (records[2]["title"],)}
    for name, given in commands.items():
        for form in ((), ("--csv",)) if name != "community-reports" else ((),):
            answer = paperkg(capfd, "analyse", name, *given, *form, "--library", library)
            assert answer.code == 0, answer.err
            assert not {"\x1b", "\x00", "\u202e"} & set(answer.out if not form else "")
            for row in csv.reader(io.StringIO(answer.out, newline="")) if form else ():
                assert not any(cell.startswith(("=", "@")) for cell in row)
