from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from extract.predictions import PredictedMention, PredictedResult, predicted_paper, read_predictions

if TYPE_CHECKING:
    from pathlib import Path

    from extract.errors import RecordError

MENTION = {"field": "title", "start": 0, "end": 4, "text": "BERT", "type": "Method"}


def test_what_extract_prints_is_read() -> None:
    mention = {**MENTION, "role": "uses", "concept": "method/bert", "confidence": 0.5, "step": "x"}
    result = {"value": "80", "metric": "F1", "dataset": None, "confidence": 1, "quote": "80"}
    found = predicted_paper({"id": "a", "title": "T", "mentions": [mention], "results": [result]})
    assert (found.id, found.title) == ("a", "T")
    assert found.mentions == (
        PredictedMention("title", 0, 4, "BERT", "Method", "uses", "method/bert", 0.5, None),
    )
    assert found.results == (PredictedResult("80", "F1", None, 1.0),)


def test_another_system_s_findings_may_know_less() -> None:
    found = predicted_paper({"id": 7, "mentions": [MENTION], "results": [{"value": 80}]})
    assert (found.id, found.title, found.results[0].value) == ("7", "", "80")
    assert found.mentions[0].confidence is None


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("a", "expected an object"),
        ({"mentions": []}, "expected an object"),
        ({"id": "a", "mentions": "BERT"}, "no list of objects"),
        ({"id": "a", "mentions": ["BERT"]}, "no list of objects"),
        ({"id": "a", "mentions": [{**MENTION, "start": "0"}]}, "expected field"),
        ({"id": "a", "mentions": [{**MENTION, "field": "body"}]}, "expected field"),
        ({"id": "a", "mentions": [{**MENTION, "confidence": 7}]}, "expected 0 to 1"),
        ({"id": "a", "mentions": [{**MENTION, "confidence": True}]}, "expected 0 to 1"),
        ({"id": "a", "mentions": [{**MENTION, "role": 7}]}, "expected a text"),
        ({"id": "a", "results": [{}]}, "expected one with a value"),
    ],
)
def test_another_form_is_refused_with_its_line(value: Any, reason: str, tmp_path: Path) -> None:
    file = tmp_path / "predicted.jsonl"
    file.write_text(f"{json.dumps({'id': 'b'})}\n\n{json.dumps(value)}\nno\n", encoding="utf-8")
    refused: list[RecordError] = []
    (found,) = read_predictions(file, refused.append)
    assert found.id == "b"
    assert [error.line for error in refused] == [3, 4]
    assert reason in refused[0].reason
