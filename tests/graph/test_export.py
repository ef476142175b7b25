from __future__ import annotations

import csv
import json
import random
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.errors import UsageError
from graph.elements import Community, Edge, Node, NodeKind, Relation
from graph.export import export
from tests.graph.small_graph import HOSTILE, concept, edge, paper, small_graph

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("g.graphml", "g.gexf", "g.json", "g.csv")
READERS = {"g.graphml": nx.read_graphml, "g.gexf": nx.read_gexf}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def in_one_table(cells: list[str], tmp_path: Path) -> list[str]:
    nodes = [Node(f"p{i:03}", NodeKind.PAPER, text) for i, text in enumerate(cells)]
    export(f"{tmp_path}/", nodes, [], [])
    return [row["name"] for row in rows(tmp_path / "papers.csv")]


@pytest.mark.parametrize("name", ["g.graphml", "g.gexf"])
def test_networkx_reads_the_same_graph_back(name: str, tmp_path: Path) -> None:
    nodes, edges, communities = small_graph()
    assert export(tmp_path / name, nodes, edges, communities) == (tmp_path / name,)
    graph = READERS[name](tmp_path / name)
    assert set(graph) == {node.id for node in nodes}
    assert {(s, t, d["relation"]) for s, t, d in graph.edges(data=True)} == {
        (edge.source, edge.target, edge.relation) for edge in edges
    }
    assert graph.nodes["method/kettle"] == {
        "label": "Kettle",
        "kind": "Concept",
        "type": "Method",
        "aliases": "Kettle | kettle",
        "papers": 2,
        "ambiguous": False,
        "community": "method/kettle",
        "community_name": "Kettle, Oolong",
    }
    assert graph.nodes[nodes[0].id]["abstract"] == "We pour tea.\nIt cools."
    found = graph.edges[nodes[0].id, "method/kettle"]
    assert (found["confidence"], found["weight"], found["count"]) == (0.9, 0.9, 2)
    assert found["evidence"] == "We brew Kettle with care."


@pytest.mark.parametrize("name", ["g.graphml", "g.gexf"])
def test_two_relations_of_one_pair_are_two_edges(name: str, tmp_path: Path) -> None:
    a, b, c = paper(1), concept("Tea"), concept("Milk")
    edges = [edge(a, Relation.USES, b), edge(a, Relation.STUDIES, b), edge(a, Relation.USES, c)]
    export(tmp_path / name, [a, b, c], edges, [])
    graph = READERS[name](tmp_path / name)
    assert graph.number_of_edges() == 3
    if name == "g.graphml":
        assert len({key for _, _, key in graph.edges(keys=True)}) == 3


ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=30)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(ANY_TEXT, min_size=1, max_size=5))
def test_any_text_survives_in_every_format(texts: list[str], tmp_path: Path) -> None:
    nodes = [
        Node(f"p{i}", NodeKind.PAPER, text, properties={"abstract": text, "authors": (text, text)})
        for i, text in enumerate(texts)
    ]
    for name in NAMES:
        export(tmp_path / name, nodes, [], [])
    for reader in READERS.items():
        graph = reader[1](tmp_path / reader[0])
        for i, text in enumerate(texts):
            kept = graph.nodes[f"p{i}"].get("abstract", "")
            assert len(kept) == len(text)
            assert all(a in (b, "\ufffd") for a, b in zip(kept, text, strict=True))
    stored = json.loads((tmp_path / "g.json").read_text(encoding="utf-8"))
    assert [len(node["name"]) for node in stored["nodes"]] == [len(text) for text in texts]
    table = rows(tmp_path / "g.csv" / "papers.csv")
    assert [len(row["abstract"].removeprefix("'")) for row in table] == [
        len(text.removeprefix("'")) for text in texts
    ]


def test_json_is_node_link_data(tmp_path: Path) -> None:
    nodes, edges, communities = small_graph()
    export(tmp_path / "g.json", nodes, edges, communities)
    data: dict[str, Any] = json.loads((tmp_path / "g.json").read_text(encoding="utf-8"))
    graph = nx.node_link_graph(data, edges="edges")
    assert set(graph) == {node.id for node in nodes}
    assert graph.number_of_edges() == len(edges)
    assert graph.nodes["method/kettle"]["aliases"] == ["Kettle", "kettle"]
    assert graph.edges["r01", "method/kettle", "OF_METHOD"]["relation"] == "OF_METHOD"
    assert (
        data["communities"][1]
        == {
            "id": "task/brewing",
            "name": "Brewing, Warmth",
            "papers": ["p0000000000000002", "p0000000000000003"],
            "concepts": ["task/brewing", "metric/warmth"],
        }
        or data["communities"][0]["id"] == "task/brewing"
    )


def test_tables_hold_each_kind_with_a_header(tmp_path: Path) -> None:
    nodes, edges, communities = small_graph()
    written = export(tmp_path / "g.csv", nodes, edges, communities)
    assert sorted(path.name for path in written) == [
        "communities.csv",
        "concepts.csv",
        "edges.csv",
        "papers.csv",
        "results.csv",
    ]
    assert [row["id"] for row in rows(tmp_path / "g.csv" / "concepts.csv")] == sorted(
        node.id for node in nodes if node.kind is NodeKind.CONCEPT
    )
    assert rows(tmp_path / "g.csv" / "papers.csv")[0]["authors"] == "Ada L. | Emmy N."
    assert rows(tmp_path / "g.csv" / "results.csv")[0]["value"] == "-3.5"
    assert len(rows(tmp_path / "g.csv" / "edges.csv")) == len(edges)
    assert b"\r\n" in (tmp_path / "g.csv" / "edges.csv").read_bytes()


def test_empty_tables_have_their_header(tmp_path: Path) -> None:
    export(tmp_path / "g.csv", [], [], [])
    header = (tmp_path / "g.csv" / "edges.csv").read_text(encoding="utf-8")
    assert header.strip() == "source,relation,target"


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-x", "@SUM(A1)", "\t=1", "\r=1", "＝1", "-1+1"])
def test_formulas_are_made_text(text: str, tmp_path: Path) -> None:
    assert in_one_table([text], tmp_path) == [f"'{text}"]


@pytest.mark.parametrize("text", ["-3.5", "+2", "-1e-5", "-0.4%", "a=b", 'plain, with "quotes"'])
def test_numbers_and_plain_texts_are_left_as_they_are(text: str, tmp_path: Path) -> None:
    assert in_one_table([text], tmp_path) == [text]


def test_hostile_titles_stay_one_cell_each(tmp_path: Path) -> None:
    assert len(in_one_table(list(HOSTILE), tmp_path)) == len(HOSTILE)


@pytest.mark.parametrize("name", NAMES)
def test_the_order_of_the_input_does_not_matter(name: str, tmp_path: Path) -> None:
    nodes, edges, communities = small_graph()
    first = [path.read_bytes() for path in export(tmp_path / name, nodes, edges, communities)]
    for values in (nodes, edges, communities):
        random.Random(1).shuffle(values)
    again = [path.read_bytes() for path in export(tmp_path / name, nodes, edges, communities)]
    assert again == first


def test_gexf_does_not_hold_the_day(tmp_path: Path) -> None:
    export(tmp_path / "g.gexf", *small_graph())
    assert b"lastmodified" not in (tmp_path / "g.gexf").read_bytes()


@pytest.mark.parametrize("name", ["g.graphml", "g.gexf"])
def test_a_property_of_several_types_is_read_back_as_text_or_float(
    name: str, tmp_path: Path
) -> None:
    nodes = [
        Node("p1", NodeKind.PAPER, "One", properties={"published": 2024, "score": 1}),
        Node("p2", NodeKind.PAPER, "Two", properties={"published": "2024-03", "score": 0.5}),
    ]
    export(tmp_path / name, nodes, [], [])
    graph = READERS[name](tmp_path / name)
    assert graph.nodes["p1"]["published"] == "2024"
    assert graph.nodes["p1"]["score"] == 1.0
    assert graph.nodes["p2"]["score"] == 0.5


@pytest.mark.parametrize("name", ["g.graphml", "g.gexf", "g.json"])
def test_numbers_that_are_not_finite_are_left_out(name: str, tmp_path: Path) -> None:
    node = Node("p1", NodeKind.PAPER, "One", properties={"score": float("nan")})
    export(tmp_path / name, [node], [], [])
    assert b"score" not in (tmp_path / name).read_bytes()


def test_a_property_with_a_taken_name_is_kept_under_another(tmp_path: Path) -> None:
    node = Node("p1", NodeKind.PAPER, "One", properties={"kind": "mine", "label": "yours"})
    export(tmp_path / "g.json", [node], [], [])
    stored = json.loads((tmp_path / "g.json").read_text(encoding="utf-8"))["nodes"][0]
    assert (stored["kind"], stored["kind_"]) == ("Paper", "mine")
    export(tmp_path / "g.gexf", [node], [], [])
    read = nx.read_gexf(tmp_path / "g.gexf").nodes["p1"]
    assert (read["label"], read["label_"]) == ("One", "yours")


def test_an_unknown_ending_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.gexf, \.graphml, \.json .*\.csv"):
        export(tmp_path / "g.xlsx", [], [], [])
    with pytest.raises(UsageError, match="no ending"):
        export(tmp_path / "graph", [], [], [])


def test_a_named_format_goes_before_the_ending(tmp_path: Path) -> None:
    graph = small_graph()
    assert export(tmp_path / "g.txt", *graph, format="json") == (tmp_path / "g.txt",)
    export(tmp_path / "g.json", *graph)
    assert (tmp_path / "g.txt").read_bytes() == (tmp_path / "g.json").read_bytes()
    tables = export(tmp_path / "tables", *graph, format="csv")
    assert {path.parent for path in tables} == {tmp_path / "tables"}


def test_an_unknown_format_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"'xlsx'.*graphml, gexf, json, csv, neo4j-admin"):
        export(tmp_path / "g.json", [], [], [], format="xlsx")


def test_a_file_where_a_folder_is_wanted_is_refused(tmp_path: Path) -> None:
    (tmp_path / "g.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="there is a file of that name"):
        export(tmp_path / "g.csv", [], [], [])
    assert (tmp_path / "g.csv").read_text(encoding="utf-8") == "mine"


def test_an_edge_to_a_node_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="ends at method/tea"):
        export(tmp_path / "g.json", [paper(1)], [edge(paper(1), Relation.USES, concept("Tea"))], [])


def test_members_that_are_not_there_do_no_harm(tmp_path: Path) -> None:
    community = Community("method/tea", "Tea", ("p9",), ("method/tea",))
    export(tmp_path / "g.graphml", [concept("Tea")], [], [community])
    assert list(nx.read_graphml(tmp_path / "g.graphml")) == ["method/tea"]


def test_what_is_not_on_an_edge_is_left_out(tmp_path: Path) -> None:
    bare = Edge(paper(1).id, Relation.USES, concept("Tea").id)
    export(tmp_path / "g.gexf", [paper(1), concept("Tea")], [bare], [])
    ((_, _, data),) = nx.read_gexf(tmp_path / "g.gexf").edges(data=True)
    assert data == {"relation": "USES", "id": "0"}
