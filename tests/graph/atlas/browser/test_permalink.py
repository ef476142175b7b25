from __future__ import annotations

from typing import TYPE_CHECKING

from tests.graph.atlas.pages import LAPTOP, choose, details, heading, settle

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from graph import KnowledgeGraph
    from tests.graph.atlas.conftest import OpenAtlas


def hash_of(page: Page) -> str:
    """What follows the # of the page's address, once the page has written it."""
    page.wait_for_timeout(600)
    return str(page.evaluate("location.hash.slice(1)"))


def test_the_address_brings_back_selection_filters_and_camera(
    sample_atlas: Path, open_atlas: OpenAtlas
) -> None:
    page = open_atlas(sample_atlas, **LAPTOP)
    page.get_by_role("checkbox", name="Metric").uncheck()
    page.get_by_role("checkbox", name="mentions").uncheck()
    page.get_by_role("slider", name="Least confidence").fill("35")
    choose(page, "BERT")
    choose(page, "ImageNet")
    settle(page)
    page.get_by_role("button", name="Zoom in").click()
    settle(page)
    again = open_atlas(sample_atlas, hash_=hash_of(page), **LAPTOP)
    heading(again).wait_for()
    assert heading(again).inner_text() == "ImageNet"
    assert details(again).get_by_role("region", name="Path").is_visible()
    assert not again.get_by_role("checkbox", name="Metric").is_checked()
    assert not again.get_by_role("checkbox", name="mentions").is_checked()
    assert again.get_by_role("slider", name="Least confidence").input_value() == "35"
    assert again.locator("#counts").inner_text() == page.locator("#counts").inner_text()
    one, other = (p.evaluate("paperkgAtlas.camera()") for p in (page, again))
    assert all(abs(one[key] - other[key]) < 1e-3 for key in ("x", "y", "ratio"))


def test_an_address_with_a_node_alone_finds_it(sample_atlas: Path, open_atlas: OpenAtlas) -> None:
    # What a report links to.
    page = open_atlas(sample_atlas, hash_="node=method%2Fbert", **LAPTOP)
    heading(page).get_by_text("BERT", exact=True).wait_for()
    assert page.evaluate("paperkgAtlas.camera().ratio") != 1


def test_an_address_with_a_community_alone_shows_it(
    sample_atlas: Path, sample: KnowledgeGraph, open_atlas: OpenAtlas
) -> None:
    community = sample.communities()[1]
    page = open_atlas(sample_atlas, hash_=f"community={community.id}", **LAPTOP)
    heading(page).get_by_text(community.name, exact=True).wait_for()


def test_an_address_typed_into_the_open_page_is_followed(
    sample_atlas: Path, open_atlas: OpenAtlas
) -> None:
    page = open_atlas(sample_atlas, **LAPTOP)
    page.evaluate("location.hash = 'node=method/bert&without-types=Dataset'")
    heading(page).get_by_text("BERT", exact=True).wait_for()
    assert not page.get_by_role("checkbox", name="Dataset").is_checked()


def test_an_address_of_nonsense_does_no_harm(sample_atlas: Path, open_atlas: OpenAtlas) -> None:
    nonsense = "node=<script>&view=a,b&confidence=-7&since=99&open=x|y&community=__proto__&from=0"
    page = open_atlas(sample_atlas, hash_=nonsense, **LAPTOP)
    assert details(page).count() == 0
    assert "of" not in page.locator("#counts").inner_text().split()


def test_nothing_chosen_is_an_empty_address(sample_atlas: Path, open_atlas: OpenAtlas) -> None:
    page = open_atlas(sample_atlas, **LAPTOP)
    choose(page, "BERT")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Show all").click()
    settle(page)
    assert hash_of(page) == ""
