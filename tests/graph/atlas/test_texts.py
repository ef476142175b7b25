from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.records import Mention
from graph.atlas import texts
from graph.atlas.table import number
from graph.atlas.texts import Mark, marked, marks_of, text_blocks
from graph.display import harmless
from graph.elements import Edge, Node, NodeKind, Relation, Value
from tests.graph.small_graph import HOSTILE, concept, edge, paper, small_graph

KETTLE = number([concept("Kettle")], [])


def record(paper_id: str, nodes: list[Node], edges: list[Edge]) -> list[Any]:
    numbering = number(nodes, edges)
    (block,) = text_blocks(numbering, nodes, edges, {})
    papers = [node.id for node in numbering.nodes if node.kind is NodeKind.PAPER]
    found: list[Any] = block[papers.index(paper_id)]
    return found


def in_utf_16(text: str, start: int, length: int) -> str:
    """The part of a text that JavaScript's `slice(start, start + length)` gives."""
    return text.encode("utf-16-le")[2 * start : 2 * (start + length)].decode("utf-16-le")


def test_marks_count_as_javascript_counts() -> None:
    text = "🫖 a kettle, then a 🫖 kettle"
    marks = [Mark("abstract", 4, 10, "method/kettle"), Mark("abstract", 21, 27, "method/kettle")]
    shown, flat = marked(text, marks, KETTLE)
    assert shown == text
    assert [in_utf_16(shown, *flat[i : i + 2]) for i in (0, 3)] == ["kettle", "kettle"]


@given(
    st.text(st.characters(codec=None, exclude_categories=()), min_size=1),
    st.lists(st.tuples(st.integers(-2, 30), st.integers(-2, 30))),
)
def test_any_marks_leave_the_text_and_do_not_overlap(
    text: str, spans: list[tuple[int, int]]
) -> None:
    marks = [Mark("abstract", start, end, "method/kettle") for start, end in spans]
    shown, flat = marked(text, marks, KETTLE)
    assert shown == harmless(text)
    done = 0
    for start, length, _ in zip(*[iter(flat)] * 3, strict=True):
        assert start >= done
        done = start + length
    assert done <= len(shown.encode("utf-16-le")) // 2


def test_every_edge_finds_its_sentence() -> None:
    nodes, edges, _ = small_graph()
    _, _, abstract, _, _, sentences, sentence_of, _ = record(paper(0).id, nodes, edges)
    assert abstract == "We pour tea. It cools."
    assert [sentences[place] for place in sentence_of] == [
        "We brew Kettle with care.",
        "We brew Oolong-12 with care.",
    ]


def test_results_say_what_they_are_of() -> None:
    nodes, edges, _ = small_graph()
    found = number(nodes, edges)
    (result,) = record(paper(0).id, nodes, edges)[-1]
    assert result[0] == "-3.5 %"
    assert result[-1] == [found.places["method/kettle"], -1, -1]


def test_facts_are_in_order_and_empty_where_unknown() -> None:
    properties: dict[str, Value] = {
        "authors": ("Ada", "Emmy"),
        "doi": "10.1/x",
        "published": "2024",
    }
    nodes = [Node("p1", NodeKind.PAPER, "Tea", None, properties)]
    assert record("p1", nodes, [])[4] == ["Ada, Emmy", "2024", "", "10.1/x", "", ""]


def test_above_many_papers_abstracts_stay_out_and_evidence_is_capped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(texts, "MANY_PAPERS", 0)
    main = paper(1)
    concepts = [concept(f"Concept {i}") for i in range(9)]
    edges = [
        Edge(main.id, Relation.USES, c.id, {"confidence": i / 10, "evidence": f"{i} " + "x" * 900})
        for i, c in enumerate(concepts)
    ]
    _, _, abstract, _, _, sentences, sentence_of, _ = record(main.id, [main, *concepts], edges)
    assert abstract is None
    assert [sentence[0] for sentence in sentences] == ["8", "7", "6", "5"]
    assert all(len(sentence) <= 200 for sentence in sentences)
    assert sorted(sentence_of) == [-1] * 5 + [0, 1, 2, 3]


def test_blocks_hold_all_papers_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "BLOCK", 3)
    nodes = [paper(i, f"Title {i}") for i in range(8)]
    blocks = list(text_blocks(number(nodes, []), nodes, [], {}))
    assert [len(block) for block in blocks] == [3, 3, 2]
    assert [record[0] for block in blocks for record in block] == [f"Title {i}" for i in range(8)]


def test_mentions_become_marks_of_their_concepts() -> None:
    mentions = [
        Mention("p1", "title", 0, 3, "Tea", "Method", "uses", 0.9, "ner"),
        Mention("p1", "title", 4, 7, "pot", "Method", "uses", 0.9, "ner"),
    ]
    marks = marks_of(mentions, {("p1", "Tea", "Method"): "method/tea"})
    assert marks == {"p1": [Mark("title", 0, 3, "method/tea")]}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_evidence_is_made_harmless_and_stays(text: str) -> None:
    main, other = paper(1, text), concept("Kettle")
    link = Edge(main.id, Relation.USES, other.id, {"evidence": text})
    assert record(main.id, [main, other], [link])[5] == [harmless(text)]
    assert record(main.id, [main, other], [edge(main, Relation.USES, other)])[0] == harmless(text)
