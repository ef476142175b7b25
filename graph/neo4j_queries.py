"""Named queries, and statements of a user's own, on a Neo4j server."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import neo4j
import neo4j.graph
import neo4j.spatial
import neo4j.time
from neo4j.exceptions import DriverError, Neo4jError

from extract.errors import StoreError, UsageError
from graph.neo4j_names import ServerNames
from graph.neo4j_schema import TEXT_INDEX_NAME

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cypher import Statement
    from extract.errors import PaperkgError
    from graph.neo4j_connection import Neo4jConnection
    from graph.queries.parameters import Given
    from graph.queries.rows import Row

_WRITES = "Neo.ClientError.Statement.AccessMode"
_MISSING = "Neo.ClientError.Statement.ParameterMissing"
_UNREADABLE = ("Neo.ClientError.Statement.SyntaxError", "Neo.ClientError.Statement.SemanticError")
_NO_INDEX = "There is no such fulltext schema index"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a statement gave.

    Attributes:
        rows: in the statement's order; what JSON does not know is text, nodes are their labels and
            properties, relationships their type and properties.
        changes: what it changed, such as `nodes_created`, where it changed anything.
    """

    rows: list[Row]
    changes: Mapping[str, int]


class Neo4jQueries:
    """Asks the graph of one database; for the life of an open connection.

    Attributes:
        names: tells what names mean in that graph.
    """

    def __init__(self, connection: Neo4jConnection) -> None:
        self._connection = connection
        self.names = ServerNames(self._ask)

    def answer(self, statement: Statement, values: Mapping[str, Given]) -> list[Row]:
        """The rows of a named query, the same as those of its twin in `graph.queries`.

        Args:
            statement: a named query.
            values: all its parameters, as `graph.queries.parameters.bind` gives them.

        Raises:
            StoreError: the server refused it or went away, or holds no graph of paperkg.
        """
        return self._ask(statement.text, values)

    def run(
        self, statement: Statement, values: Mapping[str, Given], *, write: bool = False
    ) -> Answer:
        """Run a statement of the user's own.

        It runs by itself, outside of a transaction that is tried again, so that it may begin
        transactions of its own (`CALL … IN TRANSACTIONS`).

        Args:
            statement: the name is that of the file.
            values: its parameters.
            write: whether it may change the database. If not, the server itself refuses all
                changes: of data, of indexes and constraints, of users.

        Raises:
            UsageError: the statement cannot be read, lacks a parameter, or changes something.
            StoreError: the server failed.
        """
        access = neo4j.WRITE_ACCESS if write else neo4j.READ_ACCESS
        connection = self._connection
        try:
            with connection.driver.session(
                database=connection.database, default_access_mode=access
            ) as session:
                query = neo4j.Query(statement.text)
                result = session.run(query, dict(values))
                rows = [
                    dict(zip(record.keys(), map(_plain, record.values()), strict=True))
                    for record in result
                ]
                counters = result.consume().counters
        except (DriverError, Neo4jError, OSError) as exc:
            raise self._explained(exc, statement.name) from exc
        changes = {
            name: value
            for name, value in vars(counters).items()
            if not name.startswith("_") and isinstance(value, int) and value
        }
        return Answer(rows, changes)

    def _ask(self, text: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        connection = self._connection
        try:
            records, _, _ = connection.driver.execute_query(
                neo4j.Query(text),
                dict(values),
                routing_=neo4j.RoutingControl.READ,
                database_=connection.database,
            )
        except (DriverError, Neo4jError, OSError) as exc:
            if isinstance(exc, Neo4jError) and _NO_INDEX in (exc.message or ""):
                raise StoreError(
                    f"The database of the server {connection.address} has no index"
                    f" {TEXT_INDEX_NAME}: `paperkg push {connection.address}` loads the graph of"
                    " the library and makes what it needs."
                ) from exc
            raise connection.explained(exc) from exc
        return [dict(zip(record.keys(), record.values(), strict=True)) for record in records]

    def _explained(self, exc: Exception, name: str) -> PaperkgError:
        code = exc.code if isinstance(exc, Neo4jError) else ""
        message = " ".join(str(exc.message).split()) if isinstance(exc, Neo4jError) else ""
        if code == _WRITES:
            return UsageError(
                f"The statement in {name} would change the database, and was not run."
                " --write lets it."
            )
        if code == _MISSING:
            return UsageError(f"The statement in {name} lacks a value: {message} Give --param k=v.")
        if code in _UNREADABLE:
            return UsageError(f"The server cannot read the statement in {name}: {message}")
        return self._connection.explained(exc)


def _plain(value: Any) -> Any:
    """A value as JSON can have it."""
    if isinstance(value, neo4j.graph.Node):
        return {"labels": sorted(value.labels), **_plain(dict(value.items()))}
    if isinstance(value, neo4j.graph.Relationship):
        return {"type": value.type, **_plain(dict(value.items()))}
    if isinstance(value, neo4j.graph.Path):
        return [_plain(part) for part in _parts(value)]
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, neo4j.spatial.Point):
        return list(value)
    if isinstance(value, list | tuple) and not isinstance(value, neo4j.time.Duration):
        return [_plain(part) for part in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    return value if value is None or isinstance(value, str | int) else _as_text(value)


def _parts(path: neo4j.graph.Path) -> list[Any]:
    """Nodes and relationships in turn."""
    parts: list[Any] = [path.nodes[0]]
    for relationship, node in zip(path.relationships, path.nodes[1:], strict=True):
        parts += [relationship, node]
    return parts


def _as_text(value: Any) -> str:
    if isinstance(value, bytes | bytearray):
        return value.hex()
    return str(value.iso_format()) if hasattr(value, "iso_format") else str(value)
