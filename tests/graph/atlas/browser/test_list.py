from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser import launch, open_file
from tests.graph.atlas.pages import LAPTOP, choose, details, heading

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Playwright


def test_without_webgl_there_are_lists_and_all_else_works(
    sample_atlas: Path, playwright_and_chromium: tuple[Playwright, Browser]
) -> None:
    browser = launch(playwright_and_chromium[0], "--disable-3d-apis")
    visit = open_file(browser, sample_atlas, **LAPTOP)
    page = visit.page
    page.get_by_text("This browser cannot draw the picture").wait_for()
    page.get_by_role("region", name="Papers and concepts").get_by_role("button").first.click()
    heading(page).wait_for()
    choose(page, "BERT")
    choose(page, "ImageNet")
    details(page).get_by_role("region", name="Path").wait_for()
    before = page.get_by_role("heading", name="papers and concepts").inner_text()
    page.get_by_role("checkbox", name="Method").uncheck()
    page.wait_for_function(
        "old => document.querySelector('#map h2').textContent !== old", arg=before
    )
    assert not page.get_by_role("button", name="Zoom in").is_visible()
    page.get_by_role("button", name="Dark mode").click()
    assert visit.requests == []
    assert visit.complaints == []
    browser.close()
