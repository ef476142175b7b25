from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.quantities import find_quantities, number_of


def found(text: str) -> list[tuple[str, str | None, str | None]]:
    return [(q.value, q.unit, q.before) for q in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("an accuracy of 91.5% here", "91.5", "%"),
        (r"an accuracy of 28.4\% here", "28.4", "%"),
        (r"about $60$\% less", "60", "%"),
        ("about 60$%$ less", "60", "%"),
        ("12 percent fewer", "12", "%"),
        (r"is $2.3\times$ faster", "2.3", "x"),
        (r"is 3$\times$ faster", "3", "x"),
        ("is 3× faster", "3", "x"),
        ("a 4x speedup", "4", "x"),
        ("a 12-fold speedup", "12", "x"),
        ("is 5 times faster", "5", "x"),
        ("is ten times faster", "10", "x"),
        ("is twice as fast", "2", "x"),
        ("tripling its speed", "3", "x"),
        ("halving the cost", "0.5", "x"),
        ("at half the cost", "0.5", "x"),
        ("an order of magnitude faster", "10", "x"),
        ("two orders of magnitude faster", "100", "x"),
        ("3 orders of magnitude faster", "1000", "x"),
        ("gains +2.1 points", "2.1", "points"),
        ("gains 2.1 percentage points", "2.1", "points"),
        ("within 35 ms", "35", "ms"),
        ("a loss of -0.25 nats", "-0.25", None),
        ("an R of .72 overall", ".72", None),
        ("runs in 1,250 seconds", "1,250", "s"),
        ("costs 3.5 million", "3.5 million", None),
        ("between 64% and 75% of", "64-75", "%"),
        ("up 5-10x on", "5-10", "x"),
        ("up 2%–5% on", "2–5", "%"),
        ("up 21%-42% on", "21-42", "%"),
        ("up 5% to 20% on", "5-20", "%"),
        ("gains ranging from 1% to 2% on", "1-2", "%"),
        (r"is 0.94 $\pm$ 0.01 on", "0.94", None),
        (r"saves $\sim32\times$ memory", "32", "x"),
        (r"an accuracy of \textbf{95.3\%} here", "95.3", "%"),
        ("less by a factor of four", "4", "x"),
        ("less by a factor of about 4", "4", "x"),
        ("runs at 60 FPS on", "60", "FPS"),
    ],
)
def test_number_and_unit_as_written(text: str, value: str, unit: str | None) -> None:
    assert found(text) == [(value, unit, None)]


@pytest.mark.parametrize(
    ("text", "value", "unit", "before"),
    [
        ("falls from 90.6 to 65.4 now", "65.4", None, "90.6"),
        ("rises from 81.2% to 84.9% now", "84.9", "%", "81.2"),
        ("rises from about 12% to nearly 30% now", "30", "%", "12"),
        ("rises from 33.1 for the baseline to 54.5 now", "54.5", None, "33.1"),
        ("rises (61.5 to 70.2) now", "70.2", None, "61.5"),
        ("rises from the initial 94.8% to 99.7% now", "99.7", "%", "94.8"),
        ("rises (36.3%→47.2%) now", "47.2", "%", "36.3"),
        (r"rises, 5.1 $\rightarrow$ 6.2 now", "6.2", None, "5.1"),
    ],
)
def test_change_gives_its_end_and_its_begin(
    text: str, value: str, unit: str | None, before: str
) -> None:
    assert found(text) == [(value, unit, before)]


def test_second_change_needs_no_from() -> None:
    text = "rise from 36.5% to 46.3% and 66.3% to 76.3%, by 5% to 10%"
    assert found(text) == [("46.3", "%", "36.5"), ("76.3", "%", "66.3"), ("5-10", "%", None)]


def test_numbers_beside_a_slash_have_units_of_their_own() -> None:
    assert found("1.6x/2.9x, 43times/31times") == [
        ("1.6", "x", None),
        ("2.9", "x", None),
        ("43", "x", None),
        ("31", "x", None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "GPT-4 and BERT2",
        "a 7B model",
        "4-bit weights",
        "3D shapes",
        "$10^{-3}$",
        "v1.5.2",
        "x_2",
        "x_{32}",
    ],
)
def test_numbers_in_words_and_exponents_are_no_quantities(text: str) -> None:
    assert found(text) == []


@given(st.text(alphabet=st.sampled_from("0123.,%x-– tofrmand$\\()"), max_size=60) | st.text())
def test_quantities_are_in_order_and_inside_the_text(text: str) -> None:
    position = 0
    for quantity in find_quantities(text):
        assert position <= quantity.start < quantity.end <= len(text)
        assert quantity.value
        position = quantity.end


@pytest.mark.parametrize(
    "unit", [" ", "1", "(", "1 ", "1,", "1.", "1-", "from 1 ", "0.1 to ", "1 ± ", "$ ", "\\"]
)
def test_hostile_repetition_is_read_in_linear_time(unit: str) -> None:
    begun = time.process_time()
    find_quantities(unit * (200_000 // len(unit)))
    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("91.5", 91.5),
        ("-0.3", -0.3),
        ("\u22123", -3.0),
        ("+2", 2.0),
        (".5", 0.5),
        ("12,000", 12_000.0),
        ("1.1 million", 1_100_000.0),
        ("3.2M", 3_200_000.0),
        ("7 billion", 7e9),
        ("5-10", None),
        ("12,00", None),
        ("\u0663", None),
        ("1e5", None),
        ("", None),
        ("about 3", None),
    ],
)
def test_a_written_value_stands_for_a_number_or_none(value: str, number: float | None) -> None:
    assert number_of(value) == number


@given(text=st.text())
def test_every_single_value_that_is_found_stands_for_a_number(text: str) -> None:
    for quantity in find_quantities(f"{text} 12.5% {text}"):
        if quantity.value.isascii() and not any(sign in quantity.value[1:] for sign in "-~"):
            assert number_of(quantity.value) is not None
