from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from extract.annotations import read_annotated_papers
from extract.evaluation import Score, as_object, evaluate
from extract.extraction import extract_papers
from extract.gold import mark_occurrences
from extract.predictions import PredictedMention, PredictedPaper, predicted_paper
from extract.records import Paper
from tests.conftest import SHARED, needs_shared

if TYPE_CHECKING:
    from pathlib import Path


def test_scores_divide_by_nothing_without_harm() -> None:
    assert (Score(0, 0, 0).precision, Score(0, 0, 0).recall, Score(0, 0, 0).f1) == (0, 0, 0)
    score = Score(1, 2, 4)
    assert (score.precision, score.recall) == (0.5, 0.25)
    assert score.f1 == pytest.approx(1 / 3)


def test_papers_are_matched_by_id_and_else_by_title() -> None:
    strings = [{"text": "BERT", "type": "Method", "canonical": "BERT", "role": "uses"}]
    gold = [
        mark_occurrences(Paper(name, title, "BERT works."), strings, [])
        for name, title in (("a", "First"), ("b", "Second title"), ("c", ""))
    ]
    mention = PredictedMention("abstract", 0, 4, "BERT", "Method", "uses", "x", 1.0, None)
    predicted = [
        PredictedPaper("a", "Second title", (mention,), ()),
        PredictedPaper("other", "SECOND: Title", (), ()),
        PredictedPaper("another", "", (mention,), ()),
    ]
    found = evaluate(gold, predicted, samples=20)
    # b is taken from the first paper of its title; c, without a title, from none.
    assert (found.papers, found.missing, found.strict) == (3, 1, Score(2, 2, 3))
    low, high = found.intervals["span_strict.f1"]
    assert low < found.strict.f1 < high
    assert evaluate(gold, predicted, samples=0).intervals == {}


def test_types_of_one_s_own_have_figures_and_come_last() -> None:
    strings = [{"text": "SOX2", "type": "Gene", "canonical": "SOX2", "role": "mentions"}]
    gold = [mark_occurrences(Paper("a", "", "SOX2 rises."), strings, [])]
    found = evaluate(gold, [], samples=10)
    assert list(found.per_type) == ["Method", "Dataset", "Metric", "Task", "Gene"]
    assert found.per_type["Gene"] == Score(0, 0, 1)
    assert found.intervals["per_type.Gene.f1"] == (0.0, 0.0)


def test_no_papers_have_no_figures() -> None:
    found = as_object(evaluate([], []))
    assert found["span_strict"] == {"p": 0.0, "r": 0.0, "f1": 0.0, "gold": 0, "pred": 0}
    assert found["intervals"] == {"level": 0.95}
    assert found["confidence"] == {"mentions": None, "roles": None, "results": None}


@needs_shared
def test_the_figures_are_those_of_the_project_s_scorer(tmp_path: Path) -> None:
    papers, gold = SHARED / "gold" / "dev.papers.jsonl", SHARED / "gold" / "dev.jsonl"
    objects = extract_papers([str(papers)])
    output = tmp_path / "predicted.jsonl"
    output.write_text("".join(json.dumps(one) + "\n" for one in objects), encoding="utf-8")
    scorer = SHARED / "eval" / "score.py"
    command = [sys.executable, str(scorer), str(papers), str(gold), str(output), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    refused: list[object] = []
    annotated = read_annotated_papers(papers, gold, refused.append)
    ours = as_object(evaluate(annotated, map(predicted_paper, objects)))
    assert not refused
    assert {key: ours[key] for key in theirs} == theirs
    low, high = ours["intervals"]["span_strict.f1"]
    assert low < ours["span_strict"]["f1"] < high
    assert high - low < 0.1
    right = sum(score["gold"] for score in ours["roles"].values())
    assert right > 500
