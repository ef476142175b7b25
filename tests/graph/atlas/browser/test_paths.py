from __future__ import annotations

import itertools
import random
from typing import TYPE_CHECKING

from graph import NodeKind
from graph.atlas.page import draw_atlas
from graph.networkx_store import NetworkXStore
from tests.graph.small_graph import random_graph

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from graph.store import GraphStore
    from tests.graph.atlas.conftest import OpenAtlas


def expected(store: GraphStore, a: str, b: str) -> list[str] | None:
    """The ids along the first shortest path, as the store finds it."""
    found = store.shortest_paths(a, b, limit=1)
    return [found[0].start.id, *(step.target.id for step in found[0].steps)] if found else None


def found(page: Page, a: str, b: str) -> list[str] | None:
    ids: list[str] | None = page.evaluate("([a, b]) => paperkgAtlas.path(a, b)", [a, b])
    return ids


def test_the_page_finds_the_path_that_the_library_finds(
    tmp_path: Path, open_atlas: OpenAtlas
) -> None:
    # Sparse, so that some pairs are far apart and some are not connected.
    nodes, edges, communities = random_graph(120, 120, 30, seed=3)
    store = NetworkXStore()
    store.upsert(nodes, edges)
    file = tmp_path / "paths.html"
    file.write_text(draw_atlas(nodes, edges, communities), encoding="utf-8")
    page = open_atlas(file)
    ids = [node.id for node in nodes if node.kind is not NodeKind.RESULT]
    pairs = random.Random(1).sample(list(itertools.product(ids, ids)), 150)
    answers = [expected(store, a, b) for a, b in pairs]
    assert [found(page, a, b) for a, b in pairs] == answers
    lengths = {len(answer) if answer else 0 for answer in answers}
    assert {0, 3, 5} <= lengths
