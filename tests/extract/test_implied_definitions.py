from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.implied_definitions import implied_definitions
from extract.records import Mention

if TYPE_CHECKING:
    from extract.records import Field


def mention(text: str, start: int, field: Field = "abstract", kind: str = "Method") -> Mention:
    return Mention("p", field, start, start + len(text), text, kind, "uses", 1.0, "ner")


def pairs(*mentions: Mention) -> list[tuple[str, str]]:
    return [(d.short, d.long) for d in implied_definitions(mentions)]


def test_title_of_short_name_colon_long_form() -> None:
    short, long = mention("TiDaL", 0, "title"), mention("Tidal Data Lake", 7, "title")
    assert pairs(short, long) == [("TiDaL", "Tidal Data Lake")]
    assert pairs(short, mention("Boat Data Lake", 7, "title")) == []
    assert pairs(short, mention("Tidal Data Lake", 30, "title")) == []


def test_forms_side_by_side() -> None:
    short, long = mention("TiM", 0), mention("tide map", len("TiM, a "))
    assert pairs(short, long) == [("TiM", "tide map")]
    assert pairs(short, mention("tide map", 60)) == []


def test_initials_anywhere_in_the_paper() -> None:
    short, long = mention("STA", 200), mention("sparse tidal attention", 0)
    assert pairs(short, long) == [("STA", "sparse tidal attention")]


def test_initials_need_one_type_three_letters_and_one_candidate() -> None:
    long = mention("sparse tidal attention", 0)
    assert pairs(mention("STA", 200, kind="Task"), long) == []
    assert pairs(mention("ST", 200), mention("sparse tide", 0)) == []
    assert pairs(mention("STA", 200), long, mention("small tidal archive", 90)) == []
    assert pairs(mention("STA++", 200), long) == []


@given(
    st.permutations([mention("STA", 200), mention("sparse tidal attention", 0), mention("X", 9)])
)
def test_order_does_not_matter(mentions: list[Mention]) -> None:
    assert implied_definitions(mentions) == implied_definitions(mentions[::-1])


# issue 3
@pytest.mark.parametrize(
    ("first", "gap", "second"),
    [
        ("HAR-BOR", " and ", "HAR-BOARD"),
        ("TI-Net", ", ", "TI-Net++"),
        ("TIDE-10", ", ", "TIDE-100"),
        ("TIDE 10", ", a ", "TIDE 100"),
        ("TI-AB", ", ", "TI-ABBA"),
        ("TiD", ": ", "tidal denoising"),
        ("TiD", " and ", "tidal denoising"),
        ("TiD", ", ", "tidal denoising"),
        ("TiDe", ", a ", "tidal denoising"),
        ("TIDALE", ", a ", "tidal ledger"),
        ("TiD", ", a ", "TiD denoising"),
    ],
)
def test_neighbours_in_a_list_and_look_alikes_define_nothing(
    first: str, gap: str, second: str
) -> None:
    assert pairs(mention(first, 0), mention(second, len(first + gap))) == []


# issue 3
@pytest.mark.parametrize(
    ("first", "gap", "second"),
    [
        ("TiD", ", a ", "tidal denoising"),
        ("AnD", ", an ", "anchor denoising"),
        ("TiD", ", the ", "tidal denoising"),
        ("tidal denoising", " (", "TiD"),
        ("M3P", ", a ", "marine multilingual multimodal predictor"),
    ],
)
def test_appositions_define(first: str, gap: str, second: str) -> None:
    short, long = sorted((first, second), key=len)
    assert pairs(mention(first, 0), mention(second, len(first + gap))) == [(short, long)]


# issue 3
def test_title_that_goes_on_from_a_name_defines_nothing() -> None:
    long_form = mention("Tidal 3D Data Lake", 7, "title")
    assert pairs(mention("TiDaL", 0, "title"), long_form) == [("TiDaL", long_form.text)]
    assert pairs(mention("TIDAL", 0, "title"), mention("Tidal Data", 7, "title")) == []
    assert pairs(mention("TiDe", 0, "title"), mention("TiDe Lake Estuary", 6, "title")) == []
