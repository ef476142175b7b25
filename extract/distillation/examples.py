"""Annotated texts as teacher and student read them: tokens, tags, concepts and numbers."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import spacy

from extract.metric_names import learn_metric_names, metric_names
from extract.reading_text import reading_text
from extract.records import ConceptType, Role
from extract.result_features import LINKS, candidates
from extract.result_training import (
    known_as,
    lesson,
    make_lessons,
    metric_source,
    number_label,
    source_labels,
    wanted_names,
)
from extract.results import NUMBER_LABELS, UNKNOWN
from extract.tokenizer import set_tokenizer
from extract.training_documents import annotated_docs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt
    from spacy.language import Language
    from spacy.tokens import Doc
    from tokenizers import BertWordPieceTokenizer

    from extract.gold import AnnotatedPaper
    from extract.metric_names import MetricNames
    from extract.reading_text import ReadingText
    from extract.records import Field
    from extract.result_training import Lesson

TYPES = tuple(str(kind) for kind in ConceptType)
ROLES = tuple(str(role) for role in Role)
TAGS = 1 + 2 * len(TYPES)
"""Outside; begin and continue for each type, in the order of `TYPES`."""
LINKED = tuple(LINKS)
"""What a result is tied to, in the order of the teacher's scores."""
LONGEST = 500
"""Word pieces that the teacher reads at once."""

_PIECES_OF_A_TOKEN = 12
_UNKNOWN_PIECE = 100


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept in a text.

    Attributes:
        type: place in `TYPES`.
        role: place in `ROLES`.
        tokens: those that its mentions begin with, at least one.
    """

    type: int
    role: int
    tokens: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """One number in a text.

    Attributes:
        token: that it begins with.
        label: place in `extract.results.NUMBER_LABELS`.
        source: of a result, where its metric stands (place in the teacher's labels).
        candidates: of a result, each name that it may be tied to: the link as a place in `LINKED`,
            the token that the name begins with, and whether it is tied.
    """

    token: int
    label: int
    source: int | None
    candidates: tuple[tuple[int, int, bool], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One text.

    Attributes:
        pieces: the word pieces of each token.
        tags: the tag of each token, 0 to `TAGS` - 1.
        concepts, numbers: what else is annotated.
    """

    pieces: tuple[tuple[int, ...], ...]
    tags: npt.NDArray[np.int64]
    concepts: tuple[Concept, ...] = ()
    numbers: tuple[Number, ...] = ()

    @property
    def size(self) -> int:
        """How many word pieces there are."""
        return sum(map(len, self.pieces))

    def stretch(self, start: int, end: int) -> Example:
        """The tokens from `start` to before `end`, and what of the rest lies there."""
        concepts = []
        for one in self.concepts:
            tokens = tuple(token - start for token in one.tokens if start <= token < end)
            if tokens:
                concepts.append(Concept(one.type, one.role, tokens))
        numbers = tuple(
            Number(
                one.token - start,
                one.label,
                one.source,
                tuple((k, t - start, yes) for k, t, yes in one.candidates if start <= t < end),
            )
            for one in self.numbers
            if start <= one.token < end
        )
        return Example(self.pieces[start:end], self.tags[start:end], tuple(concepts), numbers)


@cache
def tokenizing() -> Language:
    """A pipeline that only splits into tokens, as the shipped one does."""
    return set_tokenizer(spacy.blank("en"))


def tagged_doc(one: AnnotatedPaper) -> tuple[Doc, npt.NDArray[np.int64]]:
    """The tokens of an annotated paper, with the tag of each."""
    (doc,) = annotated_docs(tokenizing(), [one])
    tags = np.zeros(len(doc), dtype=np.int64)
    for span in doc.ents:
        begin = 1 + 2 * TYPES.index(span.label_)
        tags[span.start : span.end] = begin + 1
        tags[span.start] = begin
    return doc, tags


class Places:
    """Which token stands at an offset of a field."""

    def __init__(self, text: ReadingText, doc: Doc) -> None:
        self.text = text
        self.starts = [token.idx for token in doc]

    def token(self, field: Field, start: int, end: int) -> int:
        """The token that a stretch (code points of a field as read) begins with."""
        return bisect_right(self.starts, self.text.span(field, start, end)[0]) - 1


def concepts_of(one: AnnotatedPaper, places: Places) -> tuple[Concept, ...]:
    """The concepts of an annotated paper: mentions of one type and canonical name."""
    tokens: dict[tuple[str, str], list[int]] = defaultdict(list)
    roles: dict[tuple[str, str], str] = {}
    for mention, name in zip(one.mentions, one.canonical, strict=True):
        key = (mention.type, name)
        tokens[key].append(places.token(mention.field, mention.start, mention.end))
        roles[key] = mention.role
    return tuple(
        Concept(TYPES.index(key[0]), ROLES.index(roles[key]), tuple(own))
        for key, own in tokens.items()
    )


def numbers_of(
    one: Lesson, metrics: MetricNames, sources: Sequence[str], places: Places
) -> tuple[Number, ...]:
    """The numbers of an abstract.

    Args:
        one: as the shipped models of results learn from it.
        metrics: known names of metrics.
        sources: labels of where a metric stands.
        places: of the paper's tokens.
    """
    numbers = []
    for index, quantity in enumerate(one.reading.quantities):
        results = one.stated.get(index, [])
        source: int | None = None
        tied: list[tuple[int, int, bool]] = []
        if results:
            answer = metric_source(one, index, results, metrics)
            source = sources.index(answer if answer in sources else UNKNOWN)
            for number, link in enumerate(LINKED):
                wanted = wanted_names(results, link)
                for name in candidates(one.reading, index, link):
                    token = places.token(name.field, name.start, name.end)
                    tied.append((number, token, not wanted.isdisjoint(known_as(one, name))))
        numbers.append(
            Number(
                places.token("abstract", quantity.start, quantity.end),
                NUMBER_LABELS.index(number_label(results)),
                source,
                tuple(tied),
            )
        )
    return tuple(numbers)


def word_pieces(doc: Doc, vocabulary: BertWordPieceTokenizer) -> tuple[tuple[int, ...], ...]:
    """The word pieces of each token, at least one."""
    return tuple(
        tuple(vocabulary.encode(token.text, add_special_tokens=False).ids[:_PIECES_OF_A_TOKEN])
        or (_UNKNOWN_PIECE,)
        for token in doc
    )


def metric_sources(papers: Sequence[AnnotatedPaper]) -> list[str]:
    """The labels of where the metric of a result stands, as these papers have them."""
    metrics = metric_names(learn_metric_names(papers))
    return source_labels(
        metric_source(one, index, results, metrics)
        for one in make_lessons(papers)
        for index, results in one.stated.items()
    )


def annotated_examples(
    papers: Sequence[AnnotatedPaper],
    learned_from: Sequence[AnnotatedPaper],
    sources: Sequence[str],
    vocabulary: BertWordPieceTokenizer,
) -> Iterator[Example]:
    """Annotated papers, long ones in several examples.

    Args:
        papers: to read.
        learned_from: papers that tell the names of metrics; if these are `papers` themselves,
            each is read with the names of others.
        sources: labels of where a metric stands.
        vocabulary: the word pieces.
    """
    metrics = metric_names(learn_metric_names(learned_from))
    if papers is learned_from:
        lessons = make_lessons(papers)
    else:
        lessons = [lesson(one, metrics, 0) for one in papers]
    for one, own in zip(papers, lessons, strict=True):
        doc, tags = tagged_doc(one)
        places = Places(reading_text(one.paper), doc)
        example = Example(
            word_pieces(doc, vocabulary),
            tags,
            concepts_of(one, places),
            numbers_of(own, metrics, sources, places),
        )
        for start, end in stretches(example.pieces):
            yield example.stretch(start, end)


def stretches(pieces: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Ranges of tokens of at most `LONGEST` word pieces each, that cover a text."""
    ranges, start, size = [], 0, 0
    for token, own in enumerate(pieces):
        if size + len(own) > LONGEST:
            ranges.append((start, token))
            start, size = token, 0
        size += len(own)
    ranges.append((start, len(pieces)))
    return ranges
