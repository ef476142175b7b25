"""Which records are one paper: identifiers in one spelling, and records that share one merged."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from extract.records import Paper, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from extract.records import Source

_DOI_PREFIX = re.compile(
    r"(?:doi\s*:\s*|info:doi/|urn:doi:|(?P<address>(?:https?://)?(?:dx\.|www\.)?doi\.org/))+",
    re.IGNORECASE,
)
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_ARXIV_DOI = "10.48550/arxiv."
_ARXIV_ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.|export\.|browse\.)?"
    r"(?:arxiv\.org/(?:abs|pdf|html|format)|huggingface\.co/papers|alphaxiv\.org/abs"
    r"|ar5iv(?:\.labs\.arxiv)?\.org/(?:abs|html))/",
    re.IGNORECASE,
)
# Also as OAI-PMH and DBLP (`abs/2401.00001`) have it.
_ARXIV_PREFIX = re.compile(r"(?:oai:)?arxiv(?:\.org)?\s*:\s*|abs/", re.IGNORECASE)
ARXIV_ARCHIVES = (
    *("acc-phys", "adap-org", "alg-geom", "ao-sci", "astro-ph", "atom-ph", "bayes-an"),
    *("chao-dyn", "chem-ph", "cmp-lg", "comp-gas", "cond-mat", "cs", "dg-ga", "econ", "eess"),
    *("funct-an", "gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "math", "math-ph"),
    *("mtrl-th", "nlin", "nucl-ex", "nucl-th", "patt-sol", "physics", "plasm-ph", "q-alg"),
    *("q-bio", "q-fin", "quant-ph", "solv-int", "stat", "supr-con"),
)
"""The archives of arXiv, those of before 2007 too: https://arxiv.org/category_taxonomy."""

_ARXIV_ID = re.compile(
    r"(?P<new>\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})(?:v\d+)?"
    rf"|(?P<archive>{'|'.join(ARXIV_ARCHIVES)})(?:\.[A-Z]{{2}})?/(?P<number>\d{{7}})(?:v\d+)?"
)
# At the beginning of a line only: `Comment on arXiv:2401.00001` names another paper.
_MARKED_ARXIV_ID = re.compile(
    r"^[ \t]*(?:(?:issue|number)\s*:\s*)?(?:arxiv (?:preprint|e-?prints?)[,:]?\s*)?"
    r"(?:arxiv\s*:\s*|https?://(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/)"
    r"([a-z.-]*/?\d{4}[\d.]*\d)",
    re.IGNORECASE | re.MULTILINE,
)


def normalise_doi(text: str) -> str | None:
    """The DOI in lower case, without resolver address or `doi:`; None where `text` is no DOI.

    >>> normalise_doi("https://doi.org/10.1000/XYZ.5")
    '10.1000/xyz.5'
    >>> normalise_doi("to appear") is None
    True
    """
    bare = text.strip()
    prefix = _DOI_PREFIX.match(bare)
    if prefix:
        bare = bare[prefix.end() :]
        bare = unquote(bare) if prefix["address"] else bare
    return bare.lower() if _DOI.fullmatch(bare) else None


def normalise_arxiv_id(text: str) -> str | None:
    """The arXiv identifier without `arXiv:`, address, subject class and version.

    Returns None where `text` is none. Identifiers of both schemes are known; see
    https://info.arxiv.org/help/arxiv_identifier.html.

    >>> normalise_arxiv_id("https://arxiv.org/abs/2503.01234v2")
    '2503.01234'
    >>> normalise_arxiv_id("arXiv:math.GT/0309136")
    'math/0309136'
    >>> normalise_arxiv_id("10.48550/arXiv.2503.01234")
    '2503.01234'
    """
    match = _ARXIV_ID.fullmatch(text)
    if match is None:
        bare = _ARXIV_ADDRESS.sub("", text.strip(), count=1)
        bare = re.split(r"[?#\s\[]", _ARXIV_PREFIX.sub("", bare, count=1), maxsplit=1)[0]
        match = _ARXIV_ID.fullmatch(bare.removesuffix(".pdf"))
    if match is None:
        doi = normalise_doi(text)
        if doi is None or not doi.startswith(_ARXIV_DOI):
            return None
        match = _ARXIV_ID.fullmatch(doi.removeprefix(_ARXIV_DOI))
        if match is None:
            return None
    return match["new"] or f"{match['archive']}/{match['number']}"


def find_arxiv_id(text: str) -> str | None:
    """The arXiv identifier with which a line of a note, or an address, begins.

    >>> find_arxiv_id("arXiv preprint arXiv:2503.01234"), find_arxiv_id("see arXiv:2503.01234")
    ('2503.01234', None)
    """
    found = (normalise_arxiv_id(match[1]) for match in _MARKED_ARXIV_ID.finditer(text))
    return next((arxiv_id for arxiv_id in found if arxiv_id), None)


def merge_records(records: Iterable[Paper]) -> list[Paper]:
    """One paper for all records that share a DOI, an arXiv identifier or a folded title.

    Records without a title (nothing in it but punctuation) are compared by folded abstract.
    Sharing is followed through: where A shares a DOI with B and B a title with C, all three are
    one paper. Each attribute is chosen by a rule that does not look at the order:

    - id: the least; title and abstract: of the record with the longest abstract, ties by code
      points; doi: the least, one of a publisher before one of arXiv; arxiv_id, url: the least;
    - published: the earliest date, where `2024` gives way to the more precise `2024-03`;
      seen_on: the earliest;
    - authors, categories: the longest list, ties by code points; sources: all, sorted.

    Args:
        records: as readers yield them. Merge all records at once: a merged paper has lost the
            titles that were not chosen, so that merging it with later records may miss some.

    Returns:
        The papers, sorted by id. Merging papers that were merged changes nothing.
    """
    return [paper for paper, _ in group_records(records)]


def group_records(records: Iterable[Paper]) -> list[tuple[Paper, tuple[Paper, ...]]]:
    """As `merge_records`, each paper with the records that it is made of.

    Returns:
        Papers sorted by id; their records in the order given.
    """
    members = list(records)
    groups: dict[int, list[Paper]] = {}
    for record, root in zip(members, _roots(members), strict=True):
        groups.setdefault(root, []).append(record)
    merged = [(_merge(group), tuple(group)) for group in groups.values()]
    return sorted(merged, key=lambda pair: pair[0].id)


def _keys(record: Paper) -> Iterator[tuple[str, str]]:
    """What makes two records one paper when they share it."""
    yield "id", record.id
    if record.doi is not None:
        yield "doi", record.doi
    if record.arxiv_id is not None:
        yield "arxiv", record.arxiv_id
    title = fold(record.title)
    if title:
        yield "title", title
    else:
        yield "abstract", fold(record.abstract) or record.abstract


def _roots(records: Sequence[Paper]) -> list[int]:
    """For each record the index of one record of its group, by union-find."""
    parents = list(range(len(records)))

    def find(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    first_with: dict[tuple[str, str], int] = {}
    for index, record in enumerate(records):
        for key in _keys(record):
            a, b = find(first_with.setdefault(key, index)), find(index)
            parents[max(a, b)] = min(a, b)
    return [find(index) for index in range(len(records))]


def _merge(group: Sequence[Paper]) -> Paper:
    text = min(group, key=lambda record: (-len(record.abstract), record.abstract, record.title))
    return replace(
        text,
        id=min(record.id for record in group),
        doi=min(
            (record.doi for record in group if record.doi is not None),
            key=lambda doi: (doi.startswith(_ARXIV_DOI), doi),
            default=None,
        ),
        arxiv_id=_least(record.arxiv_id for record in group),
        published=_earliest(record.published for record in group),
        seen_on=_earliest(record.seen_on for record in group),
        authors=_longest(record.authors for record in group),
        categories=_longest(record.categories for record in group),
        url=_least(record.url for record in group),
        sources=tuple(
            sorted({source for record in group for source in record.sources}, key=_place)
        ),
    )


def _place(source: Source) -> tuple[str, int, str]:
    return source.file, source.line, source.record_id or ""


def _least(values: Iterable[str | None]) -> str | None:
    return min((value for value in values if value is not None), default=None)


def _earliest(dates: Iterable[str | None]) -> str | None:
    known = {date for date in dates if date is not None}
    return _least(
        date for date in known if not any(d != date and d.startswith(date) for d in known)
    )


def _longest(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return min(lists, key=lambda names: (-len(names), names))
