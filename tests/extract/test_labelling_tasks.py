from __future__ import annotations

import json
from typing import Any

import pytest

from extract.labelled_texts import labelled_text
from extract.labelling_tasks import TaskFormat, labelling_task
from extract.pipeline import load_extractor
from extract.reading_text import reading_text
from extract.records import Extraction, Mention, Paper, Source

PAPER = Paper(
    "p0",
    "🎉 Tuning  BERT",
    "We tune Transformer-based BERT on GLUE.\nIt works.",
    sources=(Source("f", 1), Source("f", 2, "mine")),
)


def mention(field: Any, text: str, kind: str, start: int | None = None) -> Mention:
    place = PAPER.text(field).index(text) if start is None else start
    return Mention("p0", field, place, place + len(text), text, kind, "uses", 0.5, "ner")


EXTRACTION = Extraction(
    PAPER,
    (
        mention("title", "BERT", "Method"),
        mention("abstract", "Transformer", "Method"),
        mention("abstract", "GLUE", "Dataset"),
    ),
    (),
    (),
)


@pytest.fixture(params=list(TaskFormat), ids=str)
def task(request: pytest.FixtureRequest) -> dict[str, Any]:
    made = labelling_task(EXTRACTION, load_extractor(), request.param)
    assert json.loads(json.dumps(made)) == made
    return made


def answered(task: dict[str, Any]) -> list[dict[str, Any]]:
    """The task as each tool that takes it would give it back, nothing changed by the annotator."""
    given = []
    if "spans" in task:
        given.append({**task, "answer": "accept", "_task_hash": 1})
    if "label" in task:
        given.append({**task, "id": 4, "Comments": []})
    if "predictions" in task:
        results = task["predictions"][0]["result"]
        annotations = [{"result": results, "was_cancelled": False}]
        given.append({"id": 4, "data": task["data"], "annotations": annotations})
    return given


def test_what_a_tool_gives_back_unchanged_is_what_was_found(task: dict[str, Any]) -> None:
    text = reading_text(PAPER).text
    given = answered(task)
    assert given
    for record in given:
        found = labelled_text(record)
        assert found is not None
        assert (found.id, found.text) == ("mine", text)
        assert [(text[start:end], kind) for start, end, kind in found.spans] == [
            ("BERT", "Method"),
            ("Transformer", "Method"),
            ("GLUE", "Dataset"),
        ]


def test_a_task_that_nobody_labelled_is_not_taken_for_an_annotation(task: dict[str, Any]) -> None:
    if "text" in task:
        with pytest.raises(ValueError, match="not labelled yet"):
            labelled_text(task)
    else:
        with pytest.raises(ValueError, match="has no text"):
            labelled_text(task)


def test_prodigy_gets_tokens_that_make_up_the_text() -> None:
    task = labelling_task(EXTRACTION, load_extractor(), TaskFormat.PRODIGY)
    text = "".join(token["text"] + " " * token["ws"] for token in task["tokens"])
    assert text == task["text"]
    for span in task["spans"]:
        assert task["tokens"][span["token_start"]]["start"] == span["start"]
        assert task["tokens"][span["token_end"]]["end"] == span["end"]


def test_a_mention_within_a_token_is_widened_for_prodigy_only() -> None:
    cut = Extraction(PAPER, (mention("abstract", "GLU", "Dataset"),), (), ())
    task = labelling_task(cut, load_extractor())
    assert [task["text"][s["start"] : s["end"]] for s in task["spans"]] == ["GLUE"]
    assert [task["text"][start:end] for start, end, _ in task["label"]] == ["GLU"]


def test_the_forms_are_those_that_the_tools_document() -> None:
    extractor = load_extractor()
    tasks = {f: labelling_task(EXTRACTION, extractor, f) for f in TaskFormat}
    assert set(tasks[TaskFormat.PRODIGY]) == {"text", "meta", "spans", "tokens"}
    assert set(tasks[TaskFormat.DOCCANO]) == {"text", "meta", "label"}
    assert set(tasks[TaskFormat.LABEL_STUDIO]) == {"data", "predictions"}
    assert set(tasks[TaskFormat.JSONL]) == {
        *("text", "meta", "spans", "tokens", "label", "data", "predictions")
    }
    (prediction,) = tasks[TaskFormat.LABEL_STUDIO]["predictions"]
    assert prediction["result"][0] == {
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "score": 0.5,
        "value": {"start": 9, "end": 13, "text": "BERT", "labels": ["Method"]},
    }
    assert prediction["model_version"] == extractor.model
    assert tasks[TaskFormat.DOCCANO]["meta"] == {"id": "mine", "uncertainty": 0.375}
