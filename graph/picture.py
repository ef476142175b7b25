"""A small picture of the graph: one HTML file, drawn by pyvis, that runs nothing from a paper."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.arrangements import in_columns, on_rings, with_groups
from graph.display import one_line, shorten
from graph.elements import NodeKind, Relation
from graph.layout import lay_out
from graph.legend import (
    GREY,
    KIND_COLORS,
    PALETTE,
    SHAPES,
    Entry,
    write_legend,
)
from graph.page import compose, pyvis_drawing
from graph.selection import link_weights
from graph.views import Shape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.elements import Community, Edge, Node
    from graph.layout import Island, Layout
    from graph.selection import Selection
    from graph.views import View

_PAPER_NAME, _CONCEPT_NAME = 40, 26  # characters written below a node
_NAME_IN_COLUMN = 90  # where a name may take three lines


@dataclass(frozen=True, slots=True)
class _Scene:
    """A view with what its picture adds: where nodes stand and what their colours mean."""

    view: View
    layout: Layout
    entries: Sequence[Entry]  # none where colours say what nodes are, not where they belong

    @property
    def by_kind(self) -> bool:
        return self.view.shape is Shape.ISLAND


def draw(view: View, communities: Sequence[Community], *, seed: int = 0) -> str:
    """A self-contained HTML document that shows a part of the graph.

    Nodes have the colour of their community; where one community is shown alone, the colour of
    their type. Beside the picture stands what it shows in words, with the sentences that say so.
    The page works in a browser without a network; it is the same, byte for byte, for the same
    graph in any order.

    Args:
        view: as `graph.views` chose it.
        communities: those found on the graph; members that are not in the view do no harm.
        seed: of the force layout, which views of a community have.

    Raises:
        PaperkgError: the installed pyvis is not one that paperkg knows.
    """
    shown = {node.id for node in view.selection.nodes}
    home = {
        id_: community.id
        for community in communities
        for id_ in (*community.papers, *community.concepts)
        if id_ in shown
    }
    layout = _layout(view, communities, home, seed)
    alone = view.shape is Shape.ISLAND
    scene = _Scene(view, layout, [] if alone else _entries(communities, layout.islands, shown))
    return _document(scene, communities)


def _layout(
    view: View, communities: Sequence[Community], home: Mapping[str, str], seed: int
) -> Layout:
    """Positions by the view's shape, with what of each community is in it as an island."""
    selection = view.selection
    if view.shape is Shape.ISLAND:
        return lay_out(selection.nodes, selection.edges, communities, seed)
    if view.shape is Shape.RINGS:
        weights = link_weights(selection.edges)
        return with_groups(on_rings(view.places, weights, home), home)
    columns: list[list[str]] = [[] for _ in range(max(view.places.values()) + 1)]
    for id_, column in view.places.items():
        columns[column].append(id_)
    return with_groups(in_columns(columns), home)


def _document(scene: _Scene, communities: Sequence[Community]) -> str:
    """The page of a scene."""
    view = scene.view
    colors = {"": GREY} | {entry.id: entry.color for entry in scene.entries}
    names = {community.id: one_line(community.name) for community in communities}
    legend = write_legend(view.title, view.note, _kinds(scene), scene.entries, view.passages)
    drawing = pyvis_drawing(_node_records(scene, names, colors), _edge_records(scene))
    picture = {"islands": _island_records(scene, colors), "shape": view.shape.name.lower()}
    return compose(drawing, view.title, legend, picture)


def what(node: Node) -> str:
    """What a node is, as a key of `SHAPES`.

    Concepts of a type of the user's own are `Other concept`.
    """
    if node.kind is not NodeKind.CONCEPT:
        return str(node.kind)
    return node.type if node.type and node.type in SHAPES else "Other concept"


def _kinds(scene: _Scene) -> dict[str, str]:
    """The keys of `SHAPES` that are in the picture, in their order, with the colour of each."""
    shown = {what(node) for node in scene.view.selection.nodes}
    colors = KIND_COLORS if scene.by_kind else dict.fromkeys(SHAPES, "currentColor")
    return {kind: colors[kind] for kind in SHAPES if kind in shown}


def _entries(
    communities: Sequence[Community], islands: Sequence[Island], shown: set[str]
) -> list[Entry]:
    """The communities of the view for the legend, those with most of its nodes first."""
    by_id = {community.id: community for community in communities}
    drawn = [(place, by_id[i.community]) for place, i in enumerate(islands) if i.community in by_id]
    colors = [*PALETTE, *[GREY] * len(drawn)]
    return [
        Entry(
            community.id,
            community.name,
            color,
            len(shown.intersection(community.papers)),
            len(shown.intersection(community.concepts)),
            place,
        )
        for (place, community), color in zip(drawn, colors, strict=False)
    ]


def _node_records(
    scene: _Scene, names: Mapping[str, str], colors: Mapping[str, str]
) -> list[dict[str, Any]]:
    """vis-network's nodes, numbered in the order of `selection.nodes`."""
    selection, layout = scene.view.selection, scene.layout
    home = {id_: island.community for island in layout.islands for id_ in island.members}
    ranks = _ranks(selection, scene.view.focus)
    about = _about_nodes(selection)
    records = []
    for i, node in enumerate(selection.nodes):
        community = home.get(node.id, "")
        x, y = layout.positions[node.id]
        degree = selection.degrees[node.id]
        records.append(
            {
                "id": i,
                "name": _written(node, scene.view.shape),
                "rank": ranks[node.id],
                "x": x,
                "y": y,
                "shape": SHAPES[what(node)],
                "size": _size(node, degree),
                "color": {"background": _color(node, community, scene, colors)},
                "borderWidth": 3 if node.id in scene.view.focus else 1,
                "focus": node.id in scene.view.focus,
                "about": [
                    shorten(node.name, 300) or node.id,
                    _kind_line(node, degree),
                    *([f"Community: {shorten(names[community], 120)}"] if community else []),
                    *about.get(node.id, ()),
                ],
            }
        )
    return records


def _color(node: Node, community: str, scene: _Scene, colors: Mapping[str, str]) -> str:
    return KIND_COLORS[what(node)] if scene.by_kind else colors[community]


def _written(node: Node, shape: Shape) -> str:
    """What is written below a node."""
    if shape is Shape.COLUMNS:
        return shorten(node.name, _NAME_IN_COLUMN) or node.id
    return shorten(node.name, _PAPER_NAME if node.kind is NodeKind.PAPER else _CONCEPT_NAME)


def _ranks(selection: Selection, focus: Sequence[str]) -> dict[str, int]:
    """The order in which names are written while there is room: concepts by degree, then papers.

    What was asked for comes before all.
    """
    ranked = sorted(
        selection.nodes,
        key=lambda node: (
            node.id not in focus,
            node.kind is NodeKind.PAPER,
            -selection.degrees[node.id],
            node.id,
        ),
    )
    return {node.id: rank for rank, node in enumerate(ranked)}


def _size(node: Node, degree: int) -> float:
    """Half the width of a node; its area grows with its degree, concepts faster than papers."""
    if node.kind is NodeKind.PAPER:
        return round(min(4.0 + 0.5 * math.sqrt(degree), 7.0), 1)
    return round(min(4.0 + 1.8 * math.sqrt(degree), 18.0), 1)


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


def _edge_records(scene: _Scene) -> list[dict[str, Any]]:
    """vis-network's edges, numbered in the order of `selection.edges`; those of paths are named."""
    selection, along = scene.view.selection, scene.view.shape is Shape.COLUMNS
    index = {node.id: i for i, node in enumerate(selection.nodes)}
    home = {id_: i for i, island in enumerate(scene.layout.islands) for id_ in island.members}
    names = {node.id: shorten(node.name, 120) or node.id for node in selection.nodes}
    records = []
    for i, edge in enumerate(selection.edges):
        about = [f"{names[edge.source]} {edge.relation.lower()} {names[edge.target]}"]
        if edge.properties.get("evidence"):
            about.append(_quote(edge))
        record = {
            "id": i,
            "from": index[edge.source],
            "to": index[edge.target],
            "opacity": _opacity(edge, scene, home),
            "about": about,
        }
        records.append(record | ({"said": edge.relation.lower()} if along else {}))
    return records


def _opacity(edge: Edge, scene: _Scene, home: Mapping[str, int]) -> float:
    """Plain along a path and next to the middle; pale inside an island, paler between islands."""
    if scene.view.shape is Shape.COLUMNS:
        return 0.9
    if scene.view.shape is Shape.RINGS and {edge.source, edge.target}.intersection(
        scene.view.focus
    ):
        return 0.6
    return 0.45 if home.get(edge.source) == home.get(edge.target) else 0.16


def _island_records(scene: _Scene, colors: Mapping[str, str]) -> list[dict[str, Any]]:
    """What lies under the nodes of each community, and which these are."""
    index = {node.id: i for i, node in enumerate(scene.view.selection.nodes)}
    return [
        {
            "x": island.x,
            "y": island.y,
            "radius": island.radius,
            "color": colors.get(island.community, GREY),
            "nodes": [index[id_] for id_ in island.members],
        }
        for island in scene.layout.islands
    ]
