from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from extract.consistency import FoundSpan, balanced_end, mark_everywhere
from extract.records import Definition
from extract.tag_scores import TagScores

WORDS = st.lists(st.sampled_from(["BERT", "large", "BERT large", "a", "model"]), max_size=8)


def span(text: str, surface: str, type_: str = "Method", occurrence: int = 0) -> FoundSpan:
    start = -1
    for _ in range(occurrence + 1):
        start = text.index(surface, start + 1)
    return FoundSpan(start, start + len(surface), type_, "ner")


@given(st.text("ab ()[]{}"), st.integers(0, 3))
def test_a_name_runs_neither_into_nor_out_of_brackets(text: str, start: int) -> None:
    """Issue 4: `EED) Score` and `CoDial (Code for Dialogue` were names."""
    start = min(start, len(text))
    end = balanced_end(text, start, len(text))
    kept = text[start:end]
    assert sum(kept.count(one) for one in "([{") == sum(kept.count(one) for one in ")]}")
    assert kept == text[start:] or not kept.endswith(" ")
    if not any(one in text[start:] for one in "([{)]}"):
        assert end == len(text)


def test_a_string_found_once_is_marked_wherever_it_stands() -> None:
    text = "OTSeq: sets.\nWe train OTSeq, and OTSeq-like nets, not OTSeqs."
    marked = mark_everywhere(text, [span(text, "OTSeq")])
    assert [(s.start, s.step) for s in marked] == [(0, "ner"), (22, "repeat"), (33, "repeat")]


def test_the_longest_string_wins_where_two_overlap() -> None:
    text = "language model, large language model"
    marked = mark_everywhere(
        text, [span(text, "language model"), span(text, "large language model")]
    )
    assert [text[s.start : s.end] for s in marked] == ["language model", "large language model"]


def test_the_type_is_that_of_most_spans() -> None:
    text = "TAPE, TAPE and TAPE"
    found = [
        span(text, "TAPE", "Method", 0),
        span(text, "TAPE", "Dataset", 1),
        span(text, "TAPE", "Dataset", 2),
    ]
    assert {s.type for s in mark_everywhere(text, found)} == {"Dataset"}


def test_both_halves_of_a_definition_get_one_type() -> None:
    text = "low-rank adaptation (LoRA) is what LoRA means"
    definition = Definition("LoRA", "low-rank adaptation", 21, 0)
    marked = mark_everywhere(text, [span(text, "LoRA")], [definition])
    assert [(text[s.start : s.end], s.type, s.step) for s in marked] == [
        ("low-rank adaptation", "Method", "definition"),
        ("LoRA", "Method", "ner"),
        ("LoRA", "Method", "repeat"),
    ]


@given(WORDS, st.data())
def test_marking_is_idempotent_without_overlap_and_order_free(
    words: list[str], data: st.DataObject
) -> None:
    text = " ".join(words)
    borders = sorted(
        {
            i
            for i in range(len(text) + 1)
            if text[i - 1 : i + 1].strip() != text[i - 1 : i + 1] or i in (0, len(text))
        }
    )
    spans = []
    for start in borders:
        for end in borders:
            surface = text[start:end]
            if surface and surface == surface.strip() and data.draw(st.booleans()):
                spans.append(FoundSpan(start, end, data.draw(st.sampled_from("AB")), "ner"))
    marked = mark_everywhere(text, spans)
    assert marked == mark_everywhere(text, list(reversed(spans)))
    assert all(a.end <= b.start for a, b in pairwise(marked))
    again = mark_everywhere(text, marked)
    assert [(s.start, s.end) for s in again] == [(s.start, s.end) for s in marked]


def probabilities(*rows: tuple[float, float]) -> TagScores:
    """A token of three letters with a blank after each: how likely it begins an A, and a B."""
    table = np.array([[1.0 - a - b, a, 0.0, b, 0.0] for a, b in rows])
    places = {4 * token: token for token in range(len(rows))}
    return TagScores(
        places, {start + 3: token for start, token in places.items()}, table, ("A", "B")
    )


def test_a_string_has_the_type_that_is_most_probable_over_all_its_places() -> None:
    spans = [FoundSpan(0, 3, "A", "ner"), FoundSpan(4, 7, "A", "ner")]
    marked = mark_everywhere(
        "abc abc abc", spans, scores=probabilities((0.5, 0.4), (0.5, 0.4), (0, 1))
    )
    assert [(span.start, span.type) for span in marked] == [(0, "B"), (4, "B"), (8, "B")]


def test_a_string_that_is_improbable_over_all_its_places_is_not_marked() -> None:
    spans = [FoundSpan(0, 3, "A", "ner")]
    text, unsure = "abc abc abc abc", [(0.4, 0.0), (0.0, 0.0), (0.0, 0.0), (0.0, 0.0)]
    assert mark_everywhere(text, spans, scores=probabilities(*unsure)) == []
    listed = [FoundSpan(0, 3, "A", "gazetteer")]
    assert len(mark_everywhere(text, listed, scores=probabilities(*unsure))) == 4
