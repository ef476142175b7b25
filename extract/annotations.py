"""Annotated papers of a user's own: read, checked, and refused one by one where they are at fault.

Annotations are JSON Lines or one JSON array of
`{"id", "mentions": [{"text", "type", "canonical", "role"}], "results": [...]}`, every text standing
for all its occurrences in title and abstract (whole words, the longest first), or what a labelling
tool exports (`extract.labelled_texts`). `canonical`, `role` and `results` may be left out.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from extract.errors import RecordError, UsageError
from extract.gold import AnnotatedPaper, mark_occurrences
from extract.identity import merge_records
from extract.labelled_texts import is_labelled_text, labelled_text
from extract.papers import read_papers
from extract.readers.bytestream import ByteStream
from extract.reading_text import reading_text
from extract.records import ROLES_BY_TYPE, ConceptType, Field, Mention, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from extract.labelled_texts import LabelledText
    from extract.papers import Reject
    from extract.records import Paper

    Refuse = Callable[[RecordError], object]

_SHOWN = 60


def read_annotated_papers(
    papers: Path,
    annotations: Path,
    on_reject: Refuse,
    *,
    own_types: Collection[str] = (),
) -> list[AnnotatedPaper]:
    """Read papers and what is annotated in them.

    Args:
        papers: a file or folder that `extract.papers.read_papers` reads.
        annotations: a file in one of the forms above.
        on_reject: told of each paper, annotation, mention and result that is refused.
        own_types: types of mentions beside the four of `ConceptType`.

    Returns:
        The annotated papers, in the order of the annotations; their id is that of the record.

    Raises:
        UsageError: a file cannot be read.
    """
    by_id, by_text = _indexed_papers(papers, on_reject)
    types = frozenset((*ConceptType, *own_types))
    found: dict[str, AnnotatedPaper] = {}
    for line, record in json_records(annotations, on_reject):
        refuse = _Refusal(str(annotations), line, on_reject)
        try:
            one = _annotated(record, by_id, by_text, types, refuse)
            if one is not None and one.paper.id in found:
                raise ValueError(f"the paper {one.paper.id!r} is annotated above already")
        except ValueError as exc:
            refuse(str(exc))
            continue
        if one is not None:
            found[one.paper.id] = one
    return list(found.values())


def json_records(file: Path, on_reject: Refuse) -> Iterator[tuple[int, Any]]:
    """The values of a file of JSON Lines, with their line, or of one JSON array, with their number.

    Args:
        file: plain or in gzip or zstd.
        on_reject: told of each line that is no JSON.

    Raises:
        UsageError: the file cannot be read, or its array is no JSON.
    """
    try:
        with file.open("rb") as opened:
            stream = ByteStream(opened)
            lines = list(stream.lines())
    except OSError as exc:
        raise UsageError(f"Cannot read {str(file)!r}: {exc.strerror}. Name another file.") from exc
    fault = stream.failure or (stream.bad_lines[0].reason if stream.bad_lines else None)
    if fault:
        raise UsageError(f"Cannot read all of {str(file)!r}: {fault}.")
    if stream.head.lstrip().startswith(b"["):
        yield from enumerate(_array("\n".join(line for _, line in lines), file), 1)
        return
    for number, line in lines:
        if line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError) as exc:
                on_reject(RecordError(str(file), number, f"is no JSON: {exc}."))


def _array(text: str, file: Path) -> list[Any]:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as exc:
        raise UsageError(
            f"{str(file)!r} begins as a JSON array, but is none: {exc}. Save it anew."
        ) from exc
    assert isinstance(values, list)  # as it begins with a bracket
    return values


def _indexed_papers(papers: Path, on_reject: Refuse) -> tuple[dict[str, Paper], dict[str, Paper]]:
    """The papers by the ids that their records have, else by paperkg's, and by their text.

    Records that are one paper have the text of each, and that of the one that `paperkg uncertain`
    makes of them.
    """

    def refuse(reject: Reject) -> None:
        on_reject(reject.error())

    by_id: dict[str, Paper] = {}
    by_text: dict[str, Paper] = {}
    records = list(read_papers([str(papers)], on_reject=refuse))
    for paper in (*records, *merge_records(records)):
        own = next((s.record_id for s in paper.sources if s.record_id is not None), None)
        named = replace(paper, id=own or paper.id)
        by_text.setdefault(reading_text(paper).text, named)
        if own is None:
            by_id[named.id] = named  # the last is that of all records
        else:
            by_id.setdefault(named.id, named)
    return by_id, by_text


class _Refusal:
    """Where a record stands, to refuse it or a part of it."""

    def __init__(self, file: str, line: int, on_reject: Refuse) -> None:
        self._file, self._line, self._on_reject = file, line, on_reject

    def __call__(self, reason: str) -> None:
        self._on_reject(RecordError(self._file, self._line, f"{reason}."))


def _annotated(
    record: Any,
    by_id: Mapping[str, Paper],
    by_text: Mapping[str, Paper],
    types: Collection[str],
    refuse: _Refusal,
) -> AnnotatedPaper | None:
    if not isinstance(record, dict):
        raise ValueError(f"got {_shown(record)}, expected an object")
    if "mentions" not in record and is_labelled_text(record):
        labelled = labelled_text(record)
        if labelled is None:
            return None
        paper = _paper_of(labelled.id, labelled.text, by_id, by_text)
        return _from_spans(paper, labelled, types, refuse)
    if not isinstance(record.get("mentions"), list):
        raise ValueError('has no "mentions", nor is it an export of a labelling tool')
    paper = _paper_of(record.get("id"), None, by_id, by_text)
    strings = list(_sound_strings(paper, record["mentions"], types, refuse))
    results = record.get("results")
    return mark_occurrences(
        paper, strings, None if results is None else list(_sound_results(results, refuse))
    )


def _paper_of(
    identifier: Any, text: str | None, by_id: Mapping[str, Paper], by_text: Mapping[str, Paper]
) -> Paper:
    named = by_id.get(str(identifier)) if identifier is not None else None
    if text is None:
        if named is None:
            raise ValueError(f"no paper has the id {_shown(identifier)}")
        return named
    for paper in (named, by_text.get(text)):
        if paper is not None and text == reading_text(paper).text:
            return paper
    if named is not None:
        raise ValueError(f"its text is not that of the paper {_shown(identifier)}")
    raise ValueError(f"no paper has the id {_shown(identifier)} or the text {_shown(text)}")


def _sound_strings(
    paper: Paper, strings: Iterable[Any], types: Collection[str], refuse: _Refusal
) -> Iterator[dict[str, Any]]:
    text = f"{paper.title}\n{paper.abstract}"
    role_of: dict[tuple[str, str], str] = {}
    seen: set[str] = set()
    for entry in strings:
        fault = _fault(entry, text, types)
        if fault is None and entry["text"] in seen:
            fault = f"the text {_shown(entry['text'])} is listed twice"
        if fault is None and entry.get("role") and entry.get("canonical"):
            concept = (entry["type"], entry["canonical"])
            role = role_of.setdefault(concept, entry["role"])
            if role != entry["role"]:
                fault = (
                    f"{_shown(entry['text'])} has the role {entry['role']}, another text of "
                    f"{_shown(entry['canonical'])} the role {role}"
                )
        if fault is None:
            seen.add(entry["text"])
            yield entry
        else:
            refuse(fault)


def _fault(entry: Any, text: str, types: Collection[str]) -> str | None:
    """What is wrong with one annotated string; None where nothing is."""
    if not isinstance(entry, dict) or not _is_text(entry.get("text")):
        return f"got the mention {_shown(entry)}, expected an object with text and type"
    surface, kind, role = entry["text"], str(entry.get("type")), entry.get("role")
    if not re.search(rf"(?<!\w){re.escape(surface)}(?!\w)", text):
        return f"the paper does not have {_shown(surface)} as whole words"
    if kind not in types:
        return _unknown_type(surface, kind)
    roles = ROLES_BY_TYPE.get(kind, (Role.MENTIONS,))
    if role is not None and role not in roles:
        return (
            f"{_shown(surface)} has the role {_shown(role)}, where a {kind} has one of "
            f"{', '.join(roles)}"
        )
    if not isinstance(entry.get("canonical") or "", str):
        return f"{_shown(surface)} has a canonical name that is no text"
    return None


def _unknown_type(surface: str, kind: Any) -> str:
    return (
        f"{_shown(surface)} has the type {_shown(kind)}, expected one of {', '.join(ConceptType)}; "
        "--type names one of your own"
    )


def _sound_results(results: Any, refuse: _Refusal) -> Iterator[dict[str, Any]]:
    for result in results if isinstance(results, list) else [results]:
        parts = ("metric", "dataset") if isinstance(result, dict) else ()
        if (
            isinstance(result, dict)
            and _is_text(str(result.get("value") or ""))
            and all(isinstance(result.get(part) or "", str) for part in parts)
        ):
            yield result
        else:
            refuse(f"got the result {_shown(result)}, expected an object with a value")


def _from_spans(
    paper: Paper, labelled: LabelledText, types: Collection[str], refuse: _Refusal
) -> AnnotatedPaper:
    read = reading_text(paper)
    mentions: list[Mention] = []
    for start, end, kind in labelled.spans:
        surface = labelled.text[start:end]
        place: tuple[Field, int, int] | None = read.place(start, end)
        if kind not in types:
            refuse(_unknown_type(surface, kind))
        elif place is None:
            refuse(f"{_shown(surface)} runs from the title into the abstract")
        else:
            field, first, last = place
            as_read = paper.text(field)[first:last]
            mentions.append(Mention(paper.id, field, first, last, as_read, kind, "", 1.0, "ner"))
    return AnnotatedPaper(paper, tuple(mentions), ("",) * len(mentions), (), knows_results=False)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
