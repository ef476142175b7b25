from __future__ import annotations

import pytest

from extract.errors import StoreError
from graph.elements import PAPER_CONCEPT_RELATIONS, Edge, Node, NodeKind, Relation
from graph.validation import check_edges, check_nodes, ends_of
from tests.graph.shorthand import concept, paper, result, uses

KINDS = {"p1": NodeKind.PAPER, "method/a": NodeKind.CONCEPT, "r1": NodeKind.RESULT}


def nothing(node_id: str) -> None:
    """A store that holds no node."""


@pytest.mark.parametrize("relation", list(Relation))
def test_every_relation_joins_two_different_kinds(relation: Relation) -> None:
    source, target = ends_of(relation)
    assert source is not target
    assert ((source, target) == (NodeKind.PAPER, NodeKind.CONCEPT)) == (
        relation in PAPER_CONCEPT_RELATIONS
    )


def test_sound_elements_pass() -> None:
    check_nodes([paper("p1", doi="10.1/x", authors=()), concept("method/a"), result("r1")], nothing)
    check_edges([uses("p1", "method/a"), Edge("p1", Relation.STATES, "r1")], KINDS.get)


def test_an_empty_id_is_refused() -> None:
    with pytest.raises(StoreError, match="'A title' has an empty id"):
        check_nodes([Node("", NodeKind.PAPER, "A title")], nothing)


@pytest.mark.parametrize(
    "node",
    [
        Node("p\ud800", NodeKind.PAPER, "A"),
        Node("p1", NodeKind.PAPER, "A\udfff"),
        Node("method/a", NodeKind.CONCEPT, "A", "Meth\ud800od"),
    ],
    ids=["id", "name", "type"],
)
def test_lone_surrogates_are_refused_wherever_they_stand(node: Node) -> None:
    with pytest.raises(StoreError, match="lone surrogate"):
        check_nodes([node], nothing)


def test_the_message_names_five_absent_ends_and_counts_the_others() -> None:
    edges = [uses("p1", f"method/{i}") for i in range(8)]
    with pytest.raises(StoreError, match=r"'method/0', .*'method/4' and 3 more\."):
        check_edges(edges, KINDS.get)


def test_the_name_relation_is_taken_on_edges() -> None:
    edge = Edge("p1", Relation.USES, "method/a", {"relation": "USES"})
    with pytest.raises(StoreError, match="'p1' to 'method/a' \\(USES\\) is called 'relation'"):
        check_edges([edge], KINDS.get)
