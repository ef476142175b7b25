"""Pages saved as HTML: lists and single papers of Hugging Face, and pages with citation tags.

Hugging Face's pages hold their papers as JSON in an attribute, which is the best source; where a
browser has saved the page without it, the shown headings and paragraphs are read.
"""

from __future__ import annotations

import email
import email.policy
import json
import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from lxml import etree, html

from extract.identity import normalise_arxiv_id
from extract.readers.dates import iso_date, page_date
from extract.readers.json_fields import FieldError, record_of
from extract.readers.raw import BadRecord, PageDate, RawRecord, excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.readers.bytestream import ByteStream
    from extract.readers.raw import Item

_MAX_BYTES = 64 * 2**20
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?([\w.-]+)""", re.IGNORECASE)
_PAPER_LINK = re.compile(r"(?:https?://(?:www\.)?huggingface\.co)?/papers/([^/?#]+)/?")
_DAY_ADDRESS = re.compile(r"huggingface\.co/papers(?:/date/|\?date=)(\d{4})-(\d\d)-(\d\d)")
_HEADINGS = ("h1", "h2", "h3", "h4")
_MIN_WORDS = 6  # texts of fewer words beside a title are buttons, names and counts


def read_html(stream: ByteStream) -> Iterator[Item]:
    """One record for each paper of the page; its place is its number, from 1."""
    data = bytearray()
    for chunk in stream.chunks():
        data += chunk
        if len(data) > _MAX_BYTES:
            yield BadRecord(None, f"an HTML page of more than {_MAX_BYTES:,} bytes")
            return
    page = _decoded(_html_part(bytes(data)))
    if page is None:
        yield BadRecord(None, "HTML that is neither UTF-8 nor in the encoding that it declares")
        return
    tree = _parsed(page)
    found = [] if tree is None else _items(tree, page)
    if not found:
        yield BadRecord(
            None,
            "an HTML page without papers that paperkg knows how to find; save the page completely, "
            "or as text",
        )
    yield from found


def _html_part(data: bytes) -> bytes:
    """The HTML in a page that Chrome saved as a single file (MHTML), or `data` itself."""
    if data.lstrip()[:1] == b"<":
        return data
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            return payload if isinstance(payload, bytes) else b""
    return b""


def _decoded(data: bytes) -> str | None:
    declared = _CHARSET.search(data[:4096])
    for encoding in ("utf-8", declared[1].decode("ascii") if declared else "utf-8"):
        try:
            # As the HTML standard has it; libxml2 would stop at a NUL.
            return data.decode(encoding).replace("\0", "\ufffd")
        except (UnicodeDecodeError, LookupError):
            continue
    return None


def _parsed(page: str) -> html.HtmlElement | None:
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    try:
        return html.document_fromstring(page.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError):
        # Nothing but comments or white space; lxml asserts where a document has no root.
        return None


def _items(tree: html.HtmlElement, page: str) -> list[Item]:
    date = _date(tree, page)
    return _embedded(tree, date) or _listed(tree, date) or _single(tree)


def _date(tree: html.HtmlElement, page: str) -> PageDate:
    """The day that the page's address names, or else the one that it shows."""
    address = _DAY_ADDRESS.search(page, 0, 2000)  # the comment that browsers put at the top
    canonical = tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    for match in (address, *map(_DAY_ADDRESS.search, canonical)):
        if match:
            return PageDate(int(match[2]), int(match[3]), int(match[1]))
    for element in tree.iter("time", "button", "a", "span", "div", "p"):
        text = element.text
        if text and len(text) < 40:
            shown = page_date(text.strip())
            if shown:
                return PageDate(*shown)
        if element.getparent() is not None and element.getparent().tag == "article":
            break  # dates beside papers are theirs
    return PageDate()


def _embedded(tree: html.HtmlElement, date: PageDate) -> list[Item]:
    """The papers in the JSON that Hugging Face's pages carry in `data-props`."""
    for properties in tree.xpath("//@data-props"):
        if '"summary"' not in properties:
            continue
        try:
            value = json.loads(properties)
        except (ValueError, RecursionError):
            continue
        papers = _papers_in(value)
        if papers:
            # The pages of a week and of a month begin long before some papers were listed.
            is_day = value.get("periodType", "day") == "day"
            day = (_day(value.get("dateString")) or date) if is_day else PageDate()
            return [_from_json(each, number, day) for number, each in enumerate(papers, start=1)]
    return []


def _papers_in(value: Any) -> list[dict[str, Any]]:
    """The papers of a list, of a list's page by another name, or the one of a single page."""
    if not isinstance(value, dict):
        return []
    for listed in (value.get("dailyPapers"), value.get("papers"), [value.get("paper")]):
        papers = (
            [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
        )
        if papers:
            return papers
    return []


def _day(value: Any) -> PageDate | None:
    date = iso_date(value)
    if date is None or len(date) < 10:
        return None
    return PageDate(int(date[5:7]), int(date[8:]), int(date[:4]))


def _from_json(value: dict[str, Any], number: int, date: PageDate) -> Item:
    try:
        record = record_of(value, number)
    except FieldError as exc:
        return BadRecord(number, str(exc), excerpt(json.dumps(value)))
    address = f"https://huggingface.co/papers/{record.arxiv_id}" if record.arxiv_id else None
    return _on_page(record, date, record.url or address)


def _on_page(record: RawRecord, date: PageDate, url: str | None) -> RawRecord:
    known = date if date != PageDate() else _day(record.seen_on)
    return replace(record, seen_on=None, page=known or date, url=url)


def _listed(tree: html.HtmlElement, date: PageDate) -> list[Item]:
    """The papers of a list: headings that link to a paper, each with the text that follows."""
    cards: dict[str, tuple[html.HtmlElement, str]] = {}
    for link in tree.iter("a"):
        match = _PAPER_LINK.fullmatch(link.get("href", ""))
        arxiv_id = normalise_arxiv_id(match[1]) if match else None
        if arxiv_id and arxiv_id not in cards and _in_heading(link):
            cards[arxiv_id] = link, "".join(link.itertext())
    return [
        _from_card(link, title, arxiv_id, number, date)
        for number, (arxiv_id, (link, title)) in enumerate(cards.items(), start=1)
    ]


def _in_heading(link: html.HtmlElement) -> bool:
    return next(link.iterancestors(*_HEADINGS), None) is not None or any(
        True for _ in link.iter(*_HEADINGS)
    )


def _from_card(
    link: html.HtmlElement, title: str, arxiv_id: str, number: int, date: PageDate
) -> Item:
    address = f"https://huggingface.co/papers/{arxiv_id}"
    abstract = _longest_text(_card(link), title)
    return RawRecord(number, title, abstract, arxiv_id=arxiv_id, url=address, page=date)


def _card(link: html.HtmlElement) -> html.HtmlElement:
    """The element around a paper's heading that holds no other paper's."""
    article = next(link.iterancestors("article"), None)
    if article is not None:
        return article
    card = next(link.iterancestors(*_HEADINGS), link)
    for parent in card.iterancestors():
        if parent.tag == "body" or sum(1 for _ in islice(parent.iter(*_HEADINGS), 2)) > 1:
            break
        card = parent
    return card


def _longest_text(card: html.HtmlElement, title: str) -> str:
    """The longest paragraph or link text of a card that is not the title; empty where none is."""
    texts = ("".join(element.itertext()).strip() for element in card.iter("p", "a", "blockquote"))
    others = [text for text in texts if text != title.strip() and len(text.split()) >= _MIN_WORDS]
    return max(others, key=len, default="")


def _single(tree: html.HtmlElement) -> list[Item]:
    """The one paper of a page: by its citation tags (arXiv), or its heading `Abstract`."""
    tags: dict[str, list[str]] = {}
    for tag in tree.iter("meta"):
        tags.setdefault(tag.get("name", "").lower(), []).append(tag.get("content", ""))
    heading = next((h for h in tree.iter("h1") if "".join(h.itertext()).strip()), None)
    title = tags.get("citation_title", [""])[0] or (
        "" if heading is None else "".join(heading.itertext())
    )
    abstract = tags.get("citation_abstract", [""])[0] or _under_heading(tree)
    if not abstract:
        return []
    address = next(iter(tree.xpath("//link[@rel='canonical']/@href")), None)
    return [
        RawRecord(
            line=1,
            title=title,
            abstract=abstract,
            doi=tags.get("citation_doi", [None])[0],
            arxiv_id=tags.get("citation_arxiv_id", [address])[0],
            published=iso_date(
                tags.get("citation_date", tags.get("citation_publication_date", [""]))[0]
            ),
            authors=tuple(name for name in tags.get("citation_author", ()) if name),
            url=address,
        )
    ]


def _under_heading(tree: html.HtmlElement) -> str:
    for heading in tree.iter(*_HEADINGS):
        parent = heading.getparent()
        if parent is not None and "".join(heading.itertext()).strip().lower() == "abstract":
            return _longest_text(parent, "")
    return ""
