"""The legend of a picture: what is shown, what shapes and colours mean, the communities."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from graph.display import plural, shorten

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

GREY = "#9aa0a6"
"""The colour of every community beyond the palette, and of nodes in none."""

PALETTE = (
    "#CC6677", "#332288", "#DDCC77", "#117733", "#88CCEE", "#882255", "#44AA99", "#999933",
    "#AA4499",
)  # fmt: skip
"""Paul Tol's "muted" scheme, told apart by colour-blind readers too; the largest come first."""

SHAPES: Mapping[str, str] = {
    "Paper": "square",
    "Method": "dot",
    "Dataset": "triangle",
    "Metric": "diamond",
    "Task": "hexagon",
    "Other concept": "triangleDown",
}
"""The shape of a node, in vis-network's words, by what it is."""

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
        name: as it came.
        color: CSS colour.
        papers, concepts: how many it has in the whole graph.
        island: index of its island, None where none of it is drawn.
    """

    name: str
    color: str
    papers: int
    concepts: int
    island: int | None


@dataclass(frozen=True, slots=True)
class Counts:
    """What is drawn and of how much; see `graph.selection.Selection`."""

    shown: int
    total: int
    edges: int
    isolated: int


def write_legend(
    title: str, counts: Counts, kinds: Sequence[str], communities: Sequence[Entry]
) -> str:
    """The legend as markup, every text escaped.

    Args:
        title: heading, plain text.
        kinds: the keys of `SHAPES` that are drawn.
        communities: in the order in which they are listed; after forty the rest is counted.
    """
    parts = [f"<h1>{escape(shorten(title, 200))}</h1>", *_summary(counts)]
    if counts.shown:
        parts.append(
            '<p class="note">Point at a node or a line for its evidence. Scroll to zoom, drag to '
            "move, click on a community to go there.</p>"
        )
        items = "".join(f"<li>{_symbol(SHAPES[kind])}{kind}</li>" for kind in kinds)
        parts.append(f'<h2>Shapes</h2>\n<ul class="kinds">{items}</ul>')
    if communities:
        listed = [entry for entry in communities[:_MOST_LISTED] if entry.island is not None]
        items = "\n".join(f"<li>{_button(entry)}</li>" for entry in listed)
        parts.append(f"<h2>Communities</h2>\n<ol>\n{items}\n</ol>")
        if len(communities) > len(listed):
            rest = f"{len(communities) - len(listed):,}"
            parts.append(f'<p class="note">and {rest} smaller ones</p>')
    body = "\n".join(parts)
    return f'<aside id="legend" aria-label="Legend">\n{body}\n</aside>\n'


def _summary(counts: Counts) -> list[str]:
    """What is shown, what is not, and what to do where there is little to see."""
    if not counts.shown:
        return [
            "<p>There is nothing to draw yet.</p>",
            "<p>Run <code>paperkg build PATH</code> with pages of abstracts, then "
            "<code>paperkg show</code> again.</p>",
        ]
    drawn = counts.total - counts.isolated
    if counts.shown < drawn:
        shown = f"{counts.shown:,} of {counts.total:,} nodes shown"
        text = f"{shown}: the strongest of the largest communities"
    else:
        text = f"{plural(counts.shown, 'node')} and {plural(counts.edges, 'edge')} shown"
    lines = [f"<p>{text}.</p>"]
    if counts.isolated:
        verb = "has" if counts.isolated == 1 else "have"
        lines.append(
            f'<p class="note">{plural(counts.isolated, "node")} of the graph {verb} no edge and '
            "cannot be seen here.</p>"
        )
    if not counts.edges:
        lines.append(
            "<p>No two of these nodes are connected: add more papers with "
            "<code>paperkg build PATH</code>.</p>"
        )
    return lines


def _button(entry: Entry) -> str:
    """A community that takes the reader to its island."""
    count = f"{plural(entry.papers, 'paper')}, {plural(entry.concepts, 'concept')}"
    return (
        f'<button type="button" data-island="{entry.island}">'
        f'<span class="swatch" style="background:{entry.color}"></span>'
        f'<bdi title="{escape(shorten(entry.name, 400))}">{escape(shorten(entry.name, 90))}</bdi>'
        f'<span class="count">{count}</span></button>'
    )


def _symbol(shape: str) -> str:
    """A node's shape as a small drawing."""
    path = f'<path d="{_OUTLINES[shape]}" fill="#57606a"/>'
    return f'<svg viewBox="0 0 14 14" aria-hidden="true">{path}</svg>'
