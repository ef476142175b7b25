from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.graph.atlas.pages import (
    LAPTOP,
    PHONE,
    boxes,
    choose,
    details,
    heading,
    overlapping,
    settle,
)

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.graph.atlas.conftest import OpenAtlas

SIZES: dict[str, dict[str, Any]] = {
    "1440": LAPTOP,
    "1024": {"viewport": {"width": 1024, "height": 768}},
    "390": PHONE,
}


def focused(page: Page) -> str:
    """The id, or the accessible name or text, of what has the focus."""
    return str(
        page.evaluate(
            "(e => e.id || e.getAttribute('aria-label') || e.textContent)(document.activeElement)"
        )
    )


def test_everything_can_be_done_with_the_keyboard(
    sample_atlas: Path, open_atlas: OpenAtlas
) -> None:
    page = open_atlas(sample_atlas, **LAPTOP)
    page.keyboard.press("Tab")
    assert focused(page) == "search"
    page.keyboard.type("BERT")
    page.keyboard.press("Enter")
    heading(page).wait_for()
    assert focused(page) == "BERT"
    page.keyboard.press("Tab")
    assert focused(page) == "Path from here"
    page.keyboard.press("Enter")
    page.get_by_text("Now choose another paper or concept.").wait_for()
    page.keyboard.press("/")
    assert focused(page) == "search"
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("ImageNet")
    page.keyboard.press("Enter")
    details(page).get_by_role("region", name="Path").wait_for()
    page.keyboard.press("Escape")
    details(page).get_by_role("region", name="Path").wait_for(state="detached")
    page.keyboard.press("Escape")
    details(page).wait_for(state="hidden")


def test_tab_reaches_search_filters_map_and_tools_in_that_order(
    sample_atlas: Path, open_atlas: OpenAtlas
) -> None:
    page = open_atlas(sample_atlas, **LAPTOP)
    reached: list[str] = []
    while "Dark mode" not in reached and len(reached) < 100:
        page.keyboard.press("Tab")
        reached.append(focused(page))
    places = [reached.index(name) for name in ("search", "slider-least-confidence", "map")]
    assert places == sorted(places)
    assert reached[-4:] == ["Zoom in", "Zoom out", "Show all", "Dark mode"]


def test_keys_move_the_map(sample_atlas: Path, open_atlas: OpenAtlas) -> None:
    page = open_atlas(sample_atlas, **LAPTOP)
    page.locator("#map").focus()

    def camera_after(key: str) -> dict[str, float]:
        page.keyboard.press(key)
        settle(page)
        state: dict[str, float] = page.evaluate("paperkgAtlas.camera()")
        return state

    assert camera_after("ArrowRight")["x"] > 0.5
    assert camera_after("ArrowLeft")["x"] == pytest.approx(0.5)
    assert camera_after("ArrowUp")["y"] > 0.5
    assert camera_after("+")["ratio"] < 1
    assert camera_after("-")["ratio"] == pytest.approx(1)
    camera_after("ArrowDown")
    camera_after("-")
    whole = camera_after("0")
    assert (whole["x"], whole["y"], whole["ratio"]) == (0.5, 0.5, 1)


def test_every_control_has_a_name(sample_atlas: Path, open_atlas: OpenAtlas) -> None:
    page = open_atlas(sample_atlas, **LAPTOP)
    choose(page, "BERT")
    for role in ("button", "checkbox", "slider", "searchbox", "application"):
        controls = page.get_by_role(role).all()
        assert controls
        for control in controls:
            snapshot = control.aria_snapshot().splitlines()[0]
            assert '"' in snapshot, snapshot


def test_the_dark_switch_changes_the_page_and_says_so(
    sample_atlas: Path, open_atlas: OpenAtlas
) -> None:
    page = open_atlas(sample_atlas, color_scheme="light", **LAPTOP)
    switch = page.get_by_role("button", name="Dark mode")
    background = "getComputedStyle(document.body).backgroundColor"
    assert switch.get_attribute("aria-pressed") == "false"
    assert page.evaluate(background) == "rgb(255, 255, 255)"
    switch.click()
    assert switch.get_attribute("aria-pressed") == "true"
    assert page.evaluate(background) == "rgb(15, 20, 25)"
    switch.click()
    assert page.evaluate(background) == "rgb(255, 255, 255)"


def test_the_page_follows_the_system_into_the_dark(
    sample_atlas: Path, open_atlas: OpenAtlas
) -> None:
    page = open_atlas(sample_atlas, color_scheme="dark", **LAPTOP)
    assert page.get_by_role("button", name="Dark mode").get_attribute("aria-pressed") == "true"


def cut_texts(page: Page) -> list[str]:
    """Buttons, labels and headings whose text does not fit them."""
    cut: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("button, label, h1, h2, h3, legend, #counts")]
          .filter((e) => e.checkVisibility() && !e.classList.contains("unseen"))
          .filter((e) => getComputedStyle(e).clipPath === "none")
          .filter((e) => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0)
          .map((e) => e.outerHTML.slice(0, 100))"""
    )
    return cut


@pytest.mark.parametrize("size", SIZES)
def test_controls_do_not_overlap_and_their_texts_are_whole(
    sample_atlas: Path, open_atlas: OpenAtlas, size: str
) -> None:
    page = open_atlas(sample_atlas, **SIZES[size])
    always = "#search, #show-filters, #tools button, #counts, h1"
    assert overlapping(boxes(page.locator(always))) == []
    assert cut_texts(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    choose(page, "BERT")
    settle(page)
    assert overlapping(boxes(page.locator(f"{always}, #details"))) == []
    assert overlapping(boxes(page.locator("#details button, #details h2, #details h3"))) == []
    assert cut_texts(page) == []
    if size != "390":
        controls = "#filters input, #filters button, #filters legend"
        assert overlapping(boxes(page.locator(controls))) == []


def test_on_a_phone_filters_come_and_go(sample_atlas: Path, open_atlas: OpenAtlas) -> None:
    page = open_atlas(sample_atlas, **PHONE)
    filters = page.get_by_role("button", name="Filters", exact=True)
    assert not page.get_by_role("checkbox", name="Dataset").is_visible()
    filters.tap()
    assert filters.get_attribute("aria-expanded") == "true"
    page.get_by_role("checkbox", name="Dataset").tap()
    assert not page.get_by_role("checkbox", name="Dataset").is_checked()
    controls = page.locator("#filters input, #filters button, #filters legend, #searching")
    assert overlapping(boxes(controls)) == []
    assert cut_texts(page) == []
    page.keyboard.press("Escape")
    assert not page.get_by_role("checkbox", name="Dataset").is_visible()


def test_a_page_whose_data_is_damaged_says_so(
    sample_atlas: Path, tmp_path: Path, open_atlas: OpenAtlas, chromium: Any
) -> None:
    from tests.browser import open_file

    whole = sample_atlas.read_text(encoding="utf-8")
    file = tmp_path / "damaged.html"
    file.write_text(whole.replace('id="table">eJ', 'id="table">AA', 1), encoding="utf-8")
    visit = open_file(chromium, file)
    message = visit.page.get_by_role("alert")
    message.wait_for()
    assert "paperkg show" in message.inner_text()
    visit.page.context.close()
