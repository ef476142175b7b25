"""Kills pushes at random moments: `python -m tests.benchmarks.neo4j_kill`.

Each time a process that pushes into an empty database is killed (SIGKILL) after a random part of
the time that a whole push takes; then the same graph is pushed again. What the database holds after
that is compared with what was pushed: all nodes, all edges, all properties.
"""

from __future__ import annotations

import argparse
import random
import time

from graph.neo4j_connection import Neo4jConnection
from graph.neo4j_push import push
from graph.neo4j_store import Neo4jStore
from tests.graph.pushing import graph_of_size, start_pushing
from tests.neo4j_server import Account, local_server, remove_nodes

_BATCH_SIZE = 500


def _seconds_of_a_whole_push(account: Account, papers: int) -> float:
    with start_pushing(account, papers, _BATCH_SIZE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        started = time.perf_counter()
        process.stdout.read()
    return time.perf_counter() - started


def _kill_one(account: Account, papers: int, seconds: float) -> str:
    """Push and kill after so many seconds; the last thing that the push told of."""
    remove_nodes(account)
    with start_pushing(account, papers, _BATCH_SIZE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(seconds)
        process.kill()
        told = process.stdout.read().splitlines()
    return told[-1] if told else "nothing yet"


def main() -> None:
    """Kill, push again, compare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--moments", type=int, default=20)
    parser.add_argument("--papers", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    nodes, edges = graph_of_size(options.papers)
    expected = (
        sorted(nodes, key=lambda node: node.id),
        sorted(edges, key=lambda edge: (edge.source, edge.relation, edge.target)),
    )
    print(f"{len(nodes):,} nodes, {len(edges):,} edges")
    equal = 0
    with local_server() as server:
        account = server.account
        whole = _seconds_of_a_whole_push(account, options.papers)
        print(f"a whole push takes {whole:.1f} s")
        for moment in range(options.moments):
            seconds = rng.uniform(0, whole)
            told = _kill_one(account, options.papers, seconds)
            with Neo4jConnection(account.uri, account.auth) as connection:
                report = push(connection, nodes, edges)
            with Neo4jStore(account.uri, account.auth) as store:
                same = (list(store.nodes()), list(store.edges())) == expected
            equal += same
            print(
                f"{moment + 1:3}. killed after {seconds:5.2f} s ({told}); then"
                f" {report.nodes.created:,} nodes and {report.edges.created:,} edges were missing;"
                f" {'equal' if same else 'NOT EQUAL'}",
                flush=True,
            )
    print(f"{equal} of {options.moments} equal")
    raise SystemExit(equal != options.moments)


if __name__ == "__main__":
    main()
