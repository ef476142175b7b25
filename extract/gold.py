"""Annotated abstracts as spans with roles, for training and measuring.

A folder holds, for each part, `PART.papers.jsonl` ({"id", "title", "abstract"} a line) and
`PART.jsonl` ({"id", "mentions": [{"text", "type", "canonical", "role"}], "results": [...]} a line);
every annotated string stands for all its occurrences.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extract.records import Field, Mention, Paper

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

TRAINING_PARTS = ("train", "ext", "wide")
DEVELOPMENT_PARTS = ("dev", "dev_wide")


@dataclass(frozen=True, slots=True)
class AnnotatedPaper:
    """One annotated paper.

    Attributes:
        paper: the paper; its id is that of the annotation.
        mentions: all occurrences, sorted by field (title first), start and end; the role is empty
            where it was not annotated.
        canonical: the canonical name of each mention, likewise.
        results: the annotated results as they were read.
        knows_results: False where results were not annotated; then `results` is empty.
    """

    paper: Paper
    mentions: tuple[Mention, ...]
    canonical: tuple[str, ...]
    results: tuple[dict[str, Any], ...]
    knows_results: bool = True


def occurrences(text: str, mentions: Sequence[dict[str, Any]]) -> Iterator[tuple[int, int, str]]:
    """All places of the annotated strings: at word boundaries, longest string first, no overlap.

    Yields:
        start, end (code points of `text`) and type.
    """
    taken = bytearray(len(text))
    for mention in sorted(mentions, key=lambda m: -len(m["text"])):
        for match in re.finditer(rf"(?<!\w){re.escape(mention['text'])}(?!\w)", text):
            start, end = match.span()
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                yield start, end, mention["type"]


def parts_of(folder: Path) -> list[str]:
    """The parts that a folder holds, sorted."""
    ending = ".papers.jsonl"
    return sorted(path.name.removesuffix(ending) for path in folder.glob(f"*{ending}"))


def annotated_papers(gold: Path, part: str) -> Iterator[AnnotatedPaper]:
    """The annotated papers of one part, in the order of the file."""
    with (gold / f"{part}.papers.jsonl").open(encoding="utf-8") as file:
        records = {record["id"]: record for record in map(json.loads, file)}
    with (gold / f"{part}.jsonl").open(encoding="utf-8") as file:
        for annotation in map(json.loads, file):
            record = records[annotation["id"]]
            paper = Paper(record["id"], record["title"], record["abstract"])
            yield mark_occurrences(paper, annotation["mentions"], annotation["results"])


def mark_occurrences(
    paper: Paper, strings: Sequence[dict[str, Any]], results: Sequence[dict[str, Any]] | None
) -> AnnotatedPaper:
    """An annotated paper of strings that stand for all their occurrences.

    Args:
        paper: whose title and abstract are searched.
        strings: objects with `text` and `type`, and with `canonical` and `role` where known; no
            text occurs twice.
        results: None where they were not annotated.
    """
    entries = {entry["text"]: entry for entry in strings}
    shift = len(paper.title) + 1
    found: list[tuple[Mention, str]] = []
    text = f"{paper.title}\n{paper.abstract}"
    for start, end, kind in sorted(occurrences(text, strings)):
        field: Field = "title" if end < shift else "abstract"
        offset = 0 if field == "title" else shift
        if start < offset:
            continue  # across the line feed between title and abstract
        entry = entries[text[start:end]]
        role, canonical = entry.get("role") or "", entry.get("canonical") or ""
        place = (field, start - offset, end - offset)
        found.append((Mention(paper.id, *place, entry["text"], kind, role, 1.0, "ner"), canonical))
    return AnnotatedPaper(
        paper,
        tuple(mention for mention, _ in found),
        tuple(canonical for _, canonical in found),
        tuple(results or ()),
        knows_results=results is not None,
    )
