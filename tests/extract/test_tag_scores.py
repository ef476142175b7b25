from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from extract.pipeline import load_extractor
from extract.tag_scores import TagScores, tag_scores

if TYPE_CHECKING:
    import numpy.typing as npt

TYPES = ("Method", "Dataset")


def scores_of(rows: npt.NDArray[np.float64]) -> TagScores:
    """Tokens of three letters with a blank after each."""
    places = {4 * token: token for token in range(len(rows))}
    ends = {4 * token + 3: token for token in range(len(rows))}
    return TagScores(places, ends, rows, TYPES)


rows_of_tags = (
    st.integers(1, 5)
    .flatmap(lambda n: arrays(np.float64, (n, 5), elements=st.floats(0.01, 1.0)))
    .map(lambda rows: rows / rows.sum(axis=1, keepdims=True))
)


@given(rows_of_tags)
def test_names_that_begin_at_one_place_share_its_probability(
    rows: npt.NDArray[np.float64],
) -> None:
    scores = scores_of(rows)
    total = np.zeros(len(TYPES))
    for token in range(len(rows)):
        shares = scores.shares(0, 4 * token + 3)
        assert shares is not None
        total += shares
    assert total == pytest.approx(rows[0, 1::2])


@given(rows_of_tags)
def test_log_odds_are_those_of_the_probabilities(rows: npt.NDArray[np.float64]) -> None:
    scores = scores_of(rows)
    shares = scores.shares(0, 3)
    assert shares is not None
    odds = scores.entity(0, 3, "Dataset")
    assert odds is not None
    assert 1 / (1 + math.exp(-odds)) == pytest.approx(float(shares[1]), abs=1e-6)
    sure, other = (scores.type_share(0, kind) for kind in TYPES)
    assert sure is not None
    assert other == pytest.approx(-sure, abs=1e-5)
    before, after = scores.outside(0, 3)
    assert before is None
    assert (after is None) == (len(rows) == 1)


def test_what_is_no_stretch_of_tokens_has_no_probability() -> None:
    scores = scores_of(np.full((2, 5), 0.2))
    assert scores.shares(1, 3) is None
    assert scores.shares(0, 5) is None
    assert scores.shares(4, 3) is None
    assert scores.entity(0, 3, "Gene") is None
    assert scores.beginning(0, "Gene") is None


def test_the_shipped_pipeline_tells_and_one_without_tagger_does_not() -> None:
    nlp = load_extractor().nlp
    doc = nlp("We train BERT on ImageNet.")
    scores = tag_scores(nlp, doc)
    assert scores is not None
    odds = scores.entity(9, 13, "Method")
    assert odds is not None
    assert odds > 0
    blank = spacy.blank("en")
    assert tag_scores(blank, blank("We train BERT.")) is None
