"""Texts as teacher and student read them: tokens of spaCy's, word pieces, tags and roles."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import spacy
from spacy.util import filter_spans

from extract.gold import annotated_papers
from extract.reading_text import reading_text
from extract.records import ConceptType, Role
from extract.tokenizer import make_doc, set_tokenizer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    import numpy.typing as npt
    from spacy.language import Language
    from spacy.tokens import Doc
    from tokenizers import BertWordPieceTokenizer

    from extract.gold import AnnotatedPaper

TYPES = tuple(str(kind) for kind in ConceptType)
ROLES = tuple(str(role) for role in Role)
TAGS = 1 + 2 * len(TYPES)
"""Outside; begin and continue for each type, in the order of `TYPES`."""
UNKNOWN = -100
"""The role of a token that is no part of a name."""
LONGEST = 500
"""Word pieces that the teacher reads at once."""

_PIECES_OF_A_TOKEN = 12
_UNKNOWN_PIECE = 100


@dataclass(frozen=True, slots=True)
class Example:
    """One text.

    Attributes:
        pieces: the word pieces of each token.
        tags: the tag of each token, 0 to `TAGS` - 1.
        roles: the role of each token, as a place in `ROLES`, or `UNKNOWN`.
    """

    pieces: tuple[tuple[int, ...], ...]
    tags: npt.NDArray[np.int64]
    roles: npt.NDArray[np.int64]

    @property
    def size(self) -> int:
        """How many word pieces there are."""
        return sum(map(len, self.pieces))


@cache
def tokenizing() -> Language:
    """A pipeline that only splits into tokens, as the shipped one does."""
    return set_tokenizer(spacy.blank("en"))


def tagged_doc(one: AnnotatedPaper) -> tuple[Doc, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The tokens of an annotated paper, with the tag and the role of each."""
    text = reading_text(one.paper)
    doc = make_doc(tokenizing(), text.text)
    tags = np.zeros(len(doc), dtype=np.int64)
    roles = np.full(len(doc), UNKNOWN, dtype=np.int64)
    spans, role_of = [], {}
    for mention in one.mentions:
        start, end = text.span(mention.field, mention.start, mention.end)
        span = doc.char_span(start, end, label=mention.type, alignment_mode="expand")
        if span is not None:
            spans.append(span)
            role_of[span.start, span.end] = ROLES.index(mention.role)
    for span in filter_spans(spans):
        begin = 1 + 2 * TYPES.index(span.label_)
        tags[span.start : span.end] = begin + 1
        tags[span.start] = begin
        roles[span.start : span.end] = role_of[span.start, span.end]
    return doc, tags, roles


def word_pieces(doc: Doc, vocabulary: BertWordPieceTokenizer) -> tuple[tuple[int, ...], ...]:
    """The word pieces of each token, at least one."""
    return tuple(
        tuple(vocabulary.encode(token.text, add_special_tokens=False).ids[:_PIECES_OF_A_TOKEN])
        or (_UNKNOWN_PIECE,)
        for token in doc
    )


def annotated_examples(
    gold: Path, parts: Iterable[str], vocabulary: BertWordPieceTokenizer
) -> Iterator[Example]:
    """The annotated papers of some parts, long ones in several examples."""
    for part in parts:
        for one in annotated_papers(gold, part):
            doc, tags, roles = tagged_doc(one)
            pieces = word_pieces(doc, vocabulary)
            for start, end in stretches(pieces):
                yield Example(pieces[start:end], tags[start:end], roles[start:end])


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
