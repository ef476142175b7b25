from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extract.records import Extraction, Mention, Paper
from extract.uncertainty import least_certain, uncertainty


def extraction(identifier: str, *confidences: float) -> Extraction:
    paper = Paper(identifier, "", "x" * 99)
    mentions = tuple(
        Mention(identifier, "abstract", i, i + 1, "x", "Method", "uses", confidence, "ner")
        for i, confidence in enumerate(confidences)
    )
    return Extraction(paper, mentions, (), ())


def test_many_doubts_come_before_one_and_sure_papers_last() -> None:
    papers = [
        extraction("none"),
        extraction("sure", 0.99, 0.98),
        extraction("one", 0.4),
        extraction("many", 0.4, 0.4, 0.4, 0.4),
        extraction("mixed", 0.4, 1.0, 1.0, 1.0),
    ]
    ranked = [one.paper.id for one in least_certain(papers, 9)]
    assert ranked == ["many", "one", "mixed", "sure", "none"]
    assert [one.paper.id for one in least_certain(papers[::-1], 2)] == ["many", "one"]


@given(st.lists(st.floats(0, 1), max_size=30))
def test_it_is_a_share_that_does_not_depend_on_the_order(confidences: list[float]) -> None:
    found = uncertainty(extraction("p", *confidences).mentions)
    assert 0 <= found < 1
    assert uncertainty(extraction("p", *reversed(confidences)).mentions) == found


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.data())
def test_less_confidence_never_makes_a_paper_more_certain(
    confidences: list[float], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(confidences) - 1))
    lower = [*confidences]
    lower[index] *= data.draw(st.floats(0, 1))
    before, after = (uncertainty(extraction("p", *c).mentions) for c in (confidences, lower))
    assert after >= before
