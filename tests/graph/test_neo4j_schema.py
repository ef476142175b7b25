from __future__ import annotations

from typing import TYPE_CHECKING

import neo4j
import pytest

from graph.elements import NodeKind
from graph.neo4j_schema import (
    AWAIT_INDEXES,
    CONSTRAINT_NAME,
    CREATE_SCHEMA,
    INDEXED_PROPERTIES,
    TEXT_INDEX_NAME,
    labels_of,
)

if TYPE_CHECKING:
    from tests.neo4j_server import Account


def test_the_statements_make_the_constraint_and_the_indexes_once(empty_neo4j: Account) -> None:
    with neo4j.GraphDatabase.driver(empty_neo4j.uri, auth=empty_neo4j.auth) as driver:
        for _ in range(2):
            for statement in (*CREATE_SCHEMA, AWAIT_INDEXES):
                driver.execute_query(statement, database_=empty_neo4j.database)
        found, _, _ = driver.execute_query(
            "SHOW INDEXES YIELD name, type, state WHERE name STARTS WITH 'paperkg'"
            " RETURN name, type, state ORDER BY name",
            database_=empty_neo4j.database,
        )
    assert [tuple(record) for record in found] == sorted(
        [
            (CONSTRAINT_NAME, "RANGE", "ONLINE"),
            (TEXT_INDEX_NAME, "FULLTEXT", "ONLINE"),
            *((f"paperkg_{name}", "RANGE", "ONLINE") for name in INDEXED_PROPERTIES),
        ]
    )


@pytest.mark.parametrize(
    ("kind", "type_", "labels"),
    [
        (NodeKind.PAPER, None, ("Paper",)),
        (NodeKind.CONCEPT, "Task", ("Concept", "Task")),
        (NodeKind.CONCEPT, "Paperkg", ("Concept",)),
        (NodeKind.CONCEPT, "`:Stranger", ("Concept",)),
        (NodeKind.RESULT, "Task", ("Result",)),
    ],
)
def test_only_the_four_types_become_labels(
    kind: NodeKind, type_: str | None, labels: tuple[str, ...]
) -> None:
    assert labels_of(kind, type_) == labels
