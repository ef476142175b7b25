from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from extract.reading_text import reading_text
from extract.records import Paper

TEXTS = st.text(alphabet="ab \n\t\u00a0é", max_size=30).map(str.strip)


def paper(title: str, abstract: str) -> Paper:
    return Paper("p0", title, abstract)


def test_title_and_abstract_are_one_text() -> None:
    text = reading_text(paper("On BERT", "BERT works."))
    assert text.text == "On BERT\nBERT works."
    assert text.place(3, 7) == ("title", 3, 7)
    assert text.place(8, 12) == ("abstract", 0, 4)


def test_without_a_title_the_abstract_stands_alone() -> None:
    text = reading_text(paper("", "BERT works."))
    assert (text.text, text.place(0, 4)) == ("BERT works.", ("abstract", 0, 4))


def test_wrapped_lines_are_folded_and_found_again_as_read() -> None:
    text = reading_text(paper("T", "a large\n   language model"))
    start = text.text.index("large language")
    assert text.place(start, start + len("large language")) == ("abstract", 2, 19)


def test_nothing_spans_title_and_abstract() -> None:
    assert reading_text(paper("On BERT", "BERT works.")).place(3, 12) is None


@given(TEXTS, TEXTS.filter(bool), st.data())
def test_every_stretch_of_words_is_found_as_read(
    title: str, abstract: str, data: st.DataObject
) -> None:
    read = paper(title, abstract)
    text = reading_text(read)
    words = [match.span() for match in re.finditer(r"\S+", text.text)]
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    start, end = words[first][0], words[last][1]
    place = text.place(start, end)
    if place is None:
        assert "\n" in text.text[start:end]
    else:
        field, field_start, field_end = place
        as_read = read.text(field)[field_start:field_end]
        assert as_read.split() == text.text[start:end].split()
        assert as_read == as_read.strip()
        assert text.span(field, field_start, field_end) == (start, end)
