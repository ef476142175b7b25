from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from extract.tokenizer import set_tokenizer

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
