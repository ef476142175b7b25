from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.inflection import american, base_form, singular


@pytest.mark.parametrize(
    ("word", "single"),
    [
        ("models", "model"),
        ("memories", "memory"),
        ("losses", "loss"),
        ("boxes", "box"),
        ("approaches", "approach"),
        ("caches", "cache"),
        ("analyses", "analysis"),
        ("matrices", "matrix"),
        ("corpora", "corpus"),
        ("biases", "bias"),
        ("responses", "response"),
        ("uses", "use"),
        ("viruses", "virus"),
        ("heroes", "hero"),
        ("bias", "bias"),
        ("corpus", "corpus"),
        ("analysis", "analysis"),
        ("physics", "physics"),
        ("series", "series"),
        ("gps", "gps"),
        ("", ""),
    ],
)
def test_singular(word: str, single: str) -> None:
    assert singular(word) == single


@pytest.mark.parametrize(
    ("british", "form"),
    [
        ("optimise", "optimize"),
        ("regularisation", "regularization"),
        ("analysing", "analyzing"),
        ("labelled", "labeled"),
        ("behavioural", "behavioral"),
        ("neighbour", "neighbor"),
        ("centre", "center"),
        ("dialogue", "dialog"),
        ("grey", "gray"),
        ("hour", "hour"),
        ("metre", "meter"),
        ("parameter", "parameter"),
    ],
)
def test_american(british: str, form: str) -> None:
    assert american(british) == form


@given(st.text(alphabet="aeioursznlmdtgcy", max_size=14))
def test_base_form_is_idempotent(word: str) -> None:
    assert base_form(base_form(word)) == base_form(word)
