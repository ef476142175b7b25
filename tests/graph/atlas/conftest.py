"""Atlases for the tests here, and a way to open them that sees to it that they are quiet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import pytest

from graph import KnowledgeGraph
from tests.browser import Visit, open_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page


class OpenAtlas(Protocol):
    """Opens an atlas and waits for its first picture."""

    def __call__(self, file: Path, *, hash_: str = "", **context: Any) -> Page: ...


@pytest.fixture(scope="session")
def sample_atlas(sample_library_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The atlas of the sample pages."""
    file = tmp_path_factory.mktemp("atlas") / "atlas.html"
    with KnowledgeGraph.open(sample_library_once) as knowledge:
        knowledge.show(file)
    return file


@pytest.fixture(scope="session")
def sample(sample_library_once: Path) -> Iterator[KnowledgeGraph]:
    """The graph of the sample pages."""
    with KnowledgeGraph.open(sample_library_once) as knowledge:
        yield knowledge


@pytest.fixture
def open_atlas(chromium: Browser) -> Iterator[OpenAtlas]:
    """Opens atlases; at the end of the test each must have asked for nothing and said nothing."""
    visits: list[Visit] = []

    def open_(file: Path, *, hash_: str = "", **context: Any) -> Page:
        visits.append(open_file(chromium, file, hash_=hash_, **context))
        page = visits[-1].page
        page.wait_for_selector("html[data-state]", timeout=60_000)
        assert page.get_attribute("html", "data-state") == "ready", visits[-1].complaints
        return page

    yield open_
    for visit in visits:
        visit.page.context.close()
        assert visit.requests == []
        assert visit.complaints == []
