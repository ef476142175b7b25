"""A picture of the graph: one HTML file that needs no network and runs nothing from a paper."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from graph.display import one_line, shorten
from graph.elements import NodeKind, Relation
from graph.layout import lay_out
from graph.legend import GREY, PALETTE, SHAPES, Counts, Entry, write_legend
from graph.page import compose, pyvis_drawing
from graph.selection import strongest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.elements import Community, Edge, Node
    from graph.layout import Island, Layout
    from graph.selection import Selection

_LINE_COLOR = "#57606a"


def draw(
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    communities: Sequence[Community],
    *,
    title: str = "Papers and their concepts",
    max_nodes: int = 300,
    seed: int = 0,
) -> str:
    """A self-contained HTML document that shows the graph, its communities as coloured islands.

    Papers and concepts are drawn, results are not. Above `max_nodes` the strongest of each
    community stand for the rest, and the legend says so. The page works in a browser without
    a network; it is the same, byte for byte, for the same graph in any order.

    Args:
        nodes: of any kind, ids unique.
        edges: those of other relations than paper to concept, or with an end that is not among
            `nodes`, are not drawn.
        communities: those found on the graph; members that are not among `nodes` do no harm.
        title: heading of the page, plain text.
        max_nodes: at most so many nodes are drawn; the page stays fluent up to some thousands.
        seed: of the force layout.

    Raises:
        UsageError: `max_nodes` is less than 1.
        PaperkgError: the installed pyvis is not one that paperkg knows.
    """
    selection = strongest(nodes, edges, communities, max_nodes)
    layout = lay_out(selection.nodes, selection.edges, communities, seed)
    order = _by_size(communities, nodes, layout.islands)
    colors = {"": GREY} | dict.fromkeys(order, GREY) | dict(zip(order, PALETTE, strict=False))
    names = {community.id: one_line(community.name) for community in communities}
    index = {node.id: i for i, node in enumerate(selection.nodes)}
    legend = write_legend(
        title,
        Counts(len(selection.nodes), selection.total, len(selection.edges), selection.isolated),
        _shown_kinds(selection.nodes),
        _entries(communities, order, layout.islands, colors),
    )
    drawing = pyvis_drawing(
        _node_records(selection, layout, names, colors), _edge_records(selection, layout, index)
    )
    return compose(
        drawing,
        title,
        legend,
        _island_records(layout, names, colors, index),
    )


def what(node: Node) -> str:
    """What a node is, as a key of `SHAPES`.

    Concepts of a type of the user's own are `Other concept`.
    """
    if node.kind is not NodeKind.CONCEPT:
        return str(node.kind)
    return node.type if node.type and node.type in SHAPES else "Other concept"


def _shown_kinds(nodes: Sequence[Node]) -> list[str]:
    """The keys of `SHAPES` that are in the picture, in their order."""
    shown = {what(node) for node in nodes}
    return [kind for kind in SHAPES if kind in shown]


def _by_size(
    communities: Sequence[Community], nodes: Sequence[Node], islands: Sequence[Island]
) -> dict[str, tuple[int, int]]:
    """How many papers and concepts every community has: drawn ones first, then by size and id."""
    known = {node.id for node in nodes}
    drawn = {island.community for island in islands}
    sizes = {
        community.id: (
            len(known.intersection(community.papers)),
            len(known.intersection(community.concepts)),
        )
        for community in communities
    }
    return dict(
        sorted(sizes.items(), key=lambda item: (item[0] not in drawn, -sum(item[1]), item[0]))
    )


def _entries(
    communities: Sequence[Community],
    sizes: Mapping[str, tuple[int, int]],
    islands: Sequence[Island],
    colors: Mapping[str, str],
) -> list[Entry]:
    """The communities for the legend, in the order of `sizes`."""
    place = {island.community: i for i, island in enumerate(islands)}
    names = {community.id: community.name for community in communities}
    return [
        Entry(names[id_], colors[id_], papers, concepts, place.get(id_))
        for id_, (papers, concepts) in sizes.items()
    ]


def _node_records(
    selection: Selection,
    layout: Layout,
    names: Mapping[str, str],
    colors: Mapping[str, str],
) -> list[dict[str, Any]]:
    """vis-network's nodes, numbered in the order of `selection.nodes`."""
    home = {id_: island.community for island in layout.islands for id_ in island.members}
    ranks = _ranks(selection)
    about = _about_nodes(selection)
    records = []
    for i, node in enumerate(selection.nodes):
        community = home.get(node.id, "")
        x, y = layout.positions[node.id]
        records.append(
            {
                "id": i,
                "name": shorten(node.name, 40 if node.kind is NodeKind.PAPER else 26),
                "rank": ranks[node.id],
                "x": x,
                "y": y,
                "shape": SHAPES[what(node)],
                "size": _size(node, selection.degrees[node.id]),
                "color": _node_color(colors[community]),
                "about": [
                    shorten(node.name, 300) or node.id,
                    _kind_line(node, selection.degrees[node.id]),
                    *([f"Community: {shorten(names[community], 120)}"] if community else []),
                    *about.get(node.id, ()),
                ],
            }
        )
    return records


def _ranks(selection: Selection) -> dict[str, int]:
    """The order in which names are written while there is room: concepts by degree, then papers."""
    ranked = sorted(
        selection.nodes,
        key=lambda node: (node.kind is NodeKind.PAPER, -selection.degrees[node.id], node.id),
    )
    return {node.id: rank for rank, node in enumerate(ranked)}


def _size(node: Node, degree: int) -> float:
    """Half the width of a node; its area grows with its degree, concepts faster than papers."""
    if node.kind is NodeKind.PAPER:
        return round(min(4.0 + 0.5 * math.sqrt(degree), 7.0), 1)
    return round(min(4.0 + 1.8 * math.sqrt(degree), 18.0), 1)


def _node_color(color: str) -> dict[str, Any]:
    """A node in its community's colour, with a dark rim while it is pointed at or chosen."""
    marked = {"background": color, "border": "#1f2328"}
    return {"background": color, "border": "#ffffff", "highlight": marked, "hover": marked}


def _kind_line(node: Node, degree: int) -> str:
    """What the node is, and its weight in the graph."""
    if node.kind is NodeKind.PAPER:
        published = node.properties.get("published")
        return f"Paper, {shorten(str(published), 20)}" if published else "Paper"
    papers = f"in {degree:,} paper" + ("" if degree == 1 else "s")
    return f"{shorten(node.type or 'Concept', 40)}, {papers}"


def _about_nodes(selection: Selection) -> dict[str, list[str]]:
    """A few words of evidence by node: a concept's surest sentence, a paper's concepts by role."""
    names = {node.id: shorten(node.name, 80) or node.id for node in selection.nodes}
    surest: dict[str, Edge] = {}
    concepts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for edge in sorted(selection.edges, key=_surest_first):
        surest.setdefault(edge.target, edge)
        concepts[edge.source][edge.relation].append(names[edge.target])
    about = {
        id_: [f"{_quote(edge)} – {names[edge.source]}"]
        for id_, edge in surest.items()
        if edge.properties.get("evidence")
    }
    for id_, by_relation in concepts.items():
        about[id_] = [
            f"{relation.lower()} {shorten(', '.join(targets), 140)}"
            for relation in Relation
            if (targets := by_relation.get(relation))
        ]
    return about


def _surest_first(edge: Edge) -> tuple[float, str, str, str]:
    """Order of edges by confidence, ties by what they join."""
    confidence = edge.properties.get("confidence", 0.0)
    value = float(confidence) if isinstance(confidence, (int, float)) else 0.0
    return -value, edge.source, edge.relation, edge.target


def _quote(edge: Edge) -> str:
    """The edge's evidence in quotation marks."""
    return f"“{shorten(str(edge.properties.get('evidence', '')), 220)}”"


def _edge_records(
    selection: Selection, layout: Layout, index: Mapping[str, int]
) -> list[dict[str, Any]]:
    """vis-network's edges: pale inside an island, paler between islands."""
    home = {id_: i for i, island in enumerate(layout.islands) for id_ in island.members}
    names = {node.id: shorten(node.name, 120) or node.id for node in selection.nodes}
    records = []
    for i, edge in enumerate(selection.edges):
        inside = home.get(edge.source) == home.get(edge.target)
        about = [f"{names[edge.source]} {edge.relation.lower()} {names[edge.target]}"]
        if edge.properties.get("evidence"):
            about.append(_quote(edge))
        records.append(
            {
                "id": i,
                "from": index[edge.source],
                "to": index[edge.target],
                "color": {
                    "color": _LINE_COLOR,
                    "hover": "#1f2328",
                    "highlight": "#1f2328",
                    "opacity": 0.45 if inside else 0.16,
                },
                "about": about,
            }
        )
    return records


def _island_records(
    layout: Layout,
    names: Mapping[str, str],
    colors: Mapping[str, str],
    index: Mapping[str, int],
) -> list[dict[str, Any]]:
    """The discs under the nodes, each with the name that is written below it."""
    return [
        {
            "x": island.x,
            "y": island.y,
            "radius": island.radius,
            "color": colors[island.community],
            "name": shorten(names.get(island.community, ""), 120),
            "size": round(min(0.75 * layout.belt, island.radius / 5), 1),
            "nodes": [index[id_] for id_ in island.members],
        }
        for island in layout.islands
    ]
