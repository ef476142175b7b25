from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from extract.confidence import LABELS, confidence, confidence_model, mention_features
from extract.errors import ModelError
from extract.linear import LinearModel
from extract.model_identity import MODEL_FOLDER
from extract.pipeline import load_extractor
from extract.records import Paper

if TYPE_CHECKING:
    from pathlib import Path


def test_the_shipped_pipeline_has_confidences_of_its_own() -> None:
    model = confidence_model()
    assert (MODEL_FOLDER / "confidence.json").is_file()
    assert len(model.weights) > 50


def test_a_pipeline_without_the_file_takes_the_shipped_one(tmp_path: Path) -> None:
    assert confidence_model(tmp_path) == confidence_model()


@pytest.mark.parametrize("content", ["", "{}", '{"mention": {}}', '{"mention": []}'])
def test_a_faulty_file_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "confidence.json").write_text(content, "utf-8")
    with pytest.raises(ModelError, match=r"confidence\.json"):
        confidence_model(tmp_path)


def test_a_model_of_other_classes_is_refused(tmp_path: Path) -> None:
    model = {"mention": {"labels": ["no", "yes"], "bias": [0, 0], "weights": {}}}
    (tmp_path / "confidence.json").write_text(json.dumps(model), "utf-8")
    with pytest.raises(ModelError, match="wrong, right"):
        confidence_model(tmp_path)


def test_no_confidence_is_certain() -> None:
    sure = LinearModel(LABELS, (0, 99_999), {})
    assert confidence(sure, frozenset()) == 0.9999
    assert confidence(replace(sure, bias=(99_999, 0)), frozenset()) == 0.0001


def test_plain_names_are_surer_than_odd_ones() -> None:
    text = "We train ResNet-50 on ImageNet. The parameter bouquet glimmering scheme hums."
    (found,) = load_extractor().extract([Paper("p", "", text)])
    sure = {mention.text: mention.confidence for mention in found.mentions}
    assert sure["ImageNet"] > 0.9
    assert all(other < sure["ImageNet"] for name, other in sure.items() if "scheme" in name)


def test_each_span_has_features_of_network_votes_name_and_place() -> None:
    text = "TreeGate is new. We train BERT, and BERT (bidirectional encoder) wins."
    marked = load_extractor().mark(Paper("p", "On BERT", text))
    features = mention_features(marked)
    assert len(features) == len(marked.spans)
    for span, held in zip(marked.spans, features, strict=True):
        assert f"TYPE={span.type}" in held
        assert f"STEP={span.step}" in held
        if marked.text.text[span.start : span.end] == "BERT":
            assert {"PLACES=3", "IN_TITLE=1", "AGAINST=0"} <= held


def test_without_scores_the_rest_is_known() -> None:
    marked = load_extractor().mark(Paper("p", "", "We train BERT on SQuAD."))
    silent = mention_features(replace(marked, scores=None))
    assert all(not {f for f in held if f.startswith(("ODDS", "BEST"))} for held in silent)
    assert all("PLACES=1" in held for held in silent)
