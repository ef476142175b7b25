from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.comparison import compare, plain
from extract.gold import mark_occurrences
from extract.predictions import PredictedMention, PredictedPaper, PredictedResult
from extract.records import Mention, Paper

PAPER = Paper("p", "BERT", "BERT and RoBERTa reach 91% F1 on GLUE.")
STRINGS = [
    {"text": "BERT", "type": "Method", "canonical": "BERT", "role": "uses"},
    {"text": "RoBERTa", "type": "Method", "canonical": "RoBERTa", "role": "compares"},
    {"text": "GLUE", "type": "Dataset", "canonical": "GLUE", "role": "evaluates"},
]
RESULTS = [{"value": "91", "metric": "F1", "dataset": "GLUE"}]
GOLD = mark_occurrences(PAPER, STRINGS, RESULTS)


def found(
    text: str, start: int, concept: str, *, kind: str = "Method", role: str = "uses"
) -> PredictedMention:
    field = "title" if start < 0 else "abstract"
    start = max(start, 0)
    return PredictedMention(field, start, start + len(text), text, kind, role, concept, 0.75, 0.5)


def predicted(
    *mentions: PredictedMention, results: tuple[PredictedResult, ...] = ()
) -> PredictedPaper:
    return PredictedPaper("p", "BERT", mentions, results)


def test_a_mention_is_right_where_place_and_type_are() -> None:
    counts = compare(
        GOLD,
        predicted(found("BERT", -1, "b"), found("GLUE", 33, "g"), found("RoBERTa reach", 9, "r")),
    ).counts
    assert [counts["strict", part] for part in ("right", "found", "expected")] == [1, 3, 4]
    assert counts["untyped", "right"] == 2
    assert (counts["overlap", "touched"], counts["overlap", "reached"]) == (2, 2)
    assert counts["type Dataset", "expected"] == 1
    assert counts["type Dataset", "found"] == 0


def test_merging_everything_does_not_pay() -> None:
    mentions = (("BERT", -1), ("BERT", 0), ("RoBERTa", 9))
    merged = compare(GOLD, predicted(*(found(text, start, "x") for text, start in mentions)))
    apart = compare(GOLD, predicted(*(found(text, start, text) for text, start in mentions)))
    assert (merged.counts["concepts", "right"], merged.counts["concepts", "found"]) == (1, 1)
    assert (apart.counts["concepts", "right"], apart.counts["concepts", "expected"]) == (2, 3)


def test_roles_are_judged_of_the_expected_concepts_that_were_found() -> None:
    one = compare(GOLD, predicted(found("BERT", -1, "b"), found("RoBERTa", 9, "r")))
    assert set(one.roles) == {("Method", "uses", "uses"), ("Method", "compares", "uses")}
    assert (one.counts["roles", "right"], one.counts["roles", "expected"]) == (1, 2)
    assert sorted(one.roles_judged) == [(0.5, False), (0.5, True)]


@pytest.mark.parametrize("value", ["91", "91%", "91.0", " 91 % "])
@pytest.mark.parametrize(
    ("metric", "dataset", "agreeing"), [("f1", "Glue", 3), ("F1", None, 2), (None, "GLUE", 1)]
)
def test_results_agree_by_number_and_by_words(
    value: str, metric: str | None, dataset: str | None, agreeing: int
) -> None:
    result = PredictedResult(value, metric, dataset, 0.9)
    one = compare(GOLD, predicted(results=(result, PredictedResult("91", None, None, 0.2))))
    names = ("value", "value+metric", "value+metric+dataset")
    assert [one.counts[name, "right"] for name in names] == [
        int(number <= agreeing) for number in (1, 2, 3)
    ]
    assert one.counts["value", "found"] == 2
    assert one.results == ((0.9, True), (0.2, False))


def test_what_was_not_annotated_is_not_measured() -> None:
    strings = [{"text": "BERT", "type": "Method"}]
    gold = mark_occurrences(PAPER, strings, None)
    one = compare(
        gold, predicted(found("BERT", -1, "b"), results=(PredictedResult("1", None, None, 1),))
    )
    assert one.counts["strict", "right"] == 1
    assert not one.counts["concepts", "found"]
    assert not one.counts["value", "found"]
    assert (one.roles, one.links, one.results) == ((), (), ())


def test_nothing_found_is_all_missed_and_bad_offsets_are_counted() -> None:
    assert compare(GOLD, None).counts["strict", "expected"] == 4
    assert compare(GOLD, predicted(found("GLUE", 0, "g"))).bad_offsets == 1


@given(st.permutations(GOLD.mentions))
def test_what_is_annotated_is_all_right_in_any_order(mentions: list[Mention]) -> None:
    ours = tuple(
        PredictedMention(m.field, m.start, m.end, m.text, m.type, m.role, m.text, 1.0, None)
        for m in mentions
    )
    counts = compare(GOLD, predicted(*ours)).counts
    for figure in ("strict", "untyped", "concepts"):
        assert counts[figure, "right"] == counts[figure, "found"] == counts[figure, "expected"]
    assert counts["roles", "right"] == counts["roles", "expected"] == 3


def test_plain_is_letters_and_digits() -> None:
    assert plain("F1-Score (macro)_x") == "f1 score macro x"
    assert plain(None) == plain(" -- ") == ""
