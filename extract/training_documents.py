"""Annotated texts as spaCy documents on the disk, the form in which the network is trained.

Beside annotated papers it takes silver data: texts that another model has labelled, JSON Lines of
`{"text": …, "mentions": [[start, end, type], …]}`, plain or in gzip or zstd. `text` is what
`extract.reading_text` makes of a paper, start and end index its code points; what follows the type
in a mention is not read.
"""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING

from spacy.tokens import DocBin
from spacy.util import filter_spans

from extract.errors import RecordError, UsageError
from extract.readers.bytestream import ByteStream
from extract.reading_text import reading_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc

    from extract.gold import AnnotatedPaper

_DOCUMENTS_A_FILE = 2000
# All that the recogniser learns from; the other layers of a document would be empty columns.
_LAYERS = ("ENT_IOB", "ENT_TYPE")


def annotated_docs(nlp: Language, papers: Iterable[AnnotatedPaper]) -> Iterator[Doc]:
    """Annotated papers as spaCy documents with entities set."""
    for annotated in papers:
        text = reading_text(annotated.paper)
        spans = ((*text.span(m.field, m.start, m.end), m.type) for m in annotated.mentions)
        yield _labelled(nlp, text.text, spans)


def silver_docs(nlp: Language, file: Path) -> Iterator[Doc]:
    """The labelled texts of a file as spaCy documents with entities set.

    Raises:
        UsageError: the file cannot be read.
        RecordError: a line is not of the documented form.
    """
    try:
        with file.open("rb") as opened:
            stream = ByteStream(opened)
            for number, line in stream.lines():
                if line.strip():
                    yield _silver_doc(nlp, line, file, number)
    except OSError as exc:
        raise UsageError(f"Cannot read {str(file)!r}: {exc.strerror}.") from exc
    if stream.failure or stream.bad_lines:
        reason = stream.failure or stream.bad_lines[0].reason
        raise UsageError(f"Cannot read all of {str(file)!r}: {reason}.")


def write_documents(docs: Iterable[Doc], folder: Path) -> int:
    """Write documents to a folder that `spacy.Corpus.v1` reads; returns how many.

    They are spread over several files, so that memory holds a part of them at a time.
    """
    folder.mkdir()
    written = 0
    waiting = iter(docs)
    while group := list(islice(waiting, _DOCUMENTS_A_FILE)):
        DocBin(attrs=_LAYERS, docs=group).to_disk(folder / f"{written:08}.spacy")
        written += len(group)
    return written


def _silver_doc(nlp: Language, line: str, file: Path, number: int) -> Doc:
    try:
        record = json.loads(line)
        text = record["text"]
        spans = [(start, end, label) for start, end, label, *_ in record["mentions"]]
        if not all(0 <= start < end <= len(text) for start, end, _ in spans):
            raise ValueError("a mention lies outside of the text")
        return _labelled(nlp, text, spans)
    except (ValueError, KeyError, TypeError) as exc:
        raise RecordError(
            str(file),
            number,
            f"not a labelled text ({type(exc).__name__}: {exc}); expected "
            '{"text": …, "mentions": [[start, end, type], …]}.',
        ) from exc


def _labelled(nlp: Language, text: str, spans: Iterable[tuple[int, int, str]]) -> Doc:
    """The longest of overlapping spans count; those that cut a token are widened to it."""
    doc = nlp.make_doc(text)
    found = (
        doc.char_span(start, end, label=label, alignment_mode="expand")
        for start, end, label in spans
    )
    doc.set_ents(filter_spans([span for span in found if span is not None]))
    return doc
