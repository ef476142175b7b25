from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from extract.errors import UsageError
from graph.charts import bar_chart, heat_map, line_chart
from tests.browser import open_file
from tests.graph.small_graph import HOSTILE

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

SVG = "{http://www.w3.org/2000/svg}"
BARS = [("BERT", 34.0), ("ViT-B/16", 12.5), ("LoRA", 0.0)]


def charts(names: tuple[str, ...] = ("BERT", "ViT", "LoRA")) -> dict[str, str]:
    """One chart of each kind with these names."""
    values = [[float(i * j) for j in range(len(names))] for i in range(len(names))]
    lines = {name: [float(i), 3.0] for i, name in enumerate(names)}
    return {
        "bars": bar_chart([(name, i + 1.0) for i, name in enumerate(names)], title=names[0]),
        "lines": line_chart(["2024", "2025"], lines, title=names[0], unit=names[1]),
        "heat": heat_map(names, names, values, title=names[0]),
    }


def texts(chart: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(chart).iter(f"{SVG}text")]


def test_bars_have_their_names_and_numbers() -> None:
    assert set(texts(bar_chart(BARS, title="Most used"))) == {
        "BERT", "34", "ViT-B/16", "12.5", "LoRA", "0",
    }  # fmt: skip


def test_the_longest_bar_is_that_of_the_greatest_number() -> None:
    chart = ElementTree.fromstring(bar_chart(BARS, title="Most used"))
    ends = [
        max(float(x) for x in re.findall(r"[ML] ([\d.]+)", path.get("d", "")))
        for path in chart.iter(f"{SVG}path")
        if "#4477aa" in path.get("style", "")
    ]
    assert sorted(ends, reverse=True) == ends
    assert len(set(ends)) == 3


def test_lines_are_named_at_their_ends() -> None:
    chart = line_chart(["2024-01", "2024-02"], {"LoRA": [0.1, 0.2], "BERT": [0.2, 0.2]}, title="x")
    assert {"LoRA", "BERT", "2024-01", "2024-02"} <= set(texts(chart))


def test_cells_hold_their_numbers_and_zero_is_empty() -> None:
    chart = heat_map(["BERT"], ["GLUE", "SQuAD"], [[3, 0]], title="Tried")
    assert set(texts(chart)) == {"BERT", "GLUE", "SQuAD", "3"}


@pytest.mark.parametrize("kind", ["bars", "lines", "heat"])
def test_a_chart_is_an_image_with_name_and_description(kind: str) -> None:
    chart = ElementTree.fromstring(charts()[kind])
    assert chart.get("role") == "img"
    described = {element.get("id"): element.text for element in chart.iter() if element.get("id")}
    title, description = (chart.get("aria-labelledby") or "").split()
    assert described[title] == "BERT"
    assert "LoRA" in (described[description] or "")


@pytest.mark.parametrize("kind", ["bars", "lines", "heat"])
def test_colours_are_those_of_the_page(kind: str) -> None:
    chart = charts()[kind]
    assert "currentColor" in chart
    assert "#000000" not in chart
    assert "<style" not in chart


def test_charts_on_one_page_share_no_ids() -> None:
    ids = [id_ for chart in charts().values() for id_ in re.findall(r'\bid="([^"]+)"', chart)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("kind", ["bars", "lines", "heat"])
def test_hostile_names_are_text(kind: str) -> None:
    clean = tuple(text.encode("utf-8", "replace").decode() for text in HOSTILE)
    chart = charts((*clean, "$x^2$", "图像分类" * 20))[kind]
    plain = {element.tag for element in ElementTree.fromstring(charts()[kind]).iter()}
    assert {element.tag for element in ElementTree.fromstring(chart).iter()} <= plain
    assert "$x^2$" in texts(chart)
    assert max(map(len, texts(chart))) < 40


def test_the_same_numbers_give_the_same_bytes_in_every_process() -> None:
    code = (
        "import hashlib; from tests.graph.test_charts import charts; "
        "print(hashlib.sha256(''.join(charts().values()).encode()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


def test_the_users_own_settings_do_not_matter() -> None:
    import matplotlib

    expected = charts()
    with matplotlib.rc_context({"font.size": 30, "axes.facecolor": "red", "svg.hashsalt": "x"}):
        assert charts() == expected


@pytest.mark.parametrize("value", [-1.0, float("nan"), float("inf")])
def test_what_cannot_be_drawn_is_refused(value: float) -> None:
    with pytest.raises(UsageError, match="0 or more"):
        bar_chart([("a", value)], title="x")


def test_nothing_to_draw_is_refused() -> None:
    with pytest.raises(UsageError, match="nothing to draw"):
        bar_chart([], title="x")
    with pytest.raises(UsageError, match="nothing to draw"):
        line_chart([], {}, title="x")
    with pytest.raises(UsageError, match="nothing to draw"):
        heat_map([], [], [], title="x")


def test_lines_and_tables_of_another_shape_are_refused() -> None:
    with pytest.raises(UsageError, match="1 numbers for 2 times"):
        line_chart(["a", "b"], {"x": [1.0]}, title="x")
    with pytest.raises(UsageError, match="a row a name"):
        heat_map(["a"], ["b"], [[1.0, 2.0]], title="x")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_a_browser_no_text_leaves_the_chart_and_none_covers_another(
    chromium: Browser, tmp_path: Path, scheme: str
) -> None:
    long = ("General Language Understanding", "a method with quite a long name", "ViT-B/16", "mAP")
    file = tmp_path / "charts.html"
    body = "".join(f"<div>{chart}</div>" for chart in charts(long).values())
    file.write_text(
        f'<!DOCTYPE html><meta name="color-scheme" content="light dark">'
        f"<style>body {{ font-family: sans-serif }}</style>{body}",
        encoding="utf-8",
    )
    visit = open_file(chromium, file, color_scheme=scheme)
    faults = visit.page.evaluate(
        """() => [...document.querySelectorAll("svg")].flatMap((svg) => {
          const frame = svg.getBoundingClientRect();
          const straight = [...svg.querySelectorAll("text")]
            .filter((text) => !/rotate.-[1-9]/.test(text.getAttribute("transform") || ""));
          const boxes = straight.map((text) => [text.textContent, text.getBoundingClientRect()]);
          const out = boxes.filter(([, b]) => b.left < frame.left - 1 || b.right > frame.right + 1
            || b.top < frame.top - 1 || b.bottom > frame.bottom + 1);
          const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
            && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
          const over = boxes.flatMap(([name, a], i) => boxes.slice(i + 1)
            .filter(([, b]) => meet(a, b)).map(([other]) => `${name} on ${other}`));
          return [...out.map(([name]) => name), ...over];
        })"""
    )
    visit.page.context.close()
    assert faults == []
    assert (visit.requests, visit.complaints) == ([], [])
