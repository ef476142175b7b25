"""A record and what is found in it, for tests of the library."""

from __future__ import annotations

import sqlite3
from typing import Any

from extract.records import (
    Definition,
    Extraction,
    Mention,
    Paper,
    Result,
    Source,
    paper_id,
)


def record(
    title: str = "On nets",
    abstract: str = "Nets work.",
    *,
    doi: str | None = None,
    arxiv_id: str | None = None,
    seen_on: str | None = None,
    file: str = "a.txt",
    line: int = 1,
) -> Paper:
    return Paper(
        paper_id(title, abstract),
        title,
        abstract,
        doi=doi,
        arxiv_id=arxiv_id,
        seen_on=seen_on,
        sources=(Source(file, line),),
    )


def extraction(paper: Paper) -> Extraction:
    mention = Mention(paper.id, "abstract", 0, 4, "Nets", "Method", "uses", 0.5, "ner")
    result = Result(paper.id, "Nets", None, None, "3", "%", None, True, "Nets", "abstract", 0, 0.5)
    return Extraction(paper, (mention,), (result,), (Definition("N", "Nets", 0, 0),))


class Connection(sqlite3.Connection):
    """A connection that counts."""

    opened = closed = 0

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        Connection.opened += 1

    def close(self) -> None:
        super().close()
        Connection.closed += 1
