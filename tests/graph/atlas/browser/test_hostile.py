from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.atlas.page import draw_atlas
from graph.atlas.texts import Mark
from graph.display import harmless, one_line, shorten
from graph.elements import Community, Edge, Node, NodeKind, Relation, Value
from tests.graph.atlas.pages import LAPTOP, PHONE, choose, details, heading, settle
from tests.graph.small_graph import HOSTILE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.graph.atlas.conftest import OpenAtlas


@pytest.fixture(scope="module")
def hostile_atlas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every field of everything is a text that attacks."""
    nodes: list[Node] = []
    edges: list[Edge] = []
    marks = {}
    for i, text in enumerate(HOSTILE):
        attributes: dict[str, Value] = {
            "abstract": text,
            "doi": text,
            "arxiv_id": text,
            "url": text,
        }
        dates: dict[str, Value] = {"published": text, "seen_on": text, "authors": (text, text)}
        paper = Node(f"p{i:02}", NodeKind.PAPER, text, None, attributes | dates)
        named = Node(f"x/{i:02}", NodeKind.CONCEPT, text, text, {"aliases": (text, text[::-1])})
        result = Node(f"r{i:02}", NodeKind.RESULT, text, None, {"quote": text, "baseline": text})
        nodes += [paper, named, result]
        edges += [
            Edge(paper.id, Relation.USES, named.id, {"evidence": text}),
            Edge(paper.id, Relation.MENTIONS, "x/00", {"evidence": text}),
            Edge(paper.id, Relation.STATES, result.id),
            Edge(result.id, Relation.OF_METHOD, named.id),
        ]
        marks[paper.id] = [Mark("title", 0, 9, named.id), Mark("abstract", 1, 7, named.id)]
    ids = tuple(node.id for node in nodes)
    communities = [
        Community("x/00", " ".join(HOSTILE), ids[:18:3], ids[1:18:3]),
        Community("x/06", HOSTILE[0], ids[18::3], ids[19::3]),
    ]
    file = tmp_path_factory.mktemp("hostile") / "hostile.html"
    page = draw_atlas(nodes, edges, communities, marks, title=HOSTILE[0])
    file.write_text(page, encoding="utf-8")
    return file


def test_no_text_runs_or_breaks_the_page(hostile_atlas: Path, open_atlas: OpenAtlas) -> None:
    page = open_atlas(hostile_atlas, **LAPTOP)
    for i, text in enumerate(HOSTILE):
        page.evaluate("hash => { location.hash = hash; }", f"node=p{i:02}")
        details(page).locator(f"[data-node=p{i:02}]").wait_for()
        assert one_line(heading(page).inner_text()) == one_line(text)
        assert details(page).locator(".abstract").text_content() == harmless(text)
        assert page.locator("#details script, #details img, #filters script").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        links = details(page).get_by_role("link").all()
        assert all((a.get_attribute("href") or "").startswith("https://") for a in links)


def test_all_of_it_can_be_searched_for_and_clicked_on(
    hostile_atlas: Path, open_atlas: OpenAtlas
) -> None:
    page = open_atlas(hostile_atlas, **PHONE)
    for text in HOSTILE:
        page.get_by_role("searchbox").fill(shorten(text, 60).removesuffix("…"))
        page.get_by_role("option").first.wait_for()
    page.get_by_role("searchbox").press("Enter")
    heading(page).wait_for()
    settle(page)
    page.get_by_role("button", name="Filters", exact=True).tap()
    page.locator(".communities button").first.tap()
    heading(page).wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_concept_of_hostile_papers_quotes_them_as_text(
    hostile_atlas: Path, open_atlas: OpenAtlas
) -> None:
    page = open_atlas(hostile_atlas, hash_="node=x%2F00", **LAPTOP)
    details(page).locator("blockquote").first.wait_for()
    quoted = details(page).locator("blockquote").all_text_contents()
    assert {harmless(text) for text in HOSTILE} <= set(quoted)


def test_the_title_of_the_page_is_text(hostile_atlas: Path, open_atlas: OpenAtlas) -> None:
    page = open_atlas(hostile_atlas, **LAPTOP)
    assert page.title() == HOSTILE[0]
    choose(page, HOSTILE[1])
