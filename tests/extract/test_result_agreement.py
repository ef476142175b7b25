from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extract.records import Result
from extract.result_agreement import agreeing


def result(value: str, confidence: float = 0.5, *, delta: bool = False) -> Result:
    return Result("p", None, None, None, value, "%", None, delta, value, "abstract", 0, confidence)


def stated(value: str, *, delta: bool = False) -> dict[str, object]:
    return {"value": value, "delta": delta}


def test_values_are_compared_as_numbers() -> None:
    found = [result("1,200"), result("0.50"), result("5-10"), result("7")]
    annotated = [stated("1200"), stated(".5%"), stated("5–10"), stated("8")]
    assert agreeing(found, annotated) == [True, True, True, False]


def test_one_annotation_proves_one_result_the_most_confident() -> None:
    found = [result("3", 0.6), result("3", 0.9), result("3", 0.7)]
    assert agreeing(found, [stated("3"), stated("3")]) == [False, True, True]


def test_differences_agree_with_differences_where_asked() -> None:
    assert agreeing([result("3", delta=True)], [stated("3")]) == [True]
    assert agreeing([result("3", delta=True)], [stated("3")], delta=True) == [False]
    assert agreeing([result("3", delta=True)], [stated("3", delta=True)], delta=True) == [True]


VALUES = st.lists(st.sampled_from(["1", "1.0", "2", "3-4", "x"]), max_size=6)


@given(VALUES, VALUES)
def test_as_many_agree_as_values_are_shared(found: list[str], annotated: list[str]) -> None:
    right = agreeing([result(value) for value in found], [stated(value) for value in annotated])
    left = ["1" if value == "1.0" else value for value in annotated]
    shared = 0
    for value in ["1" if value == "1.0" else value for value in found]:
        if value in left:
            left.remove(value)
            shared += 1
    assert sum(right) == shared
