from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from extract.errors import UsageError
from graph.report.markup import Links, links_to, paragraph, quoted, table

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = '"><script>alert(1)</script>'


class Address(HTMLParser):
    """The address of the first link."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found = self.found or dict(attrs).get("href") or ""


def test_without_an_atlas_a_name_is_a_name() -> None:
    assert Links(None).name("method/bert", "BERT") == "<bdi>BERT</bdi>"


def test_a_link_holds_the_id_as_the_atlas_reads_it(tmp_path: Path) -> None:
    atlas = tmp_path / "my atlas #1.html"
    atlas.write_text("")
    links = links_to(atlas, tmp_path / "report.html")
    address = Address(links.name("method/c++ & <b>", HOSTILE)).found
    parts = urlsplit(address)
    assert unquote(parts.path) == "./my atlas #1.html"
    assert parse_qs(parts.fragment) == {"node": ["method/c++ & <b>"]}


def test_a_link_is_relative_to_the_page(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    atlas = tmp_path / "a" / "atlas.html"
    atlas.write_text("")
    assert links_to(atlas, tmp_path / "b.html").atlas == "./a/atlas.html"
    assert links_to(atlas, tmp_path / "c" / "b.html").atlas == "./../a/atlas.html"
    assert (links_to(atlas, None).atlas or "").startswith("file:///")


def test_a_file_name_cannot_be_another_kind_of_address(tmp_path: Path) -> None:
    atlas = tmp_path / "javascript:alert(1)"
    atlas.write_text("")
    address = Address(links_to(atlas, tmp_path / "r.html").name("a/b", "B")).found
    assert urlsplit(address).scheme == ""


def test_an_atlas_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="paperkg show -o"):
        links_to(tmp_path / "no.html", None)


def test_tables_have_caption_header_and_row_headings() -> None:
    html = table(HOSTILE, ("Name", "#Papers"), [[["<b>BERT</b>", "3"]], [["ViT", "1"]]], kind="x")
    assert "<script" not in html
    assert "<caption>" in html
    assert '<th scope="col" class="number">Papers</th>' in html
    assert '<th scope="row"><b>BERT</b></th><td class="number">3</td>' in html
    assert html.count("<tbody>") == 2


def test_sentences_and_quotes_are_text() -> None:
    assert "<script" not in paragraph(HOSTILE) + quoted(HOSTILE)
    assert paragraph("", "") == ""
    assert paragraph("Run `paperkg build`.") == "<p>Run <code>paperkg build</code>.</p>"
