"""PubMed's nbib files (the MEDLINE display format), which rispy does not read.

Field tags are those of https://www.nlm.nih.gov/bsd/mms/medlineelements.html.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.identity import normalise_arxiv_id
from extract.readers.dates import iso_date
from extract.readers.line_groups import LineGroup, group_lines
from extract.readers.raw import RawRecord

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.readers.bytestream import ByteStream
    from extract.readers.raw import Item

_START = re.compile(r"PMID- ?\d")
_FIELD = re.compile(r"([A-Z][A-Z0-9]{1,3}) *- ?(.*)", re.DOTALL)
_TAG_WIDTH = 4


def read_nbib(stream: ByteStream) -> Iterator[Item]:
    """One record for each `PMID-` line. Lines that were wrapped are joined with one blank."""
    for group in group_lines(stream.lines(), _START):
        yield _record(group) if isinstance(group, LineGroup) else group


def _record(group: LineGroup) -> RawRecord:
    fields = _fields(group)
    pubmed_id = _first(fields, "PMID")
    return RawRecord(
        line=group.line,
        title=_first(fields, "TI") or _first(fields, "BTI") or _first(fields, "TT") or "",
        abstract=_first(fields, "AB") or "",
        record_id=pubmed_id,
        doi=_identifier(fields, "doi"),
        arxiv_id=_arxiv_id(fields),
        published=iso_date(_first(fields, "DP")) or iso_date(_first(fields, "DEP")),
        authors=tuple(fields.get("FAU") or fields.get("AU") or ()),
        categories=tuple(dict.fromkeys(fields.get("MH") or fields.get("OT") or ())),
        url=f"https://pubmed.ncbi.nlm.nih.gov/{pubmed_id}/" if pubmed_id else None,
    )


def _fields(group: LineGroup) -> dict[str, list[str]]:
    """The values of each tag, in their order."""
    parts: list[tuple[str, list[str]]] = []
    for line in group.lines:
        match = _FIELD.fullmatch(line)
        if match and line[_TAG_WIDTH : _TAG_WIDTH + 1] == "-":
            parts.append((match[1], [match[2].strip()]))
        elif line.strip() and parts:
            parts[-1][1].append(line.strip())
    fields: dict[str, list[str]] = {}
    for tag, lines in parts:
        fields.setdefault(tag, []).append(" ".join(lines))
    return fields


def _first(fields: dict[str, list[str]], tag: str) -> str | None:
    return next((value for value in fields.get(tag, ()) if value), None)


def _arxiv_id(fields: dict[str, list[str]]) -> str | None:
    """Preprints of arXiv have their identifier where others have that of the publisher."""
    if (_first(fields, "TA") or _first(fields, "JT") or "").lower() != "arxiv":
        return None
    values = [value for tag in ("LID", "AID") for value in fields.get(tag, ())]
    found = (normalise_arxiv_id(value.removesuffix("[pii]")) for value in values)
    return next((arxiv_id for arxiv_id in found if arxiv_id), None)


def _identifier(fields: dict[str, list[str]], kind: str) -> str | None:
    """An article identifier such as `10.1000/xyz [doi]`, without its kind."""
    mark = f"[{kind}]"
    values = [value for tag in ("LID", "AID") for value in fields.get(tag, ())]
    return next((v.removesuffix(mark).strip() for v in values if v.endswith(mark)), None)
