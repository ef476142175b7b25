"""Hugging Face "Daily Papers" pages saved as text, and plain text of titles and abstracts.

A page has a header, then titles and abstracts, each a line, with blank lines between or without.
Without, the word `Subscribe` of the header is glued to the first title. Newer pages show more
beside each paper (votes, who sent it in, an organisation, a date); all that is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extract.readers.alignment import Part, Unit, align
from extract.readers.dates import page_date
from extract.readers.paragraphs import units_of
from extract.readers.raw import BadRecord, Item, PageDate, RawRecord, excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from extract.readers.bytestream import ByteStream

# Lines that no title is.
_NEWSLETTER = re.compile(r"Get trending papers in your email inbox(?: once a day)?!")
_BYLINE = re.compile(r"by\s?AK and the research community")
_FURNITURE = re.compile(
    r"(?:View all )?\d[\d,]* authors?|[·•–—|-]|Submitted by(?: \S+)?|(?:Next|Previous) page"
    r"|Published on .{3,30}|Upvote|\+\d+|Hugging Face's logo|© ?(?:\d{4} )?Hugging Face"
)
# Words that are furniture, unless an abstract follows: then they are its title.
_WORDS = frozenset(
    (
        *("new", "Subscribe", "Daily Papers", "Trending Papers", "by", "AK"),
        *("and the research community", "Daily", "Weekly", "Monthly", "Previous", "Next"),
        # The top and the foot of every page of Hugging Face.
        *("Hugging Face", "Models", "Datasets", "Spaces", "Buckets new", "Posts", "Community"),
        *("Docs", "Enterprise", "Pricing", "Log In", "Sign Up", "Company", "TOS", "Privacy"),
        *("About", "Careers", "Website", "System theme"),
    )
)
_COUNT = re.compile(r"[\d,.]+k?")
_ABSTRACT_LENGTH = 250
_ORGANISATION_LENGTH = 100
_SUBSCRIBE = "Subscribe"
# Longer runs of texts are aligned in pieces, for the memory; no page has so many.
_MAX_UNITS = 20_000


@dataclass(slots=True)
class _Segment:
    """The lines of one page, or of the piece of a text that one header rules."""

    date: PageDate = field(default_factory=PageDate)
    lines: list[tuple[int, str]] = field(default_factory=list)
    has_text: bool = False


def is_page(text: str) -> bool:
    """Whether the beginning of a text has the marks of a Daily Papers page."""
    return any(
        _NEWSLETTER.fullmatch(line.strip()) or _BYLINE.fullmatch(line.strip())
        for line in text.split("\n")
    )


def read_page(stream: ByteStream) -> Iterator[Item]:
    """The records of pages: one page, one pasted twice, or several one after another.

    Titles without an abstract are refused; abstracts without a title are records without one.
    """
    for segment in _segments(stream.lines()):
        units = units_of(segment.lines)
        parts, _ = align(units)
        yield from records(units, parts, segment.date)


def records(units: Sequence[Unit], parts: Iterable[Part], page: PageDate | None) -> Iterator[Item]:
    """Records of texts whose parts are known; the paragraphs of an abstract are joined again."""
    title: Unit | None = None
    first: Unit | None = None
    abstract = ""
    for unit, part in zip(units, parts, strict=True):
        if part is Part.PARAGRAPH:
            abstract += ("\n\n" if unit.gap else "\n") + unit.text
            continue
        if first is not None:
            yield _record(title, first, abstract, page)
            title = first = None
        if part is Part.TITLE:
            title = unit
        elif part is Part.LONE_TITLE:
            yield BadRecord(unit.line, "a title without an abstract", excerpt(unit.text))
        else:
            first, abstract = unit, unit.text
    if first is not None:
        yield _record(title, first, abstract, page)


def _record(title: Unit | None, first: Unit, abstract: str, page: PageDate | None) -> RawRecord:
    start = title or first
    return RawRecord(start.line, title.text if title else "", abstract, page=page)


def _segments(lines: Iterable[tuple[int, str]]) -> Iterator[_Segment]:
    """The pages in a text, without their furniture."""
    segment = _Segment()
    in_header = True
    previous = ""  # the last line that was not blank
    for number, text, following in _with_following(lines):
        if not text:
            segment.lines.append((number, ""))
            continue
        title = _unglued(text, previous, in_header=in_header)
        if _is_header(title):
            text = title  # `SubscribeDaily Papers`
        # A date above an abstract is the title of that.
        date = page_date(text) if len(following) < _ABSTRACT_LENGTH else None
        opens_page = bool(_NEWSLETTER.fullmatch(text) or _BYLINE.fullmatch(text))
        if opens_page or (date and not _beside_paper(previous)):
            if not in_header and segment.has_text:
                yield segment
                segment = _Segment()
            in_header = True
            if date:
                segment.date = PageDate(*date)
        elif date or _is_furniture(text, previous, following):
            pass
        elif following == "·" and len(text) <= _ORGANISATION_LENGTH:
            pass  # the organisation, which a dot parts from the date
        else:
            if len(segment.lines) > _MAX_UNITS and len(text) < _ABSTRACT_LENGTH:
                yield segment
                segment = _Segment(segment.date)
            segment.lines.append((number, title))
            segment.has_text = True
            in_header = False
        previous = text
    yield segment


def _is_furniture(text: str, previous: str, following: str) -> bool:
    if previous == "Submitted by":
        return True
    known = text in _WORDS or _FURNITURE.fullmatch(text) or _COUNT.fullmatch(text)
    return bool(known) and len(following) < _ABSTRACT_LENGTH


def _beside_paper(previous: str) -> bool:
    """Whether a date after this line is that of a paper, not of the page."""
    return previous == "·"


def _unglued(text: str, previous: str, *, in_header: bool) -> str:
    """The title without the word `Subscribe` of the header, where that is glued to it.

    Behind the line about the newsletter any letter may follow the word, elsewhere a capital or a
    digit must: `Subscribe to Me` and `Subscribers` are titles.
    """
    rest = text.removeprefix(_SUBSCRIBE)
    if rest in ("", text) or not in_header or rest[0].isspace():
        return text
    is_glued = _NEWSLETTER.fullmatch(previous) or rest[0].isupper() or rest[0].isdigit()
    return rest if is_glued or _is_header(rest) else text


def _is_header(text: str) -> bool:
    return text == "Daily Papers" or bool(_BYLINE.fullmatch(text) or page_date(text))


def _with_following(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str, str]]:
    """Lines without white space at the ends, each with the next one that is not blank."""
    waiting: list[tuple[int, str]] = []
    for number, line in lines:
        text = line.strip()
        if text and waiting:
            for each_number, each in waiting:
                yield each_number, each, text
            waiting.clear()
        if text or waiting:
            waiting.append((number, text))
        else:
            yield number, "", ""
    for each_number, each in waiting:
        yield each_number, each, ""
