from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.vetoes import (
    Veto,
    are_opposite,
    case_veto,
    normal_veto,
    numbers,
    veto,
    words_by_capitals,
)
from tests.extract.pairs import MUST_LINK, read


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ("GPT-3", "GPT-4", Veto.NUMBER),
        ("GPT", "GPT-2", Veto.NUMBER),
        ("MIMIC-III", "MIMIC-IV", Veto.NUMBER),
        ("Llama 2 7B", "Llama 27B", Veto.NUMBER),
        ("SQuAD 1.1", "SQuAD 2.0", Veto.NUMBER),
        ("HumanEval", "HumanEval+", Veto.SYMBOL),
        ("A*", "A", Veto.SYMBOL),
        ("BERT-base", "BERT-large", Veto.SIZE),
        ("SiT-B", "SiT-L", Veto.SIZE),
        ("GPT-2 XL", "GPT-2", Veto.SIZE),
        ("supervised learning", "unsupervised learning", Veto.OPPOSITE),
        ("encoder", "decoder", Veto.OPPOSITE),
        ("depthwise convolution", "pointwise convolution", Veto.OPPOSITE),
        ("self-supervised learning", "semi-supervised learning", Veto.OPPOSITE),
        ("image-to-text", "text-to-image", Veto.OPPOSITE),
        ("language model", "large language model", Veto.EXTRA_WORD),
        ("CLIP", "CLIP image encoder", Veto.EXTRA_WORD),
        ("BERT", "RoBERTa", Veto.COINED),
        ("BERT", "SciBERT", Veto.COINED),
        ("LoRA", "QLoRA", Veto.COINED),
        ("DEit", "DeiT", Veto.CASE),
        ("ConES", "Cones", Veto.ORDINARY_WORD),
        ("GENERator", "generator", Veto.ORDINARY_WORD),
        ("LLM", "large language model", None),
        ("CLIP model", "CLIP-Model", None),
        ("MobileNetV2", "MobilenetV2", None),
        ("LLaMA", "LLama", None),
        ("WikiText-103", "Wikitext-103", None),
        ("LLMs", "llms", None),
        ("CNN", "CNNs", None),
        ("auto encoder", "autoencoder", None),
        ("BEIR benchmark", "BEIR", None),
        ("pretrained model", "pre-trained model", None),
    ],
)
def test_reason(a: str, b: str, reason: Veto | None) -> None:
    assert veto(a, b) == reason
    assert veto(b, a) == reason


@given(st.text(max_size=30), st.text(max_size=30))
def test_veto_is_symmetric(a: str, b: str) -> None:
    assert veto(a, b) == veto(b, a)


@given(st.text(max_size=30))
def test_no_name_is_forbidden_to_be_itself(name: str) -> None:
    assert veto(name, name) is None


@pytest.mark.parametrize(
    ("name", "found"),
    [("llama 2 7b", ("2", "7")), ("mimic iii", ("3",)), ("seq2seq", ()), ("gpt 3.5", ("3.5",))],
)
def test_numbers(name: str, found: tuple[str, ...]) -> None:
    assert numbers(name) == found


@pytest.mark.parametrize(
    ("a", "b", "opposite"),
    [
        ("encoder", "decoder", True),
        ("supervized", "unsupervized", True),
        ("convex", "nonconvex", True),
        ("global", "local", True),
        ("model", "network", False),
        ("art", "part", False),
    ],
)
def test_opposites(a: str, b: str, opposite: bool) -> None:
    assert are_opposite(a, b) is opposite
    assert are_opposite(b, a) is opposite


def test_case_is_judged_on_equal_letters_only() -> None:
    assert case_veto("BERT", "GPT") is None
    assert normal_veto("bert", "bert") is None


@pytest.mark.parametrize(("kind", "a", "b"), read(MUST_LINK))
def test_spellings_fall_under_no_case_veto(kind: str, a: str, b: str) -> None:
    assert kind
    assert case_veto(a, b) is None


# issue 3
@pytest.mark.parametrize(
    ("name", "coined", "plain"),
    [
        ("RECALL", {"recall"}, set()),
        ("Recall Mechanism", set(), {"recall", "mechanism"}),
        ("TRANSFORMER", set(), set()),
        ("LSTM", set(), set()),
        ("", set(), set()),
    ],
)
def test_words_by_capitals(name: str, coined: set[str], plain: set[str]) -> None:
    assert words_by_capitals(name) == (frozenset(coined), frozenset(plain))
