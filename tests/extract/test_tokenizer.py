from __future__ import annotations

import time

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from extract.tokenizer import make_doc, set_tokenizer

NLP = set_tokenizer(spacy.blank("en"))


def tokens(text: str) -> list[str]:
    return [token.text for token in NLP.make_doc(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a Transformer-based encoder", "Transformer"),
        ("train/test splits of SQuAD/NewsQA", "NewsQA"),
        ("we fine-tune ViT-B/16", "ViT-B/16"),
        ("top-1 accuracy (ImageNet-1K).", "ImageNet-1K"),
        ("we present DiT.", "DiT"),
        ("trained on GSM8K.", "GSM8K"),
        ("F1(macro) scores", "F1"),
        ("$\\beta$-VAE learns", "$\\beta$-VAE"),
        ("is it BERT?We say so", "BERT"),
        ("BERT's layers", "BERT"),
        ("the encoder–decoder", "encoder"),
        ("GPT-3.5 answers", "GPT-3.5"),
    ],
)
def test_names_begin_and_end_at_token_borders(text: str, name: str) -> None:
    start = text.index(name)
    assert NLP.make_doc(text).char_span(start, start + len(name)) is not None


def test_decimal_numbers_and_common_abbreviations_stay_whole() -> None:
    assert "84.3" in tokens("reaches 84.3 points")
    assert "e.g." in tokens("models, e.g. BERT")


@given(st.text(max_size=200))
def test_tokenization_loses_nothing(text: str) -> None:
    assert NLP.make_doc(text).text == text


def norms(text: str) -> list[tuple[str, str]]:
    return [(token.text, token.norm_) for token in make_doc(NLP, text)]


ORDINARY = st.lists(st.sampled_from(["BERT,", "don't", "(GPT-4)", "84.3%", "模型"]), max_size=9)
STRETCHES = st.builds(
    lambda piece, count: piece * count,
    st.sampled_from(["(", "_", "a(", "a", "中，", "don't", "🙂", "\u0301", "C$"]),
    st.integers(1, 900),
)


@given(st.lists(STRETCHES | ORDINARY.map(" ".join), max_size=4).map(" ".join))
def test_long_stretches_lose_nothing(text: str) -> None:
    assert make_doc(NLP, text).text == text


@given(ORDINARY.map(" ".join), ORDINARY.map(" ".join))
def test_a_long_stretch_changes_nothing_around_it(before: str, after: str) -> None:
    tokens_of = [(token.text, token.norm_) for token in NLP.make_doc(before)]
    assert norms(before) == tokens_of
    whole = norms(f"{before} {'(' * 700} {after}")
    assert whole[: len(tokens_of)] == tokens_of
    assert whole[len(whole) - len(norms(after)) :] == norms(after)


def test_a_long_stretch_is_cut_between_its_words() -> None:
    words = ["ImageNet", "在", "达到"] * 60
    cut = [token.text for token in make_doc(NLP, "，".join(words))]
    assert max(map(len, cut)) <= 300
    assert [word for token in cut for word in token.split("，") if word] == words


def test_a_text_that_is_too_long_is_refused_as_a_whole() -> None:
    small = set_tokenizer(spacy.blank("en"))
    small.max_length = 500
    with pytest.raises(ValueError, match="500"):
        make_doc(small, "(" * 501)


@pytest.mark.parametrize("piece", ["(", "_", "🙂", ":)", "C$", "'s", "a(", "a", "。", "-"])
def test_texts_without_blanks_take_linear_time(piece: str) -> None:  # issue 3
    text = "x" + piece * (20_000 // len(piece))
    start = time.process_time()
    assert make_doc(NLP, text).text == text
    assert time.process_time() - start < 5
