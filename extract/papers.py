"""Reading papers: any file, folder, glob or standard input as a stream of records."""

from __future__ import annotations

import io
import sys
from contextlib import nullcontext
from dataclasses import dataclass
from os import PathLike
from typing import TYPE_CHECKING

from extract.errors import RecordError, UsageError
from extract.gazetteer import ENDINGS
from extract.identity import normalise_arxiv_id, normalise_doi
from extract.readers import READERS
from extract.readers.bytestream import ByteStream
from extract.readers.dates import complete_page_date, iso_date
from extract.readers.files import STANDARD_INPUT, InputFile, MemoryFile, find_files
from extract.readers.raw import BadRecord, Item, RawRecord, excerpt
from extract.readers.recognition import Format, is_own_file, recognise
from extract.records import Paper, Source, paper_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager
    from typing import BinaryIO

Location = str | PathLike[str] | MemoryFile
"""A file, a folder, a glob (`**` too), `-` for standard input, or a file in memory."""


@dataclass(frozen=True, slots=True)
class Reject:
    """A record, or a whole file, that was not taken.

    Attributes:
        file: path as the user gave it, normalised; `-` for standard input.
        line: where the record starts, counted as in `Source`; None for a whole file.
        reason: why, as a sentence without its full stop.
        excerpt: at most 200 characters of its beginning, safe to print (`raw.excerpt`).
    """

    file: str
    line: int | None
    reason: str
    excerpt: str

    def error(self) -> RecordError:
        """The same as an error."""
        return RecordError(self.file, self.line, f"{self.reason}.")


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What to read, and what to know about pages.

    Attributes:
        year: the year of pages whose date has none.
        date: ISO date (`2025-03-12`) of pages that show none.
        limit: at most so many records, counted over all sources.
        since: ISO date (`2024`, `2024-03` or `2024-03-12`): only records published then or later,
            or, where that is unknown, seen then or later. Dates are compared as far as both are
            known; records without any date are left out.
        category: only records with that subject class, or one below it: `cs` takes `cs.CL` too.
        max_abstract: characters; records with a longer abstract or title are refused.

    Raises:
        UsageError: a value is out of range.
    """

    year: int | None = None
    date: str | None = None
    limit: int | None = None
    since: str | None = None
    category: str | None = None
    max_abstract: int = 50_000

    def __post_init__(self) -> None:
        if self.year is not None and not 1500 <= self.year <= 2999:
            raise UsageError(f"The year is {self.year}; expected one such as 2025.")
        if self.date is not None and (iso_date(self.date) != self.date or len(self.date) != 10):
            raise UsageError(f"The date is {self.date!r}; expected a day such as 2025-03-12.")
        if self.since is not None and iso_date(self.since) != self.since:
            raise UsageError(
                f"The earliest date is {self.since!r}; expected 2024, 2024-03 or 2024-03-12."
            )
        if self.limit is not None and self.limit < 0:
            raise UsageError(f"The limit is {self.limit}; expected 0 or more records.")
        if self.max_abstract < 1:
            raise UsageError(f"The longest abstract is {self.max_abstract}; expected 1 or more.")


def read_papers(
    source: Location | Iterable[Location],
    *,
    options: ReadOptions | None = None,
    on_reject: Callable[[Reject], None] | None = None,
    on_skip: Callable[[Paper, str], None] | None = None,
) -> Iterator[Paper]:
    """One paper for each record, as it comes; `extract.identity.merge_records` joins them.

    Formats are recognised by content: Daily Papers pages (text, HTML), JSON Lines, JSON, Atom,
    BibTeX, RIS, nbib, CSV, TSV and plain text, also in gzip or zstd. Folders are read with all
    that is in them, in the order of the names, but for hidden files and paperkg's own.

    Args:
        source: what to read, in this order; a file that is named twice is read once.
        options: see `ReadOptions`.
        on_reject: called for each record and file that is refused. Content never raises.
        on_skip: called for each record that `since` or `category` leaves out, with the reason.

    Returns:
        Papers with one source each. Title and abstract are as read, white space at their ends
        aside; both can be written as UTF-8, and the abstract is never empty.

    Raises:
        UsageError: a path does not exist, or a glob matches nothing; at once, before any reading.
    """
    locations = [source] if isinstance(source, str | PathLike | MemoryFile) else list(source)
    files = find_files(locations)
    return _read_files(
        files,
        options or ReadOptions(),
        on_reject or (lambda _: None),
        on_skip or (lambda *_: None),
    )


def _read_files(
    files: list[InputFile],
    options: ReadOptions,
    on_reject: Callable[[Reject], None],
    on_skip: Callable[[Paper, str], None],
) -> Iterator[Paper]:
    accepted = 0
    for file in files:
        if accepted == options.limit:
            return
        for paper in _read_file(file, options, on_reject):
            reason = _reason_to_skip(paper, options)
            if reason is not None:
                on_skip(paper, reason)
                continue
            yield paper
            accepted += 1
            if accepted == options.limit:
                return


def _read_file(
    file: InputFile, options: ReadOptions, on_reject: Callable[[Reject], None]
) -> Iterator[Paper]:
    for item in _items(file):
        record = _paper(item, file.name, options) if isinstance(item, RawRecord) else item
        if isinstance(record, Paper):
            yield record
        else:
            on_reject(Reject(file.name, record.line, record.reason, record.excerpt))


def _items(file: InputFile) -> Iterator[Item]:
    """What the file's reader yields, and after it what went wrong below the reader."""
    if file.in_folder and not file.path.is_file():
        yield BadRecord(None, "neither a file nor a folder, or a link that leads nowhere")
        return
    try:
        opened = _opened(file)
    except OSError as exc:
        yield BadRecord(None, f"the file cannot be opened: {exc.strerror or exc}")
        return
    with opened as binary:
        stream = ByteStream(binary)
        if file.in_folder and (is_own_file(stream.head) or file.name.endswith(ENDINGS)):
            return
        known = recognise(stream.head, whole=stream.whole)
        is_empty = True
        if isinstance(known, Format):
            for item in _without_cut_end(READERS[known](stream), stream, known):
                is_empty = False
                yield item
        elif stream.failure is None:
            is_empty = False
            yield known
        yield from stream.bad_lines
        if stream.failure is not None:
            yield BadRecord(None, f"{stream.failure}; what was read before that is kept")
        elif is_empty and not stream.bad_lines:
            yield BadRecord(None, f"no record in the file, which was taken for {known}")


def _opened(file: InputFile) -> AbstractContextManager[BinaryIO]:
    if file.content is not None:
        return io.BytesIO(file.content)
    return nullcontext(sys.stdin.buffer) if file.name == STANDARD_INPUT else file.path.open("rb")


# Formats of which the last record may lack its end where the file is cut off, without a sign.
_OPEN_ENDED = frozenset(
    (Format.HTML, Format.RIS, Format.NBIB, Format.DELIMITED, Format.LABELLED, Format.TEXT)
)


def _without_cut_end(items: Iterator[Item], stream: ByteStream, known: Format) -> Iterator[Item]:
    """The items, the last refused where the data ended early and nothing says it is whole."""
    if known not in _OPEN_ENDED:
        yield from items
        return
    held: Item | None = None
    for item in items:
        if held is not None:
            yield held
        held = item
    if isinstance(held, RawRecord) and stream.failure is not None:
        yield BadRecord(held.line, "the record may be cut off", excerpt(held.title))
    elif held is not None:
        yield held


def _paper(raw: RawRecord, file: str, options: ReadOptions) -> Paper | BadRecord:
    title, abstract = raw.title.strip(), raw.abstract.strip()
    reason = _fault(raw, title, abstract, options.max_abstract)
    if reason is not None:
        return BadRecord(raw.line, reason, excerpt(title or abstract))
    doi = normalise_doi(raw.doi) if raw.doi else None
    arxiv_id = normalise_arxiv_id(raw.arxiv_id) if raw.arxiv_id else None
    seen_on = raw.seen_on
    if raw.page is not None:
        seen_on = complete_page_date(raw.page, options.year, options.date)
    return Paper(
        id=paper_id(title, abstract),
        title=title,
        abstract=abstract,
        doi=doi,
        arxiv_id=arxiv_id or (normalise_arxiv_id(doi) if doi else None),
        published=raw.published,
        seen_on=seen_on,
        authors=raw.authors,
        categories=raw.categories,
        url=_web_address(raw.url),
        sources=(Source(file, raw.line, raw.record_id),),
    )


def _fault(raw: RawRecord, title: str, abstract: str, longest: int) -> str | None:
    """Why the record cannot be taken; None where it can."""
    if not abstract:
        return "no abstract"
    for name, text in (("abstract", abstract), ("title", title)):
        if len(text) > longest:
            return f"{name} of {len(text):,} characters, where at most {longest:,} are expected"
    others = (raw.record_id, raw.doi, raw.arxiv_id, raw.url, *raw.authors, *raw.categories)
    texts = (title, abstract, *(text for text in others if text))
    if any("\0" in text for text in texts):
        return "a NUL character, which no library and no graph can hold"
    try:
        "".join(texts).encode()
    except UnicodeEncodeError as exc:
        code = ord(exc.object[exc.start])
        # `surrogateescape` puts byte 0x80 + n of a text that is no UTF-8 at U+DC80 + n.
        if 0xDC80 <= code <= 0xDCFF:
            return f"the byte 0x{code - 0xDC00:02x}, which is no UTF-8; save the file as UTF-8"
        return f"the lone surrogate U+{code:04X}, which no text can hold"
    return None


def _web_address(url: str | None) -> str | None:
    """The address where a browser may be sent to it: not `javascript:`, not a file."""
    bare = url.strip() if url else ""
    return bare if bare.lower().startswith(("https://", "http://")) else None


def _reason_to_skip(paper: Paper, options: ReadOptions) -> str | None:
    """Why `since` or `category` leaves the record out; None where neither does."""
    if options.since is not None:
        date = paper.published or paper.seen_on
        if date is None:
            return f"no date, where {options.since} or later is asked for"
        known = min(len(date), len(options.since))
        if date[:known] < options.since[:known]:
            return f"dated {date}, before {options.since}"
    if options.category is not None:
        wanted = options.category.strip().lower()
        classes = [category.lower() for category in paper.categories]
        if not any(name == wanted or name.startswith(f"{wanted}.") for name in classes):
            return f"not of the category {options.category}"
    return None
