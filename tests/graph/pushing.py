"""A push in a process of its own, which can be killed: `python -m tests.graph.pushing`.

It prints a line whenever something is done.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from graph.neo4j_connection import Neo4jConnection
from graph.neo4j_push import push
from tests.graph.small_graph import random_graph

if TYPE_CHECKING:
    from graph.elements import Edge, Node
    from tests.neo4j_server import Account


def graph_of_size(papers: int) -> tuple[list[Node], list[Edge]]:
    """A graph with so many papers and concepts, 10 or more; the same each time."""
    nodes, edges, _ = random_graph(papers, papers, papers // 10)
    return nodes, edges


def start_pushing(account: Account, papers: int, batch_size: int) -> subprocess.Popen[str]:
    """Start to push `graph_of_size(papers)`; standard output has a line for each step."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.graph.pushing", account.uri, str(papers), str(batch_size)],
        env=os.environ | account.environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def _main(uri: str, papers: int, batch_size: int) -> None:
    nodes, edges = graph_of_size(papers)
    auth = (os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"])
    sys.stdout.write("ready\n")
    sys.stdout.flush()

    def tell(stage: str, done: int, total: int | None) -> None:
        sys.stdout.write(f"{stage} {done} {total}\n")
        sys.stdout.flush()

    with Neo4jConnection(uri, auth, database=os.environ.get("NEO4J_DATABASE")) as connection:
        push(connection, nodes, edges, batch_size=batch_size, progress=tell)


if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
