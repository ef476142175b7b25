from __future__ import annotations

from typing import TYPE_CHECKING

from graph.atlas.page import draw_atlas
from graph.elements import Edge, Node, NodeKind, Relation
from tests.graph.atlas.pages import LAPTOP, choose, details, heading
from tests.graph.small_graph import concept, paper, small_graph

if TYPE_CHECKING:
    from pathlib import Path

    from graph import KnowledgeGraph
    from tests.graph.atlas.conftest import OpenAtlas


def test_the_panel_is_the_one_complementary_region(
    sample_atlas: Path, open_atlas: OpenAtlas
) -> None:
    page = open_atlas(sample_atlas, **LAPTOP)
    choose(page, "BERT")
    assert page.get_by_role("complementary").count() == 1
    assert details(page).count() == 1


def test_a_concept_shows_every_paper_with_its_sentence(
    sample_atlas: Path, sample: KnowledgeGraph, open_atlas: OpenAtlas
) -> None:
    page = open_atlas(sample_atlas, **LAPTOP)
    choose(page, "ImageNet")
    text = " ".join(details(page).inner_text().split())
    linked = [
        (edge, node) for edge, node in sample.neighbours("ImageNet") if node.kind == NodeKind.PAPER
    ]
    assert len(linked) > 2
    for edge, node in linked:
        assert " ".join(node.name.split()) in text
        assert " ".join(str(edge.properties["evidence"]).split()) in text


def test_a_concept_shows_its_aliases(
    sample_atlas: Path, sample: KnowledgeGraph, open_atlas: OpenAtlas
) -> None:
    with_aliases = next(c for c in sample.concepts() if len(c.aliases) > 2)
    page = open_atlas(sample_atlas, **LAPTOP)
    choose(page, with_aliases.name)
    for alias in with_aliases.aliases:
        assert alias.text in details(page).inner_text()


def test_a_paper_shows_its_abstract_with_the_mentions_marked(
    sample_atlas: Path, sample: KnowledgeGraph, open_atlas: OpenAtlas
) -> None:
    chosen = next(sample.papers())
    page = open_atlas(sample_atlas, **LAPTOP)
    choose(page, chosen.title)
    shown = details(page).locator(".abstract").inner_text()
    assert " ".join(shown.split()) == " ".join(chosen.abstract.split())
    marks = details(page).locator(".abstract mark").all_inner_texts()
    mentions = {m.text for m in sample.mentions(chosen.id) if m.field == "abstract"}
    assert marks
    assert {" ".join(mark.split()) for mark in marks} <= {" ".join(m.split()) for m in mentions}


def test_a_click_on_a_mark_leads_to_the_concept(
    sample_atlas: Path, sample: KnowledgeGraph, open_atlas: OpenAtlas
) -> None:
    step = sample.path("BERT", "ImageNet", limit=1)[0].steps[0]
    page = open_atlas(sample_atlas, **LAPTOP)
    choose(page, step.target.name)
    details(page).locator("mark").get_by_text("ImageNet", exact=True).first.click()
    heading(page).get_by_text("ImageNet", exact=True).wait_for()


def test_a_paper_shows_its_results_with_quotes(
    sample_atlas: Path, sample: KnowledgeGraph, open_atlas: OpenAtlas
) -> None:
    result = sample.results()[0]
    page = open_atlas(sample_atlas, **LAPTOP)
    choose(page, next(p.title for p in sample.papers() if p.id == result.paper))
    text = " ".join(details(page).inner_text().split())
    assert result.value in text
    assert " ".join(result.quote.split()) in text


def test_a_concept_shows_the_results_that_are_of_it(tmp_path: Path, open_atlas: OpenAtlas) -> None:
    file = tmp_path / "small.html"
    file.write_text(draw_atlas(*small_graph()), encoding="utf-8")
    page = open_atlas(file, **LAPTOP)
    choose(page, "Kettle")
    assert details(page).get_by_role("heading", name="1 result").is_visible()
    assert "-3.5 %" in details(page).inner_text()


def test_only_addresses_of_the_web_become_links(tmp_path: Path, open_atlas: OpenAtlas) -> None:
    def with_address(number: int, url: str) -> Node:
        return Node(f"p{number}", NodeKind.PAPER, f"Paper {number}", None, {"url": url})

    file = tmp_path / "links.html"
    nodes = [
        with_address(1, "javascript:alert(1)"),
        with_address(2, "https://example.org/a?b='c'"),
        with_address(3, "//example.org"),
    ]
    file.write_text(draw_atlas(nodes, [], []), encoding="utf-8")
    page = open_atlas(file, **LAPTOP)
    found = {}
    for number in (1, 2, 3):
        choose(page, f"Paper {number}")
        links = details(page).get_by_role("link")
        found[number] = [link.get_attribute("href") for link in links.all()]
    assert found == {1: [], 2: ["https://example.org/a?b='c'"], 3: []}


def test_a_long_list_grows_when_asked_to(tmp_path: Path, open_atlas: OpenAtlas) -> None:
    kettle = concept("Kettle")
    papers = [paper(number) for number in range(100)]
    edges = [Edge(p.id, Relation.USES, kettle.id, {"evidence": f"So says {p.id}."}) for p in papers]
    file = tmp_path / "many.html"
    file.write_text(draw_atlas([kettle, *papers], edges, []), encoding="utf-8")
    page = open_atlas(file, **LAPTOP)
    choose(page, "Kettle")
    assert details(page).locator("blockquote").count() == 40
    details(page).get_by_role("button", name="Show 40 more of 60 others").click()
    details(page).get_by_text(f"So says {papers[79].id}.").wait_for()
    assert details(page).locator("blockquote").count() == 80


def test_the_path_is_cleared_and_the_node_stays(sample_atlas: Path, open_atlas: OpenAtlas) -> None:
    page = open_atlas(sample_atlas, **LAPTOP)
    choose(page, "BERT")
    details(page).get_by_role("button", name="Path from here").click()
    details(page).get_by_text("Now choose another paper or concept.").wait_for()
    choose(page, "ImageNet")
    details(page).get_by_role("region", name="Path").wait_for()
    details(page).get_by_role("button", name="Clear path").click()
    details(page).get_by_role("region", name="Path").wait_for(state="detached")
    assert heading(page).inner_text() == "ImageNet"


def test_what_nothing_connects_is_said(tmp_path: Path, open_atlas: OpenAtlas) -> None:
    nodes, edges, communities = small_graph()
    file = tmp_path / "small.html"
    file.write_text(draw_atlas(nodes, edges, communities), encoding="utf-8")
    page = open_atlas(file, **LAPTOP)
    choose(page, "Kettle")
    choose(page, "Paper number 4")
    assert "Nothing connects this with Kettle." in details(page).inner_text()
