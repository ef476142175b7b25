from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from extract.errors import NameNotFoundError
from graph import KnowledgeGraph
from graph.atlas.page import draw_atlas
from tests.conftest import SHARED, needs_shared
from tests.graph.atlas.pages import (
    LAPTOP,
    PHONE,
    choose,
    details,
    heading,
    is_visible,
    overlapping,
    screen,
    settle,
)
from tests.graph.small_graph import random_graph

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.graph.atlas.conftest import OpenAtlas


def colors(browser: Browser, page: Page, x: float, y: float, size: int = 4) -> set[str]:
    """The colours of the pixels round a point of the window."""
    clip = {"x": x - size / 2, "y": y - size / 2, "width": size, "height": size}
    picture = page.screenshot(clip=clip)  # type: ignore[arg-type]  # a plain dict is what it takes
    context = browser.new_context()
    canvas = context.new_page()
    found: list[str] = canvas.evaluate(
        """async (bytes) => {
          const image = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
          const canvas = new OffscreenCanvas(image.width, image.height);
          const context = canvas.getContext("2d");
          context.drawImage(image, 0, 0);
          const data = context.getImageData(0, 0, image.width, image.height).data;
          return Array.from({length: data.length / 4}, (_, i) =>
            "#" + [0, 1, 2].map((k) => data[4 * i + k].toString(16).padStart(2, "0")).join(""));
        }""",
        list(picture),
    )
    context.close()
    return set(found)


def first_picture(open_atlas: OpenAtlas, file: Path) -> float:
    """Milliseconds from the start of loading to the first picture; the best of three."""
    asked = "performance.getEntriesByName('first picture')[0].startTime"
    return min(float(open_atlas(file, **LAPTOP).evaluate(asked)) for _ in range(3))


def community_color(knowledge: KnowledgeGraph, page: Page, community: str) -> str:
    """The colour of a community, as the legend shows it."""
    name = next(c.name for c in knowledge.communities() if c.id == community)
    row = page.locator(".communities li").filter(has_text=name)
    return str(row.locator("circle").get_attribute("fill")).lower()


def test_the_first_picture_of_the_sample_takes_less_than_two_seconds(
    sample_atlas: Path, open_atlas: OpenAtlas
) -> None:
    assert first_picture(open_atlas, sample_atlas) < 2000


@needs_shared
def test_the_first_picture_of_five_pages_takes_less_than_two_seconds(
    tmp_path: Path, open_atlas: OpenAtlas
) -> None:
    with KnowledgeGraph.open(tmp_path / "seeds.db", create=True) as knowledge:
        knowledge.build(SHARED / "seeds")
        knowledge.show(tmp_path / "seeds.html")
        title = next(paper.title for paper in knowledge.papers())
    assert first_picture(open_atlas, tmp_path / "seeds.html") < 2000
    page = open_atlas(tmp_path / "seeds.html", **LAPTOP)
    choose(page, "BERT")
    assert details(page).locator("blockquote").count() > 10
    choose(page, title)
    assert details(page).locator("mark").count() > 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_hub_is_drawn_where_it_stands_in_the_colour_of_its_community(
    sample_atlas: Path,
    sample: KnowledgeGraph,
    open_atlas: OpenAtlas,
    chromium: Browser,
    scheme: str,
) -> None:
    page = open_atlas(sample_atlas, color_scheme=scheme, **LAPTOP)
    node = sample.find("BERT").node
    color = community_color(sample, page, str(node.properties["community"]))
    assert color in colors(chromium, page, *screen(page, node.id))


def test_a_click_on_a_node_shows_what_it_is(
    sample_atlas: Path, sample: KnowledgeGraph, open_atlas: OpenAtlas
) -> None:
    page = open_atlas(sample_atlas, **LAPTOP)
    for name in ("BERT", "ImageNet"):
        page.mouse.click(*screen(page, sample.find(name).node.id))
        heading(page).get_by_text(name, exact=True).wait_for()
        settle(page)


def test_a_tap_on_a_phone_does_so_too(
    sample_atlas: Path, sample: KnowledgeGraph, open_atlas: OpenAtlas
) -> None:
    page = open_atlas(sample_atlas, **PHONE)
    page.touchscreen.tap(*screen(page, sample.find("ImageNet").node.id))
    heading(page).wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_click_on_a_second_node_shows_the_path_and_brings_both_into_view(
    sample_atlas: Path, sample: KnowledgeGraph, open_atlas: OpenAtlas
) -> None:
    page = open_atlas(sample_atlas, **LAPTOP)
    ends = [sample.find(name).node.id for name in ("BERT", "ImageNet")]
    for id_ in ends:
        page.mouse.click(*screen(page, id_))
        heading(page).wait_for()
    path = details(page).get_by_role("region", name="Path")
    path.wait_for()
    (expected,) = sample.path("BERT", "ImageNet", limit=1)
    assert path.locator("li").count() == len(expected.steps)
    for step in expected.steps:
        assert step.target.name in path.inner_text()
        assert " ".join(step.evidence.split()) in path.inner_text()
    settle(page)
    map_ = page.locator("#map").bounding_box()
    panel = details(page).bounding_box()
    assert map_ is not None
    assert panel is not None
    for id_ in ends:
        x, y = screen(page, id_)
        assert map_["x"] < x < panel["x"]
        assert 0 < y < 900


def test_two_quick_clicks_on_two_nodes_are_two_clicks(
    sample_atlas: Path, sample: KnowledgeGraph, open_atlas: OpenAtlas
) -> None:
    # sigma.js takes them for a double click, which zooms.
    page = open_atlas(sample_atlas, **LAPTOP)
    places = [screen(page, sample.find(name).node.id) for name in ("BERT", "ImageNet")]
    for place in places:
        page.mouse.click(*place)
    details(page).get_by_role("region", name="Path").wait_for()


def test_a_double_click_zooms_in(sample_atlas: Path, open_atlas: OpenAtlas) -> None:
    page = open_atlas(sample_atlas, **LAPTOP)
    page.mouse.dblclick(900, 450)
    settle(page)
    assert page.evaluate("paperkgAtlas.camera().ratio") < 0.6


def test_a_drag_moves_the_picture_and_chooses_nothing(
    sample_atlas: Path, sample: KnowledgeGraph, open_atlas: OpenAtlas
) -> None:
    page = open_atlas(sample_atlas, **LAPTOP)
    x, y = screen(page, sample.find("BERT").node.id)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 150, y + 60, steps=5)
    page.mouse.up()
    settle(page)
    assert abs(screen(page, sample.find("BERT").node.id)[0] - x) > 100
    assert details(page).count() == 0


def test_a_click_beside_everything_closes_the_panel(
    sample_atlas: Path, open_atlas: OpenAtlas
) -> None:
    page = open_atlas(sample_atlas, **LAPTOP)
    choose(page, "BERT")
    page.get_by_role("button", name="Show all").click()
    settle(page)
    page.mouse.click(320, 20)
    details(page).wait_for(state="hidden")


def test_a_click_on_an_island_shows_the_community(
    sample_atlas: Path, sample: KnowledgeGraph, open_atlas: OpenAtlas
) -> None:
    page = open_atlas(sample_atlas, **LAPTOP)
    community = sample.communities()[0]
    page.locator(".communities button").filter(has_text=community.name).click()
    assert heading(page).inner_text() == community.name
    settle(page)
    x, y = screen(page, community.papers[0])
    assert 300 < x < 1440 - 380
    assert 0 < y < 900


@pytest.mark.parametrize("context", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_no_name_is_written_over_another(
    sample_atlas: Path, open_atlas: OpenAtlas, context: dict[str, Any]
) -> None:
    page = open_atlas(sample_atlas, **context)
    under, _ = page.evaluate("paperkgAtlas.names()")
    assert len(under) > 5
    assert overlapping([(str(i), tuple(box)) for i, box in enumerate(under)]) == []
    choose(page, "BERT")
    settle(page)
    _, over = page.evaluate("paperkgAtlas.names()")
    assert len(over) > 1
    assert overlapping([(str(i), tuple(box)) for i, box in enumerate(over)]) == []


@pytest.fixture(scope="module")
def large_atlas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An atlas of more nodes than are shown at once."""
    file = tmp_path_factory.mktemp("large") / "large.html"
    file.write_text(draw_atlas(*random_graph(4000, 2500, 200)), encoding="utf-8")
    return file


def test_a_large_graph_starts_with_communities_that_open_on_a_click(
    large_atlas: Path, open_atlas: OpenAtlas
) -> None:
    page = open_atlas(large_atlas, **LAPTOP)
    assert "4,000 papers, 2,500 concepts" in page.locator("#counts").inner_text()
    assert not is_visible(page, "method/concept-0")
    page.locator(".communities button").filter(has_text="Group 0").click()
    assert is_visible(page, "method/concept-0")
    assert not is_visible(page, "method/concept-1")
    page.get_by_role("button", name="Close on the map").click()
    assert not is_visible(page, "method/concept-0")
    page.get_by_role("button", name="Open all on the map").click()
    assert is_visible(page, "method/concept-1")


def test_what_is_searched_for_is_opened_in_a_large_graph(
    large_atlas: Path, open_atlas: OpenAtlas
) -> None:
    page = open_atlas(large_atlas, **LAPTOP)
    choose(page, "Concept 1")
    assert is_visible(page, "method/concept-1")


def test_an_empty_graph_says_what_to_do(tmp_path: Path, open_atlas: OpenAtlas) -> None:
    file = tmp_path / "empty.html"
    file.write_text(draw_atlas([], [], []), encoding="utf-8")
    assert "paperkg build" in open_atlas(file).locator("#counts").inner_text()


def test_names_that_the_tests_here_use_are_in_the_sample(sample: KnowledgeGraph) -> None:
    with pytest.raises(NameNotFoundError):
        sample.find("no such thing")
    assert {sample.find(name).node.name for name in ("BERT", "ImageNet")} == {"BERT", "ImageNet"}
