"""One self-contained HTML document out of what pyvis writes: no network, no markup from papers."""

from __future__ import annotations

import json
import re
from html import escape
from importlib import resources
from typing import TYPE_CHECKING, Any

from extract.errors import PaperkgError
from graph.display import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
_FROM_NETWORK = re.compile(r"<(?:link|script)\s[^>]*?(?:href|src)\s*=[^>]*>(?:\s*</script>)?")
_HEADING = re.compile(r"<center>\s*<h1></h1>\s*</center>")
_COMMENT = re.compile(r"<!-- <link .*?-->", re.DOTALL)

_OPTIONS = {
    "physics": {"enabled": False},
    "interaction": {
        "hover": True,
        "dragNodes": False,
        "tooltipDelay": 120,
        "hideEdgesOnZoom": True,
        "keyboard": {"enabled": True, "bindToWindow": False},
    },
    "nodes": {"borderWidth": 1},
    "edges": {
        "width": 0.6,
        "hoverWidth": 1.5,
        "selectionWidth": 1.5,
        "smooth": False,
    },
}


def compose(drawing: str, title: str, legend: str, picture: Mapping[str, Any]) -> str:
    """The document: legend, drawing, and the scripts that both need.

    Args:
        drawing: what `pyvis_drawing` returned.
        title: plain text, as it came.
        legend: markup, its texts escaped.
        picture: `shape`, that of the view, and `islands`, the communities: x, y, radius, color,
            nodes.

    Raises:
        PaperkgError: the pyvis that is installed writes a page of an unknown form.
    """
    drawing = _FROM_NETWORK.sub("", drawing)
    drawing = _COMMENT.sub("", _HEADING.sub("", drawing))
    head = (
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(one_line(title))}</title>"
    )
    scripts = (
        f'<script type="application/json" id="picture">{script_json(picture)}</script>\n'
        f"<script>\n{_resource('picture.js')}</script>\n</body>"
    )
    canvas = 'role="img" aria-label="The picture; the legend beside it says in words what it shows"'
    for old, new in (
        ("<html>", '<!DOCTYPE html>\n<html lang="en">'),
        ('<meta charset="utf-8">', head),
        ("</head>", f"<style>\n{_resource('picture.css')}</style>\n</head>"),
        ("<body>", f"<body>\n{legend}"),
        ('<div id="mynetwork"', f'<div id="mynetwork" {canvas}'),
        ("</body>", scripts),
    ):
        drawing = _replace_once(drawing, old, new)
    return "\n".join(line.rstrip() for line in drawing.split("\n")) + "\n"


def script_json(value: object) -> str:
    r"""`value` as JSON that can stand inside a script element: ASCII, without `<`, `>` and `&`.

    >>> print(script_json("</script>"))
    "\u003c/script\u003e"
    """
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return re.sub("[<>&]", lambda match: f"\\u{ord(match[0]):04x}", text)


def pyvis_drawing(nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> str:
    """The page that pyvis writes; all that comes from papers is in its JSON, `<` escaped.

    Args:
        nodes, edges: vis-network's records, with `about`, the lines of the tooltip; nodes also
            with `name`, what is written below them, and `rank`, the lowest of which is written
            first. They must have no `title`: where one holds the letters "href", pyvis shows all
            as markup.
    """
    # pyvis brings IPython along, half a second: only who draws pays.
    from pyvis.network import Network

    network = Network(height="100%", width="100%", cdn_resources="in_line")
    network.options = _OPTIONS
    # In bulk: add_edge looks through all edges before it adds one.
    network.nodes = nodes
    network.edges = edges
    return str(network.generate_html())


def _replace_once(page: str, old: str, new: str) -> str:
    """`page` with its one `old` replaced; a page without it, or with two, is not pyvis 0.3's."""
    if page.count(old) != 1:
        raise PaperkgError(
            f"pyvis wrote a page with {page.count(old)} times {old!r} where 1 was expected. "
            "Install the version that paperkg is tested with: pip install pyvis==0.3.2"
        )
    return page.replace(old, new)


def _resource(name: str) -> str:
    """A file that ships beside this module."""
    return resources.files("graph").joinpath(name).read_text(encoding="utf-8")
