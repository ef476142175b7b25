"""Pages in a real browser that has no network, watched for what they ask for and complain about."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Playwright

EXECUTABLE = shutil.which("chromium") or shutil.which("chromium-browser")

_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_OF_THE_DRIVER = "GL Driver Message"  # how Chromium without a graphics card comments on itself


@dataclass
class Visit:
    """An open page, and what it did that a quiet page does not do."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note requests beyond the file itself, errors, warnings and dialogs."""
        self.page.on("request", lambda request: self._note_request(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda message: self._note(message.type, message.text))
        self.page.on("dialog", lambda dialog: self._note_dialog(dialog))

    def _note_request(self, url: str) -> None:
        if not url.startswith(("file:", "data:", "blob:")):
            self.requests.append(url)

    def _note(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and _OF_THE_DRIVER not in text:
            self.complaints.append(f"{kind}: {text}")

    def _note_dialog(self, dialog: Any) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()


def launch(playwright: Playwright, *flags: str) -> Browser:
    """Chromium as it is installed, with more `flags`."""
    return playwright.chromium.launch(executable_path=EXECUTABLE, args=[*_FLAGS, *flags])


@contextmanager
def chromium() -> Iterator[tuple[Playwright, Browser]]:
    """A browser for all tests; there can be but one of playwright at a time."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield playwright, browser
        browser.close()


def open_file(browser: Browser, file: Path, *, hash_: str = "", **context: Any) -> Visit:
    """Open a file in a context of its own, without a network; the page may still be loading.

    Args:
        hash_: what follows the `#` of the address.
        context: playwright's options, such as viewport and color_scheme.
    """
    page = browser.new_context(offline=True, **context).new_page()
    visit = Visit(page)
    visit.watch()
    page.goto(file.as_uri() + (f"#{hash_}" if hash_ else ""))
    return visit
