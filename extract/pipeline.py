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
from extract.confidence import MarkedText, confidence, confidence_model, mention_features
from extract.consistency import NETWORK, FoundSpan, balanced_end, mark_everywhere
from extract.errors import ModelError, RecordError
from extract.listed_names import LISTED, find_listed
from extract.model_identity import (
    MODEL_FOLDER,
    model_identity,
    model_with_gazetteer,
    plain_model,
)
from extract.normalization import normalize
from extract.reading_text import reading_text
from extract.records import Extraction, Mention
from extract.results import find_results
from extract.role_features import COMMON_NAME, known_name
from extract.roles import RoleSpan, assign_roles, known_names
from extract.tag_scores import tag_scores
from extract.tokenizer import make_doc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc

    from extract.gazetteer import Gazetteer
    from extract.linear import LinearModel
    from extract.listed_names import ListedSpan
    from extract.reading_text import ReadingText
    from extract.records import Definition, Paper
    from extract.tag_scores import TagScores

LEAST_CONFIDENCE = 0.35
"""What is less likely right is no mention, but for names that many annotated papers have.

F1 is best where all is kept that is likelier than half the best F1 (Lipton, Elkan, Naryanaswamy
2014, https://arxiv.org/abs/1402.1892), here 0.4; by cross-validation 0.3 to 0.4 do equally well.
"""

_BATCH_SIZE = 64
_BATCH_CHARACTERS = 60_000  # the network takes up to 15 kB a character of what it reads at once


@dataclass(frozen=True, slots=True)
class Extractor:
    """A loaded pipeline.

    Attributes:
        nlp: spaCy's part of it.
        model: name, version and digest, of the gazetteer too; papers of another model are extracted
            again on demand.
        confidence: tells how likely a mention is right.
        gazetteer: the user's own names, which win over what the network finds.
    """

    nlp: Language
    model: str
    confidence: LinearModel
    gazetteer: Gazetteer | None = None

    def with_gazetteer(self, gazetteer: Gazetteer | None) -> Extractor:
        """The same pipeline with a user's own names; None: without."""
        plain = plain_model(self.model)
        model = plain if gazetteer is None else model_with_gazetteer(plain, gazetteer.identity)
        return replace(self, gazetteer=gazetteer, model=model)

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
            for paper, read in zip(batch, self._read(batch), strict=True):
                yield self._extraction(paper, read, on_failure)

    def mark(self, paper: Paper) -> MarkedText:
        """What the pipeline marks in one paper, before roles and confidences.

        Raises:
            Whatever its parts raise where the paper breaks them.
        """
        return self._marked(reading_text(paper), self._read_one(paper))

    def _read(self, papers: Sequence[Paper]) -> Sequence[Doc | None]:
        """What the network says of each; None for all where it fails on one of them."""
        try:
            docs = [make_doc(self.nlp, reading_text(paper).text) for paper in papers]
            return list(self.nlp.pipe(docs, batch_size=_BATCH_SIZE))
        # spaCy raises what its parts raise; which paper it was is only found one by one.
        except Exception:
            return [None] * len(papers)

    def _read_one(self, paper: Paper) -> Doc:
        return self.nlp(make_doc(self.nlp, reading_text(paper).text))

    def _extraction(
        self, paper: Paper, read: Doc | None, on_failure: Callable[[RecordError], None] | None
    ) -> Extraction:
        """All the work on one paper; `read` is None where the network has to read it again."""
        try:
            marked = self._marked(
                reading_text(paper), self._read_one(paper) if read is None else read
            )
            mentions = self._mentions(paper, marked)
            return Extraction(paper, mentions, find_results(paper, mentions), marked.definitions)
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

    def _marked(self, text: ReadingText, doc: Doc) -> MarkedText:
        found = (
            FoundSpan(ent.start_char, ent.end_char, ent.label_, ent.ent_id_ or NETWORK)
            for ent in doc.ents
        )
        listed = () if self.gazetteer is None else find_listed(self.gazetteer, text)
        return marked_text(text, found, tag_scores(self.nlp, doc), listed)

    def _mentions(self, paper: Paper, marked: MarkedText) -> tuple[Mention, ...]:
        group_of = local_concepts(marked)
        kept, places = [], []
        for span, features in zip(marked.spans, mention_features(marked), strict=True):
            place = marked.text.place(span.start, span.end)
            sure = 1.0 if span.step == LISTED else confidence(self.confidence, features)
            # Title and abstract are read as one text, but no name runs from one into the other.
            if place is None:
                continue
            field, start, end = place
            surface = paper.text(field)[start:end]
            if sure >= LEAST_CONFIDENCE or is_well_known(surface):
                kept.append((span, sure))
                places.append(RoleSpan(field, start, end, surface, span.type, group_of(span)))
        roles = assign_roles(paper, places)
        return tuple(
            Mention(
                *(paper.id, place.field, place.start, place.end, place.text, place.type, role),
                sure,
                span.step,
                role_confidence,
                marked.canonical.get((span.start, span.end)),
            )
            for (span, sure), place, (role, role_confidence) in zip(
                kept, places, roles, strict=True
            )
        )


def is_well_known(name: str) -> bool:
    """Whether so many annotated papers have a name that it is kept whatever its confidence."""
    return known_names().get(known_name(name), 0) >= COMMON_NAME[-1]


def _characters(paper: Paper) -> int:
    return len(paper.title) + len(paper.abstract)


def marked_text(
    text: ReadingText,
    spans: Iterable[FoundSpan],
    scores: TagScores | None,
    listed: Sequence[ListedSpan] = (),
) -> MarkedText:
    """What the rules around a network make of the spans that it found.

    Args:
        text: what the spans index.
        spans: as found; one that runs into or out of brackets ends before them.
        scores: how sure the network was of each place.
        listed: names of the user's own list, which win.
    """
    found = tuple(
        FoundSpan(span.start, end, span.type, span.step)
        for span in spans
        if (end := balanced_end(text.text, span.start, span.end)) > span.start
    )
    definitions = definitions_of(text)
    marked = mark_everywhere(text.text, found, definitions, tuple(m.span for m in listed), scores)
    canonical = {(m.span.start, m.span.end): m.canonical for m in listed if m.canonical}
    return MarkedText(text, definitions, found, tuple(marked), scores, canonical)


def definitions_of(text: ReadingText) -> tuple[Definition, ...]:
    """Abbreviations of title and abstract, each read alone; offsets in the one text of both."""
    shift = text.abstract_start
    in_abstract = (
        replace(d, short_start=d.short_start + shift, long_start=d.long_start + shift)
        for d in find_definitions(text.text[shift:])
    )
    return (*find_definitions(text.text[:shift]), *in_abstract)


def local_concepts(marked: MarkedText) -> Callable[[FoundSpan], int]:
    """Number the concepts of one paper.

    Spellings of one name are one, both halves of a definition, and names that the user's list calls
    by one canonical name.
    """
    long_of = {normalize(d.short): normalize(d.long) for d in marked.definitions}
    numbers: dict[tuple[bool, str], int] = {}

    def group_of(span: FoundSpan) -> int:
        canonical = marked.canonical.get((span.start, span.end))
        key = normalize(marked.text.text[span.start : span.end])
        thing = (True, canonical) if canonical else (False, long_of.get(key, key))
        return numbers.setdefault(thing, len(numbers))

    return group_of


@functools.cache
def load_extractor(folder: Path = MODEL_FOLDER) -> Extractor:
    """Load a pipeline, once a process.

    Args:
        folder: a pipeline that `extract.training.write_pipeline` wrote.

    Raises:
        ModelError: the folder holds no pipeline that this spaCy can load, or weights of confidence
            that cannot be read.
    """
    try:
        nlp = spacy.load(folder)
    except (OSError, ValueError, KeyError) as exc:
        raise ModelError(
            f"There is no usable pipeline in {str(folder)!r}: {exc}. Expected a folder that "
            "`paperkg train` wrote; install paperkg again to get the one it ships."
        ) from exc
    ruler = nlp.add_pipe("entity_ruler", last=True, config={"overwrite_ents": False})
    ruler.add_patterns(  # type: ignore[attr-defined]  # add_pipe is typed as returning a callable
        [{"label": type_, "pattern": name, "id": "gazetteer"} for name, type_ in well_known_names()]
    )
    return Extractor(nlp, model_identity(folder), confidence_model(folder))


def load_with_gazetteer(folder: Path, gazetteer: Gazetteer | None) -> Extractor:
    """`load_extractor`, with a user's own names."""
    return load_extractor(folder).with_gazetteer(gazetteer)


def well_known_names() -> tuple[tuple[str, str], ...]:
    """The curated names that are marked where the network saw nothing: (name, type)."""
    lines = files("extract").joinpath("data/gazetteer.tsv").read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple((name, type_) for name, type_ in pairs)
