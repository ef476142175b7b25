"""The report as one document: no script, no request, the same bytes for the same library."""

from __future__ import annotations

from html import escape
from importlib import metadata, resources
from typing import TYPE_CHECKING

from graph.display import one_line, plural, shorten
from graph.report.markup import paragraph
from graph.report.sections import (
    communities_section,
    corpus_section,
    leaderboards_section,
    leading_section,
    rising_section,
)

if TYPE_CHECKING:
    from graph.report.markup import Links
    from graph.report.parts import Content

# Charts have their styles on their elements, which only this allows.
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)


def compose_report(content: Content, title: str, links: Links, *, library: str) -> str:
    """The document.

    Args:
        content: what it says.
        title: heading, plain text.
        links: into the atlas.
        library: name of the library's file, for the last line.
    """
    if not content.statistics.counts["papers"]:
        sections = {
            "Nothing yet": paragraph("The library is empty: `paperkg build PAGES` fills it.")
        }
    else:
        sections = {
            "What is in the corpus": corpus_section(content),
            "Communities": communities_section(content, links),
            "Most used": leading_section(content, links),
            "Leaderboards": leaderboards_section(content, links),
            "What rises": rising_section(content, links),
        }
    items = "".join(
        f'<li><a href="#{_anchor(heading)}">{escape(heading)}</a></li>' for heading in sections
    )
    body = "\n".join(
        f'<section aria-labelledby="{_anchor(heading)}">\n'
        f'<h2 id="{_anchor(heading)}">{escape(heading)}</h2>\n{markup}\n</section>'
        for heading, markup in sections.items()
    )
    return (
        f"{_head(title)}<body>\n<header>\n<h1>{escape(one_line(title))}</h1>\n"
        f"{paragraph(*_summary(content))}\n</header>\n"
        f'<nav aria-label="Contents"><ul>{items}</ul></nav>\n'
        f"<main>\n{body}\n</main>\n"
        f"<footer>\n{_footer(library, links)}\n</footer>\n</body>\n</html>\n"
    )


def _summary(content: Content) -> list[str]:
    counts = content.statistics.counts
    return [
        f"{plural(counts['papers'], 'paper')} name {plural(counts['concepts'], 'concept')} and "
        f"state {plural(counts['results'], 'result')}.",
        "All of it was extracted from titles and abstracts by a program, which errs: where a line "
        "matters, read the sentence beside it, and the paper.",
    ]


def _footer(library: str, links: Links) -> str:
    made = f"Made by paperkg {metadata.version('paperkg')} from {shorten(library, 100)}."
    return paragraph(made, "Names lead into the atlas." if links.atlas else "")


def _anchor(heading: str) -> str:
    return heading.lower().replace(" ", "-")


def _head(title: str) -> str:
    style = resources.files("graph.report").joinpath("report.css").read_text(encoding="utf-8")
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(one_line(title))}</title>\n"
        '<link rel="icon" href="data:,">\n'
        f"<style>\n{style}</style>\n</head>\n"
    )
