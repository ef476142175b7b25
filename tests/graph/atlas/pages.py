"""What tests of the page do again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Locator, Page

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "device_scale_factor": 2,
}
LAPTOP: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in pixels."""


def details(page: Page) -> Locator:
    """The side panel."""
    return page.get_by_role("complementary", name="Details")


def heading(page: Page) -> Locator:
    """The name of what the side panel is about."""
    return details(page).get_by_role("heading", level=2)


def choose(page: Page, name: str) -> None:
    """Find a paper or concept by its whole name, and wait for the panel."""
    page.get_by_role("searchbox").fill(name)
    page.get_by_role("searchbox").press("Enter")
    heading(page).get_by_text(name, exact=True).wait_for()


def screen(page: Page, node_id: str) -> tuple[float, float]:
    """Where a node stands in the window."""
    place = page.evaluate("id => paperkgAtlas.screen(id)", node_id)
    corner = page.locator("#map").bounding_box()
    assert corner is not None
    return corner["x"] + place["x"], corner["y"] + place["y"]


def settle(page: Page) -> None:
    """Wait until the picture stands still."""
    page.wait_for_function("() => !paperkgAtlas.isMoving()")


def is_visible(page: Page, node_id: str) -> bool:
    """Whether a node is drawn."""
    return bool(page.evaluate("id => paperkgAtlas.isVisible(id)", node_id))


def boxes(elements: Locator) -> list[tuple[str, Box]]:
    """The visible ones of some elements: what they say, and where they are."""
    found = []
    for element in elements.all():
        box = element.bounding_box() if element.is_visible() else None
        if box:
            corner = (box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"])
            found.append((element.evaluate("e => e.outerHTML.slice(0, 80)"), corner))
    return found


def overlapping(placed: Sequence[tuple[str, Box]]) -> list[tuple[str, str]]:
    """Pairs that cover each other by more than a pixel."""
    return [
        (name, other)
        for i, (name, a) in enumerate(placed)
        for other, b in placed[i + 1 :]
        if min(a[2], b[2]) - max(a[0], b[0]) > 1 and min(a[3], b[3]) - max(a[1], b[1]) > 1
    ]
