from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest

from extract.errors import UsageError
from graph.elements import Community, Node, Relation
from graph.legend import GREY, PALETTE
from graph.picture import draw
from tests.graph.small_graph import HOSTILE, concept, edge, paper, random_graph, small_graph

if TYPE_CHECKING:
    from pathlib import Path


class Page(HTMLParser):
    """What a browser would find: elements, and the text of scripts, styles and the rest."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._inside = [""]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("script", "style", "title", "bdi", "h1", "p"):
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        self.texts.setdefault(self._inside[-1], []).append(data)


def vis_data(html: str, name: str) -> list[dict[str, Any]]:
    """The records that pyvis hands to vis-network."""
    found = re.search(rf"{name} = new vis\.DataSet\((.*)\);", html)
    assert found is not None
    records: list[dict[str, Any]] = json.loads(found[1])
    return records


def hostile_page() -> str:
    nodes: list[Node] = []
    edges = []
    for number, text in enumerate(HOSTILE):
        title, name = paper(number, text), Node(f"method/{number}", concept("x").kind, text, text)
        nodes += [title, name]
        edges.append(edge(title, Relation.USES, name))
    ids = [node.id for node in nodes]
    communities = [Community(ids[1], " ".join(HOSTILE), tuple(ids[::2]), tuple(ids[1::2]))]
    return draw(nodes, edges, communities, title=HOSTILE[0])


def test_the_page_asks_for_nothing_from_elsewhere() -> None:
    page = Page(draw(*small_graph()))
    for tag, attributes in page.tags:
        assert tag not in ("link", "img", "iframe", "object", "embed", "base")
        assert not {"src", "href", "srcset", "data"} & attributes.keys()
    styles = " ".join(page.texts["style"])
    assert "@import" not in styles
    assert all(url.startswith("data:") for url in re.findall(r"""url\(["']?([^)]{5})""", styles))
    policy = [a["content"] for t, a in page.tags if a.get("http-equiv")]
    assert policy[0] is not None
    assert policy[0].startswith("default-src 'none'")


def test_no_text_of_a_paper_becomes_markup() -> None:
    plain, hostile = Page(draw(*small_graph())), Page(hostile_page())
    assert {tag for tag, _ in hostile.tags} <= {tag for tag, _ in plain.tags}
    scripts = [tag for tag, _ in hostile.tags].count("script")
    assert scripts == [tag for tag, _ in plain.tags].count("script")
    assert all(not name.startswith("on") for _, a in hostile.tags for name in a)
    assert hostile.texts["title"] == [HOSTILE[0]]
    assert hostile.texts["h1"] == [HOSTILE[0]]


def test_titles_with_href_do_not_switch_on_the_popup_that_shows_markup() -> None:
    html = hostile_page()
    assert "popup.innerHTML" not in html
    assert not any("title" in record for record in vis_data(html, "nodes"))


def test_hostile_text_leaves_a_page_that_utf_8_holds() -> None:
    html = hostile_page()
    html.encode("utf-8")
    assert "\x00" not in html
    assert "\u202e" not in html
    assert "\\u202e" not in html
    assert all(len(record["name"]) <= 40 for record in vis_data(html, "nodes"))


def test_the_page_is_a_whole_document() -> None:
    html = draw(*small_graph(), title="Tea & biscuits")
    assert html.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert html.rstrip().endswith("</html>")
    page = Page(html)
    assert page.texts["title"] == ["Tea & biscuits"]
    assert ("meta", {"charset": "utf-8"}) in page.tags
    assert any(attributes.get("name") == "viewport" for _, attributes in page.tags)


def test_papers_and_concepts_are_drawn_with_their_edges_and_results_are_not() -> None:
    html = draw(*small_graph())
    names = {record["about"][0] for record in vis_data(html, "nodes")}
    assert {"Kettle", "Oolong-12", "Warmth", "Brewing", "Paper number 0"} <= names
    assert "-3.5 %" not in names
    edges = vis_data(html, "edges")
    assert len(edges) == 8
    assert ["Paper number 0 proposes Kettle", "“We brew Kettle with care.”"] in [
        record["about"] for record in edges
    ]


def test_tooltips_say_what_a_node_is_and_why() -> None:
    records = vis_data(draw(*small_graph()), "nodes")
    about = {record["about"][0]: record["about"][1:] for record in records}
    assert about["Kettle"] == [
        "Method, in 3 papers",
        "Community: Kettle, Oolong",
        "“We brew Kettle with care.” – Paper number 0",
    ]
    assert about["Paper number 0"] == [
        "Paper",
        "Community: Kettle, Oolong",
        "proposes Kettle",
        "evaluates Oolong-12",
    ]


def test_communities_have_colours_and_stand_in_the_legend_with_their_counts() -> None:
    html = draw(*small_graph())
    records = {record["about"][0]: record for record in vis_data(html, "nodes")}
    assert records["Kettle"]["color"]["background"] in PALETTE
    assert records["Kettle"]["color"] == records["Paper number 1"]["color"]
    assert records["Kettle"]["color"] != records["Brewing"]["color"]
    assert len({records[name]["shape"] for name in ("Kettle", "Oolong-12", "Warmth")}) == 3
    page = Page(html)
    assert set(page.texts["bdi"]) == {"Kettle, Oolong", "Brewing, Warmth"}
    assert "2 papers, 2 concepts" in html


def test_communities_beyond_the_palette_are_grey() -> None:
    nodes, edges, communities = random_graph(200, 100, 15)
    colors = {r["color"]["background"] for r in vis_data(draw(nodes, edges, communities), "nodes")}
    assert colors == {*PALETTE, GREY}


def test_a_large_graph_is_cut_down_and_the_legend_says_so() -> None:
    nodes, edges, communities = random_graph(900, 500, 12)
    html = draw(nodes, edges, communities)
    assert len(vis_data(html, "nodes")) == 300
    text = " ".join(Page(html).texts["p"])
    assert "300 of 1,400 nodes shown" in text
    assert "have no edge" in text
    assert len(vis_data(draw(nodes, edges, communities, max_nodes=40), "nodes")) == 40


def test_names_of_the_best_connected_concepts_are_written_first() -> None:
    records = vis_data(draw(*small_graph()), "nodes")
    by_rank = sorted(records, key=lambda record: int(record["rank"]))
    assert by_rank[0]["name"] == "Kettle"
    assert [record["shape"] == "square" for record in by_rank] == [False] * 4 + [True] * 4


def test_an_empty_graph_is_a_page_that_says_what_to_do() -> None:
    html = draw([], [], [])
    assert vis_data(html, "nodes") == []
    assert "nothing to draw yet" in html
    assert "paperkg build" in html


def test_a_single_paper_is_drawn() -> None:
    html = draw([paper(1)], [], [])
    assert len(vis_data(html, "nodes")) == 1
    assert "add more papers" in html


def test_a_paper_without_a_title_is_called_by_its_id() -> None:
    untitled = paper(7, "")
    records = vis_data(draw([untitled], [], []), "nodes")
    assert records[0]["about"][0] == untitled.id


def test_the_order_of_the_input_does_not_matter() -> None:
    nodes, edges, communities = random_graph(300, 200, 6)
    expected = draw(nodes, edges, communities)
    for values in (nodes, edges, communities):
        random.Random(2).shuffle(values)
    assert draw(nodes, edges, communities) == expected


def test_the_page_is_the_same_in_every_process() -> None:
    code = (
        "import hashlib; from graph.picture import draw; "
        "from tests.graph.small_graph import random_graph; "
        "print(hashlib.sha256(draw(*random_graph(60, 40, 4)).encode()).hexdigest())"
    )
    pages = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    }
    assert len(pages) == 1


def test_nothing_is_written_beside_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    draw(*small_graph())
    assert list(tmp_path.iterdir()) == []


def test_a_picture_of_no_nodes_is_refused() -> None:
    with pytest.raises(UsageError, match="give 1 or more"):
        draw(*small_graph(), max_nodes=0)
