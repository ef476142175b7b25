"""A connection to a Neo4j server: statements in managed transactions, errors in plain words."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any, Self, TypeVar
from urllib.parse import urlsplit

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

from extract.errors import StoreError, UsageError
from graph.neo4j_errors import in_plain_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import TracebackType

    Row = tuple[Any, ...]
    """One row of an answer, in the order of the statement's columns."""

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
"""What a server's URI may begin with: `+s` with TLS, `+ssc` with a self-signed certificate."""

OLDEST_VERSION = 5
"""The oldest major version of Neo4j whose Cypher has all that is used here."""

PORT = 7687
"""Where a server listens unless its URI says otherwise."""

_CONNECT_SECONDS = 10.0
_RETRY_SECONDS = 15.0  # as long as a server takes to start again
_FETCHED_ROWS = 5_000
_EXPECTED = f"expected neo4j://HOST:{PORT} or another of {', '.join(SCHEMES)}"
_COMPONENTS = "CALL dbms.components() YIELD versions, edition RETURN versions[0], edition"

_Taken = TypeVar("_Taken")

# What is wrong is said by the errors; without a handler Python prints the driver's warnings, too.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


def address_of(uri: str) -> str:
    """A server's URI, when it is fit to be used and to be shown.

    Args:
        uri: as the user gave it.

    Returns:
        The URI with its port, `neo4j://localhost:7687`.

    Raises:
        UsageError: it is no such URI, or holds more than a scheme, a host and a port. The message
            does not repeat it, since it may hold a password.

    >>> address_of("bolt://localhost")
    'bolt://localhost:7687'
    """
    if "@" in uri:
        raise UsageError(
            "The server's URI has an @, as if it held a user name or a password, which other"
            f" people can see: {_EXPECTED}. NEO4J_USERNAME and NEO4J_PASSWORD, a file or a prompt"
            " give the rest."
        )
    try:
        parts = urlsplit(uri)
        port = parts.port or PORT
    except ValueError:
        # Without its cause, which repeats what stood there.
        raise UsageError(f"The server's URI has no proper host and port: {_EXPECTED}.") from None
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise UsageError(f"The server's URI has no scheme or host that is known: {_EXPECTED}.")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise UsageError(f"The server's URI goes on after the port: {_EXPECTED}.")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}:{port}"


class Neo4jConnection:
    """One server and one database of it; use it in a `with` statement.

    Attributes:
        address: the server's URI, with port.
        database: its name; None for the user's default.
        driver: the driver's own object; there inside the `with` statement.
        version: of the server, such as `5.26.30`; likewise.
        edition: `community` or `enterprise`; likewise.
    """

    driver: neo4j.Driver
    version: str
    edition: str

    def __init__(self, uri: str, auth: tuple[str, str], *, database: str | None = None) -> None:
        """Nothing is connected yet.

        Args:
            uri: `neo4j://HOST:PORT`, or with another of `SCHEMES`.
            auth: user name and password.

        Raises:
            UsageError: the URI is no good.
        """
        self.address = address_of(uri)
        self.database = database
        self._auth = auth

    def __enter__(self) -> Self:
        """Connect.

        Raises:
            StoreError: the server does not answer, refuses the user, is too old, or has no such
                database.
        """
        try:
            self.driver = neo4j.GraphDatabase.driver(
                self.address,
                auth=self._auth,
                connection_timeout=_CONNECT_SECONDS,
                max_transaction_retry_time=_RETRY_SECONDS,
                fetch_size=_FETCHED_ROWS,
            )
            try:
                self._look()
            except BaseException:
                self.driver.close()
                raise
        except (DriverError, Neo4jError, OSError) as exc:
            raise self.explained(exc) from exc
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Let go of the connection."""
        self.driver.close()

    def read(self, statement: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """All rows of a statement that changes nothing.

        Raises:
            StoreError: the server refused it or went away.
        """
        return self.stream(statement, parameters, list)

    def stream(
        self,
        statement: str,
        parameters: Mapping[str, Any] | None,
        take: Callable[[Iterator[Row]], _Taken],
    ) -> _Taken:
        """What `take` makes of the rows of a statement that changes nothing, as they come.

        Args:
            take: called again with all rows from the first where the answer broke off.

        Raises:
            StoreError: the server refused it or went away.
        """
        return self._execute(statement, parameters, take, neo4j.RoutingControl.READ)

    def write(self, statement: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """Run a statement in a transaction of its own, and give its rows.

        Transient faults are retried.

        Raises:
            StoreError: the server refused it or went away; nothing of it is stored then, unless
                it went away in the moment of the commit.
        """
        return self._execute(statement, parameters, list, neo4j.RoutingControl.WRITE)

    def explained(self, exc: Exception) -> StoreError:
        """What the driver raised, in plain words."""
        return StoreError(in_plain_words(exc, self.address, self._auth[0], self.database))

    def _execute(
        self,
        statement: str,
        parameters: Mapping[str, Any] | None,
        take: Callable[[Iterator[Row]], _Taken],
        routing: neo4j.RoutingControl,
    ) -> _Taken:
        def transformer(result: neo4j.Result) -> _Taken:
            return take(tuple(record.values()) for record in result)

        try:
            return self.driver.execute_query(
                neo4j.Query(statement),
                dict(parameters or {}),
                routing_=routing,
                database_=self.database,
                result_transformer_=transformer,
            )
        except (DriverError, Neo4jError, OSError) as exc:
            raise self.explained(exc) from exc

    def _look(self) -> None:
        """One statement, run once: a second try with a wrong password would lock the user out."""
        with self.driver.session(
            database=self.database, default_access_mode=neo4j.READ_ACCESS
        ) as session:
            record = session.run(_COMPONENTS).single(strict=True)
        self.version, self.edition = record.values()
        major = re.match(r"v?(\d+)", self.version)
        if major is None or int(major.group(1)) < OLDEST_VERSION:
            raise StoreError(
                f"The server {self.address} is Neo4j {self.version}, which is too old:"
                f" paperkg needs Neo4j {OLDEST_VERSION} or later, best 5.26."
            )
