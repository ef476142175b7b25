from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from extract.consistency import FoundSpan, mark_everywhere
from extract.records import Definition

WORDS = st.lists(st.sampled_from(["BERT", "large", "BERT large", "a", "model"]), max_size=8)


def span(text: str, surface: str, type_: str = "Method", occurrence: int = 0) -> FoundSpan:
    start = -1
    for _ in range(occurrence + 1):
        start = text.index(surface, start + 1)
    return FoundSpan(start, start + len(surface), type_, "ner")


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
