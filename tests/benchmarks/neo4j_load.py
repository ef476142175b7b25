"""Times the ways to load a graph into Neo4j: `python -m tests.benchmarks.neo4j_load`.

Each way fills the empty database of a server that was just started, all ways in each round, one
after the other, so that what else the machine does meets them all; figures are medians of the
rounds. The graph is that of `tests.benchmarks.generated_graph`. The ways:

- `row by row`: one `MERGE` a call, of 5,000 nodes and 5,000 edges from all over the graph;
- `unwind`: `UNWIND $rows AS row MERGE …`, 5,000 rows a call, nodes before edges, by label and type;
- `push`: ours, from the connection to the last index; nodes and edges are its stages of writing;
- `push again`: the same on what `push` left, which is compared and found equal;
- `import`: `neo4j-admin database import full`, as a whole process, with the nodes; the export of
  its files (once) is given beside it.

The constraint is there before anything is written, for all ways but the last.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import tempfile
import time
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.export import export
from graph.neo4j_connection import Neo4jConnection
from graph.neo4j_push import push
from graph.neo4j_schema import AWAIT_INDEXES, CREATE_CONSTRAINT, LABEL, labels_of
from graph.push_report import Changes
from tests.benchmarks.generated_graph import GeneratedGraph, generate
from tests.neo4j_server import LocalServer, local_server

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.elements import Edge, Node

_ROWS_A_CALL = 5_000
_SINGLE_ROWS = 5_000

_NODE = f"MERGE (n:{LABEL} {{id: row.id}}) SET n:LABELS, n += row.properties"
_EDGE = (
    f"MATCH (a:{LABEL} {{id: row.source}}) MATCH (b:{LABEL} {{id: row.target}})"
    " MERGE (a)-[e:TYPE]->(b) SET e += row.properties"
)


class Stopwatch:
    """Seconds of each thing, by name, one for each round."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = defaultdict(list)

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.take(name, time.perf_counter() - started)

    def take(self, name: str, seconds: float) -> None:
        self.seconds[name].append(seconds)
        load = os.getloadavg()[0]
        print(f"  {name:<20} {seconds:8.1f} s   (load average {load:.1f})", flush=True)

    def median(self, name: str) -> float:
        return statistics.median(self.seconds[name])


def node_rows(nodes: Iterable[Node]) -> dict[str, list[dict[str, Any]]]:
    """Rows by the labels that their statement names."""
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for node in nodes:
        properties = {"name": node.name, "type": node.type, **node.properties}
        plain = {k: list(v) if isinstance(v, tuple) else v for k, v in properties.items()}
        labels = ":".join(labels_of(node.kind, node.type))
        rows[labels].append({"id": node.id, "properties": plain})
    return rows


def edge_rows(edges: Iterable[Edge]) -> dict[str, list[dict[str, Any]]]:
    """Rows by relationship type."""
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for edge in edges:
        row = {"source": edge.source, "target": edge.target, "properties": dict(edge.properties)}
        rows[edge.relation].append(row)
    return rows


def load(
    connection: Neo4jConnection, statement: str, rows: list[dict[str, Any]], size: int
) -> None:
    """Run a statement that writes one `row` for all of them, `size` a call."""
    if size == 1:
        for row in rows:
            connection.write(f"WITH $row AS row {statement}", {"row": row})
        return
    for start in range(0, len(rows), size):
        batch = rows[start : start + size]
        connection.write(f"UNWIND $rows AS row {statement}", {"rows": batch})


def load_nodes(connection: Neo4jConnection, nodes: Iterable[Node], size: int) -> None:
    for labels, rows in node_rows(nodes).items():
        load(connection, _NODE.replace("LABELS", labels), rows, size)


def load_edges(connection: Neo4jConnection, edges: Iterable[Edge], size: int) -> None:
    for type_, rows in edge_rows(edges).items():
        load(connection, _EDGE.replace("TYPE", type_), rows, size)


@contextmanager
def empty_server() -> Iterator[tuple[LocalServer, Neo4jConnection]]:
    with (
        local_server() as server,
        Neo4jConnection(server.account.uri, server.account.auth) as connection,
    ):
        connection.write(CREATE_CONSTRAINT)
        connection.read(AWAIT_INDEXES)
        yield server, connection


def row_by_row(graph: GeneratedGraph, watch: Stopwatch) -> None:
    edges = graph.edges[:: max(1, len(graph.edges) // _SINGLE_ROWS)][:_SINGLE_ROWS]
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    nodes = [node for node in graph.nodes if node.id in ends]
    with empty_server() as (_, connection):
        with watch.of("row by row, nodes"):
            load_nodes(connection, nodes[:_SINGLE_ROWS], 1)
        load_nodes(connection, nodes, _ROWS_A_CALL)
        with watch.of("row by row, edges"):
            load_edges(connection, edges, 1)


def unwind(graph: GeneratedGraph, watch: Stopwatch) -> None:
    with empty_server() as (_, connection):
        with watch.of("unwind, nodes"):
            load_nodes(connection, graph.nodes, _ROWS_A_CALL)
        with watch.of("unwind, edges"):
            load_edges(connection, graph.edges, _ROWS_A_CALL)


def ours(graph: GeneratedGraph, watch: Stopwatch) -> None:
    begun: dict[str, float] = {}

    def note(stage: str, done: int, total: int | None) -> None:
        begun.setdefault(stage, time.perf_counter())

    with empty_server() as (_, connection):
        with watch.of("push"):
            report = push(connection, graph.nodes, graph.edges, progress=note)
        assert report.edges == Changes(created=len(graph.edges))
        watch.take("push, nodes", begun["writing edges"] - begun["writing nodes"])
        watch.take("push, edges", begun["indexing"] - begun["writing edges"])
        with watch.of("push again"):
            report = push(connection, graph.nodes, graph.edges)
        assert report.edges == Changes(unchanged=len(graph.edges))


def imported(graph: GeneratedGraph, watch: Stopwatch, files: Path) -> None:
    with empty_server() as (server, _):
        server.stop()
        command = ["sh", str(files / "import.sh"), "neo4j", "--overwrite-destination=true"]
        environment = os.environ | {"NEO4J_ADMIN": str(server.admin_program())}
        with watch.of("import"):
            subprocess.run(command, env=environment, check=True, capture_output=True)
        server.start()
        with Neo4jConnection(server.account.uri, server.account.auth) as connection:
            ((edges,),) = connection.read("MATCH ()-[e]->() RETURN count(e)")
        assert edges == len(graph.edges)


def print_figures(graph: GeneratedGraph, watch: Stopwatch) -> None:
    nodes, edges = len(graph.nodes), len(graph.edges)
    print(f"\n{nodes:,} nodes, {edges:,} edges; medians of {len(watch.seconds['push'])} rounds\n")
    single = {"row by row, nodes": _SINGLE_ROWS, "row by row, edges": _SINGLE_ROWS}
    per_second = {}
    for way in ("row by row", "unwind", "push"):
        for what, count in (("nodes", nodes), ("edges", edges)):
            name = f"{way}, {what}"
            per_second[name] = min(count, single.get(name, count)) / watch.median(name)
            print(f"{name:<20} {per_second[name]:12,.0f} a second")
    both = watch.median("unwind, nodes") + watch.median("unwind, edges")
    written = watch.median("push, nodes") + watch.median("push, edges")
    print(f"{'unwind':<20} {both:12.1f} s")
    print(f"{'push, written':<20} {written:12.1f} s")
    for name in ("push", "push again", "import", "export"):
        print(f"{name:<20} {watch.median(name):12.1f} s")
    for what in ("nodes", "edges"):
        ratio = per_second[f"push, {what}"] / per_second[f"row by row, {what}"]
        print(f"push against row by row, {what}: {ratio:.0f} times")
    print(f"push against unwind, nodes and edges: {both / written:.2f} times as fast")
    for name in ("push again", "import"):
        ratio = watch.median("push") / watch.median(name)
        print(f"{name} against push: {ratio:.2f} times as fast")


def main() -> None:
    """Print the seconds of each round, then medians and ratios."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--papers", type=int, default=100_000)
    arguments = parser.parse_args()
    papers = arguments.papers
    graph = generate(papers, papers * 6 // 5, papers * 8, results=papers * 3 // 20)
    watch = Stopwatch()
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder)
        with watch.of("export"):
            export(files, graph.nodes, graph.edges, graph.communities, format="neo4j-admin")
        for number in range(arguments.rounds):
            print(f"round {number + 1}", flush=True)
            row_by_row(graph, watch)
            unwind(graph, watch)
            ours(graph, watch)
            imported(graph, watch, files)
    print_figures(graph, watch)


if __name__ == "__main__":
    main()
