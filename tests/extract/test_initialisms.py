from __future__ import annotations

import pytest

from extract.initialisms import (
    initials,
    is_short_form,
    is_spelled_by,
    is_spelled_closely,
    readings,
)


@pytest.mark.parametrize(
    ("short", "long", "spelled"),
    [
        ("STA", "sparse tidal attention", True),
        ("StA", "sparse tidal attention", True),
        ("SpaTA", "sparse tidal attention", True),
        ("SToA", "sparse theory of attention", True),
        ("T2B", "text to boat", True),
        ("XTS", "extreme tide search", True),
        ("STA", "sparse attention", False),
        ("STA", "tidal sparse attention", False),
        ("STA", "attention", False),
        ("2021", "twenty twenty", False),
    ],
)
def test_words_spell_a_short_form(short: str, long: str, spelled: bool) -> None:
    assert is_spelled_by(short, long) is spelled


def test_initials_with_and_without_function_words() -> None:
    assert initials("tide of tides") == {"tot", "tt"}


def test_plural_and_counting_digit_are_other_readings() -> None:
    assert readings("STAs") == ["sta", "stas"]
    assert readings("M3P") == ["m3p", "mmmp"]
    assert readings("K400") == ["k400"]


def test_words_more_than_half_as_many_as_letters_spell_closely() -> None:
    assert is_spelled_closely("HyTE", "hypothetical tide embeddings")
    assert not is_spelled_closely("HarbTE", "harbour tide")


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("LoRA", True),
        ("wer", True),
        ("C4", True),
        ("left side", False),
        ("2021", False),
        ("A", False),
        ("anything", False),
        ("Averylongnamethatisnone", False),
    ],
)
def test_what_may_be_a_short_form(text: str, short: bool) -> None:
    assert is_short_form(text) is short
