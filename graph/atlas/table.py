"""Papers, concepts, edges and communities as columns of numbers: what the page reads first."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extract.records import ConceptType
from graph.display import shorten
from graph.elements import PAPER_CONCEPT_RELATIONS, NodeKind, Relation
from graph.legend import PALETTE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.atlas.layout import AtlasLayout
    from graph.elements import Community, Edge, Node
    from graph.layout import Island

NAME_LENGTH = 200
"""Characters of a name or title in the picture and the search; texts hold the whole title."""

_CONCEPT_TYPES = tuple(map(str, ConceptType))
_ROLES = tuple(relation for relation in Relation if relation in PAPER_CONCEPT_RELATIONS)
_MONTH = re.compile(r"(\d{4})(?:-(\d{2}))?")
_LEADING = 12  # concepts and papers that stand for a community
_NEAREST = 5  # islands that should have other colours
_ALIASES = 30  # of one concept; more are never read


@dataclass(frozen=True, slots=True)
class Numbering:
    """Papers and concepts in the order of their ids; the page knows them by their place in it.

    Attributes:
        nodes: papers and concepts, sorted by id.
        places: where each id is in `nodes`.
        edges: those between two of these, by source, strength of the relation, target.
    """

    nodes: tuple[Node, ...]
    places: Mapping[str, int]
    edges: tuple[Edge, ...]


def number(nodes: Sequence[Node], edges: Sequence[Edge]) -> Numbering:
    """Number papers and concepts, and leave all else out; the order of the input is of no account.

    Ids in order are places in order: the page breaks ties among paths as `graph.paths` does.
    """
    kept = tuple(
        sorted(
            (node for node in nodes if node.kind is not NodeKind.RESULT), key=lambda node: node.id
        )
    )
    places = {node.id: place for place, node in enumerate(kept)}
    ranks = {relation: rank for rank, relation in enumerate(_ROLES)}
    links = [
        edge
        for edge in edges
        if edge.relation in ranks and edge.source in places and edge.target in places
    ]
    links.sort(key=lambda edge: (places[edge.source], ranks[edge.relation], places[edge.target]))
    return Numbering(kept, places, tuple(links))


def confidence(edge: Edge) -> float:
    """An edge's confidence, 0 to 1; 1 where it is not known."""
    value = edge.properties.get("confidence", 1.0)
    if isinstance(value, int | float) and math.isfinite(value):
        return min(max(float(value), 0.0), 1.0)
    return 1.0


def table(
    numbering: Numbering, communities: Sequence[Community], layout: AtlasLayout
) -> dict[str, Any]:
    """All that the picture, the search, the filters and paths need.

    Returns:
        Columns, by name; `browser/model.js` reads them. Places stand for nodes; -1 is none.
    """
    nodes = numbering.nodes
    types, type_of = _types(nodes)
    drawn = [island for island in layout.islands if island.community]
    return {
        "ids": [node.id for node in nodes],
        "names": [shorten(node.name, NAME_LENGTH) or node.id for node in nodes],
        "types": types,
        "type": type_of,
        "x": [layout.positions[node.id][0] for node in nodes],
        "y": [layout.positions[node.id][1] for node in nodes],
        "home": _homes(numbering, layout.islands, drawn),
        "belt": round(layout.belt),
        "communities": _communities(numbering, communities, drawn),
        "months": _months(nodes),
        "aliases": _aliases(nodes),
        "ambiguous": [i for i, node in enumerate(nodes) if node.properties.get("ambiguous")],
        "roles": [relation.lower() for relation in _ROLES],
        "edges": _edge_columns(numbering),
    }


def _types(nodes: Sequence[Node]) -> tuple[list[str], list[int]]:
    """What there is, papers first, and which of it each node is; types of the user's own come last.

    A concept without a type, which a graph made by hand may hold, counts as a method.
    """
    own = {node.type for node in nodes if node.kind is NodeKind.CONCEPT and node.type}
    concept_types = [*_CONCEPT_TYPES, *sorted(own - set(_CONCEPT_TYPES))]
    places = {name: place for place, name in enumerate(concept_types, start=1)}
    of_nodes = [
        0 if node.kind is NodeKind.PAPER else places.get(node.type or "", 1) for node in nodes
    ]
    return ["Paper", *(shorten(name, 40) for name in concept_types)], of_nodes


def _homes(numbering: Numbering, islands: Sequence[Island], drawn: Sequence[Island]) -> list[int]:
    """The community of each node by its place in `drawn`; dots are at home where their paper is."""
    home = {id_: i for i, island in enumerate(drawn) for id_ in island.members}
    placed = {id_ for island in islands for id_ in island.members}
    for edge in numbering.edges:
        if edge.target not in placed and edge.source in home:
            home[edge.target] = home[edge.source]
    return [home.get(node.id, -1) for node in numbering.nodes]


def _edge_columns(numbering: Numbering) -> dict[str, list[int]]:
    """Ends, role and confidence in hundredths, one entry an edge."""
    ranks = {relation: rank for rank, relation in enumerate(_ROLES)}
    edges = numbering.edges
    return {
        "from": [numbering.places[edge.source] for edge in edges],
        "to": [numbering.places[edge.target] for edge in edges],
        "role": [ranks[edge.relation] for edge in edges],
        "confidence": [round(100 * confidence(edge)) for edge in edges],
    }


def _months(nodes: Sequence[Node]) -> dict[str, list[int]]:
    """Papers of a known date and its month, counted from January of the year 0.

    The date is that of publication; where that is unknown, that of the page that listed the paper.
    Where only the year is known it counts as January.
    """
    places, months = [], []
    for place, node in enumerate(nodes):
        date = str(node.properties.get("published") or node.properties.get("seen_on") or "")
        found = _MONTH.match(date)
        if found and node.kind is NodeKind.PAPER:
            places.append(place)
            months.append(12 * int(found[1]) + max(int(found[2] or 1), 1) - 1)
    return {"of": places, "month": months}


def _aliases(nodes: Sequence[Node]) -> dict[str, list[Any]]:
    """Concepts that are also written otherwise, and how."""
    places: list[int] = []
    names: list[list[str]] = []
    for place, node in enumerate(nodes):
        aliases = node.properties.get("aliases", ())
        others = [
            shorten(alias, NAME_LENGTH)
            for alias in (aliases if isinstance(aliases, tuple) else ())
            if alias != node.name
        ]
        if others:
            places.append(place)
            names.append(others[:_ALIASES])
    return {"of": places, "names": names}


def _communities(
    numbering: Numbering, communities: Sequence[Community], drawn: Sequence[Island]
) -> list[dict[str, Any]]:
    """The islands, largest first, with what leads them and how much belongs to them."""
    by_id = {community.id: community for community in communities}
    colors = _colors(drawn)
    records = []
    for island, color in zip(drawn, colors, strict=True):
        community = by_id[island.community]
        papers = [id_ for id_ in community.papers if id_ in numbering.places]
        concepts = [id_ for id_ in community.concepts if id_ in numbering.places]
        records.append(
            {
                "id": community.id,
                "name": shorten(community.name, NAME_LENGTH) or community.id,
                "x": round(island.x),
                "y": round(island.y),
                "radius": round(island.radius),
                "color": color,
                "papers": len(papers),
                "concepts": len(concepts),
                "central": [numbering.places[id_] for id_ in papers[:_LEADING]],
                "leading": [numbering.places[id_] for id_ in concepts[:_LEADING]],
            }
        )
    return records


def _colors(islands: Sequence[Island]) -> list[str]:
    """A colour an island: one that none of the nearest has, the least used of these."""
    used = dict.fromkeys(PALETTE, 0)
    chosen: list[str] = []
    for i, island in enumerate(islands):
        nearest = sorted(
            range(i),
            key=lambda j: math.hypot(islands[j].x - island.x, islands[j].y - island.y),
        )[:_NEAREST]
        taken = {chosen[j] for j in nearest}
        free = [color for color in PALETTE if color not in taken]
        color = min(free, key=lambda color: used[color])
        used[color] += 1
        chosen.append(color)
    return chosen
