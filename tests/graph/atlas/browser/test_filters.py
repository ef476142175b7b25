from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.atlas.page import draw_atlas
from graph.elements import Edge, Node, NodeKind, Relation
from tests.graph.atlas.pages import LAPTOP, choose, is_visible
from tests.graph.small_graph import concept, small_graph

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.graph.atlas.conftest import OpenAtlas


@pytest.fixture
def page(tmp_path: Path, open_atlas: OpenAtlas) -> Page:
    """The small graph: kettle (0.9, 0.5, 0.2), oolong-12, warmth, brewing."""
    file = tmp_path / "small.html"
    file.write_text(draw_atlas(*small_graph()), encoding="utf-8")
    return open_atlas(file, **LAPTOP)


def counts(page: Page, expected: str) -> None:
    """Wait for what the page says is shown."""
    page.locator("#counts").get_by_text(expected, exact=True).wait_for()


def test_types_hide_their_nodes(page: Page) -> None:
    counts(page, "5 papers, 4 concepts")
    page.get_by_role("checkbox", name="Dataset").uncheck()
    counts(page, "5 papers, 3 concepts of 9 in all")
    assert not is_visible(page, "dataset/oolong-12")
    assert is_visible(page, "method/kettle")
    page.get_by_role("checkbox", name="Dataset").check()
    counts(page, "5 papers, 4 concepts")


def test_papers_can_be_hidden_alone(page: Page) -> None:
    page.get_by_role("checkbox", name="Paper", exact=True).uncheck()
    counts(page, "0 papers, 4 concepts of 9 in all")


def test_a_role_hides_what_only_it_shows(page: Page) -> None:
    page.get_by_role("checkbox", name="evaluates").uncheck()
    counts(page, "5 papers, 3 concepts of 9 in all")
    assert not is_visible(page, "dataset/oolong-12")


def test_communities_hide_their_members(page: Page) -> None:
    page.get_by_role("checkbox", name="Show Brewing, Warmth").uncheck()
    counts(page, "3 papers, 2 concepts of 9 in all")
    assert not is_visible(page, "task/brewing")


def test_the_least_confidence_hides_what_is_less_sure(page: Page) -> None:
    slider = page.get_by_role("slider", name="Least confidence")
    slider.fill("60")
    counts(page, "2 papers, 1 concept of 9 in all")
    assert slider.get_attribute("aria-valuetext") == "0.60"
    assert is_visible(page, "method/kettle")


def test_dots_can_be_hidden(page: Page) -> None:
    page.get_by_role("checkbox", name="Concepts of one paper only").uncheck()
    counts(page, "5 papers, 3 concepts of 9 in all")
    assert not is_visible(page, "metric/warmth")
    assert is_visible(page, "method/kettle")


def test_reset_shows_all_again(page: Page) -> None:
    page.get_by_role("checkbox", name="Method").uncheck()
    page.get_by_role("slider", name="Least confidence").fill("60")
    page.get_by_role("button", name="Reset filters").click()
    counts(page, "5 papers, 4 concepts")
    assert page.get_by_role("checkbox", name="Method").is_checked()
    assert page.get_by_role("slider", name="Least confidence").input_value() == "0"


def test_dates_hide_what_is_older_or_newer(tmp_path: Path, open_atlas: OpenAtlas) -> None:
    kettle = concept("Kettle")
    dates = {"p1": "2023-01-05", "p2": "2023-06", "p3": "2024-02-01", "p4": ""}
    nodes = [
        Node(id_, NodeKind.PAPER, f"Paper {id_}", None, {"published": date} if date else {})
        for id_, date in dates.items()
    ]
    edges = [Edge(id_, Relation.USES, kettle.id) for id_ in dates]
    file = tmp_path / "dates.html"
    file.write_text(draw_atlas([kettle, *nodes], edges, []), encoding="utf-8")
    page = open_atlas(file, **LAPTOP)
    since, until = (page.get_by_role("slider", name=f"Date {end}") for end in ("from", "until"))
    assert since.get_attribute("aria-valuetext") == "2023-01"
    assert until.get_attribute("aria-valuetext") == "2024-02"
    since.fill(str(12 * 2023 + 1))
    counts(page, "3 papers, 1 concept of 5 in all")
    assert not is_visible(page, "p1")
    until.fill(str(12 * 2023 + 11))
    counts(page, "2 papers, 1 concept of 5 in all")
    page.get_by_role("checkbox", name="Papers without a date").uncheck()
    counts(page, "1 paper, 1 concept of 5 in all")
    assert is_visible(page, "p2")


def test_without_any_date_the_page_says_so(page: Page) -> None:
    assert page.get_by_text("No paper here has a known date.").is_visible()
    assert page.get_by_role("slider", name="Date from").is_disabled()


def test_what_filters_hide_can_still_be_found_and_read(page: Page) -> None:
    page.get_by_role("checkbox", name="Dataset").uncheck()
    choose(page, "Oolong-12")
