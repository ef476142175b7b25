"""What every store checks before it writes, so that no store takes what another refuses."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from extract.errors import StoreError
from graph.elements import PAPER_CONCEPT_RELATIONS, Node, NodeKind, Relation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from graph.elements import Edge

NODE_NAMES = frozenset({"id", "kind", "name", "type"})
"""Property names that are taken on nodes."""

EDGE_NAMES = frozenset({"relation"})
"""Property names that are taken on edges."""

_SHOWN = 5  # ends named in one message
_INT64 = 2**63  # what Neo4j and most file formats hold


def ends_of(relation: Relation) -> tuple[NodeKind, NodeKind]:
    """The kinds of node that a relation leaves and reaches.

    >>> ends_of(Relation.USES)
    (<NodeKind.PAPER: 'Paper'>, <NodeKind.CONCEPT: 'Concept'>)
    """
    if relation in PAPER_CONCEPT_RELATIONS:
        return NodeKind.PAPER, NodeKind.CONCEPT
    if relation is Relation.STATES:
        return NodeKind.PAPER, NodeKind.RESULT
    return NodeKind.RESULT, NodeKind.CONCEPT


def absent_node(node_id: str) -> StoreError:
    """What a store raises where a node is asked for that it does not hold."""
    return StoreError(
        f"The graph holds no node of the id {node_id!r}. Ids look like `method/bert` or"
        " `p0123456789abcdef`; `paperkg search TEXT` finds them."
    )


def check_nodes(nodes: Iterable[Node], stored_kind: Callable[[str], NodeKind | None]) -> None:
    """See that nodes can be stored.

    Args:
        nodes: any nodes.
        stored_kind: the kind of a node that is stored, None for any other id.

    Raises:
        StoreError: an id is empty or stored as another kind of node, a text cannot be encoded, a
            property's name is taken or its value is no `Value`.
    """
    for node in nodes:
        if not node.id:
            raise StoreError(f"A {node.kind} named {node.name!r} has an empty id: give it one.")
        if stored_kind(node.id) not in (None, node.kind):
            raise StoreError(
                f"The node {node.id!r} is stored as a {stored_kind(node.id)} and cannot become a"
                f" {node.kind}: remove it first, or give the other an id of its own."
            )
        for text in (node.id, node.name, node.type or ""):
            _check_text(node, text)
        _check_properties(node, NODE_NAMES)


def check_edges(edges: Iterable[Edge], kind_of: Callable[[str], NodeKind | None]) -> None:
    """See that edges can be stored.

    Args:
        edges: any edges.
        kind_of: the kind of a node that is stored or about to be, None for any other id.

    Raises:
        StoreError: ends are absent (the first five are named) or of a kind that the relation does
            not join, or properties are at fault as in `check_nodes`.
    """
    ends = {relation: ends_of(relation) for relation in Relation}
    absent = set()
    for edge in edges:
        _check_properties(edge, EDGE_NAMES)
        kinds = (kind_of(edge.source), kind_of(edge.target))
        if kinds == ends[edge.relation]:
            continue
        if None not in kinds:
            source, target = ends[edge.relation]
            raise StoreError(
                f"The {_described(edge)} leaves a {kinds[0]} and reaches a {kinds[1]}:"
                f" {edge.relation} goes from {source} to {target}."
            )
        absent |= {end for end in (edge.source, edge.target) if kind_of(end) is None}
    if absent:
        named = ", ".join(repr(end) for end in sorted(absent)[:_SHOWN])
        more = f" and {len(absent) - _SHOWN} more" if len(absent) > _SHOWN else ""
        raise StoreError(
            f"Edges end at nodes that are not stored: {named}{more}. Give these nodes in the same"
            " call or before."
        )


def _check_properties(element: Node | Edge, taken: frozenset[str]) -> None:
    for name, value in element.properties.items():
        if name in taken:
            raise StoreError(
                f"A property of the {_described(element)} is called {name!r}, a name that is"
                " taken: rename it."
            )
        if isinstance(value, str):
            _check_text(element, value)
        elif isinstance(value, tuple) and all(isinstance(item, str) for item in value):
            for item in value:
                _check_text(element, item)
        elif not _is_number(value):
            raise StoreError(
                f"The property {name!r} of the {_described(element)} is {value!r}: expected a"
                " string, a finite number of at most 64 bits, a boolean or a tuple of strings."
                " Leave out what is not known."
            )


def _is_number(value: object) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and -_INT64 <= value < _INT64


def _check_text(element: Node | Edge, text: str) -> None:
    if text.isascii():
        return
    try:
        text.encode()
    except UnicodeEncodeError as exc:
        raise StoreError(
            f"A text of the {_described(element)} holds a lone surrogate at offset {exc.start},"
            " which cannot be written as UTF-8: replace it."
        ) from exc


def _described(element: Node | Edge) -> str:
    if isinstance(element, Node):
        return f"node {element.id!r}"
    return f"edge from {element.source!r} to {element.target!r} ({element.relation})"
