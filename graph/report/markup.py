"""Pieces of markup, every text escaped: tables, figures, links into the atlas."""

from __future__ import annotations

import os
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from extract.errors import UsageError
from graph.display import as_markup, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike

NAME_LENGTH = 200
"""Characters of a name or title; longer ones are cut."""

QUOTE_LENGTH = 600
"""Characters of a quoted sentence."""


@dataclass(frozen=True, slots=True)
class Links:
    """Makes names into links to their places in the atlas, where there is one.

    Attributes:
        atlas: the atlas's address as the report's page knows it; None for no links.
    """

    atlas: str | None

    def name(self, id_: str, name: str, *, as_: str = "node") -> str:
        """A paper's, concept's or community's name, as a link where that is possible.

        Args:
            id_: of the paper, concept or community.
            name: as it came.
            as_: `node` or `community`, as the atlas's permalinks say it.
        """
        text = f"<bdi>{escape(shorten(name, NAME_LENGTH) or id_)}</bdi>"
        if self.atlas is None:
            return text
        return f'<a href="{escape(self.atlas)}#{escape(urlencode({as_: id_}))}">{text}</a>'


def links_to(atlas: str | PathLike[str] | None, page: str | PathLike[str] | None) -> Links:
    """Links from a page to an atlas, relative so that both can be moved together.

    Args:
        atlas: the atlas's file; None for no links.
        page: the file of the page; None where it is in none, which makes the links absolute.

    Raises:
        UsageError: the atlas is no file.
    """
    if atlas is None:
        return Links(None)
    target = Path(atlas)
    if not target.is_file():
        raise UsageError(
            f"There is no atlas {target}. Write it first: paperkg show -o {target}, or leave out "
            "--atlas for a report without links."
        )
    if page is None:
        return Links(target.resolve().as_uri())
    try:
        relative = os.path.relpath(target.resolve(), Path(page).resolve().parent)
    except ValueError:  # on another drive
        return Links(target.resolve().as_uri())
    # The dot keeps a name such as `javascript:x.html` a name.
    return Links("./" + quote(Path(relative).as_posix(), errors="surrogatepass"))


def table(
    caption: str, header: Sequence[str], bodies: Sequence[Sequence[Sequence[str]]], *, kind: str
) -> str:
    """A table with caption and header; the first cell of a row is its heading.

    Args:
        caption, header: plain text.
        bodies: groups of rows of cells, which are markup; columns of numbers are those whose
            header begins with `#`, which is not shown.
        kind: class of the table.
    """
    numbers = [name.startswith("#") for name in header]
    head = "".join(
        f'<th scope="col"{_number(number)}>{escape(name.removeprefix("#"))}</th>'
        for name, number in zip(header, numbers, strict=True)
    )
    groups = "\n".join(
        "<tbody>\n" + "\n".join(_row(row, numbers) for row in rows) + "\n</tbody>"
        for rows in bodies
    )
    return (
        f'<table class="{kind}">\n<caption>{escape(caption)}</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n{groups}\n</table>"
    )


def _row(cells: Sequence[str], numbers: Sequence[bool]) -> str:
    first, *rest = (
        f"{_number(number)}>{cell}" for cell, number in zip(cells, numbers, strict=True)
    )
    return (
        f'<tr><th scope="row"{first}</th>' + "".join(f"<td{cell}</td>" for cell in rest) + "</tr>"
    )


def _number(number: bool) -> str:
    return ' class="number"' if number else ""


def figure(chart: str, caption: str) -> str:
    """A chart with what it shows below it."""
    return f"<figure>\n{chart}\n<figcaption>{escape(caption)}</figcaption>\n</figure>"


def quoted(text: str) -> str:
    """A verbatim sentence of a paper."""
    return f'<q dir="auto">{escape(shorten(text, QUOTE_LENGTH))}</q>' if text else ""


def paragraph(*sentences: str, kind: str = "") -> str:
    """Plain sentences, those that are empty left out; what stands in backticks is code."""
    text = " ".join(sentence for sentence in sentences if sentence)
    of_kind = f' class="{kind}"' if kind else ""
    return f"<p{of_kind}>{as_markup(text)}</p>" if text else ""


def details(summary: str, content: str) -> str:
    """What only some readers want to see."""
    return f"<details>\n<summary>{escape(summary)}</summary>\n{content}\n</details>"
