from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest

from graph.elements import Relation
from graph.html_document import HtmlDocument
from graph.legend import GREY, KIND_COLORS, PALETTE
from graph.picture import draw
from graph.views import around, between, within
from tests.browser import open_file
from tests.graph.small_graph import HOSTILE, paper, random_graph, small_graph
from tests.graph.views_for_tests import hostile_graph, hostile_view, store_of

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from graph.views import View

NODES, EDGES, COMMUNITIES = small_graph()
STORE = store_of(NODES, EDGES)

SIZES = [(1440, 900), (1024, 768), (390, 844)]


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


def kettle() -> View:
    return around(STORE, STORE.node("method/kettle"), depth=4)


def paths() -> View:
    return between(STORE, STORE.shortest_paths("dataset/oolong-12", "task/brewing", limit=5))


def community() -> View:
    return within(STORE, COMMUNITIES[0])


VIEWS = pytest.mark.parametrize(
    "view", [kettle(), paths(), community()], ids=lambda v: v.shape.name
)


@VIEWS
def test_the_page_asks_for_nothing_from_elsewhere(view: View) -> None:
    page = Page(draw(view, COMMUNITIES))
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
    plain = Page(draw(kettle(), COMMUNITIES))
    hostile = Page(draw(hostile_view(), hostile_graph()[2]))
    assert {tag for tag, _ in hostile.tags} <= {tag for tag, _ in plain.tags}
    scripts = [tag for tag, _ in hostile.tags].count("script")
    assert scripts == [tag for tag, _ in plain.tags].count("script")
    assert all(not name.startswith("on") for _, a in hostile.tags for name in a)


def test_titles_with_href_do_not_switch_on_the_popup_that_shows_markup() -> None:
    html = draw(hostile_view(), [])
    assert "popup.innerHTML" not in html
    assert not any("title" in record for record in vis_data(html, "nodes"))


def test_hostile_text_leaves_a_page_that_utf_8_holds() -> None:
    html = draw(hostile_view(), hostile_graph()[2])
    html.encode("utf-8")
    assert "\x00" not in html
    assert "\u202e" not in html
    assert "\\u202e" not in html
    assert all(len(record["name"]) <= 40 for record in vis_data(html, "nodes"))


def test_the_page_is_a_whole_document() -> None:
    html = draw(kettle(), COMMUNITIES)
    assert html.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert html.rstrip().endswith("</html>")
    page = Page(html)
    assert page.texts["title"] == ["Around Kettle"]
    assert page.texts["h1"] == ["Around Kettle"]
    assert ("meta", {"charset": "utf-8"}) in page.tags
    assert any(attributes.get("name") == "viewport" for _, attributes in page.tags)


def test_papers_and_concepts_are_drawn_with_their_edges_and_results_are_not() -> None:
    html = draw(kettle(), COMMUNITIES)
    names = {record["about"][0] for record in vis_data(html, "nodes")}
    assert {"Kettle", "Oolong-12", "Warmth", "Brewing", "Paper number 0"} <= names
    assert "-3.5 %" not in names
    edges = vis_data(html, "edges")
    assert len(edges) == 8
    assert ["Paper number 0 proposes Kettle", "“We brew Kettle with care.”"] in [
        record["about"] for record in edges
    ]


def test_tooltips_say_what_a_node_is_and_why() -> None:
    records = vis_data(draw(kettle(), COMMUNITIES), "nodes")
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
    html = draw(kettle(), COMMUNITIES)
    records = {record["about"][0]: record for record in vis_data(html, "nodes")}
    assert records["Kettle"]["color"]["background"] in PALETTE
    assert records["Kettle"]["color"] == records["Paper number 1"]["color"]
    assert records["Kettle"]["color"] != records["Brewing"]["color"]
    assert len({records[name]["shape"] for name in ("Kettle", "Oolong-12", "Warmth")}) == 3
    page = Page(html)
    assert set(page.texts["bdi"]) == {"Kettle, Oolong", "Brewing, Warmth"}
    assert "2 papers, 2 concepts" in html


def test_in_a_community_colours_say_what_a_node_is() -> None:
    html = draw(community(), COMMUNITIES)
    records = {record["about"][0]: record for record in vis_data(html, "nodes")}
    assert records["Kettle"]["color"]["background"] == KIND_COLORS["Method"]
    assert records["Oolong-12"]["color"]["background"] == KIND_COLORS["Dataset"]
    assert "<button" not in html


def test_communities_beyond_the_palette_are_grey() -> None:
    nodes, edges, communities = random_graph(200, 100, 15)
    view = around(store_of(nodes, edges), nodes[0], depth=8)
    colors = {r["color"]["background"] for r in vis_data(draw(view, communities), "nodes")}
    assert colors == {*PALETTE, GREY}


def test_what_was_asked_for_is_named_first_and_marked() -> None:
    records = vis_data(draw(kettle(), COMMUNITIES), "nodes")
    by_rank = sorted(records, key=lambda record: int(record["rank"]))
    assert by_rank[0]["name"] == "Kettle"
    assert [record["focus"] for record in by_rank] == [True] + [False] * (len(by_rank) - 1)
    assert [record["shape"] == "square" for record in by_rank] == [False] * 4 + [True] * 4


def test_lines_of_paths_say_their_relation() -> None:
    records = vis_data(draw(paths(), COMMUNITIES), "edges")
    assert {record["said"] for record in records} <= {relation.lower() for relation in Relation}


def test_a_paper_without_a_title_is_called_by_its_id() -> None:
    untitled = paper(7, "")
    records = vis_data(draw(around(store_of([untitled], []), untitled), []), "nodes")
    assert records[0]["about"][0] == untitled.id


def test_the_page_is_the_same_in_every_process() -> None:
    code = (
        "import hashlib; from graph.picture import draw; from graph.views import around; "
        "from tests.graph.small_graph import random_graph; "
        "from tests.graph.views_for_tests import store_of; "
        "nodes, edges, communities = random_graph(60, 40, 4); "
        "view = around(store_of(nodes, edges), nodes[0], depth=4); "
        "print(hashlib.sha256(draw(view, communities).encode()).hexdigest())"
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
    draw(kettle(), COMMUNITIES)
    assert list(tmp_path.iterdir()) == []


@VIEWS
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_in_a_browser_it_is_quiet_and_all_nodes_are_in_the_window(
    chromium: Browser, tmp_path: Path, view: View, width: int, height: int
) -> None:
    file = tmp_path / "picture.html"
    file.write_text(draw(view, COMMUNITIES), encoding="utf-8")
    visit = open_file(chromium, file, viewport={"width": width, "height": height})
    visit.page.wait_for_function("typeof network !== 'undefined' && network.getScale() > 0")
    outside = visit.page.evaluate(
        """() => {
          const { clientWidth, clientHeight } = document.getElementById("mynetwork");
          return nodes.getIds().map((id) => network.canvasToDOM(network.getPosition(id)))
            .filter(({ x, y }) => x < 0 || y < 0 || x > clientWidth || y > clientHeight);
        }"""
    )
    legend = visit.page.get_by_role("complementary", name="Legend").bounding_box()
    canvas = visit.page.locator("#mynetwork").bounding_box()
    sideways = visit.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    visit.page.context.close()
    assert outside == []
    assert sideways == 0
    assert legend is not None
    assert canvas is not None
    assert (
        legend["x"] + legend["width"] <= canvas["x"] + 1
        or canvas["y"] + canvas["height"] <= legend["y"] + 1
    )
    assert (visit.requests, visit.complaints) == ([], [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_hostile_texts_do_not_run_and_stand_in_the_tooltip_as_text(
    chromium: Browser, tmp_path: Path, scheme: str
) -> None:
    file = tmp_path / "picture.html"
    file.write_text(draw(hostile_view(), hostile_graph()[2]), encoding="utf-8")
    visit = open_file(chromium, file, color_scheme=scheme)
    place = visit.page.evaluate(
        """() => {
          const node = nodes.get().find((node) => node.about[0].startsWith("<img"));
          const { x, y } = network.canvasToDOM(network.getPosition(node.id));
          const box = document.getElementById("mynetwork").getBoundingClientRect();
          return [x + box.left, y + box.top];
        }"""
    )
    visit.page.mouse.move(*place)
    visit.page.mouse.move(place[0] + 1, place[1])
    tooltip = visit.page.locator(".vis-tooltip")
    tooltip.wait_for()
    text, images = tooltip.inner_text(), tooltip.locator("img").count()
    background = visit.page.evaluate("getComputedStyle(document.body).backgroundColor")
    visit.page.context.close()
    assert text.startswith(HOSTILE[1])
    assert images == 0
    assert (background == "rgb(255, 255, 255)") == (scheme == "light")
    assert (visit.requests, visit.complaints) == ([], [])


def test_a_click_on_a_community_goes_there(chromium: Browser, tmp_path: Path) -> None:
    file = tmp_path / "picture.html"
    nodes, edges, communities = random_graph(120, 90, 6)
    file.write_text(draw(around(store_of(nodes, edges), nodes[0]), communities), encoding="utf-8")
    visit = open_file(chromium, file, viewport={"width": 1440, "height": 900})
    before = visit.page.evaluate("network.getScale()")
    visit.page.get_by_role("button").last.click()
    visit.page.wait_for_function("before => network.getScale() > before", arg=before)
    chosen = visit.page.evaluate("network.getSelectedNodes().length")
    visit.page.context.close()
    assert chosen > 0
    assert (visit.requests, visit.complaints) == ([], [])


def test_in_a_frame_that_is_seen_late_the_whole_is_shown(chromium: Browser, tmp_path: Path) -> None:
    # issue 7: a frame of a notebook has no size at first, and the page complained
    frame = HtmlDocument("Tea", draw(kettle(), COMMUNITIES))._repr_html_()
    file = tmp_path / "notebook.html"
    file.write_text(f'<!DOCTYPE html><div id="d" style="display:none">{frame}</div>', "utf-8")
    visit = open_file(chromium, file)
    inside = visit.page.frames[1]
    inside.wait_for_function("typeof network !== 'undefined'")
    visit.page.evaluate("d.style.display = 'block'")
    inside.wait_for_function(
        """() => {
          const { clientWidth, clientHeight } = document.getElementById("mynetwork");
          return clientWidth > 0 && nodes.getIds().every((id) => {
            const { x, y } = network.canvasToDOM(network.getPosition(id));
            return x > 0 && y > 0 && x < clientWidth && y < clientHeight;
          });
        }"""
    )
    visit.page.context.close()
    assert (visit.requests, visit.complaints) == ([], [])
