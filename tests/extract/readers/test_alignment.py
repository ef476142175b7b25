from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extract.readers.alignment import Part, Unit, align
from tests.extract.readers.reading import ABSTRACT, OTHER

TEXTS = st.sampled_from(["Bees", "Wasps and Moss", ABSTRACT, OTHER, "Short text.", "x" * 1500])


def parts(*texts: str) -> list[Part]:
    return align([Unit(number, text) for number, text in enumerate(texts, start=1)])[0]


@given(st.lists(TEXTS, min_size=1, max_size=12))
def test_each_title_has_its_abstract_and_no_text_is_lost(texts: list[str]) -> None:
    found = parts(*texts)
    assert len(found) == len(texts)
    for part, following in zip(found, [*found[1:], None], strict=True):
        assert (part is Part.TITLE) == (following is Part.ABSTRACT)
    assert Part.PARAGRAPH not in found[:1]


@given(st.integers(0, 7))
def test_one_lost_title_shifts_nothing(lost: int) -> None:
    texts = [text for n in range(8) for text in (f"Bees, Part {n}", f"Part {n}. {ABSTRACT * 4}")]
    del texts[2 * lost]
    expected = [Part.TITLE, Part.ABSTRACT] * 8
    expected[2 * lost : 2 * lost + 2] = [Part.LONE_ABSTRACT]
    assert parts(*texts) == expected


@given(st.integers(0, 7))
def test_one_lost_abstract_shifts_nothing(lost: int) -> None:
    texts = [text for n in range(8) for text in (f"Bees, Part {n}", f"Part {n}. {ABSTRACT * 4}")]
    del texts[2 * lost + 1]
    expected = [Part.TITLE, Part.ABSTRACT] * 8
    expected[2 * lost : 2 * lost + 2] = [Part.LONE_TITLE]
    assert parts(*texts) == expected


def test_reading_what_alternates_costs_nothing() -> None:
    assert align([Unit(1, "Bees"), Unit(3, ABSTRACT * 2)]) == ([Part.TITLE, Part.ABSTRACT], 0.0)
    assert align([]) == ([], 0.0)
