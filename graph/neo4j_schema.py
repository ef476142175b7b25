"""What a Neo4j database needs before it takes a graph: labels, one constraint, a few indexes.

Every node of ours carries the label `Paperkg`, and all that is written, matched or removed goes by
it: another program's `Paper` is never ours.
"""

from __future__ import annotations

from extract.records import ConceptType
from graph.elements import NodeKind, Relation

LABEL = "Paperkg"
"""The label of every node of ours."""

CONCEPT_LABELS = tuple(concept_type.value for concept_type in ConceptType)
"""Further labels of concepts of the four types; a type of the user's own is a property only."""

CO_OCCURS = "CO_OCCURS"
"""The relationship type of co-occurrence, which is derived and no `Relation`."""

RELATIONSHIP_TYPES = (*(relation.value for relation in Relation), CO_OCCURS)
"""All relationship types that are ours where both ends are."""

CONSTRAINT_NAME = "paperkg_id"
"""Name of the constraint that an id is unique, and of the index behind it."""

TEXT_INDEX_NAME = "paperkg_text"
"""Name of the full-text index over names, aliases and abstracts."""

TEXT_PROPERTIES = ("name", "aliases", "abstract")
"""What the full-text index covers; the title of a paper is its `name`."""

CREATE_CONSTRAINT = (
    f"CREATE CONSTRAINT {CONSTRAINT_NAME} IF NOT EXISTS FOR (n:{LABEL}) REQUIRE n.id IS UNIQUE"
)
"""Makes the constraint where it is not there."""

CREATE_TEXT_INDEX = (
    f"CREATE FULLTEXT INDEX {TEXT_INDEX_NAME} IF NOT EXISTS"
    f" FOR (n:{LABEL}) ON EACH [{', '.join(f'n.{name}' for name in TEXT_PROPERTIES)}]"
)
"""Makes the full-text index where it is not there."""

INDEXED_PROPERTIES = ("community", "other_types", "published", "seen_on")
"""What the named queries look nodes up by, beside id and text; `paperkg_community` and so on."""

CREATE_PROPERTY_INDEXES = tuple(
    f"CREATE INDEX paperkg_{name} IF NOT EXISTS FOR (n:{LABEL}) ON (n.{name})"
    for name in INDEXED_PROPERTIES
)
"""Make the indexes of these properties where they are not there."""

INDEXES: dict[str, tuple[str, list[str], list[str]]] = {
    TEXT_INDEX_NAME: ("FULLTEXT", [LABEL], list(TEXT_PROPERTIES)),
    **{f"paperkg_{name}": ("RANGE", [LABEL], [name]) for name in INDEXED_PROPERTIES},
}
"""Type, labels and properties of these indexes, as the server tells them, by name."""

CREATE_SCHEMA = (CREATE_CONSTRAINT, CREATE_TEXT_INDEX, *CREATE_PROPERTY_INDEXES)
"""All of these, in the order in which they are run."""

AWAIT_INDEXES = "CALL db.awaitIndexes(3600)"
"""Returns when all indexes are filled, at the latest after an hour (in seconds)."""


def labels_of(kind: NodeKind, type_: str | None) -> tuple[str, ...]:
    """The labels of a node, apart from `Paperkg`.

    >>> labels_of(NodeKind.CONCEPT, "Method"), labels_of(NodeKind.CONCEPT, "Instrument")
    (('Concept', 'Method'), ('Concept',))
    """
    if kind is NodeKind.CONCEPT and type_ in CONCEPT_LABELS:
        return kind.value, type_
    return (kind.value,)
