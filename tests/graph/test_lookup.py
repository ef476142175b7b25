from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import NameNotFoundError, UsageError
from graph.elements import NodeKind
from graph.lookup import NameIndex, Names, find
from tests.graph.shorthand import concept, paper, result

if TYPE_CHECKING:
    from graph.elements import Node

BERT = concept("method/bert", "BERT", aliases=("BERT", "Bert base"), papers=9)
CONES_A = concept("method/cones", "Cones", aliases=("Cones",), papers=2)
CONES_B = concept("method/cones-2", "ConES", aliases=("ConES",), papers=5)
LM = concept("method/language-model", "language model", aliases=("LM", "LMs"), papers=7)
LLM = concept("method/llm", "large language model", aliases=("LLM", "LM", "bert"), papers=8)
SAM_A = concept("method/sam", "SAM", aliases=("SAM", "Segment Anything"), papers=3)
SAM_B = concept("method/sam-2", "SAM", aliases=("SAM", "sharpness-aware"), papers=3)
NAMESAKE = paper("p1", "BERT")
READING = paper("p2", "Slow  Reading\nwith BERT", doi="10.1234/slow", arxiv_id="2403.01234")
CAFE = paper("p3", "Cafe\u0301 (CAF\u00c9): \ufb01nding tea")
SCORE = result("r1", "84.3")
NODES = [BERT, CONES_A, CONES_B, LM, LLM, SAM_A, SAM_B, NAMESAKE, READING, CAFE, SCORE]


def ids(nodes: tuple[Node, ...]) -> list[str]:
    return [node.id for node in nodes]


@pytest.mark.parametrize(
    ("name", "node", "step"),
    [
        ("BERT", BERT, "name"),
        ("bert", BERT, "name"),
        ("  BERT \n", BERT, "name"),
        ("Bert base", BERT, "alias"),
        ("BERT BASE", BERT, "alias"),
        ("Cones", CONES_A, "name"),
        ("ConES", CONES_B, "name"),
        ("language  Model", LM, "name"),
        ("segment anything", SAM_A, "alias"),
        ("slow reading with bert", READING, "title"),
        ("caf\u00c9 (Cafe\u0301): finding TEA", CAFE, "title"),
        ("method/llm", LLM, "id"),
        ("p2", READING, "id"),
        ("r1", SCORE, "id"),
        ("10.1234/SLOW", READING, "id"),
        ("2403.01234", READING, "id"),
    ],
)
def test_names_are_found_step_by_step(name: str, node: Node, step: str) -> None:
    match = find(name, NODES)
    assert (match.node, match.step) == (node, step)


def test_a_concept_goes_before_a_paper_of_the_same_name() -> None:
    assert find("BERT", NODES).others == (NAMESAKE,)  # issue 3: it was not named
    assert find("BERT", [NAMESAKE]).node == NAMESAKE


def test_a_display_name_in_other_case_goes_before_an_alias_as_written() -> None:
    match = find("bert", NODES)
    assert (match.node, match.others) == (BERT, (LLM,))


def test_case_that_fits_decides_between_names() -> None:
    assert find("ConES", NODES).others == ()
    either = find("cones", NODES)
    assert (either.node, ids(either.others)) == (CONES_B, ["method/cones"])


def test_others_are_those_of_the_same_step_by_papers_and_id() -> None:
    lm = find("LM", NODES)
    assert (lm.node, ids(lm.others)) == (LLM, ["method/language-model"])
    sam = find("SAM", NODES)
    assert (sam.node, ids(sam.others)) == (SAM_A, ["method/sam-2"])


def test_a_node_whose_aliases_differ_in_case_is_found_once() -> None:
    node = concept("method/gan", "generative adversarial network", aliases=("GAN", "gan"))
    assert find("Gan", [node]).others == ()


def test_papers_of_one_title_are_given_by_id() -> None:
    twins = [paper("p9", "Twins"), paper("p8", "Twins"), paper("p7", "TWINS")]
    match = find("Twins", twins)
    assert (match.node.id, ids(match.others)) == ("p8", ["p9"])


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("BRET", "BERT"),
        ("languag model", "language model"),
        ("Segment Anythink", "Segment Anything"),
        ("slow reading wiht bert", "Slow  Reading\nwith BERT"),
    ],
)
def test_what_is_not_found_is_answered_with_what_is_like_it(name: str, suggestion: str) -> None:
    with pytest.raises(NameNotFoundError) as caught:
        find(name, NODES)
    assert caught.value.name == name
    assert caught.value.suggestions[0] == suggestion
    assert len(caught.value.suggestions) <= 5


def test_a_node_is_suggested_once() -> None:
    gan = concept("method/gan", "GAN model", aliases=("GAN models", "GAN-model"))
    with pytest.raises(NameNotFoundError) as caught:
        find("GAN modle", [gan])
    assert len(caught.value.suggestions) == 1


@pytest.mark.parametrize("name", ["", " \n", "zzzzqqqq", "\ud800", "\0", "x" * 100_000])
def test_what_is_like_nothing_is_not_found_without_suggestions(name: str) -> None:
    with pytest.raises(NameNotFoundError) as caught:
        find(name, NODES)
    assert caught.value.suggestions == ()


def test_nothing_is_not_the_name_of_what_has_no_name() -> None:
    with pytest.raises(NameNotFoundError):
        find(" ", [concept("method/x", " ", aliases=("",)), paper("p1", "\n")])


def test_an_index_of_nothing_finds_nothing() -> None:
    with pytest.raises(NameNotFoundError, match="paperkg search"):
        NameIndex([]).find("BERT")


@given(st.permutations(NODES), st.sampled_from(["SAM", "cones", "LM", "BERT", "Twins", "sharpnes"]))
def test_the_order_of_the_nodes_does_not_matter(nodes: list[Node], name: str) -> None:
    assert outcome(name, nodes) == outcome(name, NODES)


def outcome(name: str, nodes: list[Node]) -> object:
    try:
        return find(name, nodes)
    except NameNotFoundError as exc:
        return exc.suggestions


@given(st.text(), st.lists(st.text(min_size=1), unique=True, max_size=8))
def test_any_text_is_found_or_not_found(name: str, names: list[str]) -> None:
    nodes = [concept(f"method/{i}", text, aliases=(text * 2,)) for i, text in enumerate(names)]
    index = NameIndex(nodes)
    if name.strip() in names and not name.strip().startswith("method/"):
        assert index.find(name).node.name == name.strip()
    for node in nodes:
        if node.name.strip() == node.name and not node.name.startswith("method/"):
            assert index.find(node.name).node == node


def test_a_question_to_a_large_index_takes_no_time_to_speak_of() -> None:
    nodes = [concept(f"method/{i}", f"method {i}", aliases=(f"M-{i}",)) for i in range(50_000)]
    index = NameIndex(nodes)
    started = time.process_time()
    for i in range(0, 50_000, 50):
        assert index.find(f"m-{i}").node.id == f"method/{i}"
    assert time.process_time() - started < 1


NAMES = Names(lambda kind: [node for node in NODES if kind in (None, node.kind)])


def test_a_kind_is_asked_for_its_own_names() -> None:
    assert NAMES.find("BERT", kind=NodeKind.PAPER).node == NAMESAKE
    with pytest.raises(UsageError, match=r"'LM' is a concept \(method/llm\), not a paper"):
        NAMES.find("LM", kind=NodeKind.PAPER)


def test_words_of_a_title_find_its_paper_where_no_title_is_so() -> None:
    match = NAMES.find_paper("bert slow")
    assert (match.node, match.step) == (READING, "words")
    assert NAMES.find_paper("bert").step == "title"
    assert NAMES.find_paper("10.1234/SLOW").step == "id"


def test_of_several_titles_with_the_words_the_shortest_is_taken() -> None:
    titles = [paper("p1", "Tea and cake"), paper("p2", "Tea, tea"), paper("p3", "Tea for")]
    match = Names(lambda kind: titles).find_paper("tea")
    assert ids((match.node, *match.others)) == ["p3", "p2", "p1"]
