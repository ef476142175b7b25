"""The legend of a picture: what is shown, what shapes and colours mean, the communities."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from graph.display import one_line, plural, shorten

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.views import Passage

GREY = "#8b9096"
"""The colour of every community beyond the palette, and of nodes in none."""

PALETTE = (
    "#4477AA", "#CC6677", "#228833", "#A06D00", "#AA3E83", "#0A8299", "#7C63C8", "#BF5530",
    "#4D8C70", "#80802A", "#A55DB0", "#6B7C8D",
)  # fmt: skip
"""Colours of communities: each stands out from a white and a dark page (contrast of 3 or more)."""

SHAPES: Mapping[str, str] = {
    "Paper": "square",
    "Method": "dot",
    "Dataset": "triangle",
    "Metric": "diamond",
    "Task": "hexagon",
    "Other concept": "triangleDown",
}
"""The shape of a node, in vis-network's words, by what it is."""

KIND_COLORS: Mapping[str, str] = dict(
    zip(SHAPES, (GREY, "#4477AA", "#228833", "#AA3E83", "#BF5530", "#80802A"), strict=True)
)
"""The colour of a node by what it is, where one community is shown alone."""

_OUTLINES = {
    "square": "M2 2h10v10H2z",
    "dot": "M7 1a6 6 0 1 0 .01 0z",
    "triangle": "M7 1l6.5 11.5h-13z",
    "diamond": "M7 0l6 7-6 7-6-7z",
    "hexagon": "M3.5 1h7L14 7l-3.5 6h-7L0 7z",
    "triangleDown": "M7 13L.5 1.5h13z",
}
_MOST_LISTED = 40


@dataclass(frozen=True, slots=True)
class Entry:
    """A community as the legend lists it.

    Attributes:
        id: of the community.
        name: as it came.
        color: CSS colour.
        papers, concepts: how many of them are in the view.
        island: index of its island.
    """

    id: str
    name: str
    color: str
    papers: int
    concepts: int
    island: int


def write_legend(
    title: str,
    note: str,
    kinds: Mapping[str, str],
    communities: Sequence[Entry],
    passages: Sequence[Passage] = (),
) -> str:
    """The legend as markup, every text escaped.

    Args:
        title: heading, plain text.
        note: how much is shown, of how much; a plain sentence.
        kinds: the keys of `SHAPES` that are drawn, each with its colour.
        communities: in the order in which they are listed; after forty the rest is counted.
        passages: what the picture shows, in words.
    """
    parts = [f'<h1 dir="auto">{escape(shorten(title, 200))}</h1>']
    parts.append(f"<p>{escape(one_line(note))}</p>")
    if kinds:
        parts.append(
            '<p class="note">Point at a node or a line for its evidence. Scroll to zoom, drag to '
            f"move{', click on a community to go there' if communities else ''}.</p>"
        )
        items = "".join(
            f"<li>{_symbol(SHAPES[kind], color)}{kind}</li>" for kind, color in kinds.items()
        )
        parts.append(f'<h2>Shapes</h2>\n<ul class="kinds">{items}</ul>')
    if communities:
        parts += _listed(communities)
    for passage in passages:
        items = "\n".join(
            f'<li><p dir="auto">{escape(statement.text)}</p>{_quoted(statement.evidence)}</li>'
            for statement in passage.statements
        )
        parts.append(f'<h2>{escape(passage.heading)}</h2>\n<ol class="said">\n{items}\n</ol>')
    body = "\n".join(parts)
    return f'<aside id="legend" aria-label="Legend">\n{body}\n</aside>\n'


def _listed(communities: Sequence[Entry]) -> list[str]:
    """The heading, those that can be gone to, and how many there are besides."""
    listed = communities[:_MOST_LISTED]
    items = "\n".join(f"<li>{_button(entry)}</li>" for entry in listed)
    parts = [f"<h2>Communities</h2>\n<ol>\n{items}\n</ol>"]
    if len(communities) > len(listed):
        rest = f"{len(communities) - len(listed):,}"
        parts.append(f'<p class="note">and {rest} smaller ones</p>')
    return parts


def _quoted(evidence: str) -> str:
    """A sentence of a paper."""
    return (
        f'<blockquote dir="auto">{escape(shorten(evidence, 600))}</blockquote>' if evidence else ""
    )


def _button(entry: Entry) -> str:
    """A community that takes the reader to its island."""
    count = f"{plural(entry.papers, 'paper')}, {plural(entry.concepts, 'concept')}"
    return (
        f'<button type="button" data-island="{entry.island}">'
        f'<span class="swatch" style="background:{entry.color}"></span>'
        f'<bdi title="{escape(shorten(entry.name, 400))}">{escape(shorten(entry.name, 90))}</bdi>'
        f'<span class="count">{count}</span></button>'
    )


def _symbol(shape: str, color: str) -> str:
    """A node's shape as a small drawing."""
    path = f'<path d="{_OUTLINES[shape]}" fill="{color}"/>'
    return f'<svg viewBox="0 0 14 14" aria-hidden="true">{path}</svg>'
