from __future__ import annotations

import base64
import hashlib
import json
import os
import random
import re
import subprocess
import sys
import zlib
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import graph.atlas
from graph.atlas import texts
from graph.atlas.page import draw_atlas
from graph.elements import Community
from tests.graph.small_graph import HOSTILE, paper, random_graph, small_graph

if TYPE_CHECKING:
    import pytest

FOLDER = Path(graph.atlas.__file__).parent


class Parts(HTMLParser):
    """The elements of a page, and what scripts and styles hold."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.held: dict[str, list[str]] = {"script": [], "style": [], "title": [], "h1": []}
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in self.held:
            self._open.append(tag)
            self.held[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open:
            self.held[self._open[-1]][-1] += data

    def data(self, name: str) -> Any:
        scripts = [attributes for tag, attributes in self.tags if tag == "script"]
        place = next(i for i, attributes in enumerate(scripts) if attributes.get("id") == name)
        return json.loads(zlib.decompress(base64.b64decode(self.held["script"][place])))


def test_only_our_own_scripts_and_style_may_run() -> None:
    page = Parts(draw_atlas(*small_graph()))
    policy = next(a["content"] for t, a in page.tags if a.get("http-equiv")) or ""
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    types = [attributes.get("type") for tag, attributes in page.tags if tag == "script"]
    run = [text for text, kind in zip(page.held["script"], types, strict=True) if kind is None]
    for text in (*run, *page.held["style"]):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_nothing_is_left_to_fetch() -> None:
    page = Parts(draw_atlas(*small_graph()))
    for tag, attributes in page.tags:
        assert tag not in ("img", "iframe", "object", "embed", "base")
        assert "src" not in attributes
        assert attributes.get("href", "data:,") == "data:,"
    assert "sourceMappingURL" not in "".join(page.held["script"])
    assert "url(" not in page.held["style"][0]


def test_the_licences_of_what_is_vendored_are_in_the_page() -> None:
    html = draw_atlas(*small_graph())
    for file in FOLDER.glob("vendor/*.LICENSE.txt"):
        assert file.read_text(encoding="utf-8").strip() in html


def test_vendored_files_are_those_that_the_note_beside_them_names() -> None:
    note = (FOLDER / "vendor" / "README.md").read_text(encoding="utf-8")
    files = sorted(FOLDER.glob("vendor/*.js"))
    assert len(files) == 2
    for file in files:
        assert f"| `{file.name}` |" in note
        assert hashlib.sha256(file.read_bytes()).hexdigest() in note


def test_modules_that_run_in_the_page_are_short() -> None:
    files = [*FOLDER.glob("browser/*.js"), *FOLDER.glob("browser/*.css")]
    assert files
    assert not [f.name for f in files if len(f.read_text(encoding="utf-8").splitlines()) > 400]


def test_every_module_is_in_the_page() -> None:
    program = Parts(draw_atlas(*small_graph())).held["script"][-1]
    for file in FOLDER.glob("browser/*.js"):
        assert file.read_text(encoding="utf-8").splitlines()[0] in program


def test_text_from_papers_stays_within_its_data() -> None:
    nodes = [paper(number, text) for number, text in enumerate(HOSTILE)]
    ids = tuple(node.id for node in nodes)
    plain = Parts(draw_atlas([paper(0)], [], []))
    hostile = Parts(
        draw_atlas(nodes, [], [Community(ids[0], HOSTILE[0], ids, ())], title=HOSTILE[0])
    )
    assert [tag for tag, _ in hostile.tags] == [tag for tag, _ in plain.tags]
    assert hostile.held["title"] == [HOSTILE[0]]
    assert hostile.data("table")["names"][0] == HOSTILE[0]


def test_the_order_of_the_input_does_not_matter() -> None:
    nodes, edges, communities = random_graph(60, 40, 3)
    expected = draw_atlas(nodes, edges, communities)
    for values in (nodes, edges, communities):
        random.Random(2).shuffle(values)
    assert draw_atlas(nodes, edges, communities) == expected


def test_the_page_is_the_same_in_every_process() -> None:
    code = (
        "import hashlib; from graph.atlas.page import draw_atlas; "
        "from tests.graph.small_graph import random_graph; "
        "print(hashlib.sha256(draw_atlas(*random_graph(60, 40, 4)).encode()).hexdigest())"
    )
    pages = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    }
    assert len(pages) == 1


def test_a_page_without_abstracts_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Parts(draw_atlas(*small_graph())).data("table")["abridged"] is False
    monkeypatch.setattr(texts, "MANY_PAPERS", 3)
    monkeypatch.setattr("graph.atlas.page.MANY_PAPERS", 3)
    page = Parts(draw_atlas(*small_graph()))
    assert page.data("table")["abridged"] is True
    assert [record[2] for record in page.data("texts-0")] == [None] * 5


def test_a_page_is_a_whole_document() -> None:
    html = draw_atlas(*small_graph(), title="Tea & biscuits")
    assert html.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert html.endswith("</body>\n</html>\n")
    page = Parts(html)
    assert page.held["title"] == ["Tea & biscuits"]
    assert "".join(page.held["h1"]) == "Tea & biscuits"
    assert len(re.findall(r'<script type="application/octet-stream"', html)) == 2
