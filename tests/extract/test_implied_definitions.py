from __future__ import annotations

from typing import TYPE_CHECKING

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
    short, long = mention("TiMa", 0), mention("tide map", len("TiMa, a "))
    assert pairs(short, long) == [("TiMa", "tide map")]
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
