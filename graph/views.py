"""Small parts of the graph to look at: round one node, between two nodes, one community."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from extract.errors import UsageError
from graph.display import plural, shorten
from graph.elements import PAPER_CONCEPT_RELATIONS, NodeKind, Relation
from graph.selection import Selection, link_weights, strongest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from graph.elements import Community, Edge, Node, Path
    from graph.store import GraphStore

    Links = dict[str, dict[str, float]]
    """Neighbours of nodes, each with the sum of the confidences that link them."""

_MOST_STATEMENTS = 60  # read beside the picture; more are never read


class Shape(Enum):
    """How the nodes of a view are arranged."""

    RINGS = auto()
    COLUMNS = auto()
    ISLAND = auto()


@dataclass(frozen=True, slots=True)
class Statement:
    """What one edge says, and the sentence that says so."""

    text: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Statements to be read beside the picture, under a heading."""

    heading: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A part of the graph with all that its picture needs.

    Attributes:
        title: plain text, as it came.
        note: one sentence: how much is shown, of how much.
        shape: how the nodes are arranged.
        selection: what is drawn; `total` counts what the view would show without a limit.
        places: for `RINGS` each node's distance from the middle, for `COLUMNS` its column;
            in the order in which rows of a column are filled.
        focus: ids of the nodes that were asked for.
        passages: the same in words.
    """

    title: str
    note: str
    shape: Shape
    selection: Selection
    places: Mapping[str, int]
    focus: tuple[str, ...]
    passages: tuple[Passage, ...]


def around(store: GraphStore, middle: Node, *, depth: int = 2, max_nodes: int = 300) -> View:
    """What is within some steps of a paper or concept.

    Where not all fit, those of each distance are shown that are most bound to what is shown
    nearer to the middle (sum of confidences, ties by id); nearer ones have the greater share.

    Args:
        store: the graph.
        middle: a paper or concept of it.
        depth: steps from it, 1 or more: a concept's papers are one step away, their other
            concepts two.
        max_nodes: at most so many nodes, 1 or more.

    Raises:
        UsageError: a number is out of range, or the node is a result.
    """
    if max_nodes < 1:
        raise UsageError(f"A picture of at most {max_nodes} nodes was asked for; give 1 or more.")
    if depth < 1:
        raise UsageError(f"A picture of {depth} steps round a node was asked for; give 1 or more.")
    if middle.kind is NodeKind.RESULT:
        raise UsageError(f"{middle.id} is a result; a paper or concept can be the middle.")
    distances, links = _distances(store, middle.id, depth)
    shown = _fitting(distances, links, max_nodes)
    total = len(distances)
    selection = _selection(store, shown, total)
    name = shorten(middle.name, 120) or middle.id
    steps = plural(depth, "step")
    return View(
        title=f"Around {name}",
        note=_shown_of(
            len(shown), total, f"nodes within {steps} of {name}", "the most closely bound"
        ),
        shape=Shape.RINGS,
        selection=selection,
        places=shown,
        focus=(middle.id,),
        passages=_passages_around(selection, middle.id),
    )


def between(store: GraphStore, paths: Sequence[Path], *, more: bool = False) -> View:
    """Paths of equal length between two nodes, side by side.

    Args:
        store: the graph that they are of.
        paths: one or more, as `GraphStore.shortest_paths` gives them.
        more: whether there are further ones that are not shown.

    Raises:
        UsageError: there is no path.
    """
    if not paths:
        raise UsageError(
            "There is no path to draw: the two are in parts of the graph that nothing connects."
        )
    start, end = paths[0].start, paths[0].end
    columns: dict[str, int] = {start.id: 0}
    for path in paths:
        for column, step in enumerate(path.steps, 1):
            columns.setdefault(step.target.id, column)
    walked = {frozenset((step.source.id, step.target.id)) for path in paths for step in path.steps}
    selection = _selection(store, columns, len(columns))
    edges = tuple(
        edge for edge in selection.edges if frozenset((edge.source, edge.target)) in walked
    )
    names = [shorten(node.name, 80) or node.id for node in (start, end)]
    return View(
        title=f"From {names[0]} to {names[1]}",
        note=_paths_note(paths, more=more),
        shape=Shape.COLUMNS,
        selection=replace(selection, edges=edges),
        places=columns,
        focus=tuple(dict.fromkeys((start.id, end.id))),
        passages=_passages_of_paths(paths),
    )


def within(store: GraphStore, community: Community, *, max_nodes: int = 300) -> View:
    """The papers and concepts of a community, with the edges among them.

    Where not all fit, the strongest are shown, half of them concepts; see
    `graph.selection.strongest`.

    Raises:
        UsageError: `max_nodes` is less than 1.
    """
    members = dict.fromkeys((*community.concepts, *community.papers), 0)
    everything = _selection(store, members, len(members))
    chosen = strongest(everything.nodes, everything.edges, community.id, max_nodes)
    selection = replace(chosen, degrees=_degrees(store, [node.id for node in chosen.nodes]))
    shown = {node.id for node in selection.nodes}
    return View(
        title=shorten(community.name, 160) or community.id,
        note=_shown_of(len(shown), len(members), "members of the community", "the strongest"),
        shape=Shape.ISLAND,
        selection=selection,
        places={id_: 0 for id_ in members if id_ in shown},
        focus=tuple(id_ for id_ in (community.id,) if id_ in shown),
        passages=_passages_within(selection, community),
    )


def _distances(store: GraphStore, middle: str, depth: int) -> tuple[dict[str, int], Links]:
    """Nodes by distance from the middle, nearest first, and the links of all but the outermost."""
    distances = {middle: 0}
    links: Links = {}
    ring = [middle]
    for distance in range(1, depth + 1):
        beyond: dict[str, None] = {}
        for near in ring:
            edges = [edge for edge, _ in store.neighbours(near, PAPER_CONCEPT_RELATIONS)]
            links[near] = link_weights(edges).get(near, {})
            beyond.update(dict.fromkeys(id_ for id_ in links[near] if id_ not in distances))
        distances |= dict.fromkeys(beyond, distance)
        ring = list(beyond)
    return distances, links


def _fitting(distances: Mapping[str, int], links: Links, room: int) -> dict[str, int]:
    """At most `room` nodes with their distances, each linked with a shown one that is nearer.

    Each distance takes up to two thirds of what is left, the last one all of it.
    """
    last = max(distances.values())
    shown = {id_: 0 for id_, distance in distances.items() if not distance}
    ring = list(shown)
    for distance in range(1, last + 1):
        bonds: dict[str, float] = {}
        for near in ring:
            for id_, weight in links[near].items():
                if distances.get(id_) == distance:
                    bonds[id_] = bonds.get(id_, 0.0) + weight
        left = room - len(shown)
        share = left if distance == last else math.ceil(2 * left / 3)
        ring = sorted(bonds, key=lambda id_: (-round(bonds[id_], 9), id_))[:share]
        shown |= dict.fromkeys(ring, distance)
    return shown


def _selection(store: GraphStore, ids: Iterable[str], total: int) -> Selection:
    """These nodes and the paper-concept edges among them."""
    wanted = sorted(set(ids))
    inside = set(wanted)
    edges = {
        (edge.source, edge.relation, edge.target): edge
        for id_ in wanted
        for edge, node in store.neighbours(id_, PAPER_CONCEPT_RELATIONS)
        if node.id in inside
    }
    return Selection(
        nodes=tuple(store.node(id_) for id_ in wanted),
        edges=tuple(edges[key] for key in sorted(edges)),
        total=total,
        degrees=_degrees(store, wanted),
    )


def _degrees(store: GraphStore, ids: Iterable[str]) -> dict[str, int]:
    """How many neighbours each of these has in the whole graph."""
    return {
        id_: len({node.id for _, node in store.neighbours(id_, PAPER_CONCEPT_RELATIONS)})
        for id_ in ids
    }


def _shown_of(shown: int, total: int, what: str, which: str) -> str:
    if shown == total:
        return f"Showing all {total:,} {what}."
    return f"Showing {shown:,} of {total:,} {what}: {which}."


def _paths_note(paths: Sequence[Path], *, more: bool) -> str:
    steps = len(paths[0].steps)
    if not steps:
        return "Both names mean the same thing: there is nothing between them."
    length = f"of {plural(steps, 'step')}"
    if more:
        return f"Showing {plural(len(paths), 'shortest path')} {length}; there are more as short."
    return (
        f"Showing all {len(paths)} shortest paths {length}."
        if len(paths) > 1
        else (f"Showing the only shortest path, {length}.")
    )


def _passages_around(selection: Selection, middle: str) -> tuple[Passage, ...]:
    """The edges of the middle, by relation, surest first."""
    names = _names(selection.nodes)
    order = list(Relation)
    edges = sorted(
        (edge for edge in selection.edges if middle in (edge.source, edge.target)),
        key=lambda e: (order.index(e.relation), -_confidence(e), e.source, e.target),
    )
    statements = [_statement(edge, names) for edge in edges]
    return _passages("In words", statements)


def _passages_of_paths(paths: Sequence[Path]) -> tuple[Passage, ...]:
    """A passage a path: its steps in the order of the walk."""
    passages: list[Passage] = []
    for number, path in enumerate(paths, 1):
        statements = []
        for step in path.steps:
            paper, concept = (
                (step.source, step.target)
                if step.source.kind is NodeKind.PAPER
                else (step.target, step.source)
            )
            text = f"{_name(paper)} {step.relation.lower()} {_name(concept)}"
            statements.append(Statement(text, step.evidence))
        heading = f"Path {number}" if len(paths) > 1 else "In words"
        passages += _passages(heading, statements)
    return tuple(passages)


def _passages_within(selection: Selection, community: Community) -> tuple[Passage, ...]:
    """What the community's papers say of its leading concept."""
    if not community.concepts:
        return ()
    return _passages_around(selection, community.concepts[0])


def _passages(heading: str, statements: Sequence[Statement]) -> tuple[Passage, ...]:
    """One passage, cut where nobody reads on; none where there is nothing to say."""
    if not statements:
        return ()
    if len(statements) > _MOST_STATEMENTS:
        heading = f"{heading}: the first {_MOST_STATEMENTS} of {len(statements):,}"
    return (Passage(heading, tuple(statements[:_MOST_STATEMENTS])),)


def _statement(edge: Edge, names: Mapping[str, str]) -> Statement:
    text = f"{names[edge.source]} {edge.relation.lower()} {names[edge.target]}"
    return Statement(text, str(edge.properties.get("evidence", "")))


def _names(nodes: Collection[Node]) -> dict[str, str]:
    return {node.id: _name(node) for node in nodes}


def _name(node: Node) -> str:
    return shorten(node.name, 160) or node.id


def _confidence(edge: Edge) -> float:
    return next(iter(link_weights([edge])[edge.source].values()))
