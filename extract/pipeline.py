"""Abstracts in, mentions and results out: the trained pipeline and the rules around it.

spaCy's types stop here: what leaves is `Extraction`s of plain records.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import TYPE_CHECKING

import spacy

from extract.abbreviations import find_definitions
from extract.batching import weighed_batches
from extract.consistency import FoundSpan, mark_everywhere
from extract.errors import ModelError, RecordError
from extract.model_identity import MODEL_FOLDER, model_identity
from extract.normalization import normalize
from extract.reading_text import reading_text
from extract.records import Extraction, Mention
from extract.results import find_results
from extract.roles import RoleSpan, assign_roles
from extract.tokenizer import make_doc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc

    from extract.reading_text import ReadingText
    from extract.records import Definition, Paper

_BATCH_SIZE = 64
_BATCH_CHARACTERS = 60_000  # the network takes up to 15 kB a character of what it reads at once
_UNMEASURED_CONFIDENCE = 0.5


@dataclass(frozen=True, slots=True)
class Extractor:
    """A loaded pipeline.

    Attributes:
        nlp: spaCy's part of it.
        model: name, version and digest; papers of another model are extracted again on demand.
        precision: by step, then type: the share of right mentions on the development parts,
            measured when the model was trained; it is the confidence of such mentions.
    """

    nlp: Language
    model: str
    precision: Mapping[str, Mapping[str, float]]

    def extract(
        self, papers: Iterable[Paper], on_failure: Callable[[RecordError], None] | None = None
    ) -> Iterator[Extraction]:
        """Extract papers, in their order, in batches.

        Args:
            papers: any number; memory is taken for one batch at a time.
            on_failure: told of a paper that breaks the pipeline or a rule; it gets an extraction
                without mentions, and the others are not affected. Without it the error is raised.

        Yields:
            One extraction a paper.

        Raises:
            RecordError: a paper breaks the pipeline, and there is no `on_failure`.
            ModelError: the shipped weights cannot be read.
        """
        for batch in weighed_batches(papers, _BATCH_SIZE, _characters, _BATCH_CHARACTERS):
            for paper, doc in zip(batch, self._docs(batch), strict=True):
                yield self._extraction(paper, doc, on_failure)

    def _docs(self, papers: Sequence[Paper]) -> Sequence[Doc | None]:
        """What the network says of each; None for all where it fails on one of them."""
        try:
            docs = [make_doc(self.nlp, reading_text(paper).text) for paper in papers]
            return list(self.nlp.pipe(docs, batch_size=_BATCH_SIZE))
        # spaCy raises what its parts raise; which paper it was is only found one by one.
        except Exception:
            return [None] * len(papers)

    def _extraction(
        self, paper: Paper, doc: Doc | None, on_failure: Callable[[RecordError], None] | None
    ) -> Extraction:
        """All the work on one paper; `doc` is None where the network has to read it again."""
        try:
            text = reading_text(paper)
            if doc is None:
                doc = self.nlp(make_doc(self.nlp, text.text))
            return self._from_doc(paper, text, doc)
        except ModelError:
            raise  # weights that cannot be read are no fault of the paper's
        # As above: whatever the network or a rule raises, it costs this paper only.
        except Exception as exc:
            source = paper.sources[0] if paper.sources else None
            error = RecordError(
                source.file if source else paper.id,
                source.line if source else None,
                f"the pipeline failed on this text ({type(exc).__name__}: {exc}); "
                "the paper is kept without concepts.",
            )
            if on_failure is None:
                raise error from exc
        on_failure(error)
        return Extraction(paper, (), (), ())

    def _from_doc(self, paper: Paper, text: ReadingText, doc: Doc) -> Extraction:
        definitions = _definitions(text)
        found = [
            FoundSpan(ent.start_char, ent.end_char, ent.label_, ent.ent_id_ or "ner")
            for ent in doc.ents
        ]
        spans = mark_everywhere(text.text, found, definitions)
        mentions = self._mentions(paper, text, spans, definitions)
        return Extraction(paper, mentions, find_results(paper, mentions), definitions)

    def _mentions(
        self,
        paper: Paper,
        text: ReadingText,
        spans: Sequence[FoundSpan],
        definitions: Sequence[Definition],
    ) -> tuple[Mention, ...]:
        group_of = _local_concepts(definitions)
        steps, places = [], []
        for span in spans:
            place = text.place(span.start, span.end)
            # Title and abstract are read as one text, but no name runs from one into the other.
            if place is not None:
                field, start, end = place
                surface = paper.text(field)[start:end]
                group = group_of(text.text[span.start : span.end])
                steps.append(span.step)
                places.append(RoleSpan(field, start, end, surface, span.type, group))
        roles = assign_roles(paper, places)
        return tuple(
            Mention(
                *(paper.id, place.field, place.start, place.end, place.text, place.type, role),
                self.precision.get(step, {}).get(place.type, _UNMEASURED_CONFIDENCE),
                step,
            )
            for step, place, role in zip(steps, places, roles, strict=True)
        )


def _characters(paper: Paper) -> int:
    return len(paper.title) + len(paper.abstract)


def _definitions(text: ReadingText) -> tuple[Definition, ...]:
    """Abbreviations of title and abstract, each read alone; offsets in the one text of both."""
    shift = text.abstract_start
    in_abstract = (
        replace(d, short_start=d.short_start + shift, long_start=d.long_start + shift)
        for d in find_definitions(text.text[shift:])
    )
    return (*find_definitions(text.text[:shift]), *in_abstract)


def _local_concepts(definitions: Sequence[Definition]) -> Callable[[str], int]:
    """Number the concepts of one paper: spellings of one name, and both halves of a definition."""
    long_of = {normalize(d.short): normalize(d.long) for d in definitions}
    numbers: dict[str, int] = {}

    def group_of(surface: str) -> int:
        key = normalize(surface)
        return numbers.setdefault(long_of.get(key, key), len(numbers))

    return group_of


@functools.cache
def load_extractor(folder: Path = MODEL_FOLDER) -> Extractor:
    """Load a pipeline, once a process.

    Args:
        folder: a pipeline that `extract.training` wrote.

    Raises:
        ModelError: the folder holds no pipeline that this spaCy can load.
    """
    try:
        nlp = spacy.load(folder)
    except (OSError, ValueError, KeyError) as exc:
        raise ModelError(
            f"There is no usable pipeline in {str(folder)!r}: {exc}. Expected a folder that "
            "`paperkg train` wrote; install paperkg again to get the one it ships."
        ) from exc
    gazetteer = read_gazetteer()
    ruler = nlp.add_pipe("entity_ruler", last=True, config={"overwrite_ents": False})
    ruler.add_patterns(  # type: ignore[attr-defined]  # add_pipe is typed as returning a callable
        [{"label": type_, "pattern": name, "id": "gazetteer"} for name, type_ in gazetteer]
    )
    precision = nlp.meta.get("paperkg", {}).get("precision", {})
    return Extractor(nlp, model_identity(folder), precision)


def read_gazetteer() -> tuple[tuple[str, str], ...]:
    """The curated names that are marked where the network saw nothing: (name, type)."""
    lines = files("extract").joinpath("data/gazetteer.tsv").read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple((name, type_) for name, type_ in pairs)
