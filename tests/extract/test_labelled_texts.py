from __future__ import annotations

from typing import Any

import pytest

from extract.labelled_texts import is_labelled_text, labelled_text

TEXT = "We train BERT on GLUE."
SPANS = ((9, 13, "Method"), (17, 21, "Dataset"))
PRODIGY = {
    "text": TEXT,
    "spans": [
        {"start": 9, "end": 13, "label": "Method", "token_start": 2, "token_end": 2},
        {"start": 17, "end": 21, "label": "Dataset"},
    ],
    "answer": "accept",
    "_input_hash": 1,
    "meta": {"id": "p1", "uncertainty": 0.5},
}
DOCCANO = {
    "id": 7,
    "text": TEXT,
    "label": [[9, 13, "Method"], [17, 21, "Dataset"]],
    "meta": {"id": "p1", "uncertainty": 0.5},
    "Comments": [],
}
LABEL_STUDIO: dict[str, Any] = {
    "id": 7,
    "data": {"text": TEXT, "id": "p1", "uncertainty": 0.5},
    "annotations": [
        {"was_cancelled": True, "result": []},
        {
            "was_cancelled": False,
            "result": [
                {"type": "labels", "value": {"start": 9, "end": 13, "labels": ["Method"]}},
                {"type": "choices", "value": {"choices": ["good"]}},
                {
                    "type": "labels",
                    "value": {"start": 17, "end": 21, "text": "GLUE", "labels": ["Dataset"]},
                },
            ],
        },
    ],
    "predictions": [],
}
JSON_MIN = {
    "id": 7,
    "text": TEXT,
    "label": [
        {"start": 9, "end": 13, "text": "BERT", "labels": ["Method"]},
        {"start": 17, "end": 21, "text": "GLUE", "labels": ["Dataset"]},
    ],
}
ENTITIES = {
    "id": 7,
    "text": TEXT,
    "entities": [
        {"id": 1, "label": "Method", "start_offset": 9, "end_offset": 13},
        {"id": 2, "label": "Dataset", "start_offset": 17, "end_offset": 21},
    ],
    "relations": [],
}


@pytest.mark.parametrize(
    ("record", "identifier"),
    [
        (PRODIGY, "p1"),
        (DOCCANO, "p1"),
        (LABEL_STUDIO, "p1"),
        (JSON_MIN, None),
        (ENTITIES, None),
        # What another tool left of the combined form does not count.
        ({**PRODIGY, "label": [[0, 2, "Task"]], "data": {"text": "other"}}, "p1"),
        ({**DOCCANO, "spans": [{"start": 0, "end": 2, "label": "Task"}], "data": {}}, "p1"),
    ],
)
def test_each_tool_s_export_gives_the_same_spans(
    record: dict[str, Any], identifier: str | None
) -> None:
    assert is_labelled_text(record)
    found = labelled_text(record)
    assert found is not None
    assert (found.id, found.text, found.spans) == (identifier, TEXT, tuple(sorted(SPANS)))


@pytest.mark.parametrize(
    "record",
    [
        {**PRODIGY, "answer": "reject"},
        {**PRODIGY, "answer": "ignore"},
        {**LABEL_STUDIO, "annotations": []},
        {**LABEL_STUDIO, "annotations": [{"was_cancelled": True, "result": []}]},
    ],
)
def test_what_the_annotator_turned_down_is_passed_over(record: dict[str, Any]) -> None:
    assert labelled_text(record) is None


def test_white_space_that_was_selected_along_is_cut_off() -> None:
    found = labelled_text({"id": 1, "text": TEXT, "label": [[8, 14, "Method"]]})
    assert found is not None
    assert found.spans == ((9, 13, "Method"),)


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"text": TEXT, "meta": {"uncertainty": 0.1}, "spans": []}, "not labelled yet"),
        ({"text": None, "label": []}, "no text"),
        ({"id": 1, "text": TEXT, "label": [[9, 99, "Method"]]}, "not within"),
        ({"id": 1, "text": TEXT, "label": [["9", 13, "Method"]]}, "not within"),
        ({"id": 1, "text": TEXT, "label": [[9, 13]]}, "is no span"),
        ({"id": 1, "text": TEXT, "label": "Method"}, "no list"),
        ({"id": 1, "text": TEXT, "label": [[8, 9, "Method"]]}, "white space"),
        ({"id": 1, "text": TEXT, "label": [[9, 13, None]]}, "no label"),
        (
            {"id": 1, "text": TEXT, "label": [{"start": 9, "end": 13, "label": "M", "text": "x"}]},
            "count code points",
        ),
        ({"data": TEXT, "annotations": []}, "no task of Label Studio"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_reason(record: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        labelled_text(record)
