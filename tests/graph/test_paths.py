from __future__ import annotations

import time
from itertools import pairwise
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import UsageError
from graph.paths import shortest_sequences

if TYPE_CHECKING:
    from collections.abc import Callable, Collection


def neighbours_in(graph: nx.Graph) -> Callable[[Collection[str]], set[str]]:
    return lambda nodes: {other for node in nodes for other in graph[node]}


def layers(width: int, depth: int) -> nx.Graph:
    """`depth` layers of `width` nodes, each joined with all of the next: many shortest paths."""
    graph = nx.Graph()
    names = [["start"], *([f"{d:03}-{w}" for w in range(width)] for d in range(depth)), ["end"]]
    for near, far in pairwise(names):
        graph.add_edges_from((a, b) for a in near for b in far)
    return graph


@given(
    st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1),
    st.integers(1, 8),
    st.data(),
)
def test_agrees_with_listing_all_paths_of_any_graph(
    pairs: set[tuple[int, int]], limit: int, data: st.DataObject
) -> None:
    graph = nx.Graph([(str(a), str(b)) for a, b in pairs if a != b] or [("0", "1")])
    start = data.draw(st.sampled_from(sorted(graph)))
    end = data.draw(st.sampled_from(sorted(graph)))
    found = shortest_sequences(start, end, neighbours_in(graph), limit=limit)
    connected = nx.has_path(graph, start, end)
    everything = list(nx.all_shortest_paths(graph, start, end)) if connected else []
    assert list(found) == sorted(map(tuple, everything))[:limit]


def test_of_more_paths_than_can_be_counted_the_first_are_given_at_once() -> None:
    graph = layers(width=10, depth=60)
    started = time.process_time()
    found = shortest_sequences("start", "end", neighbours_in(graph), limit=100)
    assert time.process_time() - started < 2
    assert len(found) == len(set(found)) == 100
    assert found[0] == ("start", *(f"{d:03}-0" for d in range(60)), "end")
    assert list(found) == sorted(found)


def test_dead_ends_that_come_first_do_not_hold_it_up() -> None:
    depth = 15
    graph = layers(width=3, depth=depth)
    graph.remove_node("end")
    nx.add_path(graph, ["start", *(f"z{d:02}" for d in range(depth + 1)), "goal"])
    # What hangs on the goal makes the search from the start the cheaper one, down to the end.
    for leaf in range(50):
        nx.add_path(graph, ["goal", *(f"leaf{leaf}-{d}" for d in range(depth))])
    started = time.process_time()
    (path,) = shortest_sequences("start", "goal", neighbours_in(graph), limit=5)
    assert time.process_time() - started < 2
    assert len(path) == depth + 3


def test_a_path_may_be_longer_than_the_interpreter_would_recurse() -> None:
    graph = nx.path_graph([f"{i:05}" for i in range(20_000)])
    (path,) = shortest_sequences("00000", "19999", neighbours_in(graph), limit=3)
    assert path == tuple(sorted(graph))


def test_only_the_neighbourhood_of_the_ends_is_looked_at() -> None:
    graph = nx.path_graph([f"{i:05}" for i in range(1_000)])
    asked: set[str] = set()

    def expand(nodes: Collection[str]) -> set[str]:
        asked.update(nodes)
        return neighbours_in(graph)(nodes)

    shortest_sequences("00500", "00504", expand, limit=1)
    assert asked <= {f"{i:05}" for i in range(496, 509)}


@pytest.mark.parametrize("limit", [0, -3])
def test_a_limit_below_one_is_wrong_use(limit: int) -> None:
    with pytest.raises(UsageError, match=f"got {limit}"):
        shortest_sequences("a", "a", lambda nodes: set(), limit=limit)
