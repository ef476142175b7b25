from __future__ import annotations

import os
import random
import subprocess
from typing import TYPE_CHECKING

import pytest

from extract.errors import StoreError, UsageError
from graph.elements import Edge, Node, NodeKind, Relation
from graph.export import export
from graph.neo4j_admin_export import import_files
from graph.neo4j_push import push
from graph.neo4j_store import Neo4jStore
from graph.push_report import Changes
from tests.graph.small_graph import HOSTILE, concept, paper, small_graph

if TYPE_CHECKING:
    from pathlib import Path

    from graph.elements import Value
    from tests.neo4j_server import LocalServer

MARKS = "\n\r\t ,;|\"\\\x00\x1b\x1e\x1f\x7f\x85\u2028\ufeff\ue000\uffff\U0001f469=+-@#'`$"


def attacking_texts() -> list[str]:
    """Texts that a reader of CSV may take for something else, and many at random."""
    rng = random.Random(0)
    own = [text for text in HOSTILE if text.isascii() or "\ud83d" not in text]
    fixed = ["", " ", '"', '""', "\\", '\\"', "null", "1", "true", "\r\n", ",", ":ID", "a,b\n#c"]
    mixed = ["".join(rng.choices(MARKS + "ab", k=rng.randint(1, 8))) for _ in range(300)]
    return [*own, *fixed, *mixed, "long " * 300_000]


def attacking_graph() -> tuple[list[Node], list[Edge]]:
    """Every text as a name, a property, in a list and as evidence; every relation; odd numbers."""
    texts = attacking_texts()
    numbers = [0.1, 1e-7, 5e-324, 1.7976931348623157e308, -0.0, 1 / 3, 1e22, 1e23]
    papers = [
        Node(
            f"p{i:016x}",
            NodeKind.PAPER,
            text,
            properties={"abstract": text, "authors": (text, "B", text), "url": text},
        )
        for i, text in enumerate(texts)
    ]
    concepts = [
        Node(f"method/{i}é{text[:9]}", NodeKind.CONCEPT, text, ("Method", "Tool", text[:99])[i % 3])
        for i, text in enumerate(texts)
    ]
    results = [
        Node(f"r{i}", NodeKind.RESULT, "x", properties={"confidence": number, "n": (-2) ** 63})
        for i, number in enumerate(numbers)
    ]
    edges = [
        Edge(
            node.id,
            list(Relation)[i % 9],
            concepts[-i].id,
            {"evidence": text, "count": i, "confidence": i / 3},
        )
        for i, (node, text) in enumerate(zip(papers, texts, strict=True))
    ]
    edges += [Edge(papers[0].id, Relation.STATES, node.id) for node in results]
    edges += [Edge(results[0].id, Relation.BY_METRIC, concepts[0].id)]
    return [*papers, *concepts, *results], edges


def test_what_is_imported_is_what_was_exported(private_neo4j: LocalServer, tmp_path: Path) -> None:
    nodes, edges = attacking_graph()
    folder = tmp_path / "a folder, with 'marks'"
    export(folder, nodes, edges, [], format="neo4j-admin")
    private_neo4j.stop()

    temporary = tmp_path / "temporary"
    temporary.mkdir()

    def run(*options: str) -> subprocess.CompletedProcess[str]:
        program = str(private_neo4j.admin_program())
        return subprocess.run(
            ["sh", folder / "import.sh", *options],
            env={"PATH": os.environ["PATH"], "NEO4J_ADMIN": program, "TMPDIR": str(temporary)},
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )

    refused = run()
    assert refused.returncode != 0
    assert "--overwrite-destination" in refused.stderr
    done = run("neo4j", "--overwrite-destination=true")
    assert done.returncode == 0, done.stderr
    assert list(temporary.iterdir()) == []
    private_neo4j.start()
    account = private_neo4j.account
    with Neo4jStore(account.uri, account.auth) as store:
        assert store.nodes() == tuple(sorted(nodes, key=lambda node: node.id))
        assert store.edges() == tuple(
            sorted(edges, key=lambda edge: (edge.source, edge.relation, edge.target))
        )
        report = push(store.connection, nodes, edges)
    assert report.nodes == Changes(unchanged=len(nodes))
    assert report.edges == Changes(unchanged=len(edges))


def text_of(nodes: list[Node], name: str = "papers.csv") -> str:
    return "".join(import_files(nodes, [], [])[name])


def test_members_carry_their_community() -> None:
    files = import_files(*small_graph())
    header, *rows = "".join(files["papers.csv"]).splitlines()
    assert header.endswith(",community:string")
    assert sum(row.endswith('"method/kettle"') for row in rows) == 2


@pytest.mark.parametrize(
    ("aliases", "code"),
    [(("a", "b"), "U+003B"), (("a;b", "c"), "U+007C"), ((";|\x1f\x1e", "c"), "U+E000")],
)
def test_lists_are_joined_by_what_no_text_of_theirs_holds(
    aliases: tuple[str, ...], code: str
) -> None:
    nodes = [Node("method/a", NodeKind.CONCEPT, "a;|", "Method", {"aliases": aliases})]
    files = {name: "".join(parts) for name, parts in import_files(nodes, [], []).items()}
    assert f"--array-delimiter={code} " in files["import.sh"]
    assert chr(int(code.removeprefix("U+"), base=16)).join(aliases) in files["concepts.csv"]


def test_the_importer_is_told_of_cells_that_exceed_its_buffer() -> None:
    assert "--read-buffer-size" not in text_of([paper(1)], "import.sh")
    long = Node("p1", NodeKind.PAPER, "x" * 2_000_000)
    assert "--read-buffer-size=16000000 " in text_of([long], "import.sh")


def refused(properties: dict[str, Value]) -> str:
    nodes = [paper(1), Node("p2", NodeKind.PAPER, "Two", properties=properties)]
    with pytest.raises(UsageError) as caught:
        text_of(nodes)
    return str(caught.value)


def test_what_the_files_cannot_hold_is_refused() -> None:
    assert "'abstract' is string here and long there" in refused({"abstract": 1})
    assert "'a:b'" in refused({"a:b": "x"})
    assert "cannot read" in refused({"authors": ()})
    assert "cannot read" in refused({"authors": ("",)})


def test_what_no_store_takes_is_refused() -> None:
    with pytest.raises(StoreError, match="a finite number"):
        text_of([Node("p1", NodeKind.PAPER, "One", properties={"score": float("inf")})])
    with pytest.raises(StoreError, match="goes from Paper to Concept"):
        import_files([paper(1), paper(2)], [Edge(paper(1).id, Relation.USES, paper(2).id)], [])


def test_a_refusal_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    export(tmp_path, [paper(1)], [], [], format="neo4j-admin")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    mixed = Node("p2", NodeKind.PAPER, "Two", properties={"abstract": 2})
    with pytest.raises(UsageError):
        export(tmp_path, [paper(1), mixed], [], [], format="neo4j-admin")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_the_order_of_the_input_does_not_matter(tmp_path: Path) -> None:
    nodes, edges, communities = small_graph()
    written = export(tmp_path, nodes, edges, communities, format="neo4j-admin")
    before = [path.read_bytes() for path in written]
    for values in (nodes, edges, communities):
        random.Random(1).shuffle(values)
    again = export(tmp_path, nodes, edges, communities, format="neo4j-admin")
    assert [path.read_bytes() for path in again] == before


def test_a_graph_without_results_and_edges_still_has_all_files(tmp_path: Path) -> None:
    written = export(tmp_path, [concept("Tea")], [], [], format="neo4j-admin")
    assert sorted(path.name for path in written) == [
        *("concepts.csv", "edges.csv", "import.sh", "papers.csv", "results.csv", "schema.cypher"),
    ]
    header = (tmp_path / "edges.csv").read_text(encoding="utf-8")
    assert header == ":START_ID,:TYPE,:END_ID\n"
