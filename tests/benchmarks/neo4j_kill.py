"""Kills pushes at random moments: `python -m tests.benchmarks.neo4j_kill`.

Each time a process that pushes into an empty database is killed (SIGKILL) at a random time after a
random step of it; then the same graph is pushed again. What the database holds after that is
compared with what was pushed: all nodes, all edges, all properties.
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


def _whole_push(account: Account, papers: int) -> tuple[int, float]:
    """How many steps a push tells of, and how long one takes, in seconds."""
    with start_pushing(account, papers, _BATCH_SIZE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        started = time.perf_counter()
        steps = len(process.stdout.readlines())
    return steps, (time.perf_counter() - started) / steps


def _kill_one(account: Account, papers: int, steps: int, seconds: float) -> str:
    """Push and kill so many seconds after a step; the last thing that the push told of."""
    remove_nodes(account)
    with start_pushing(account, papers, _BATCH_SIZE) as process:
        assert process.stdout is not None
        told = [process.stdout.readline() for _ in range(steps + 1)]
        time.sleep(seconds)
        process.kill()
        told += process.stdout.readlines()
    return told[-1].strip()


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
        steps, seconds = _whole_push(account, options.papers)
        for moment in range(options.moments):
            after = rng.randrange(steps)
            told = _kill_one(account, options.papers, after, rng.uniform(0, seconds))
            with Neo4jConnection(account.uri, account.auth) as connection:
                report = push(connection, nodes, edges)
            with Neo4jStore(account.uri, account.auth) as store:
                same = (list(store.nodes()), list(store.edges())) == expected
            equal += same
            print(
                f"{moment + 1:3}. killed after {told!r}:"
                f" {report.nodes.created:,} nodes and {report.edges.created:,} edges were missing,"
                f" {'equal' if same else 'NOT EQUAL'}",
                flush=True,
            )
    print(f"{equal} of {options.moments} equal")
    raise SystemExit(equal != options.moments)


if __name__ == "__main__":
    main()
