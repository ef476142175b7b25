"""Times the named queries on both sides: `python -m tests.benchmarks.named_queries`.

On the generated graph, each query with many values: concepts as often as papers have them, papers
and communities at random, dates of one month. On either side the graph is loaded already; a server
is started for it, or the one that NEO4J_URI names is used, whose graph of paperkg is replaced.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import random
import statistics
import time
from typing import TYPE_CHECKING, Any

from cypher import statements
from graph.elements import PAPER_CONCEPT_RELATIONS, NodeKind
from graph.neo4j_connection import Neo4jConnection
from graph.neo4j_push import push
from graph.neo4j_queries import Neo4jQueries
from graph.networkx_store import NetworkXStore
from graph.queries import answer
from tests.benchmarks.generated_graph import generate
from tests.neo4j_server import local_server, named_account

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cypher import Parameter
    from graph.queries.rows import Row
    from tests.benchmarks.generated_graph import GeneratedGraph
    from tests.neo4j_server import Account

LIMIT_MS = 100
_ALL_NAMES = "compares all names with one another, for which no index serves"
_ALL_PAPERS = "looks at every paper, since memory has no index of them"
REASONS = {
    ("list_ambiguous_names", "Neo4j"): _ALL_NAMES,
    ("list_ambiguous_names", "NetworkX"): _ALL_NAMES,
    ("list_bridge_concepts", "NetworkX"): _ALL_PAPERS,
    ("list_community_members", "NetworkX"): _ALL_PAPERS,
    ("list_cooccurring_concepts", "NetworkX"): "counts every paper anew",
    ("list_multitype_concepts", "NetworkX"): "looks at every concept, since memory has no index",
    ("list_new_concepts", "NetworkX"): _ALL_PAPERS,
    ("list_papers_without_concepts", "NetworkX"): _ALL_PAPERS,
    ("list_rising_concepts", "NetworkX"): _ALL_PAPERS,
    ("search_papers", "NetworkX"): "reads all titles and abstracts, since memory has no index",
}
"""Why a query may take longer than `LIMIT_MS`."""


class Values:
    """Draws values for parameters."""

    def __init__(self, graph: GeneratedGraph, seed: int) -> None:
        self._rng = random.Random(seed)
        self._concepts: dict[str, list[str]] = {}
        for edge in graph.edges:
            if edge.relation in PAPER_CONCEPT_RELATIONS:
                type_ = edge.target.partition("/")[0]
                for key in ("concept", type_):
                    self._concepts.setdefault(key, []).append(edge.target)
        self._names = {node.id: node.name for node in graph.nodes}
        self._papers = [node.id for node in graph.nodes if node.kind is NodeKind.PAPER]
        self._communities = [community.id for community in graph.communities]

    def draw(self, parameter: Parameter) -> Any:
        """A value as `bind` would give it."""
        choice = self._rng.choice
        match parameter.type:
            case "concept":
                # An edge's end: a concept comes as often as papers have it.
                return choice(self._concepts.get(parameter.name, self._concepts["concept"]))
            case "paper":
                return choice(self._papers)
            case "node":
                return choice(choice([self._papers, self._concepts["concept"]]))
            case "community":
                return choice(self._communities)
            case "date":
                year = 2024 if parameter.name == "earlier" else 2025  # the last two of the graph
                return f"{year}-{choice(range(1, 13)):02d}"
            case "text":
                return " ".join(self._names[choice(self._concepts["concept"])] for _ in range(3))
            case _:
                return parameter.default


def milliseconds(
    ask: Any, values: Sequence[dict[str, Any]]
) -> tuple[float, float, list[list[Row]]]:
    """The median and the longest time of one question with each of the values, and the rows."""
    times, found = [], []
    for given in values:
        started = time.perf_counter()
        found.append(ask(given))
        times.append(1000 * (time.perf_counter() - started))
    return statistics.median(times), max(times), found


@contextlib.contextmanager
def account() -> Iterator[Account]:
    """The server to be used."""
    named = named_account()
    if named is not None:
        yield named
    else:
        with local_server() as server:
            yield server.account


def main() -> None:
    """Load both sides and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--papers", type=int, default=100_000)
    parser.add_argument("--concepts", type=int, default=120_000)
    parser.add_argument("--edges", type=int, default=800_000)
    parser.add_argument("--runs", type=int, default=21, help="values a query")
    arguments = parser.parse_args()
    graph = generate(arguments.papers, arguments.concepts, arguments.edges)
    print(
        f"{len(graph.nodes):,} nodes, {len(graph.edges):,} edges; ms, {arguments.runs} values each"
    )
    store = NetworkXStore()
    store.upsert(graph.nodes, graph.edges)
    values = Values(graph, seed=1)
    # The collector's pauses over a graph that stays are none of the queries' own.
    gc.collect()
    gc.freeze()
    with account() as used, Neo4jConnection(used.uri, used.auth) as connection:
        push(connection, graph.nodes, graph.edges)
        server = Neo4jQueries(connection)
        print(f"{'query':26} {'Neo4j p50':>10} {'max':>8} {'NetworkX p50':>13} {'max':>8}  reason")
        for name, statement in statements().items():
            runs = [
                {parameter.name: values.draw(parameter) for parameter in statement.parameters}
                for _ in range(arguments.runs)
            ]
            server.answer(statement, runs[0])  # plans it
            there = milliseconds(lambda given, s=statement: server.answer(s, given), runs)
            here = milliseconds(lambda given, n=name: answer(store, n, given), runs)
            same = "" if here[2] == there[2] else "ROWS DIFFER "
            reasons = "; ".join(
                f"{side}: {REASONS.get((name, side), 'NO REASON KNOWN')}"
                for side, (median, *_) in (("Neo4j", there), ("NetworkX", here))
                if median > LIMIT_MS
            )
            print(
                f"{name:26} {there[0]:10.1f} {there[1]:8.1f} {here[0]:13.1f} {here[1]:8.1f}"
                f"  {same}{reasons}",
                flush=True,
            )


if __name__ == "__main__":
    main()
