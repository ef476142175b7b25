from __future__ import annotations

from typing import Any

import pytest

from graph.atlas.layout import lay_out_atlas
from graph.atlas.table import confidence, number, table
from graph.elements import Edge, Node, NodeKind, Relation
from graph.legend import PALETTE
from tests.graph.small_graph import concept, edge, paper, random_graph, small_graph


def columns() -> dict[str, Any]:
    nodes, edges, communities = small_graph()
    return table(number(nodes, edges), communities, lay_out_atlas(nodes, edges, communities))


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("color", PALETTE)
@pytest.mark.parametrize("page", ["#ffffff", "#0f1419"])
def test_colours_stand_out_from_both_pages(color: str, page: str) -> None:
    lighter, darker = sorted((luminance(color), luminance(page)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 3


def test_places_are_in_the_order_of_ids() -> None:
    found = columns()
    assert found["ids"] == sorted(found["ids"])
    assert len(found["ids"]) == 9
    assert {len(found[name]) for name in ("names", "type", "x", "y", "home")} == {9}


def test_edges_are_those_between_papers_and_concepts() -> None:
    found = columns()
    ids, edges = found["ids"], found["edges"]
    named = {
        (ids[a], found["roles"][role], ids[b], sure)
        for a, role, b, sure in zip(
            edges["from"], edges["role"], edges["to"], edges["confidence"], strict=True
        )
    }
    assert (paper(0).id, "proposes", "method/kettle", 90) in named
    assert (paper(3).id, "uses", "method/kettle", 20) in named
    assert len(named) == 8


def test_types_of_the_users_own_come_after_ours_also_one_called_paper() -> None:
    own = Node("paper/a4", NodeKind.CONCEPT, "A4", "Paper")
    nodes = [paper(1), own, concept("Kiln", "Instrument")]
    found = table(number(nodes, []), [], lay_out_atlas(nodes, [], []))
    types = {id_: found["types"][t] for id_, t in zip(found["ids"], found["type"], strict=True)}
    assert types == {paper(1).id: "Paper", "paper/a4": "Paper", "instrument/kiln": "Instrument"}
    assert found["type"][found["ids"].index("paper/a4")] != 0


def test_a_community_has_its_leading_concepts_and_typical_papers_in_order() -> None:
    found = columns()
    first = next(c for c in found["communities"] if c["id"] == "method/kettle")
    assert [found["names"][i] for i in first["leading"]] == ["Kettle", "Oolong-12"]
    assert [found["ids"][i] for i in first["central"]] == [paper(0).id, paper(1).id]
    assert (first["papers"], first["concepts"]) == (2, 2)


def test_dots_are_at_home_where_their_paper_is_and_loners_nowhere() -> None:
    found = columns()
    home = dict(zip(found["ids"], found["home"], strict=True))
    assert home["metric/warmth"] == home[paper(2).id] >= 0
    assert home[paper(4).id] == -1


def test_neighbouring_islands_differ_in_colour() -> None:
    nodes, edges, communities = random_graph(300, 200, 30)
    layout = lay_out_atlas(nodes, edges, communities)
    found = table(number(nodes, edges), communities, layout)["communities"]
    used = {community["color"] for community in found}
    assert used == set(PALETTE)
    middle = found[0]
    by_distance = sorted(
        found[1:], key=lambda c: (c["x"] - middle["x"]) ** 2 + (c["y"] - middle["y"]) ** 2
    )
    assert middle["color"] not in {community["color"] for community in by_distance[:4]}


@pytest.mark.parametrize(
    ("properties", "month"),
    [
        ({"published": "2024-03-12"}, 12 * 2024 + 2),
        ({"published": "2024"}, 12 * 2024),
        ({"seen_on": "2025-12"}, 12 * 2025 + 11),
        ({"published": "2020-01", "seen_on": "2025-12"}, 12 * 2020),
        ({"published": "soon"}, None),
        ({}, None),
    ],
)
def test_months_count_from_the_year_0_and_may_be_unknown(
    properties: dict[str, str], month: int | None
) -> None:
    nodes = [Node("p1", NodeKind.PAPER, "Tea", None, properties)]
    found = table(number(nodes, []), [], lay_out_atlas(nodes, [], []))["months"]
    assert found["month"] == ([] if month is None else [month])


def test_aliases_leave_out_the_name_itself() -> None:
    found = columns()
    place = found["aliases"]["of"].index(found["ids"].index("method/kettle"))
    assert found["aliases"]["names"][place] == ["kettle"]


@pytest.mark.parametrize(("value", "expected"), [(0.5, 0.5), (2, 1.0), (-1, 0.0), ("much", 1.0)])
def test_confidence_is_from_0_to_1_whatever_an_edge_says(
    value: float | str, expected: float
) -> None:
    assert confidence(Edge("p1", Relation.USES, "method/a", {"confidence": value})) == expected
    assert confidence(Edge("p1", Relation.USES, "method/a", {"confidence": float("nan")})) == 1


def test_long_names_are_cut_and_empty_ones_stand_in_for_by_the_id() -> None:
    nodes = [paper(1, "word " * 1000), paper(2, " \u202e ")]
    found = table(number(nodes, []), [], lay_out_atlas(nodes, [], []))
    assert len(found["names"][0]) <= 200
    assert found["names"][1] == paper(2).id


def test_edges_without_an_end_are_left_out() -> None:
    a, b = paper(1), concept("Kettle")
    assert number([a], [edge(a, Relation.USES, b)]).edges == ()
