from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from graph.networkx_store import NetworkXStore
from graph.queries import paths
from tests.graph.queries.corpus import store
from tests.graph.shorthand import corpora, ends, undirected

if TYPE_CHECKING:
    from graph.elements import Edge
    from graph.queries.rows import Row

STORE = store()


def sequences(rows: list[Row]) -> list[tuple[object, ...]]:
    """The node ids of each path."""
    found: dict[object, list[object]] = {}
    for row in rows:
        found.setdefault(row["path"], [row["from_id"]]).append(row["to_id"])
    return [tuple(ids) for ids in found.values()]


def test_a_step_has_its_paper_and_its_sentence() -> None:
    rows = paths.find_shortest_path(STORE, start="method/kettle", end="method/bert", limit=1)
    assert [(row["path"], row["step"], row["from"], row["to"]) for row in rows] == [
        (1, 1, "Kettle", "On kettles"),
        (1, 2, "On kettles", "BERT"),
    ]
    assert {row["paper_id"] for row in rows} == {"p1"}
    assert rows[1]["evidence"] == "p1 COMPARES method/bert"


def test_there_is_no_step_to_itself_nor_to_what_is_apart() -> None:
    for end in ("method/bert", "p5"):
        for ask in (paths.find_shortest_path,):
            assert ask(STORE, start="method/bert", end=end, limit=3) == []
        rows = paths.find_paths_around_hubs(STORE, start="method/bert", end=end, most=9, limit=3)
        assert rows == []


def test_hubs_are_walked_around() -> None:
    direct = paths.find_paths_around_hubs(STORE, start="p1", end="p4", most=9, limit=1)
    assert sequences(direct) == [("p1", "method/bert", "p4")]
    around = paths.find_paths_around_hubs(STORE, start="p1", end="p4", most=2, limit=1)
    assert sequences(around) == []


@given(edges=corpora(6), data=st.data())
def test_paths_around_hubs_agree_with_listing_them_all(
    edges: list[Edge], data: st.DataObject
) -> None:
    filled = NetworkXStore()
    filled.upsert(ends(edges), edges)
    graph = undirected(edges)
    for concept in filled.graph:
        if not concept.startswith("p"):
            filled.graph.nodes[concept]["papers"] = graph.degree(concept)
    start = data.draw(st.sampled_from(sorted(graph)))
    end = data.draw(st.sampled_from(sorted(graph)))
    most, limit = data.draw(st.integers(1, 4)), data.draw(st.integers(1, 5))
    rows = paths.find_paths_around_hubs(filled, start=start, end=end, most=most, limit=limit)
    everything = [
        tuple(path)
        for path in nx.all_simple_paths(graph, start, end, cutoff=6)
        if len(path) > 1
        and all(filled.graph.nodes[node].get("papers", 0) <= most for node in path[1:-1])
    ]
    expected = sorted(everything, key=lambda path: (len(path), path))[:limit]
    assert sequences(rows) == expected
