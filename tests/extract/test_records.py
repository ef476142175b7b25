from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extract.records import fold, paper_id


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Poincar\u00e9 Maps", "Poincare\u0301 maps"),
        ("\ufb01ne-tuning", "Fine Tuning"),
        ("Stra\u00dfe", "STRASSE"),
        ("Learning C++.", "learning  “C++”"),
        ("Vision+Language", "Vision + Language"),
        ("A_B", "a b"),
        ("Poincar\u00b4 Maps", "Poincar Maps"),
    ],
    ids=["accent", "ligature", "sharp s", "sign", "plus", "underscore", "stray accent"],
)
def test_one_title_written_in_two_ways_is_one(a: str, b: str) -> None:
    assert fold(a) == fold(b)
    assert paper_id(a, "x") == paper_id(b, "y")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("कीमत", "कुमत"),
        ("ที่", "ทุ"),
        ("Learning C++", "Learning C#"),
        ("Learning C++", "Learning C"),
        ("Poincaré", "Poincare"),
    ],
    ids=["Hindi", "Thai", "signs", "no sign", "accent"],
)
def test_different_titles_stay_apart(a: str, b: str) -> None:  # issue 3
    assert fold(a) != fold(b)
    assert paper_id(a, "x") != paper_id(b, "x")


@given(st.text(), st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
@example("C++ की \u0345\u1e9e", "NFD")
def test_folding_does_not_see_how_characters_are_composed(text: str, form: str) -> None:
    assert fold(unicodedata.normalize(form, text)) == fold(text)  # type: ignore[arg-type]  # a form


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_titles_of_signs_alone_count_as_empty() -> None:
    assert {fold(text) for text in ("", "…", "+#+", "\u0301", "_ _", "\x00\ud800")} == {""}
    assert paper_id("++", "Bees hum.") == paper_id("", "bees HUM!")
