from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.gold import AnnotatedPaper
from extract.linear import models_as_json, read_models
from extract.metric_names import (
    KNOWN_METRICS,
    MetricNames,
    find_metric_names,
    learn_metric_names,
    metric_names,
    standard_name,
)
from extract.records import Mention, Paper
from extract.results import metric_name

if TYPE_CHECKING:
    from pathlib import Path


def annotated(number: int, abstract: str, **canonical: str) -> AnnotatedPaper:
    """A paper in which these metrics are marked, with what they are called."""
    spellings = {text.replace("_", " "): name for text, name in canonical.items()}
    mentions = tuple(
        Mention(
            paper=f"p{number}",
            field="abstract",
            start=abstract.index(text),
            end=abstract.index(text) + len(text),
            text=text,
            type="Metric",
            role="reports",
            confidence=1.0,
            step="ner",
        )
        for text in spellings
    )
    return AnnotatedPaper(
        Paper(f"p{number}", "", abstract), mentions, tuple(spellings.values()), ()
    )


PAPERS = [
    *(annotated(n, "The F1 score rises.", F1_score="F1") for n in range(4)),
    annotated(4, "Its gain is loss.", gain="gain"),
    *(annotated(n, "No loss of gain.") for n in range(5, 17)),
    annotated(17, "The F1-scores rise, gains too.", **{"F1-scores": "F-measure"}),
]


@pytest.fixture
def names() -> MetricNames:
    return metric_names(learn_metric_names(PAPERS))


def test_spellings_go_by_the_name_that_most_papers_give_them(names: MetricNames) -> None:
    assert standard_name(names, "F1 score") == "F1"
    assert standard_name(names, "F1-Scores") == "F1"
    assert standard_name(names, "F-measure") == "F-measure"


def test_unknown_metric_keeps_its_name(names: MetricNames) -> None:
    assert standard_name(names, "Zebra index") == "Zebra index"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("weighted F1-score", "weighted F1"),
        ("response times", "response time"),
        ("number of training steps", "number of training steps"),
        ("the best F-measure", "the best F-measure"),
        ("CIDEr-Ds", "CIDEr-Ds"),
    ],
)
def test_an_unknown_metric_is_named_as_known_ones_are(
    names: MetricNames, text: str, name: str
) -> None:
    assert standard_name(names, text) == name


def test_only_spellings_that_are_often_metrics_are_looked_for(names: MetricNames) -> None:
    text = "F1 score of 3, gain of 2; f1 SCORE. F1 scored, AF1 score, F1 score_2"
    assert [text[a:b] for a, b in find_metric_names(names, text)] == ["F1 score", "f1 SCORE"]


def test_names_survive_the_file(names: MetricNames, tmp_path: Path) -> None:
    path = tmp_path / "models.json"
    path.write_text(models_as_json({KNOWN_METRICS: learn_metric_names(PAPERS)}), "utf-8")
    assert metric_names(read_models(path)[KNOWN_METRICS]) == names


def test_order_of_the_papers_does_not_matter() -> None:
    forward, backward = learn_metric_names(PAPERS), learn_metric_names(PAPERS[::-1])
    assert models_as_json({"m": forward}) == models_as_json({"m": backward})


@given(st.text() | st.lists(st.sampled_from(["F1", " ", "score", "İ", "\ud800", "-"])).map("".join))
def test_found_names_lie_apart_in_order_and_are_known(text: str) -> None:
    known = MetricNames({}, {"f1": ("f1 score", "f1"), "score": ("score",)})
    reached = 0
    for start, end in find_metric_names(known, text):
        assert reached <= start < end
        assert text[start:end].lower() in {"f1", "f1 score", "score"}
        reached = end


def test_long_texts_are_searched_in_linear_time() -> None:
    known = MetricNames({}, {"f1": ("f1 f1 f1 score", "f1 score")})
    begun = time.process_time()
    assert list(find_metric_names(known, "f1 " * 70_000)) == []
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("F1-scores", "F1"),
        ("parameters", "parameter count"),
        ("WER", "word error rate"),
        ("accuracies", "accuracy"),
    ],
)
def test_shipped_names_follow_the_guidelines(spelling: str, name: str) -> None:
    assert metric_name(spelling) == name


def test_shipped_names_are_their_own_standard_names() -> None:
    assert [metric_name(metric_name(text)) for text in ("BLEU scores", "FLOPS", "PPL")] == [
        metric_name(text) for text in ("BLEU scores", "FLOPS", "PPL")
    ]
