"""What many tests share: shared/, a library of the sample pages, a browser, a Neo4j server."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from extract.sample import sample_paths
from graph import KnowledgeGraph
from tests import browser
from tests.neo4j_server import (
    Account,
    LocalServer,
    ServerMissingError,
    local_server,
    named_account,
    remove_all,
)

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
def neo4j_server() -> Iterator[Account]:
    """A server that runs; several tests fill it, so what it holds is not known."""
    named = named_account()
    if named is not None:
        yield named
        return
    try:
        with local_server() as server:
            yield server.account
    except ServerMissingError as exc:
        _miss(exc)


@pytest.fixture
def empty_neo4j(neo4j_server: Account) -> Account:
    """A server that runs, with nothing of paperkg's in its database, neither data nor indexes.

    A server that `NEO4J_URI` names keeps what other programs wrote, and paperkg's indexes.
    """
    remove_all(neo4j_server)
    return neo4j_server


@pytest.fixture
def private_neo4j() -> Iterator[LocalServer]:
    """A server of the test's own, which it may stop, kill and start again."""
    try:
        with local_server() as server:
            yield server
    except ServerMissingError as exc:
        _miss(exc)


def _miss(exc: ServerMissingError) -> None:
    # In CI the stores are compared on both sides; on a laptop that has no Java the rest is tested.
    if os.environ.get("CI") == "true":
        pytest.fail(str(exc))
    pytest.skip(str(exc))


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
