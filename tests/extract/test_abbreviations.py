from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.abbreviations import find_definitions


def pairs(text: str) -> list[tuple[str, str]]:
    return [(definition.short, definition.long) for definition in find_definitions(text)]


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("We prune graph neural networks (GNNs) by age.", "GNNs", "graph neural networks"),
        ("A language model (LMs) is frozen.", "LMs", "language model"),
        ("We propose sparse tidal attention (STA).", "STA", "sparse tidal attention"),
        ("the lowest rank adaptor (LoRAd) wins", "LoRAd", "lowest rank adaptor"),
        ("it learns self supervised learning (SSL)", "SSL", "self supervised learning"),
        ("a mixture of lazy experts (MoLE)", "MoLE", "mixture of lazy experts"),
        ("uses the Corpus of Harbour Logs [CHL]", "CHL", "Corpus of Harbour Logs"),
        ("STA (sparse tidal attention) wins", "STA", "sparse tidal attention"),
        ("STA (short for Sparse Tidal Attention)", "STA", "Sparse Tidal Attention"),
        ("the HARBOR suite (Heuristic ARchive of BOat Records)", "HARBOR", "H"),
        ("sparse tidal attention (STA; Moor et al., 2021)", "STA", "sparse tidal attention"),
        ("sparse tidal attention (hereafter STA)", "STA", "sparse tidal attention"),
        ("**Sparse Tidal Attention** (**STA**)", "STA", "Sparse Tidal Attention"),
        (r"Sparse Tidal Attention (\textbf{STA})", "STA", "Sparse Tidal Attention"),
        ("a tide error rate (ter) of two", "ter", "tide error rate"),
        ("translate harbour-to-harbour (H2H)", "H2H", "harbour-to-harbour"),
        ("multi-port multi-tide moorings (M3)", "M3", "multi-port multi-tide moorings"),
        ("extreme tide search (XTS)", "XTS", "extreme tide search"),
        ("our multi-modal large tide model (MLTM)", "MLTM", "multi-modal large tide model"),
        ("a pre-trained tide model (TM)", "TM", "tide model"),
        ("masked tidal autoencoders (MTA)", "MTA", "masked tidal autoencoders"),
        ("sparse tidal attention framework (STA)", "STA", "sparse tidal attention framework"),
        ("STA: Sparse Tidal Attention for Harbours", "STA", "Sparse Tidal Attention"),
        ("tide\nforecasting (TF)", "TF", "tide\nforecasting"),
    ],
)
def test_definition_is_found(text: str, short: str, long: str) -> None:
    found = pairs(text)
    assert len(found) == 1
    assert found[0][0] == short
    assert found[0][1].startswith(long) if len(long) == 1 else found[0][1] == long


@pytest.mark.parametrize(
    "text",
    [
        "we saw boats (2021) and ships (Moor et al., 2020)",
        "the result (left) and the figure (right)",
        "boats (e.g., Boat 3.1 8B) and others",
        "training takes approximately 10 minutes (AI)",
        "HARBOR-10 and HARBOR-100 (HARBOR-10)",
        "ABC-100 (ABC-10) is small",
        "attention (GPT-4) wins",
        "STA: Boats and Ships",
        "TIDAL: Tide Algebra for Harbours",
        "unrelated words before (XYZ)",
        "a single bracket ( without an end",
        "",
    ],
)
def test_no_definition_is_made_up(text: str) -> None:
    assert pairs(text) == []


def test_every_bracket_counts_and_order_is_that_of_the_text() -> None:
    text = "Tide maps (TMs) beat wave maps (WMs), and BMs (boat maps) lose."
    assert [short for short, _ in pairs(text)] == ["TMs", "WMs", "BMs"]


def test_long_form_does_not_cross_a_sentence() -> None:
    assert pairs("It was sparse. Tidal attention (STA) is new.") == []


@given(st.text(alphabet="aAbB (s)[]-:;,.\n\\{}$*1é", max_size=200))
def test_offsets_are_exact(text: str) -> None:
    for definition in find_definitions(text):
        assert text[definition.short_start :].startswith(definition.short)
        assert text[definition.long_start :].startswith(definition.long)
        assert definition.short
        assert definition.long


@given(st.text())
def test_any_text_is_taken(text: str) -> None:
    assert find_definitions(text) == find_definitions(text)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 50_000,
        "(A" * 30_000,
        "a" * 100_000 + "(AB)",
        "AB: " * 9_999,
        "a" + "+" * 100_000,  # issue 3
        f"AB (a{'+' * 190}!) " * 1_000,
        f"AB (a{'_ ' * 95}!) " * 1_000,
    ],
    ids=["brackets", "letters", "word", "heads", "plus", "plus in brackets", "lines in brackets"],
)
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    start = time.process_time()
    find_definitions(text)
    assert time.process_time() - start < 5
