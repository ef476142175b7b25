"""Annotated papers as spaCy documents, the form in which a network is trained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.util import filter_spans

from extract.reading_text import reading_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

    from extract.gold import AnnotatedPaper


def annotated_docs(nlp: Language, papers: Iterable[AnnotatedPaper]) -> Iterator[Doc]:
    """Annotated papers as spaCy documents with entities set."""
    for annotated in papers:
        text = reading_text(annotated.paper)
        spans = ((*text.span(m.field, m.start, m.end), m.type) for m in annotated.mentions)
        yield _labelled(nlp, text.text, spans)


def _labelled(nlp: Language, text: str, spans: Iterable[tuple[int, int, str]]) -> Doc:
    """The longest of overlapping spans count; those that cut a token are widened to it."""
    doc = nlp.make_doc(text)
    found = (
        doc.char_span(start, end, label=label, alignment_mode="expand")
        for start, end, label in spans
    )
    doc.set_ents(filter_spans([span for span in found if span is not None]))
    return doc
