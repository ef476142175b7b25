"""The atlas as one document: markup, style, scripts and data, with nothing left to ask for."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from importlib import resources
from typing import TYPE_CHECKING

from graph.atlas.encoding import pack
from graph.atlas.layout import lay_out_atlas
from graph.atlas.table import number, table
from graph.atlas.texts import BLOCK, MANY_PAPERS, text_blocks
from graph.display import one_line, shorten
from graph.elements import NodeKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.atlas.texts import Mark
    from graph.elements import Community, Edge, Node

_GRAPHOLOGY, _SIGMA = "graphology.umd.min.js", "sigma.min.js"
_LICENCES = ("graphology", "graphology-utils", "sigma", "events")
_MODULES = (
    "elements.js",
    "texts.js",
    "model.js",
    "paths.js",
    "filters.js",
    "search.js",
    "symbols.js",
    "islands.js",
    "names.js",
    "stage.js",
    "list.js",
    "panel.js",
    "controls.js",
    "permalink.js",
    "main.js",
)
"""What runs in the page, in this order, inside one function; see each file's first lines."""


def draw_atlas(
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    communities: Sequence[Community],
    marks: Mapping[str, Sequence[Mark]] | None = None,
    *,
    title: str = "Papers and their concepts",
    seed: int = 0,
) -> str:
    """The whole graph as one self-contained HTML document.

    Papers and concepts are drawn, results stand in the side panel. The page works in any browser
    of 2023 or later without a network, and is the same, byte for byte, for the same graph in any
    order. Above 20,000 papers abstracts stay out and evidence is capped, and the page says so.

    Args:
        nodes: of any kind, ids unique.
        edges: those with an end that is not among `nodes` are passed over.
        communities: those found on the graph; members that are not among `nodes` do no harm.
        marks: mentions to be marked in titles and abstracts, by paper id.
        title: heading of the page, plain text.
        seed: of the layout.
    """
    numbering = number(nodes, edges)
    columns = table(numbering, communities, lay_out_atlas(nodes, edges, communities, seed))
    papers = sum(node.kind is NodeKind.PAPER for node in numbering.nodes)
    columns |= {"block": BLOCK, "abridged": papers > MANY_PAPERS}
    blocks = text_blocks(numbering, nodes, edges, marks or {})
    style = _resource("browser/page.css")
    scripts = [_vendored(_GRAPHOLOGY), _where_webgl_is(_vendored(_SIGMA)), _program()]
    return "".join(
        (
            _head(title, style, scripts),
            _resource("browser/page.html").replace("<!-- title -->", escape(shorten(title, 200))),
            _notices(),
            _data("table", pack(columns)),
            *(_data(f"texts-{i}", pack(block)) for i, block in enumerate(blocks)),
            *(f"<script>{script}</script>\n" for script in scripts),
            "</body>\n</html>\n",
        )
    )


def _vendored(name: str) -> str:
    """A library as published, less its last line, which names a file for developers' tools."""
    return _resource(f"vendor/{name}").partition("\n//# sourceMappingURL=")[0] + "\n"


def _where_webgl_is(source: str) -> str:
    """A script that runs only in a browser with WebGL; without it sigma.js fails on loading."""
    return (
        "(function () {\n"
        'if (!document.createElement("canvas").getContext("webgl")) return;\n'
        f"{source}"
        "}).call(window);\n"
    )


def _notices() -> str:
    """The licences of what is vendored, which every copy must carry."""
    texts = "\n".join(_resource(f"vendor/{name}.LICENSE.txt").strip() for name in _LICENCES)
    heading = "This page contains graphology, graphology-utils, sigma.js and events:"
    return f"<!--\n{heading}\n\n{texts}\n-->\n"


def _program() -> str:
    """All modules as one function, so that no name of theirs is seen from outside."""
    modules = "\n".join(_resource(f"browser/{name}") for name in _MODULES)
    return f'(function () {{\n"use strict";\nconst atlas = {{}};\n{modules}\n}})();\n'


def _head(title: str, style: str, scripts: Sequence[str]) -> str:
    """Everything above the markup; only the scripts and the style that are ours may run."""
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(_fingerprint, scripts))}",
            f"style-src {_fingerprint(style)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
        )
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(one_line(title))}</title>\n"
        '<link rel="icon" href="data:,">\n'
        f"<style>{style}</style>\n</head>\n"
    )


def _fingerprint(text: str) -> str:
    """The source expression that allows one inline script or style: its SHA-256."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _data(name: str, packed: str) -> str:
    """Data that the page reads and never runs."""
    return f'<script type="application/octet-stream" id="{name}">{packed}</script>\n'


def _resource(name: str) -> str:
    """A file that ships beside this module, with line ends as browsers count them for its hash."""
    text = resources.files("graph.atlas").joinpath(name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")
