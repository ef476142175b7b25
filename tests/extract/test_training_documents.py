from __future__ import annotations

from typing import TYPE_CHECKING

import spacy

from extract.gold import AnnotatedPaper
from extract.records import Mention, Paper
from extract.tokenizer import set_tokenizer
from extract.training_documents import annotated_docs

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

TEXT = "Alder-Net\nWe train Alder-Net on Forest."


def tokenizing() -> Language:
    return set_tokenizer(spacy.blank("en"))


def entities(doc: Doc) -> list[tuple[str, str]]:
    return [(ent.text, ent.label_) for ent in doc.ents]


def test_annotations_become_entities_where_they_stand_though_lines_are_wrapped() -> None:
    paper = Paper("p1", "Alder  Net", "We\n  train Alder\nNet here.")
    places = (("title", 0, 10), ("abstract", 11, 20))
    mentions = tuple(
        Mention("p1", field, start, end, paper.text(field)[start:end], "Method", "uses", 1.0, "ner")  # type: ignore[arg-type]  # the two field names
        for field, start, end in places
    )
    (doc,) = annotated_docs(tokenizing(), [AnnotatedPaper(paper, mentions, ("Alder",) * 2, ())])
    assert entities(doc) == [("Alder Net", "Method")] * 2
    assert [ent.start_char for ent in doc.ents] == [0, doc.text.rindex("Alder")]
