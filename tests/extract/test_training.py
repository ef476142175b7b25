from __future__ import annotations

import json
from typing import TYPE_CHECKING

import spacy

from extract.pipeline import load_extractor
from extract.records import Paper, paper_id
from extract.tokenizer import set_tokenizer
from extract.training import annotated_docs, train

if TYPE_CHECKING:
    from pathlib import Path

MODELS = ["Alder", "Birch", "Cedar", "Douglas", "Elm", "Fir"]


def write_gold(folder: Path) -> Path:
    """A small annotated corpus in which every model is named after a tree."""
    folder.mkdir()
    for number, part in enumerate(("train", "ext", "wide", "dev", "dev_wide")):
        papers, annotations = [], []
        for i, model in enumerate(MODELS):
            identifier = f"{part}{i}"
            text = f"We train {model}-Net on Forest{number}. {model}-Net is a model that wins."
            papers.append({"id": identifier, "title": f"{model}-Net", "abstract": text})
            mention = {
                "text": f"{model}-Net",
                "type": "Method",
                "canonical": model,
                "role": "proposes",
            }
            annotations.append({"id": identifier, "mentions": [mention], "results": []})
        for name, rows in ((f"{part}.papers.jsonl", papers), (f"{part}.jsonl", annotations)):
            lines = "".join(json.dumps(row) + "\n" for row in rows)
            (folder / name).write_text(lines, encoding="utf-8")
    return folder


def test_annotations_become_entities_at_every_occurrence(tmp_path: Path) -> None:
    gold = write_gold(tmp_path / "gold")
    doc = next(annotated_docs(set_tokenizer(spacy.blank("en")), gold, "train"))
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Alder-Net", "Method")] * 3


def test_training_writes_a_pipeline_that_has_learnt(tmp_path: Path) -> None:
    gold = write_gold(tmp_path / "gold")
    model = tmp_path / "model"
    model.mkdir()
    (model / "README.md").write_text("The model card.", encoding="utf-8")
    settings = {
        "training.max_steps": 60,
        "training.optimizer.use_averages": False,
        "training.eval_frequency": 20,
        "components.tok2vec.model.encode.width": 32,
        "components.tok2vec.model.embed.rows": [200, 100, 100, 100],
    }
    train(gold, model, settings)
    extractor = load_extractor(model)
    text = "Here Birch-Net works."
    (found,) = extractor.extract([Paper(paper_id("", text), "", text)])
    assert [(mention.text, mention.type) for mention in found.mentions] == [("Birch-Net", "Method")]
    assert (model / "README.md").read_text(encoding="utf-8") == "The model card."
    assert "tmp" not in (model / "config.cfg").read_text(encoding="utf-8")
