"""Nodes and edges as rows of a Neo4j statement, and back; and the statements that write them.

Labels and relationship types come from closed lists and are part of a statement's text; all else
is a parameter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph.elements import Edge, Node, NodeKind, Relation
from graph.neo4j_schema import CO_OCCURS, CONCEPT_LABELS, LABEL, RELATIONSHIP_TYPES, labels_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from graph.elements import Value

OUR_LABELS = frozenset({LABEL, *NodeKind, *CONCEPT_LABELS})
"""Labels that say something of our nodes; a user may add others, which are left as they are."""

_KINDS = {kind.value: kind for kind in NodeKind}
_USUAL_NAMES = frozenset({"confidence", "count", "evidence"})
_PLAIN_TYPES = frozenset({str, int, float, bool})

ANY_RELATIONSHIP = "|".join(RELATIONSHIP_TYPES)
"""A pattern's text for all relationship types of ours."""

_ENDS = f"UNWIND $rows AS row MATCH (a:{LABEL} {{id: row[0]}}) MATCH (b:{LABEL} {{id: row[1]}})"

REMOVE_NODES = f"""
UNWIND $rows AS id
MATCH (n:{LABEL}) WHERE elementId(n) = id
WITH n, EXISTS {{ (n)-[r]-(m) WHERE NOT m:{LABEL} OR NOT type(r) IN $types }} AS held
FOREACH (r IN [(n)-[r:{ANY_RELATIONSHIP}]-(:{LABEL}) | r] | DELETE r)
FOREACH (x IN CASE WHEN held THEN [n] ELSE [] END | REMOVE x:{LABEL})
FOREACH (x IN CASE WHEN held THEN [] ELSE [n] END | DETACH DELETE x)
RETURN count(CASE WHEN held THEN 1 END) AS kept
"""
"""Takes out nodes by element id; those that other programs' edges hold on to lose our label only.

`$rows` are element ids, `$types` our relationship types. Gives the number of those that are kept.
"""

COUNT_HELD = f"""
UNWIND $rows AS id
MATCH (n:{LABEL}) WHERE elementId(n) = id
    AND EXISTS {{ (n)-[r]-(m) WHERE NOT m:{LABEL} OR NOT type(r) IN $types }}
RETURN count(n) AS kept
"""
"""How many nodes `REMOVE_NODES` would keep."""


def merge_nodes(labels: tuple[str, ...], *, new: bool) -> str:
    """The statement that writes nodes of one kind and type; rows are `[id, all properties]`.

    Args:
        labels: apart from `Paperkg`.
        new: whether none of the nodes is stored; then none has a label to be taken from it.
    """
    others = ":".join(sorted(OUR_LABELS - {LABEL, *labels}))
    return (
        f"UNWIND $rows AS row MERGE (n:{LABEL} {{id: row[0]}})"
        f" SET n = row[1], n:{':'.join(labels)}" + ("" if new else f" REMOVE n:{others}")
    )


def merge_edges(relationship: str) -> str:
    """The statement that writes edges of one type; rows are `[source, target, properties]`.

    It gives the number of rows whose ends are both there.
    """
    return _merge(relationship, "SET r = row[2]")


def merge_usual_edges(relationship: str) -> str:
    """As `merge_edges` for new edges that have the usual properties only: a tenth faster.

    Rows are `[source, target, confidence, count, evidence]`, None for what is not known.
    """
    return _merge(relationship, "SET r.confidence = row[2], r.count = row[3], r.evidence = row[4]")


def _merge(relationship: str, assignment: str) -> str:
    return f"{_ENDS} MERGE (a)-[r:{relationship}]->(b) {assignment} RETURN count(r)"


def delete_edges(relationship: str) -> str:
    """The statement that removes edges of one type; rows are `[source, target]`."""
    return _delete(f"[(a)-[r:{relationship}]->(b) | r]")


def delete_surplus_edges(relationship: str) -> str:
    """The statement that leaves one of several equal edges; rows are `[source, target]`."""
    return _delete(f"[(a)-[r:{relationship}]->(b) | r][1..]")


def _delete(edges: str) -> str:
    # An expression, not a pattern: the planner would look for it from one end, round a hub.
    return f"{_ENDS} FOREACH (r IN {edges} | DELETE r)"


def read_edges(relationships: Collection[str]) -> str:
    """The statement that gives edges of some types, node by node.

    A row is the id of a node and what leaves it: `[[type, target, properties], …]`. The driver
    takes as long for a row of one edge as for a row of ten.
    """
    return (
        f"MATCH (n:{LABEL}) WITH n.id AS id, {leaving(relationships)} AS edges"
        " WHERE size(edges) > 0 RETURN id, edges"
    )


def leaving(relationships: Collection[str]) -> str:
    """The expression for the edges of some types that leave `n`: `[[type, target, properties]]`."""
    types = "|".join(sorted(relationships))
    return f"[(n)-[r:{types}]->(m:{LABEL}) | [type(r), m.id, properties(r)]]"


def node_properties(node: Node) -> dict[str, Any]:
    """All properties of a node as the server keeps them, `id`, `name` and `type` among them."""
    properties = {"id": node.id, "name": node.name, **node.properties}
    if node.type is not None:
        properties["type"] = node.type
    return _plain(properties)


def edge_properties(properties: Mapping[str, Value]) -> dict[str, Any]:
    """The properties of an edge as the server keeps them."""
    return _plain(properties)


def edge_row(source: str, target: str, properties: Mapping[str, Value]) -> list[Any]:
    """A row for `merge_edges`."""
    return [source, target, _plain(properties)]


def is_usual(properties: Mapping[str, Value]) -> bool:
    """Whether `merge_usual_edges` can write an edge of these properties."""
    return properties.keys() <= _USUAL_NAMES


def usual_edge_row(source: str, target: str, properties: Mapping[str, Value]) -> list[Any]:
    """A row for `merge_usual_edges`."""
    get = _plain(properties).get
    return [source, target, get("confidence"), get("count"), get("evidence")]


def node_labels(node: Node) -> tuple[str, ...]:
    """The labels of a node, apart from `Paperkg`."""
    return labels_of(node.kind, node.type)


def kind_of(labels: Collection[str]) -> NodeKind | None:
    """The kind of a stored node; None where it has no label of a kind, or several."""
    kinds = [_KINDS[label] for label in labels if label in _KINDS]
    return kinds[0] if len(kinds) == 1 else None


def as_node(labels: Collection[str], properties: Mapping[str, Any]) -> Node | None:
    """A stored node; None for what no paperkg has written."""
    kind = kind_of(labels)
    given = {name: _as_value(value) for name, value in properties.items()}
    node_id, name, type_ = given.pop("id", None), given.pop("name", ""), given.pop("type", None)
    if kind is None or not isinstance(node_id, str):
        return None
    return Node(node_id, kind, str(name), None if type_ is None else str(type_), given)


def as_edge(source: str, relationship: str, target: str, properties: Mapping[str, Any]) -> Edge:
    """A stored edge."""
    given = {name: _as_value(value) for name, value in properties.items()}
    return Edge(source, Relation(relationship), target, given)


def same_properties(stored: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether the properties are equal, their types among it: 1 is neither 1.0 nor true.

    >>> same_properties({"count": 1}, {"count": 1}), same_properties({"count": 1}, {"count": True})
    (True, False)
    """
    if stored != wanted:
        return False
    return all(type(stored[name]) is type(value) for name, value in wanted.items())


def relations_of(relations: Collection[Relation] | None) -> list[str]:
    """The relationship types of some relations; all but `CO_OCCURS` for None."""
    chosen = RELATIONSHIP_TYPES if relations is None else [Relation(r).value for r in relations]
    return sorted(set(chosen) - {CO_OCCURS})


def _plain(properties: Mapping[str, Value]) -> dict[str, Any]:
    return {
        name: value if type(value) in _PLAIN_TYPES else _plain_value(value)
        for name, value in properties.items()
    }


def _plain_value(value: Value) -> Any:
    """Tuples as lists; members of enumerations as what they are made of."""
    if isinstance(value, tuple):
        return [str.__str__(item) for item in value]
    if isinstance(value, str):
        return str.__str__(value)
    return float(value) if isinstance(value, float) else int(value)


def _as_value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
