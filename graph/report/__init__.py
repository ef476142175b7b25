"""The report: what is in a library, on one page to send to a colleague.

parts.py      what a report says, as plain values
content.py    asks the graph and `graph.analysis` for it: `gather`
markup.py     tables, figures, links
sections.py   each part as a section of the page
page.py       the document: `compose_report`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.display import plural
from graph.html_document import HtmlDocument

if TYPE_CHECKING:
    from os import PathLike

    from graph.knowledge_graph import KnowledgeGraph


def report(
    knowledge: KnowledgeGraph,
    file: str | PathLike[str] | None = None,
    *,
    atlas: str | PathLike[str] | None = None,
    height: int = 640,
) -> HtmlDocument:
    """What is in the library, on one self-contained page to send to a colleague.

    Args:
        knowledge: the graph.
        file: also write it there; links to the atlas are relative to it.
        atlas: the file that `show` wrote of the whole graph; None for a report without links.
        height: in a notebook, in CSS pixels.

    Raises:
        UsageError: there is no such atlas, or the place cannot be written.
    """
    from graph.report.content import gather
    from graph.report.markup import links_to
    from graph.report.page import compose_report

    links = links_to(atlas, file)
    with knowledge.snapshot():
        content = gather(knowledge)
    title = f"What {plural(content.statistics.counts['papers'], 'paper')} are about"
    page = compose_report(content, title, links, library=knowledge.library.path.name)
    document = HtmlDocument(title, page, height)
    if file is not None:
        document.save(file)
    return document
