"""Papers in, one JSON object a paper out, without a library: what `paperkg extract` prints."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from extract.batching import batches
from extract.identity import merge_records
from extract.model_identity import MODEL_FOLDER
from extract.papers import ReadOptions, read_papers
from extract.parallel import extract_batches, processes_for
from extract.pipeline import load_with_gazetteer
from extract.records import ConceptType, least_confidence, stated
from extract.resolve import resolve
from extract.results import metric_name
from extract.unify import concept_of_mention, unify_roles

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from extract.errors import RecordError
    from extract.gazetteer import Gazetteer
    from extract.papers import Reject
    from extract.records import Extraction, Mention, Paper, Result, Source

_BATCH = 128


def extract_papers(
    sources: Sequence[str],
    *,
    options: ReadOptions | None = None,
    on_reject: Callable[[Reject], None] | None = None,
    on_failure: Callable[[RecordError], None] | None = None,
    progress: Callable[[str, int, int | None], None] = lambda stage, done, total: None,
    gazetteer: Gazetteer | None = None,
    min_confidence: float = 0.0,
    model: Path = MODEL_FOLDER,
    processes: int | None = 1,
) -> list[dict[str, Any]]:
    """Read, extract and resolve papers.

    Args:
        sources: files, folders, globs, or `-` for standard input.
        on_reject: told of each refused record.
        on_failure: told of each paper that breaks the pipeline; it comes without mentions.
        progress: told of stage, done and total.
        gazetteer: the user's own names, which win over what the pipeline finds.
        min_confidence: 0 to 1; mentions and results of a lower confidence are left out.
        model: folder of the pipeline.
        processes: how many extract; None: one for each processor where papers are many.

    Returns:
        One object a paper, in the order of its first record: `id` (the record's own where it had
        one), `paper` (paperkg's id), `title`, `mentions`, `results`.

    Raises:
        UsageError: a source does not exist, or `min_confidence` is out of range.
        ModelError: there is no usable pipeline.
    """
    least = least_confidence(min_confidence)
    records = list(read_papers(sources, options=options or ReadOptions(), on_reject=on_reject))
    place = {source: i for i, record in enumerate(records) for source in record.sources}
    papers = sorted(merge_records(records), key=lambda paper: min(place[s] for s in paper.sources))
    extractions: list[Extraction] = []
    load = partial(load_with_gazetteer, model, gazetteer)
    count = processes_for(len(papers), processes)
    for batch in extract_batches(batches(papers, _BATCH), load, count):
        for failure in batch.failures:
            if on_failure is None:
                raise failure
            on_failure(failure)
        extractions.extend(_sure_enough(extraction, least) for extraction in batch.extractions)
        progress("extracting", len(extractions), len(papers))
    progress("resolving", 0, None)
    mentions = [mention for extraction in extractions for mention in extraction.mentions]
    definitions = {e.paper.id: e.definitions for e in extractions}
    resolution = resolve(mentions, definitions)
    concept_of = resolution.concept_of
    name_of = {concept.id: concept.name for concept in resolution.concepts}
    unified = iter(unify_roles(mentions, concept_of))
    return [
        {
            "id": _own_id(extraction.paper, place),
            "paper": extraction.paper.id,
            "title": extraction.paper.title,
            "mentions": [
                _mention_object(mention, concept_of)
                for mention in islice(unified, len(extraction.mentions))
            ],
            "results": [
                _result_object(result, extraction.paper, concept_of, name_of)
                for result in extraction.results
            ],
        }
        for extraction in extractions
    ]


def _sure_enough(extraction: Extraction, least: float) -> Extraction:
    return replace(
        extraction,
        mentions=tuple(m for m in extraction.mentions if m.confidence >= least),
        results=tuple(r for r in extraction.results if r.confidence >= least),
    )


def _own_id(paper: Paper, place: Mapping[Source, int]) -> str:
    """The id that the first record of the paper had in its file, else paperkg's."""
    named = [source for source in paper.sources if source.record_id is not None]
    first = min(named, key=lambda source: place[source], default=None)
    return paper.id if first is None or first.record_id is None else first.record_id


def _mention_object(
    mention: Mention, concept_of: Mapping[tuple[str, str, str], str]
) -> dict[str, Any]:
    return {
        "field": mention.field,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "type": mention.type,
        "role": mention.role,
        "role_confidence": mention.role_confidence,
        "concept": concept_of_mention(mention, concept_of),
        "confidence": mention.confidence,
        "step": mention.step,
    }


def _result_object(
    result: Result,
    paper: Paper,
    concept_of: Mapping[tuple[str, str, str], str],
    name_of: Mapping[str, str],
) -> dict[str, Any]:
    def named(surface: str | None, type_: ConceptType) -> str | None:
        """The concept's name, so that results of several papers can be compared."""
        concept = concept_of.get((result.paper, surface or "", type_))
        return surface if concept is None else name_of[concept]

    metric = named(result.metric, ConceptType.METRIC)
    # A metric that the text only implies has a name all the same.
    written = result.metric is not None and result.metric in paper.text(result.field)
    return {
        **stated(result),
        "method": named(result.method, ConceptType.METHOD),
        "dataset": named(result.dataset, ConceptType.DATASET),
        "metric": None if metric is None else metric_name(metric),
        "metric_text": result.metric if written else None,
        "baseline": named(result.baseline, ConceptType.METHOD),
    }
