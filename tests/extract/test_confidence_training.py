from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest

from extract.confidence import confidence, confidence_model
from extract.confidence_training import (
    JudgedMention,
    cross_validated,
    figures,
    judged_mentions,
    learn_confidence,
    span_f1,
    write_confidence,
)
from extract.gold import DEVELOPMENT_PARTS, annotated_papers
from extract.model_identity import MODEL_FOLDER, model_identity
from extract.pipeline import load_extractor
from tests.conftest import SHARED, needs_shared
from tests.extract.small_gold import write_gold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def drawn(count: int, seed: int) -> Iterator[JudgedMention]:
    """Mentions that are right in 9, 6 or 2 of 10 cases, by a feature."""
    source = random.Random(seed)
    for number in range(count):
        name, share = source.choice([("sure", 0.9), ("fair", 0.6), ("poor", 0.2)])
        right = float(source.random() < share)
        yield JudgedMention(f"p{number // 5}", frozenset({name, "all"}), right)


def learned_shares(judged: list[JudgedMention]) -> dict[str, float]:
    model = learn_confidence(judged)
    return {name: confidence(model, frozenset({name, "all"})) for name in ("sure", "fair", "poor")}


def test_confidences_are_the_shares_of_right_mentions() -> None:
    found = learned_shares(list(drawn(3000, 0)))
    assert found == pytest.approx({"sure": 0.9, "fair": 0.6, "poor": 0.2}, abs=0.06)


def test_no_mention_is_judged_by_what_its_paper_taught() -> None:
    # What is always right in one paper and stands nowhere else says nothing of it.
    mentions = [JudgedMention("q", frozenset({"own"}), 1.0)] * 20
    mentions += [JudgedMention(f"p{n}", frozenset({"other"}), 0.0) for n in range(60)]
    shares = cross_validated(mentions, folds=4)
    assert max(shares[:20]) < 0.1


def test_figures_count_what_stands_at_or_above_a_cut() -> None:
    found = figures([0.9, 0.8, 0.5, 0.1], [1.0, 0.0, 1.0, 0.0])
    assert found.at_cuts == {0.5: (0.6667, 0.75), 0.7: (0.5, 0.5), 0.9: (1.0, 0.25)}
    assert found.brier == pytest.approx((0.01 + 0.64 + 0.25 + 0.01) / 4, abs=1e-4)


def test_f1_counts_what_the_pipeline_keeps() -> None:
    judged = [
        JudgedMention("p", frozenset(), 1.0),
        JudgedMention("p", frozenset(), 0.0),  # cut
        JudgedMention("p", frozenset(), 0.0, well_known=True),
        JudgedMention("p", frozenset(), 0.0),
    ]
    # One of three kept is right, and one of two annotated is found.
    assert span_f1(judged, [0.9, 0.2, 0.1, 0.6], 2) == pytest.approx(2 / 5)


def test_the_file_is_written_into_the_folder_and_changes_the_identity(tmp_path: Path) -> None:
    model = tmp_path / "model"
    shutil.copytree(MODEL_FOLDER, model)
    (model / "confidence.json").unlink()
    before = model_identity(model)
    lines = write_confidence(write_gold(tmp_path / "gold"), model)
    assert [line.partition(":")[0] for line in lines] == list(DEVELOPMENT_PARTS)
    assert model_identity(model) != before
    assert load_extractor(model).confidence == confidence_model(model) != confidence_model()
    first = (model / "confidence.json").read_bytes()
    write_confidence(tmp_path / "gold", model)
    assert (model / "confidence.json").read_bytes() == first


@needs_shared
def test_the_shipped_confidences_are_of_use_on_the_development_parts() -> None:
    papers = annotated_papers(SHARED / "gold", "dev")
    judged = list(judged_mentions(load_extractor(), papers))
    model = confidence_model()
    found = figures([confidence(model, m.features) for m in judged], [m.right for m in judged])
    # These papers taught the model, so that this is a check for harm and not a measurement.
    assert found.brier < 0.14
    assert found.at_cuts[0.9][0] > 0.93
