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
        mentions: all occurrences, sorted by field (title first), start and end.
        canonical: the canonical name of each mention.
        results: the annotated results as they were read.
    """

    paper: Paper
    mentions: tuple[Mention, ...]
    canonical: tuple[str, ...]
    results: tuple[dict[str, Any], ...]


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


def annotated_papers(gold: Path, part: str) -> Iterator[AnnotatedPaper]:
    """The annotated papers of one part, in the order of the file."""
    with (gold / f"{part}.papers.jsonl").open(encoding="utf-8") as file:
        records = {record["id"]: record for record in map(json.loads, file)}
    with (gold / f"{part}.jsonl").open(encoding="utf-8") as file:
        for annotation in map(json.loads, file):
            record = records[annotation["id"]]
            paper = Paper(record["id"], record["title"], record["abstract"])
            yield _annotated(paper, annotation)


def _annotated(paper: Paper, annotation: dict[str, Any]) -> AnnotatedPaper:
    entries = {(entry["text"], entry["type"]): entry for entry in annotation["mentions"]}
    shift = len(paper.title) + 1
    found: list[tuple[Mention, str]] = []
    text = f"{paper.title}\n{paper.abstract}"
    for start, end, kind in sorted(occurrences(text, annotation["mentions"])):
        field: Field = "title" if end < shift else "abstract"
        offset = 0 if field == "title" else shift
        if start < offset:
            continue  # across the line feed between title and abstract
        entry = entries[text[start:end], kind]
        mention = Mention(
            paper.id,
            field,
            start - offset,
            end - offset,
            entry["text"],
            kind,
            entry["role"],
            1.0,
            "ner",
        )
        found.append((mention, entry["canonical"]))
    return AnnotatedPaper(
        paper,
        tuple(mention for mention, _ in found),
        tuple(canonical for _, canonical in found),
        tuple(annotation["results"]),
    )
