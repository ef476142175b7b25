from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest

from extract.errors import UsageError
from graph.html_document import HtmlDocument
from tests.browser import open_file

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

TEXT = '<!DOCTYPE html><title>Tea & "biscuits"</title><p id="p">It\'s tea</p>'


def test_saving_writes_the_document_and_says_where(tmp_path: Path) -> None:
    file = HtmlDocument("Tea", TEXT).save(tmp_path / "tea.html")
    assert file == tmp_path / "tea.html"
    assert file.read_text(encoding="utf-8") == TEXT


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Make it first"):
        HtmlDocument("Tea", TEXT).save(tmp_path / "no" / "tea.html")


def test_as_a_string_it_is_short() -> None:
    document = HtmlDocument("Tea " * 1000, "x" * 1_000_000)
    assert len(str(document)) < 200
    assert "1,000,000 characters" in str(document)
    assert repr(document) == str(document)


def test_in_a_notebook_it_is_a_frame_of_its_own_that_holds_all_of_it() -> None:
    frame = HtmlDocument('"Tea"', TEXT, height=321)._repr_html_()
    srcdoc = re.search(r'srcdoc="([^"]*)"', frame)
    assert srcdoc is not None
    assert html.unescape(srcdoc[1]) == TEXT
    assert 'title="&quot;Tea&quot;"' in frame
    assert 'height="321"' in frame
    assert 'sandbox="allow-scripts"' in frame


def test_in_a_browser_the_frame_runs_and_reaches_nothing(chromium: Browser, tmp_path: Path) -> None:
    text = (
        '<!DOCTYPE html><p id="p">no</p><script>'
        "try { parent.document.title = 'reached'; } catch (e) { p.textContent = 'alone'; }"
        "</script>"
    )
    file = tmp_path / "notebook.html"
    frame = HtmlDocument("Tea", text)._repr_html_()
    file.write_text(f"<!DOCTYPE html><title>Notebook</title>{frame}", encoding="utf-8")
    visit = open_file(chromium, file)
    visit.page.frame_locator("iframe").get_by_text("alone").wait_for()
    title = visit.page.title()
    visit.page.context.close()
    assert title == "Notebook"
    assert (visit.requests, visit.complaints) == ([], [])
