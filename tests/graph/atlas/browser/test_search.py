from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.graph.atlas.pages import LAPTOP, choose, details, heading, screen, settle

if TYPE_CHECKING:
    from pathlib import Path

    from graph import KnowledgeGraph
    from tests.graph.atlas.conftest import OpenAtlas


def test_enter_opens_the_best_match_and_brings_it_to_the_middle_of_what_is_free(
    sample_atlas: Path, sample: KnowledgeGraph, open_atlas: OpenAtlas
) -> None:
    page = open_atlas(sample_atlas, **LAPTOP)
    choose(page, "BERT")
    settle(page)
    x, y = screen(page, sample.find("BERT").node.id)
    panel = details(page).bounding_box()
    assert panel is not None
    assert abs(x - (300 + panel["x"]) / 2) < 20
    assert abs(y - 450) < 20


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("bert", "BERT"),
        ("  imagenet ", "ImageNet"),
        (
            "tidewrack: what a",
            "Tidewrack: What a Language Model Brings to Offline Reinforcement Learning",
        ),
        ("method/bert", "BERT"),
    ],
)
def test_names_are_found_without_case_by_beginnings_and_by_id(
    sample_atlas: Path, open_atlas: OpenAtlas, typed: str, name: str
) -> None:
    page = open_atlas(sample_atlas, **LAPTOP)
    page.get_by_role("searchbox").fill(typed)
    page.get_by_role("searchbox").press("Enter")
    heading(page).wait_for()
    assert heading(page).inner_text() == name


def test_every_name_and_alias_finds_what_the_library_finds(
    sample_atlas: Path, sample: KnowledgeGraph, open_atlas: OpenAtlas
) -> None:
    page = open_atlas(sample_atlas, **LAPTOP)
    concepts = sample.concepts()
    names = [concept.name for concept in concepts[::9]]
    names += [alias.text for concept in concepts[::23] for alias in concept.aliases]
    names += [paper.title for paper in list(sample.papers())[::5]]
    for name in names:
        page.get_by_role("searchbox").fill(name)
        page.get_by_role("option").first.wait_for()
        shown = page.get_by_role("option").first.locator("bdi").inner_text()
        assert shown == sample.find(name).node.name


def test_suggestions_are_walked_with_the_arrows(sample_atlas: Path, open_atlas: OpenAtlas) -> None:
    page = open_atlas(sample_atlas, **LAPTOP)
    field = page.get_by_role("searchbox", name="Search papers and concepts")
    field.fill("language model")
    options = page.get_by_role("option")
    assert 2 < options.count() <= 8
    field.press("ArrowDown")
    field.press("ArrowDown")
    second = options.nth(1)
    assert second.get_attribute("aria-selected") == "true"
    assert field.get_attribute("aria-activedescendant") == second.get_attribute("id")
    name = second.locator("bdi").inner_text()
    field.press("Enter")
    heading(page).get_by_text(name, exact=True).wait_for()


def test_a_click_takes_a_suggestion_and_escape_closes_them(
    sample_atlas: Path, open_atlas: OpenAtlas
) -> None:
    page = open_atlas(sample_atlas, **LAPTOP)
    page.get_by_role("searchbox").fill("image")
    page.get_by_role("searchbox").press("Escape")
    page.get_by_role("listbox").wait_for(state="hidden")
    page.get_by_role("searchbox").press("ArrowDown")
    option = page.get_by_role("option").first
    name = option.locator("bdi").inner_text()
    option.click()
    heading(page).get_by_text(name, exact=True).wait_for()


def test_what_is_not_there_is_said_not_shown(sample_atlas: Path, open_atlas: OpenAtlas) -> None:
    page = open_atlas(sample_atlas, **LAPTOP)
    page.get_by_role("searchbox").fill("zzzz no such thing")
    page.get_by_role("searchbox").press("Enter")
    assert page.locator("#said").inner_text() == "Nothing has that name."
    assert details(page).count() == 0
