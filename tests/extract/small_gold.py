"""An annotated corpus of few words, in the form of the shared one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

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
