from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["We train a parser.", "It is fast."],
        ["Why does it work?", "Nobody knows!", "We find out."],
        ["We follow Smith et al. (2020) and Jones et al. 2021 closely."],
        ["This follows Smith et al.", "We go further."],
        ["Optimisers, e.g. Adam, i.e. the usual one, vs. SGD, cf. Table 2."],
        ["As Fig. 3 and Eq. (2) of Sec. 4 show, it works.", "Nothing else does."],
        ["The answer is no.", "Deep models fail."],
        ["We use Model v1.5 at 3.5 GHz.", "It costs 2.50 dollars."],
        ["The parser of J. R. Smith is old.", "Ours is new."],
        ["Data are non-i.i.d. and rare in the U.S. Congress."],
        ["It loses words such as ... in the middle.", "The end."],
        ["It is old.", "word2vec is older.", "mT5 is new."],
        ["She said “it works.”", "Then it broke."],
        ["今日は晴れ。", "明日は雨？", "はい"],
        ["Training is done in two steps: 1) pre-training; 2) fine-tuning."],
    ],
)
def test_sentences_joined_by_blanks_come_apart_again(expected: list[str]) -> None:
    joint = "" if expected[0].endswith("。") else " "
    assert sentences(joint.join(expected)) == expected


def test_wrapped_lines_stay_together() -> None:
    assert sentences("A sentence that\nis wrapped.\nAnother one.") == [
        "A sentence that\nis wrapped.",
        "Another one.",
    ]


def test_empty_lines_and_list_marks_end_sentences() -> None:
    text = "Three findings\n\nWe show:\n1) it works\n2) it is fast\n- it is small"
    assert sentences(text) == [
        "Three findings",
        "We show:",
        "1) it works",
        "2) it is fast",
        "- it is small",
    ]


def test_numbers_of_a_list_stay_with_their_text() -> None:
    assert sentences("1. We read. 2. We write.") == ["1. We read.", "2. We write."]


def test_lost_blank_between_sentences_is_seen() -> None:
    assert sentences("We compare methods.However, none wins.") == [
        "We compare methods.",
        "However, none wins.",
    ]
    assert sentences("It uses torch.Tensor and example.org/A.html.") == [
        "It uses torch.Tensor and example.org/A.html."
    ]


@pytest.mark.parametrize("text", ["", " ", "\n\n\t ", "\u2003\x1c"])
def test_blank_text_has_no_sentence(text: str) -> None:
    assert sentence_spans(text) == ()


@given(st.text(alphabet=st.sampled_from("aB1.?!。… \n\t()-\"'\x00\u200f"), max_size=80) | st.text())
def test_sentences_are_in_order_and_cover_all_but_white_space(text: str) -> None:
    spans = sentence_spans(text)
    position = 0
    for start, end in spans:
        assert position <= start < end
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip()
        position = end
    assert not text[position:].strip()


@pytest.mark.parametrize("unit", [" ", "1", "(", ".", "1. ", "\n ", "e.g. ", "?)"])
def test_hostile_repetition_is_read_in_linear_time(unit: str) -> None:
    begun = time.perf_counter()
    sentence_spans(unit * (200_000 // len(unit)))
    assert time.perf_counter() - begun < 2
