from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import numpy as np
import pytest

from extract.errors import ModelError
from extract.linear import LinearModel, models_as_json, probability, read_models
from extract.linear_training import Example, fit, fit_shares

if TYPE_CHECKING:
    from pathlib import Path

MODEL = LinearModel(("a", "b"), (5, 0), {'L1="on"': (-10, 20), "R1=\ud800": (1, 1)})


def test_scores_add_known_features_and_pass_over_others() -> None:
    assert MODEL.scores(['L1="on"', "R1=never seen"]) == [-5, 20]
    assert MODEL.best(['L1="on"']) == "b"


def test_first_label_wins_a_tie() -> None:
    assert LinearModel(("a", "b"), (0, 0), {}).best([]) == "a"


def test_probabilities_of_all_classes_sum_to_one() -> None:
    scores = [700, -1200, 0]
    assert sum(probability(scores, i) for i in range(3)) == pytest.approx(1, abs=2e-4)
    assert probability([10**6, -(10**6)], 1) == 0.0


def test_written_models_are_read_back(tmp_path: Path) -> None:
    path = tmp_path / "models.json"
    path.write_text(models_as_json({"z": MODEL, "a": MODEL}), encoding="utf-8")
    assert read_models(path) == {"a": MODEL, "z": MODEL}


@pytest.mark.parametrize("content", ["", "[1]", '{"a": 1}', '{"a": {"labels": []}}', "{"])
def test_broken_file_is_a_model_error_that_names_it(tmp_path: Path, content: str) -> None:
    path = tmp_path / "models.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match=r"models\.json"):
        read_models(path)


def test_missing_file_is_a_model_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="install paperkg again"):
        read_models(tmp_path / "none.json")


def _examples() -> list[Example]:
    rng = random.Random(7)
    examples = []
    for _ in range(300):
        label = rng.choice(["x", "y", "z"])
        noise = {f"noise={rng.randrange(5)}" for _ in range(3)}
        examples.append(Example(frozenset({f"cue={label}", *noise}), label))
    return examples


def test_fit_learns_what_separates_the_classes() -> None:
    examples = _examples()
    model = fit(examples, ["x", "y", "z"], penalty=1.0)
    assert all(model.best(example.features) == example.label for example in examples)
    cue = model.weights["cue=y"]
    assert cue[1] > 1000 > cue[0]


def test_fit_does_not_depend_on_the_order_of_the_features() -> None:
    examples = _examples()
    again = [Example(frozenset(sorted(e.features, reverse=True)), e.label) for e in examples]
    labels = ["x", "y", "z"]
    assert models_as_json({"m": fit(examples, labels)}) == models_as_json({"m": fit(again, labels)})


def test_examples_may_belong_to_classes_in_parts() -> None:
    features = [frozenset({"sure"}), frozenset({"fair"})] * 200
    shares = np.array([[0.1, 0.9], [0.4, 0.6]] * 200)
    model = fit_shares(
        features,
        shares,
        ["no", "yes"],
        penalty=0.01,
        least_count=1,
        least_weight=0.0,
        iterations=100,
    )
    found = [probability(model.scores([name]), 1) for name in ("sure", "fair")]
    assert found == pytest.approx([0.9, 0.6], abs=0.01)


def test_fit_leaves_out_rare_features() -> None:
    rare = Example(frozenset({"rare=1", "cue=x"}), "x")
    model = fit([*_examples(), rare], ["x", "y", "z"], penalty=0.1, least_count=2)
    assert "rare=1" not in model.weights
    assert "cue=x" in json.loads(models_as_json({"m": model}))["m"]["weights"]


def test_fit_finds_the_minimum_of_the_penalised_loss() -> None:
    # One feature, two classes, so that the gradient can be written down: w = (n - sum p) / penalty.
    examples = [Example(frozenset({"f"}), "yes")] * 30 + [Example(frozenset(), "no")] * 30
    model = fit(examples, ["no", "yes"], penalty=2.0)
    share = probability(model.scores({"f"}), 1)
    assert model.weights["f"][1] / 1000 == pytest.approx(30 * (1 - share) / 2.0, abs=0.02)


@pytest.mark.parametrize("examples", [[], [Example(frozenset(), "other")]])
def test_fit_refuses_what_it_cannot_learn(examples: list[Example]) -> None:
    with pytest.raises(ValueError, match="expected examples"):
        fit(examples, ["x"])
