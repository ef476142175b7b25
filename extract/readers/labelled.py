"""Text in which each part of a record has its name before it: `Title: ...`, `Abstract: ...`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.readers.authors import split_names
from extract.readers.dates import iso_date
from extract.readers.line_groups import LineGroup, group_lines
from extract.readers.raw import RawRecord
from extract.readers.subjects import subject_classes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.readers.bytestream import ByteStream
    from extract.readers.raw import Item

_START = re.compile(r"\s*title\s*:", re.IGNORECASE | re.ASCII)
_ABSTRACT = re.compile(r"^[ \t]*(?:abstract|summary)\s*:", re.IGNORECASE | re.ASCII | re.MULTILINE)
# Other words before a colon may well be in an abstract.
_LABEL = re.compile(
    r"\s*(title|authors?|abstract|summary|doi|arxiv(?: id)?|url|link|pdf|date|published|year"
    r"|categories|category|subjects?|keywords|comments?|journal|venue)\s*:\s*(.*)",
    re.IGNORECASE | re.ASCII | re.DOTALL,
)
_RULE = re.compile(r"\s*(?:-{3,}|={3,}|\*{3,}|_{3,})\s*")


def is_labelled(text: str) -> bool:
    """Whether a text begins with a title after its label, and has an abstract after its own."""
    return bool(_START.match(text) and _ABSTRACT.search(text))


def read_labelled(stream: ByteStream) -> Iterator[Item]:
    """One record for each line `Title:`. Lines of dashes part records and are left out."""
    for group in group_lines(stream.lines(), _START):
        yield _record(group) if isinstance(group, LineGroup) else group


def _record(group: LineGroup) -> RawRecord:
    parts: list[tuple[str, list[str]]] = []
    for line in group.lines:
        match = _LABEL.fullmatch(line)
        if match:
            parts.append((match[1].lower(), [match[2]]))
        elif not _RULE.fullmatch(line):
            parts[-1][1].append(line)
    fields: dict[str, str] = {}
    for label, lines in parts:
        fields.setdefault(label, "\n".join(lines).strip())

    def first(*labels: str) -> str | None:
        return next((fields[label] for label in labels if fields.get(label)), None)

    address = first("url", "link", "pdf")
    return RawRecord(
        line=group.line,
        title=fields["title"],
        abstract=first("abstract", "summary") or "",
        doi=first("doi"),
        arxiv_id=first("arxiv id", "arxiv") or address,
        published=iso_date(first("published", "date", "year")),
        authors=split_names(first("authors", "author") or ""),
        categories=subject_classes(first("categories", "category", "subjects", "keywords")),
        url=address,
    )
