from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.display import one_line, shorten

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))


@given(ANY_TEXT)
def test_one_line_is_one_line_that_utf_8_holds(text: str) -> None:
    line = one_line(text)
    assert line.splitlines() in ([line], [])
    line.encode("utf-8")
    assert one_line(line) == line


@given(ANY_TEXT, st.integers(1, 50))
def test_shortened_text_is_no_longer_than_asked_for(text: str, length: int) -> None:
    short = shorten(text, length)
    assert len(short) <= length
    assert short == one_line(text) or short.endswith("…")


def test_overrides_of_direction_are_taken_out_and_right_to_left_text_stays() -> None:
    assert one_line("\u202eabc\u2066 שלום") == "abc שלום"


def test_a_long_title_is_cut_at_a_word() -> None:
    assert shorten("a slow boat " * 500, 20) == "a slow boat a slow…"
