"""What was found in papers, as `paperkg extract` prints it, read for measuring.

Another system's findings can be measured too: a line a paper, `{"id", "title", "mentions":
[{"field", "start", "end", "text", "type"}], "results": [{"value"}]}`, where `role`, `concept` and
`confidence` of mentions and `metric`, `dataset` and `confidence` of results may be left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extract.annotations import json_records
from extract.errors import RecordError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from extract.records import Extraction

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class PredictedMention:
    """A mention that was found; as `extract.records.Mention`, None for what is not known."""

    field: str
    start: int
    end: int
    text: str
    type: str
    role: str | None
    concept: str | None
    confidence: float | None
    role_confidence: float | None


@dataclass(frozen=True, slots=True)
class PredictedResult:
    """A result that was found; as `extract.records.Result`."""

    value: str
    metric: str | None
    dataset: str | None
    confidence: float | None


@dataclass(frozen=True, slots=True)
class PredictedPaper:
    """What was found in one paper.

    Attributes:
        id: the record's own where it had one.
        title: by which it is known where the id tells nothing.
    """

    id: str
    title: str
    mentions: tuple[PredictedMention, ...]
    results: tuple[PredictedResult, ...]


def read_predictions(
    file: Path, on_reject: Callable[[RecordError], object]
) -> list[PredictedPaper]:
    """Read a file that `paperkg extract` wrote.

    Args:
        on_reject: told of each line that is refused.

    Raises:
        UsageError: the file cannot be read.
    """
    found = []
    for line, value in json_records(file, on_reject):
        try:
            found.append(predicted_paper(value))
        except ValueError as exc:
            on_reject(RecordError(str(file), line, f"{exc}."))
    return found


def predicted_paper(value: Any) -> PredictedPaper:
    """One object of `extract.extraction.extract_papers`.

    Raises:
        ValueError: it has another form.
    """
    if not isinstance(value, dict) or not {"id", "title"} & set(value):
        raise ValueError(f"got {repr(value)[:_SHOWN]}, expected an object with id and mentions")
    return PredictedPaper(
        str(value.get("id", "")),
        _text(value, "title") or "",
        tuple(_mention(mention) for mention in _objects(value, "mentions")),
        tuple(_result(result) for result in _objects(value, "results")),
    )


def predicted_of(extraction: Extraction) -> PredictedPaper:
    """What the pipeline found in a paper, before names are resolved to concepts."""
    return PredictedPaper(
        extraction.paper.id,
        extraction.paper.title,
        tuple(
            PredictedMention(
                *(m.field, m.start, m.end, m.text, m.type, m.role, None, m.confidence, None)
            )
            for m in extraction.mentions
        ),
        tuple(
            PredictedResult(r.value, r.metric, r.dataset, r.confidence) for r in extraction.results
        ),
    )


def _objects(value: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    found = value.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise ValueError(f'"{key}" is no list of objects')
    return found


def _mention(value: dict[str, Any]) -> PredictedMention:
    field, start, end = value.get("field"), value.get("start"), value.get("end")
    text, kind = _text(value, "text"), _text(value, "type")
    if (
        field not in ("title", "abstract")
        or type(start) is not int
        or type(end) is not int
        or text is None
        or kind is None
    ):
        raise ValueError(
            f"got the mention {repr(value)[:_SHOWN]}, expected field (title or abstract), start, "
            "end, text and type"
        )
    return PredictedMention(
        *(field, start, end, text, kind, _text(value, "role"), _text(value, "concept")),
        *(_share(value, "confidence"), _share(value, "role_confidence")),
    )


def _result(value: dict[str, Any]) -> PredictedResult:
    if value.get("value") is None:
        raise ValueError(f"got the result {repr(value)[:_SHOWN]}, expected one with a value")
    return PredictedResult(
        str(value["value"]),
        _text(value, "metric"),
        _text(value, "dataset"),
        _share(value, "confidence"),
    )


def _text(value: Mapping[str, Any], key: str) -> str | None:
    found = value.get(key)
    if found is not None and not isinstance(found, str):
        raise ValueError(f'"{key}" is {repr(found)[:_SHOWN]}, expected a text')
    return found


def _share(value: Mapping[str, Any], key: str) -> float | None:
    found = value.get(key)
    if found is None:
        return None
    if isinstance(found, bool) or not isinstance(found, int | float) or not 0 <= found <= 1:
        raise ValueError(f'"{key}" is {repr(found)[:_SHOWN]}, expected 0 to 1')
    return float(found)
