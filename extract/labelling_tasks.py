"""Papers with what was found in them, as labelling tools import them.

| format | form |
|---|---|
| `jsonl` | one line for all three: the keys of each tool side by side |
| `prodigy` | JSON Lines of `{"text", "spans", "tokens", "meta"}` for `ner.manual` |
| `doccano` | JSON Lines of `{"text", "label", "meta"}` for sequence labelling |
| `label-studio` | one JSON array of `{"data", "predictions"}`: its import takes no JSON Lines |

Sources: prodi.gy/docs/api-interfaces, doccano's tutorial on importing data sets,
labelstud.io/guide/predictions. The text is `extract.reading_text`'s, start and end count its code
points. `extract.labelled_texts` reads what the tools give back.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from extract.labelled_texts import EXPORT_MARK
from extract.reading_text import reading_text
from extract.tokenizer import make_doc
from extract.uncertainty import uncertainty

if TYPE_CHECKING:
    from extract.pipeline import Extractor
    from extract.records import Extraction

# The names that Label Studio's template for named entities gives its two tags.
_LABELS, _TEXT = "label", "text"


class TaskFormat(StrEnum):
    """For which tool tasks are written."""

    JSONL = "jsonl"
    PRODIGY = "prodigy"
    DOCCANO = "doccano"
    LABEL_STUDIO = "label-studio"


def labelling_task(
    extraction: Extraction, extractor: Extractor, format_: TaskFormat = TaskFormat.JSONL
) -> dict[str, Any]:
    """A paper as a task, its mentions labelled beforehand.

    Args:
        extraction: the paper is known again by the id that its first record had, else by its own.
        extractor: its tokenizer says where Prodigy lets a label begin and end.
    """
    paper, read = extraction.paper, reading_text(extraction.paper)
    named = next((s.record_id for s in paper.sources if s.record_id is not None), paper.id)
    doubt = uncertainty(extraction.mentions)
    meta = {"id": named, EXPORT_MARK: doubt}
    spans = [
        (*read.span(m.field, m.start, m.end), m.type, m.confidence) for m in extraction.mentions
    ]
    task: dict[str, Any] = {}
    if format_ is not TaskFormat.LABEL_STUDIO:
        task |= {"text": read.text, "meta": meta}
    if format_ in (TaskFormat.JSONL, TaskFormat.PRODIGY):
        tokens = _tokens(extractor, read.text)
        task |= {"spans": [_prodigy_span(*span[:3], tokens) for span in spans], "tokens": tokens}
    if format_ in (TaskFormat.JSONL, TaskFormat.DOCCANO):
        task["label"] = [[start, end, kind] for start, end, kind, _ in spans]
    if format_ in (TaskFormat.JSONL, TaskFormat.LABEL_STUDIO):
        task["data"] = {"text": read.text, **meta}
        results = [_label_studio_result(read.text, *span) for span in spans]
        prediction = {
            "model_version": extractor.model,
            "score": round(1.0 - doubt, 6),
            "result": results,
        }
        task["predictions"] = [prediction]
    return task


def _tokens(extractor: Extractor, text: str) -> list[dict[str, Any]]:
    return [
        {
            "text": token.text,
            "start": token.idx,
            "end": token.idx + len(token.text),
            "id": token.i,
            "ws": bool(token.whitespace_),
        }
        for token in make_doc(extractor.nlp, text)
    ]


def _prodigy_span(start: int, end: int, kind: str, tokens: list[dict[str, Any]]) -> dict[str, Any]:
    """A span with its first and last token; a mention that cuts a token is widened to it."""
    inside = [t["id"] for t in tokens if t["start"] < end and start < t["end"]]
    first, last = inside[0], inside[-1]
    return {
        "start": tokens[first]["start"],
        "end": tokens[last]["end"],
        "label": kind,
        "token_start": first,
        "token_end": last,
    }


def _label_studio_result(
    text: str, start: int, end: int, kind: str, confidence: float
) -> dict[str, Any]:
    return {
        "from_name": _LABELS,
        "to_name": _TEXT,
        "type": "labels",
        "score": confidence,
        "value": {"start": start, "end": end, "text": text[start:end], "labels": [kind]},
    }
