"""A few annotated papers of genes, as a user would write them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

GENES = ["SOX2", "NANOG", "GATA4", "FOXP3"]


def write_lines(file: Path, records: list[Any]) -> Path:
    file.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return file


def write_annotated(folder: Path, *, kind: str = "Method") -> tuple[Path, Path]:
    """Eight papers and what is annotated in them: two names each, of one type."""
    papers, annotations = [], []
    for number in range(8):
        names = [GENES[number % 4], GENES[(number + 1) % 4]]
        text = f"Loss of {names[0]} drives growth, while {names[1]} is silent."
        papers.append({"id": f"g{number}", "title": f"Study {number}", "abstract": text})
        mentions = [
            {"text": name, "type": kind, "canonical": name, "role": "mentions"} for name in names
        ]
        annotations.append({"id": f"g{number}", "mentions": mentions, "results": []})
    return (
        write_lines(folder / "papers.jsonl", papers),
        write_lines(folder / "annotations.jsonl", annotations),
    )
