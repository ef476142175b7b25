from __future__ import annotations

import random
import re
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import ModelError
from extract.gold import annotated_papers
from extract.linear import LinearModel, models_as_json
from extract.records import Mention, Paper, Result
from extract.results import find_results, result_models
from tests.conftest import SHARED, needs_shared

if TYPE_CHECKING:
    from pathlib import Path

ROLES = {"Method": "proposes", "Dataset": "evaluates", "Metric": "reports", "Task": "addresses"}


def mentions_of(abstract: str, names: dict[str, str]) -> list[Mention]:
    return [
        Mention("p", "abstract", m.start(), m.end(), m[0], kind, ROLES[kind], 1.0, "ner")
        for name, kind in names.items()
        for m in re.finditer(re.escape(name), abstract)
    ]


def results_of(abstract: str, **names: str) -> tuple[Result, ...]:
    spelled = {name.replace("_", " "): kind for name, kind in names.items()}
    results = find_results(Paper("p", "A Study", abstract), mentions_of(abstract, spelled))
    for result in results:
        assert abstract[result.start : result.start + len(result.quote)] == result.quote
        assert 0 <= result.confidence <= 1
    return results


def test_number_is_tied_to_method_dataset_and_metric() -> None:
    (result,) = results_of(
        "We propose GateNet. Experiments show that GateNet achieves an accuracy of 91.5% "
        "on PetFaces.",
        GateNet="Method",
        accuracy="Metric",
        PetFaces="Dataset",
    )
    assert (result.method, result.dataset, result.metric) == ("GateNet", "PetFaces", "accuracy")
    assert (result.value, result.unit, result.delta) == ("91.5", "%", False)
    assert result.quote == "Experiments show that GateNet achieves an accuracy of 91.5% on PetFaces"


def test_each_number_has_its_own_dataset() -> None:
    first, second = results_of(
        "Our GateNet obtains 71.3 BLEU on TedTalks and 65.0 BLEU on RadioNews.",
        GateNet="Method",
        BLEU="Metric",
        TedTalks="Dataset",
        RadioNews="Dataset",
    )
    assert [(r.value, r.dataset) for r in (first, second)] == [
        ("71.3", "TedTalks"),
        ("65.0", "RadioNews"),
    ]
    assert second.quote == "65.0 BLEU on RadioNews"


def test_improvement_is_a_difference() -> None:
    (result,) = results_of(
        r"GateNet outperforms the previous state of the art by 2.1\% in accuracy.",
        GateNet="Method",
        accuracy="Metric",
    )
    assert (result.value, result.unit, result.delta) == ("2.1", "%", True)
    assert result.baseline == "previous state of the art"


def test_change_has_its_begin_as_baseline() -> None:
    (result,) = results_of(
        "GateNet reduces perplexity from 36.6 to 27.4.", GateNet="Method", perplexity="Metric"
    )
    assert (result.value, result.baseline, result.delta) == ("27.4", "36.6", False)


@pytest.mark.parametrize(
    ("clause", "value"),
    [
        (r"is $2.3\times$ faster than", "2.3"),
        (r"is 3$\times$ faster than", "3"),
        ("is two orders of magnitude faster than", "100"),
        ("achieves a 5-10x speedup over", "5-10"),
    ],
)
def test_factors_are_results(clause: str, value: str) -> None:
    (result,) = results_of(
        f"In our experiments, GateNet {clause} existing methods.", GateNet="Method"
    )
    assert (result.value, result.unit, result.delta) == (value, "x", True)


@pytest.mark.parametrize(
    "sentence",
    [
        "We train GateNet with 12 layers and 7B parameters.",
        "The corpus has 10,000 images from 3 sources, collected in 2019.",
        "We use a batch size of 32 and a learning rate of 0.001.",
        "It is trained with weight decay = 0.0005, dropout 0.1 and a temperature of 0.7.",
        "GPT-4 and CIFAR-10 are well known.",
    ],
)
def test_sizes_settings_and_years_are_no_results(sentence: str) -> None:
    assert results_of(sentence, GateNet="Method") == ()


def test_numbers_inside_names_are_no_results() -> None:
    (result,) = results_of(
        "GateNet reaches a top-5 accuracy of 93.1% on Faces 365.",
        GateNet="Method",
        Faces_365="Dataset",
    )
    assert result.value == "93.1"


def test_name_of_a_unit_does_not_hide_the_number() -> None:
    """Issue 4: `60 FPS` was no number where FPS is a metric."""
    (result,) = results_of(
        "In our experiments, GateNet runs at 60 FPS on a phone.", GateNet="Method", FPS="Metric"
    )
    assert (result.value, result.unit, result.metric) == ("60", "FPS", "FPS")


def test_known_metric_needs_no_mention() -> None:
    (result,) = results_of(
        "Experiments show that GateNet achieves a perplexity of 18.3 on TedTalks.",
        GateNet="Method",
        TedTalks="Dataset",
    )
    assert (result.value, result.metric) == ("18.3", "perplexity")


def test_faster_is_a_speed() -> None:
    """Issue 4: results whose metric is not named have one all the same."""
    (result,) = results_of(
        "Experiments show that GateNet is 3x faster than existing methods.", GateNet="Method"
    )
    assert result.metric == "speed"


def test_no_numbers_and_no_mentions_give_no_results() -> None:
    assert find_results(Paper("p", "A 5% Title", "We think."), []) == ()


def test_order_of_the_mentions_does_not_matter() -> None:
    abstract = "GateNet and BagNet reach an F1 of 71.2% and 68.4% on PetFaces, respectively."
    names = {"GateNet": "Method", "BagNet": "Method", "F1": "Metric", "PetFaces": "Dataset"}
    mentions = mentions_of(abstract, names)
    expected = find_results(Paper("p", "", abstract), mentions)
    for seed in range(5):
        random.Random(seed).shuffle(mentions)
        assert find_results(Paper("p", "", abstract), mentions) == expected
    assert [result.value for result in expected] == ["71.2", "68.4"]


PIECES = ["GateNet", "achieves", "5.1%", "F1", "on", "(", ")", "$2\\times$", ",", ".", "and"]
HOSTILE = ["\x00", "<script>", "from 3.1 to 4.2", "\u202e", "\ud800", "=1+1", "\n", "'; DROP TABLE"]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES + HOSTILE)))
def test_quotes_of_any_text_are_verbatim_and_hold_their_number(pieces: list[str]) -> None:
    abstract = " ".join(pieces)
    mentions = mentions_of(abstract, {"GateNet": "Method", "F1": "Metric"})
    for result in find_results(Paper("p", "", abstract), mentions):
        assert abstract[result.start : result.start + len(result.quote)] == result.quote
        assert result.value in result.quote


@pytest.mark.parametrize("unit", ["1", " ", "(", "1 ", "5.1% ", "up to 5.1% in F1, "])
def test_hostile_repetition_is_read_in_linear_time(unit: str) -> None:
    def seconds(length: int) -> float:
        abstract = unit * (length // len(unit))
        mentions = mentions_of(abstract, {"F1": "Metric"})
        begun = time.process_time()
        find_results(Paper("p", "", abstract), mentions)
        return time.process_time() - begun

    # Four times the text: four times the work, where squares would make sixteen.
    assert seconds(80_000) < 8 * seconds(20_000) + 0.2


@needs_shared
@pytest.mark.parametrize(("part", "least"), [("dev", 0.78), ("dev_wide", 0.9)])
def test_values_of_annotated_abstracts_are_found(part: str, least: float) -> None:
    right = predicted = annotated = 0
    for one in annotated_papers(SHARED / "gold", part):
        values = [result["value"] for result in one.results]
        found = [result.value for result in find_results(one.paper, one.mentions)]
        right += sum(min(values.count(value), found.count(value)) for value in set(values))
        predicted += len(found)
        annotated += len(values)
    assert 2 * right / (predicted + annotated) >= least


def test_weights_of_another_version_are_a_model_error(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    path.write_text(models_as_json({"number": LinearModel(("none",), (0,), {})}), "utf-8")
    with pytest.raises(ModelError, match=r"results\.json lacks baseline, dataset"):
        result_models(path)
