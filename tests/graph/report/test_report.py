from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from extract.sample import sample_paths
from graph import KnowledgeGraph
from tests.browser import open_file
from tests.graph.small_graph import HOSTILE

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

SIZES = [(1440, 900), (1024, 768), (390, 844)]


class Outline(HTMLParser):
    """Headings, tables and what a browser would run or ask for."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def sample_report(sample_library_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("report") / "report.html"
    with KnowledgeGraph.open(sample_library_once) as knowledge:
        knowledge.report(file)
    return file


@pytest.fixture(scope="module")
def dated_library(sample_library_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The papers of the sample, half of one month and half of another; BERT is of the later."""
    folder = tmp_path_factory.mktemp("dated")
    with KnowledgeGraph.open(sample_library_once) as knowledge:
        papers = sorted(knowledge.papers(), key=lambda paper: ("BERT" in paper.abstract, paper.id))
    records = [
        {
            "title": paper.title,
            "abstract": paper.abstract,
            "published": "2024-01-15" if i < len(papers) // 2 else "2024-03-02",
        }
        for i, paper in enumerate(papers)
    ]
    source = folder / "dated.jsonl"
    source.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    with KnowledgeGraph.open(folder / "dated.db", create=True) as knowledge:
        knowledge.build(source)
    return folder / "dated.db"


@pytest.fixture(scope="module")
def hostile_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Papers whose titles, abstracts and names attack, in files whose names do."""
    folder = tmp_path_factory.mktemp("hostile")
    records = [
        {
            "title": f"{text} {i}",
            "abstract": f"We fine-tune BERT on ImageNet. {text} BERT reaches {80 + i}.5% accuracy "
            f"on ImageNet, {text} and LoRA is compared with BERT.",
            "published": f"2024-0{1 + i % 3}-02",
        }
        for i, text in enumerate(HOSTILE * 3)
    ]
    source = folder / "<img src=x onerror=alert(3)>.jsonl"
    source.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    with KnowledgeGraph.open(folder / "hostile.db", create=True) as knowledge:
        knowledge.build(source)
    return folder / "hostile.db"


def test_it_has_all_parts_in_the_order_of_reading(sample_report: Path) -> None:
    outline = Outline(sample_report.read_text(encoding="utf-8"))
    assert outline.tags.count("h1") == 1
    landmarks = [tag for tag in outline.tags if tag in ("header", "nav", "main", "footer")]
    assert landmarks == ["header", "nav", "main", "footer"]
    assert outline.tags.count("h2") == outline.tags.count("section") == 5
    assert outline.tags.count("caption") == outline.tags.count("table") > 5
    for expected in ("40 papers", "BERT", "ImageNet", "top-1 accuracy", "86.4%", "daily_papers_1"):
        assert expected in outline.text
    assert "script" not in outline.tags


def test_it_says_that_dates_are_unknown_instead_of_guessing(tmp_path: Path) -> None:
    source = tmp_path / "undated.jsonl"
    abstract = "We fine-tune BERT on ImageNet and report accuracy."
    source.write_text(json.dumps({"title": "No date", "abstract": abstract}), encoding="utf-8")
    with KnowledgeGraph.open(tmp_path / "undated.db", create=True) as knowledge:
        knowledge.build(source)
        text = Outline(knowledge.report().html).text
    assert "What rises cannot be said: no paper has a known date." in text
    assert "Concepts that rise" not in text


def test_with_dates_it_says_what_rises(dated_library: Path) -> None:
    with KnowledgeGraph.open(dated_library) as knowledge:
        text = Outline(knowledge.report().html).text
    assert "From 2024-01 (20 papers) to 2024-03 (20 papers)" in text
    assert "Published 2024-01-15 to 2024-03-02: known for 40 of 40 papers." in text
    rising = text[text.index("Concepts that rise") :]
    assert "BERT" in rising


def test_it_tells_no_folder_of_the_machine_it_was_made_on(sample_report: Path) -> None:
    html = sample_report.read_text(encoding="utf-8")
    assert str(sample_paths()[0].parent) not in html
    assert str(sample_report.parent) not in html


def test_links_lead_into_the_atlas_and_to_nowhere_without_one(
    sample_library_once: Path, sample_report: Path, tmp_path: Path
) -> None:
    atlas = tmp_path / "atlas.html"
    atlas.write_text("<title>Atlas</title>")
    with KnowledgeGraph.open(sample_library_once) as knowledge:
        linked = Outline(knowledge.report(tmp_path / "report.html", atlas=atlas).html)
        ids = {concept.id for concept in knowledge.concepts()} | {p.id for p in knowledge.papers()}
        communities = {community.id for community in knowledge.communities()}
    addresses = [unquote(v) for n, v in linked.attributes if n == "href" and v and "atlas" in v]
    assert len(addresses) > 50
    for address in addresses:
        file, _, place = address.partition("#")
        assert file == "./atlas.html"
        kind, _, id_ = place.partition("=")
        assert id_ in {"node": ids, "community": communities}[kind]
    plain = Outline(sample_report.read_text(encoding="utf-8"))
    outside = [v for n, v in plain.attributes if n == "href" and v and not v.startswith("#")]
    assert outside == ["data:,"]


def test_the_same_library_gives_the_same_bytes(
    sample_library_once: Path, sample_report: Path
) -> None:
    with KnowledgeGraph.open(sample_library_once) as knowledge:
        assert knowledge.report().html == sample_report.read_text(encoding="utf-8")


def test_an_empty_library_says_what_to_do(tmp_path: Path) -> None:
    with KnowledgeGraph.open(tmp_path / "empty.db", create=True) as knowledge:
        text = Outline(knowledge.report().html).text
    assert "The library is empty: paperkg build PAGES fills it." in text


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_in_a_browser_it_is_quiet_and_nothing_overlaps(
    chromium: Browser, sample_report: Path, width: int, height: int, scheme: str
) -> None:
    viewport = {"width": width, "height": height}
    visit = open_file(chromium, sample_report, viewport=viewport, color_scheme=scheme)
    sideways = visit.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    overlapping = visit.page.evaluate(
        """() => {
          const blocks = [...document.querySelectorAll("h1, h2, h3, p, li, figure, table, nav")]
            .filter((e) => e.checkVisibility() && !e.closest("li li, table p, nav li"));
          const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
            && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
          const boxes = blocks.map((e) => [e, e.getBoundingClientRect()]);
          return boxes.flatMap(([e, a], i) => boxes.slice(i + 1)
            .filter(([other, b]) => !e.contains(other) && meet(a, b))
            .map(([other]) => e.textContent.slice(0, 40) + " | " + other.textContent.slice(0, 40)));
        }"""
    )
    background = visit.page.evaluate("getComputedStyle(document.body).backgroundColor")
    headings = visit.page.get_by_role("heading", level=1).count()
    charts = visit.page.get_by_role("img").count()
    visit.page.context.close()
    assert sideways == 0
    assert overlapping == []
    assert (background == "rgb(255, 255, 255)") == (scheme == "light")
    assert headings == 1
    assert charts >= 5
    assert (visit.requests, visit.complaints) == ([], [])


def test_hostile_texts_neither_run_nor_break_the_page(
    chromium: Browser, hostile_library: Path, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    with KnowledgeGraph.open(hostile_library) as knowledge:
        knowledge.report(file)
    visit = open_file(chromium, file, viewport={"width": 390, "height": 844})
    page = visit.page
    elements = page.locator("script, iframe, object, img:not(svg img)").count()
    handlers = page.evaluate(
        "[...document.querySelectorAll('*')].filter((e) => "
        "e.getAttributeNames().some((name) => name.startsWith('on'))).length"
    )
    sideways = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    sections = page.locator("main > section").count()
    text = page.locator("main").inner_text()
    page.context.close()
    assert (elements, handlers, sideways, sections) == (0, 0, 0, 5)
    assert "<img src=x onerror=alert(2)>" in text
    assert (visit.requests, visit.complaints) == ([], [])


def test_on_paper_the_tables_are_open_and_the_contents_stay_away(
    chromium: Browser, sample_report: Path
) -> None:
    visit = open_file(chromium, sample_report)
    seen = {}
    for media in ("screen", "print"):
        visit.page.emulate_media(media=media)
        seen[media] = [
            visit.page.locator(name).first.evaluate("element => element.checkVisibility()")
            for name in ("nav", "details table")
        ]
    visit.page.context.close()
    assert seen == {"screen": [True, False], "print": [False, True]}


def test_a_link_opens_the_atlas_at_what_it_names(
    chromium: Browser, sample_library_once: Path, tmp_path: Path
) -> None:
    file, atlas = tmp_path / "report.html", tmp_path / "atlas.html"
    with KnowledgeGraph.open(sample_library_once) as knowledge:
        knowledge.show(atlas)
        knowledge.report(file, atlas=atlas)
    visit = open_file(chromium, file)
    visit.page.get_by_role("link", name="ViT-B/16", exact=True).first.click()
    details = visit.page.get_by_role("complementary", name="Details")
    details.get_by_role("heading", name="ViT-B/16").wait_for()
    visit.page.context.close()
    assert (visit.requests, visit.complaints) == ([], [])
