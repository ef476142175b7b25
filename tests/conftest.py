"""What many tests share: where shared/ is, one library of the sample pages, one browser."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from extract.sample import sample_paths
from graph import KnowledgeGraph
from tests import browser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Playwright

SHARED = Path(__file__).parents[2] / "shared"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the folder shared/ is not beside the checkout"
)


@pytest.fixture(scope="session")
def sample_library_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library of the sample pages; tests that change it take `sample_library`."""
    path = tmp_path_factory.mktemp("sample") / "sample.db"
    with KnowledgeGraph.open(path, create=True) as knowledge:
        knowledge.build(*sample_paths())
    return path


@pytest.fixture
def sample_library(sample_library_once: Path, tmp_path: Path) -> Path:
    """A copy of the library of the sample pages."""
    return Path(shutil.copy(sample_library_once, tmp_path / "sample.db"))


@pytest.fixture(scope="session")
def playwright_and_chromium() -> Iterator[tuple[Playwright, Browser]]:
    """Playwright and the one browser of all tests."""
    if browser.EXECUTABLE is None:
        pytest.skip("Chromium is not installed: `apt-get install chromium` brings it")
    with browser.chromium() as both:
        yield both


@pytest.fixture(scope="session")
def chromium(playwright_and_chromium: tuple[Playwright, Browser]) -> Browser:
    """A real browser; `tests.browser.open_file` opens pages in it."""
    return playwright_and_chromium[1]
