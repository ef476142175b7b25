"""Papers that another process adds to a library meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.library import Library
from extract.records import Extraction, Mention, Paper, Source, paper_id

if TYPE_CHECKING:
    from pathlib import Path


def other_paper(number: int) -> Paper:
    title, abstract = f"Other {number}", "Nets."
    source = Source("other.txt", number)
    return Paper(paper_id(title, abstract), title, abstract, sources=(source,))


def add_as_another_process(path: Path, number: int) -> None:
    paper = other_paper(number)
    mention = Mention(paper.id, "abstract", 0, 4, "Nets", "Method", "uses", 0.5, "ner")
    with Library.open(path, create=True) as library, library.transaction():
        library.add([paper])
        library.store(Extraction(paper, (mention,), (), ()), "model-1")
