from __future__ import annotations

import json
from typing import TYPE_CHECKING

from extract.pipeline import load_extractor
from extract.records import Paper, paper_id
from extract.training import train

if TYPE_CHECKING:
    from pathlib import Path

SMALL = {
    "training.max_steps": 60,
    "training.optimizer.use_averages": False,
    "training.eval_frequency": 20,
    "components.tok2vec.model.encode.width": 32,
    "components.tok2vec.model.embed.rows": [200, 100, 100, 100],
}
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


def test_training_writes_a_pipeline_that_has_learnt(tmp_path: Path) -> None:
    gold = write_gold(tmp_path / "gold")
    model = tmp_path / "model"
    model.mkdir()
    (model / "README.md").write_text("The model card.", encoding="utf-8")
    train(gold, model, SMALL)
    extractor = load_extractor(model)
    text = "Here Birch-Net works."
    (found,) = extractor.extract([Paper(paper_id("", text), "", text)])
    assert [(mention.text, mention.type) for mention in found.mentions] == [("Birch-Net", "Method")]
    assert extractor.precision["ner"]["Method"] > 0.8
    assert (model / "README.md").read_text(encoding="utf-8") == "The model card."
    assert "tmp" not in (model / "config.cfg").read_text(encoding="utf-8")


def test_what_only_silver_texts_teach_is_learnt_beside_the_annotations(tmp_path: Path) -> None:
    gold = write_gold(tmp_path / "gold")
    silver = tmp_path / "silver.jsonl"
    text = "Results on Lake{} are shown."
    lines = [{"text": text.format(i), "mentions": [[11, 16, "Dataset"]]} for i in range(9)]
    silver.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    train(gold, tmp_path / "model", SMALL, silver=silver, gold_repeats=2)
    text = "Results on Lake4 are shown. Here Birch-Net works."
    (found,) = load_extractor(tmp_path / "model").extract([Paper(paper_id("", text), "", text)])
    assert [(mention.text, mention.type) for mention in found.mentions] == [
        ("Lake4", "Dataset"),
        ("Birch-Net", "Method"),
    ]
