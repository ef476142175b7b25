"""The network's own scores: the same entities as spaCy marks, and probabilities with them."""

from __future__ import annotations

import numpy as np
import pytest
import spacy

from extract.action_scores import read_with_scores
from extract.model_identity import MODEL_FOLDER
from extract.papers import read_papers
from extract.pipeline import load_extractor
from extract.reading_text import reading_text
from extract.sample import sample_paths
from extract.tokenizer import make_doc

TEXTS = [reading_text(paper).text for paper in read_papers(sample_paths())][:12]


def test_the_entities_are_those_of_spacy() -> None:
    nlp = spacy.load(MODEL_FOLDER)
    expected = [[(e.start, e.end, e.label) for e in doc.ents] for doc in nlp.pipe(TEXTS)]
    read = read_with_scores(nlp, [nlp.make_doc(text) for text in TEXTS])
    assert [[(e.start, e.end, e.label) for e in doc.ents] for doc, _ in read] == expected


def test_each_token_has_probabilities_and_each_entity_odds() -> None:
    nlp = load_extractor().nlp
    for doc, scores in read_with_scores(nlp, [make_doc(nlp, text) for text in TEXTS]):
        assert scores is not None
        assert scores.probabilities.shape[0] == len(doc)
        np.testing.assert_allclose(scores.probabilities.sum(axis=1), 1.0)
        for entity in doc.ents:
            start, end = entity.start_char, entity.end_char
            if entity.ent_id_:
                continue  # a well-known name that the network did not see
            odds = scores.entity(start, end, entity.label_)
            begin = scores.beginning(start, entity.label_)
            assert odds is not None
            assert begin is not None
            assert odds <= begin + 1e-9
            assert scores.type_share(start, entity.label_) is not None


def test_scores_do_not_depend_on_the_other_texts() -> None:
    nlp = load_extractor().nlp
    together = list(read_with_scores(nlp, [make_doc(nlp, text) for text in TEXTS]))
    for text, (_, scores) in zip(TEXTS, together, strict=True):
        ((_, alone),) = read_with_scores(nlp, [make_doc(nlp, text)])
        assert alone is not None
        assert scores is not None
        assert np.array_equal(alone.probabilities, scores.probabilities)


def test_where_no_token_begins_or_ends_nothing_is_known() -> None:
    nlp = load_extractor().nlp
    ((_, scores),) = read_with_scores(nlp, [make_doc(nlp, "We train BERT.")])
    assert scores is not None
    assert scores.entity(10, 13, "Method") is None
    assert scores.beginning(10, "Method") is None
    assert scores.entity(9, 13, "Gene") is None
    before, after = scores.outside(0, 2)
    assert before is None
    assert after is not None
    assert scores.outside(9, 14)[1] is None


@pytest.mark.parametrize("text", ["", " "])
def test_empty_texts_are_read(text: str) -> None:
    nlp = load_extractor().nlp
    ((doc, scores),) = read_with_scores(nlp, [make_doc(nlp, text)])
    assert doc.ents == ()
    assert scores is not None


def test_a_pipeline_without_a_recogniser_tells_nothing() -> None:
    nlp = spacy.blank("en")
    assert [scores for _, scores in read_with_scores(nlp, [nlp.make_doc("BERT")])] == [None]
