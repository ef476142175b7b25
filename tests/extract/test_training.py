from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import spacy
from spacy.util import load_config, load_model_from_config

from extract.confidence import LABELS, MENTION, confidence_model
from extract.linear import LinearModel
from extract.model_identity import TAGGER
from extract.pipeline import load_extractor
from extract.training import CONFIG, write_pipeline

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language

SMALL = {
    "components.concept_tagger.model.tok2vec.encode.width": 32,
    "components.concept_tagger.model.tok2vec.embed.rows": [200, 100, 100, 100],
}


@pytest.fixture
def pipeline() -> Language:
    nlp = load_model_from_config(load_config(CONFIG, overrides=SMALL), auto_fill=True)
    component: Any = nlp.get_pipe(TAGGER)
    component.add_label("Method")
    nlp.initialize()
    return nlp


def test_a_written_pipeline_can_be_loaded_with_its_confidences(
    tmp_path: Path, pipeline: Language
) -> None:
    sure = LinearModel(LABELS, (0, 700), {})
    write_pipeline(pipeline, tmp_path / "model", {"training": {"seed": 3}}, {MENTION: sure})
    assert load_extractor(tmp_path / "model").nlp.meta["paperkg"] == {"training": {"seed": 3}}
    assert confidence_model(tmp_path / "model") == sure


def test_a_pipeline_replaces_the_one_before_but_for_its_texts(
    tmp_path: Path, pipeline: Language
) -> None:
    model = tmp_path / "model"
    model.mkdir()
    (model / "README.md").write_text("The model card.", encoding="utf-8")
    (model / "confidence.json").write_text("of another network", encoding="utf-8")
    write_pipeline(pipeline, model, {})
    assert (model / "README.md").read_text(encoding="utf-8") == "The model card."
    assert not (model / "confidence.json").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["model"]
    assert spacy.load(model).pipe_names == [TAGGER]


def test_a_pipeline_that_cannot_be_written_leaves_the_one_before(
    tmp_path: Path, pipeline: Language
) -> None:
    model = tmp_path / "model"
    write_pipeline(pipeline, model, {"training": 1})

    def refuse(*_: object, **__: object) -> None:
        raise OSError("disk full")

    pipeline.to_disk = refuse  # type: ignore[method-assign]  # the disk is not ours to fill
    with pytest.raises(OSError, match="disk full"):
        write_pipeline(pipeline, model, {"training": 2})
    assert spacy.load(model).meta["paperkg"] == {"training": 1}
    assert [path.name for path in tmp_path.iterdir()] == ["model"]
