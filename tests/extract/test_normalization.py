from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.normalization import compact, name_key, normalize, plain_text

tricky = st.text(alphabet="aSsTeEiIrR -'’.,0129+*@#$\\{}~\"^ßαβ́éİı&_/", max_size=30)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (r"$\beta$-VAE", "β-VAE"),
        (r"Na\"{\i}ve Bayes", "Naïve Bayes"),
        (r"Erd\H{o}s graph", "Erdős graph"),
        (r"\textsc{LongBench}", "LongBench"),
        (r"{\bf X}", "X"),
        (r"$\ell_2$ norm", "ℓ_2 norm"),
        (r"\model-7B", "model-7B"),
        ("two \n\t blanks", "two blanks"),
        ("\u202eBERT\u200b\x00", "BERT"),
        ("\ud800abc", "abc"),
        ("𝗕𝗘𝗥𝗧", "BERT"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("", ""),
    ],
)
def test_plain_text(text: str, plain: str) -> None:
    assert plain_text(text) == plain


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Large Language Models", "large language model"),
        ("LMs", "lm"),
        ("DARTS", "DARTS"),
        ("Darts", "dart"),
        ("3DGS", "3DGS"),
        ("wav2vec 2.0", "wav2vec 2"),
        ("GPT-3.5", "gpt 3.5"),
        ("1,000-way", "1000 way"),
        ("Recall@10", "recall @ 10"),
        ("C++", "c++"),
        ("summarisation", "summarization"),
        ("Moore's law", "moore law"),
        ("R&D", "r and d"),
        ("Fréchet", "frechet"),
        ("हिन्दी", "हिन्दी"),
        ("τ²-bench", "tau 2 bench"),
        ("LARGE LANGUAGE MODELS", "large language model"),
        ("→", ""),
    ],
)
def test_normal_form(text: str, form: str) -> None:
    assert normalize(text) == form


@given(st.one_of(st.text(), tricky))
def test_normalize_is_idempotent(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)


@given(st.one_of(st.text(), tricky))
def test_plain_text_has_no_control_characters(text: str) -> None:
    assert all(unicodedata.category(c)[0] != "C" for c in plain_text(text))


@given(tricky)
def test_key_of_a_name_is_that_of_its_normal_form(text: str) -> None:
    if normalize(text):
        assert name_key(normalize(text)) == name_key(text)


@given(st.text(min_size=1))
def test_key_is_never_empty(text: str) -> None:
    assert name_key(text)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("resnet 50", "resnet50", True),
        ("auto encoder", "autoencoder", True),
        ("llama 2 7b", "llama 27b", False),
        ("gpt 3.5", "gpt 35", False),
        ("gpt 2 3", "gpt 23", False),
        ("squad v1.1", "squad 1.1", True),
        ("squad v2", "squad v1", False),
        ("conv1d", "con1d", False),
    ],
)
def test_compact(a: str, b: str, same: bool) -> None:
    assert (compact(a) == compact(b)) is same


def test_long_and_empty_names_are_taken() -> None:
    assert len(normalize("ab " * 5000).split()) == 5000
    assert name_key("—") != name_key("…")


# issue 3
def test_capital_s_behind_a_coined_name_is_no_plural() -> None:
    assert name_key("ConvNeXtS") != name_key("ConvNeXt") == name_key("ConvNeXts")
    assert name_key("TidalNetS") != name_key("TidalNets")
    assert normalize("menuS") == normalize("menus")


# issue 3
@given(st.lists(st.sampled_from(["TidalNetS", "DARTS", "menuS", "classS", "a", "12", "3DGS"])))
def test_normal_forms_with_a_capital_s_are_stable(words: list[str]) -> None:
    form = normalize(" ".join(words))
    assert normalize(form) == form
