from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from extract.decisions_file import parse_decisions
from graph import KnowledgeGraph
from tests.graph.cli.running import paperkg

ROOT = Path(__file__).parents[3]
Capture = pytest.CaptureFixture[str]


needs_embeddings = pytest.mark.skipif(
    find_spec("wordllama") is None, reason="the extra paperkg[embeddings] is not installed"
)


@needs_embeddings
def test_pairs_come_best_first_with_papers_and_sentences(
    capfd: Capture, sample_library_once: Path
) -> None:
    answer = paperkg(
        capfd, "candidates", "--least", "0.6", "-n", 8, "--json", "--library", sample_library_once
    )
    assert answer.code == 0
    found = answer.json()
    assert len(found) == 8
    scores = [pair["score"] for pair in found]
    assert scores == sorted(scores, reverse=True)
    assert 1 >= scores[0] >= scores[-1] >= 0.6
    with KnowledgeGraph.open(sample_library_once) as knowledge:
        read = [text for paper in knowledge.papers() for text in (paper.title, paper.abstract)]
    for side in (pair[side] for pair in found for side in ("a", "b")):
        assert side["spelling"] in [alias["text"] for alias in side["aliases"]]
        assert side["papers"] > 0
        assert side["evidence"]
        assert any(side["evidence"] in text for text in read)
    assert all(pair["a"]["type"] == pair["b"]["type"] == pair["type"] for pair in found)


@needs_embeddings
def test_a_listing_shows_names_counts_and_the_spelling_in_its_sentence(
    capfd: Capture, sample_library_once: Path
) -> None:
    given = ("candidates", "--least", "0.6", "--library", sample_library_once)
    pairs = paperkg(capfd, *given, "--json").json()
    shown = paperkg(capfd, *given)
    assert shown.code == 0
    lines = shown.out.splitlines()
    assert len(lines) == 3 * len(pairs)
    for pair, (head, *sentences) in zip(
        pairs, zip(*(lines[start::3] for start in range(3)), strict=True), strict=True
    ):
        assert head.startswith(f"{pair['score']:.4f}  {pair['a']['name']} (")
        assert f" ~ {pair['b']['name']} (" in head
        for side, sentence in zip(("a", "b"), sentences, strict=True):
            if pair[side]["spelling"] in pair[side]["evidence"]:
                assert pair[side]["spelling"] in sentence
            assert len(sentence) < 140
    assert "paperkg pin" in shown.err


@needs_embeddings
def test_what_is_pinned_or_forbidden_is_proposed_no_more(
    capfd: Capture, sample_library: Path
) -> None:
    given = ("candidates", "--least", "0.6", "--json", "--library", sample_library)
    first, second, third, *_ = paperkg(capfd, *given).json()
    assert paperkg(capfd, "pin", *spellings(first), "--library", sample_library).code == 0
    assert paperkg(capfd, "forbid", *spellings(second), "--library", sample_library).code == 0
    assert paperkg(capfd, *given).json()[0] == third
    elsewhere = sample_library.with_name("none.toml")
    elsewhere.write_text("", encoding="utf-8")
    assert paperkg(capfd, *given, "--decisions", elsewhere).json()[0] == first


def spellings(pair: dict[str, dict[str, str]]) -> tuple[str, str]:
    return pair["a"]["spelling"], pair["b"]["spelling"]


@needs_embeddings
def test_toml_entries_are_pins_that_a_build_follows(capfd: Capture, sample_library: Path) -> None:
    given = ("candidates", "--least", "0.6", "-n", 3, "--library", sample_library)
    pairs = paperkg(capfd, *given, "--json").json()
    text = paperkg(capfd, *given, "--toml").out
    assert parse_decisions(text, "out").pins == tuple(spellings(pair) for pair in pairs)
    decisions = sample_library.with_name("sample.decisions.toml")
    decisions.write_text(text, encoding="utf-8")
    assert paperkg(capfd, "build", "-q", "--library", sample_library).code == 0
    for a, b in map(spellings, pairs):
        explained = paperkg(capfd, "explain", a, b, "--json", "--library", sample_library).json()
        assert explained["same"], (a, b)


@needs_embeddings
def test_one_type_only(capfd: Capture, sample_library_once: Path) -> None:
    given = ("candidates", "--least", "0.5", "--json", "--library", sample_library_once)
    found = paperkg(capfd, *given, "--type", "task").json()
    assert {pair["type"] for pair in found} == {"Task"}
    refused = paperkg(capfd, *given, "--type", "Tusk")
    assert refused.code == 2
    assert "'Tusk': the library has Dataset, Method, Metric, Task." in refused.err


@needs_embeddings
def test_that_nothing_is_so_alike_is_said(capfd: Capture, sample_library_once: Path) -> None:
    answer = paperkg(capfd, "candidates", "--least", "1", "--library", sample_library_once)
    assert (answer.code, answer.out) == (0, "")
    assert "smaller --least" in answer.err


@needs_embeddings
def test_two_forms_of_output_are_refused(capfd: Capture, sample_library_once: Path) -> None:
    answer = paperkg(capfd, "candidates", "--json", "--toml", "--library", sample_library_once)
    assert answer.code == 2
    assert "not both" in answer.err


def test_without_the_extra_the_command_says_what_to_install(sample_library_once: Path) -> None:
    code = """
import sys
sys.modules["wordllama"] = None  # as if it were not installed
from graph.cli import run
sys.exit(run(["candidates", "--library", sys.argv[1]]))
"""
    done = subprocess.run(
        [sys.executable, "-c", code, sample_library_once],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("Error: ")
    assert 'pip install "paperkg[embeddings]"' in done.stderr
