"""What Prodigy, doccano and Label Studio export: texts with labelled spans.

| tool | record |
|---|---|
| Prodigy (`db-out`) | `{"text", "spans": [{"start", "end", "label"}], "answer", "meta": {"id"}}` |
| doccano (JSONL) | `{"id", "text", "label": [[start, end, label]], "meta": {"id"}}` |
| Label Studio (JSON) | `{"data": {"text", "id"}, "annotations": [{"result": [{"value": …}]}]}` |
| Label Studio (JSON-MIN) | `{"id", "text", "label": [{"start", "end", "labels"}]}` |

Start and end count code points of the text. doccano's `entities` (with `start_offset` and
`end_offset`) are read like its `label`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

EXPORT_MARK = "uncertainty"
"""The key of `meta` by which a record is known as one that `paperkg uncertain` wrote."""


@dataclass(frozen=True, slots=True)
class LabelledText:
    """One text with its spans.

    Attributes:
        id: the paper's, where the record has kept it.
        text: the text that was labelled.
        spans: start, end (code points of `text`, white space at the ends cut off) and type.
    """

    id: str | None
    text: str
    spans: tuple[tuple[int, int, str], ...]


def is_labelled_text(record: Mapping[str, Any]) -> bool:
    """Whether a record comes from one of these tools."""
    return "data" in record or "text" in record


def labelled_text(record: Mapping[str, Any]) -> LabelledText | None:
    """Read a record of one of these tools.

    Returns:
        None where the annotator rejected or skipped the text.

    Raises:
        ValueError: the record is of none of these forms, was not labelled, or a span does not fit.
    """
    if _is_skipped(record):
        return None
    holder = record["data"] if "annotations" in record else record
    text = holder.get("text") if isinstance(holder, Mapping) else None
    if not isinstance(text, str):
        raise ValueError("has no text")
    meta = record.get("meta")
    names = meta if isinstance(meta, Mapping) else {}
    if EXPORT_MARK in names and not {"answer", "id", "annotations"} & set(record):
        raise ValueError("is not labelled yet: it is as `paperkg uncertain` wrote it")
    identifier = holder.get("id") if "annotations" in record else names.get("id")
    spans = {_trimmed(text, *_checked(text, span)) for span in _spans(record)}
    return LabelledText(None if identifier is None else str(identifier), text, tuple(sorted(spans)))


def _is_skipped(record: Mapping[str, Any]) -> bool:
    if "annotations" in record:
        return _answered(record) is None
    return bool(record.get("answer", "accept") != "accept")


def _answered(record: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The last of Label Studio's annotations of a task that was not cancelled."""
    annotations = record["annotations"]
    if not isinstance(annotations, Sequence) or not isinstance(record.get("data"), Mapping):
        raise ValueError('is no task of Label Studio; expected {"data", "annotations"}')
    done = [one for one in annotations if isinstance(one, Mapping) and not one.get("was_cancelled")]
    return done[-1] if done else None


def _spans(record: Mapping[str, Any]) -> Iterator[tuple[Any, Any, Any, Any]]:
    """Start, end, label and, where the tool tells it, the text of each span."""
    if "annotations" in record:
        results = (_answered(record) or {}).get("result", [])
        found = [one.get("value") for one in results if one.get("type", "labels") == "labels"]
    elif "answer" in record or not {"label", "labels", "entities"} & set(record):
        found = record.get("spans", [])
    else:
        found = next(record[key] for key in ("label", "labels", "entities") if key in record)
    if not isinstance(found, Sequence) or isinstance(found, str):
        raise ValueError("its spans are no list")
    for span in found:
        if isinstance(span, Mapping):
            labels = span.get("labels") or [span.get("label")]
            start = span.get("start", span.get("start_offset"))
            end = span.get("end", span.get("end_offset"))
            yield from ((start, end, label, span.get("text")) for label in labels)
        elif isinstance(span, Sequence) and len(span) == 3 and not isinstance(span, str):
            yield span[0], span[1], span[2], None
        else:
            raise ValueError(f"{span!r} is no span; expected [start, end, label]")


def _checked(text: str, span: tuple[Any, Any, Any, Any]) -> tuple[int, int, str]:
    start, end, label, said = span
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        raise ValueError(
            f"the span {start!r} to {end!r} is not within its {len(text):,} characters"
        )
    if not isinstance(label, str) or not label:
        raise ValueError(f"the span {text[start:end]!r} has no label")
    if isinstance(said, str) and said.split() != text[start:end].split():
        raise ValueError(
            f"the span {start} to {end} is {text[start:end]!r}, but says {said!r}; start and end "
            "count code points"
        )
    return start, end, label


def _trimmed(text: str, start: int, end: int, label: str) -> tuple[int, int, str]:
    """The span without the white space that one easily selects with a word."""
    piece = text[start:end]
    if not piece.strip():
        raise ValueError(f"the span {start} to {end} is white space")
    start += len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip()), label
