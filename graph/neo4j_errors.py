"""What goes wrong with a Neo4j server, in plain words and with what to do about it."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

from neo4j.exceptions import (
    ConfigurationError,
    ConstraintError,
    Neo4jError,
    UnsupportedServerProduct,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_CREDENTIALS = "NEO4J_USERNAME and NEO4J_PASSWORD, `--password-file` or a prompt give them."

_READ_ONLY = (
    "The database {database} of the server {address} is read-only ({message}): take"
    " `server.databases.read_only` and `server.databases.default_to_read_only` out of the"
    " server's neo4j.conf, or choose another by `--database`."
)

_SCHEMA = (
    "The server {address} refuses paperkg's constraint or index ({message}): `SHOW CONSTRAINTS`"
    " and `SHOW INDEXES` show what is in the way; drop what concerns the label `Paperkg`, or"
    " choose another database."
)

# By the server's own code; the longest that fits counts. {user}, {address}, {database}, {message}.
_BY_CODE = {
    "Neo.ClientError.Security.Unauthorized": (
        "The server {address} refuses the user name {user!r} with this password. It was tried once:"
        f" after three wrong ones Neo4j locks the user for a while. {_CREDENTIALS}"
    ),
    "Neo.ClientError.Security.AuthenticationRateLimit": (
        "The server {address} takes no password of the user {user!r} for the moment, after several"
        f" wrong ones: wait some seconds, then give the right one. {_CREDENTIALS}"
    ),
    "Neo.ClientError.Security.CredentialsExpired": (
        "The password of the user {user!r} has to be changed before the server {address} does"
        " anything: connect with Neo4j Browser or cypher-shell, which ask for a new one."
    ),
    "Neo.ClientError.Security.Forbidden": (
        "The server {address} does not allow the user {user!r} to do this ({message}): give it"
        " the role it needs (`publisher` to load, `reader` to ask), or take another user."
    ),
    "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase": _READ_ONLY,
    "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase": _READ_ONLY,
    "Neo.ClientError.Cluster.NotALeader": (
        "The server {address} does not write to the database {database}: give the URI with the"
        " scheme neo4j://, which finds the one that does."
    ),
    "Neo.ClientError.Database.DatabaseNotFound": (
        "The server {address} has no database {database}: `SHOW DATABASES` in Neo4j Browser lists"
        " them, and `--database` chooses one. The Community Edition has only `neo4j`."
    ),
    "Neo.TransientError.Database.DatabaseUnavailable": (
        "The database {database} of the server {address} does not run ({message}): `START DATABASE`"
        " starts it."
    ),
    "Neo.ClientError.Schema": _SCHEMA,
    "Neo.DatabaseError.Schema": _SCHEMA,
    "Neo.TransientError.General.MemoryPoolOutOfMemoryError": (
        "A transaction was too large for the server {address} ({message}): give a smaller"
        " `--batch-size`, or the server more memory."
    ),
    "Neo.TransientError": (
        "The server {address} could not do it for the moment ({message}): try again later."
    ),
    "Neo.ClientError.Statement.UnsupportedOperation": (
        "The server {address} cannot do this ({message}): paperkg needs Neo4j 5 or later."
    ),
}
_CONSTRAINT = (
    "A constraint of the database {database} forbids what paperkg writes ({message}):"
    " `SHOW CONSTRAINTS` lists them; drop that one, or choose another database."
)
_NO_TLS = (
    "The server {address} does not answer in TLS: give its URI with neo4j:// or bolt:// instead of"
    " neo4j+s:// or bolt+s://."
)
_DISTRUSTED = (
    "The certificate of the server {address} is not trusted ({message}): neo4j+ssc:// or bolt+ssc://"
    " takes a certificate that nobody vouches for."
)
_NO_SERVER = (
    "No Neo4j server answers at {address}, or it stopped ({message}): see that it runs, that host"
    " and port are right (Bolt listens on 7687, the browser's 7474 will not do), and that a server"
    " that wants TLS gets neo4j+s:// or bolt+s://."
)
_OTHER = "The server {address} failed: {message}."


def in_plain_words(exc: Exception, address: str, user: str, database: str | None) -> str:
    """What happened, what was expected and what to do.

    Args:
        exc: what the driver raised.
        address: the server's URI, without credentials.
        user: the user's name.
        database: None for the user's default.
    """
    words = {
        "address": address,
        "user": user,
        "database": repr(database) if database else "that is the user's default",
        "message": _message(exc),
    }
    return _template(exc).format_map(words)


def _template(exc: Exception) -> str:
    if isinstance(exc, ConstraintError):
        return _CONSTRAINT
    if isinstance(exc, Neo4jError):
        code = exc.code or ""
        fitting = [known for known in _BY_CODE if code.startswith(known)]
        return _BY_CODE[max(fitting, key=len)] if fitting else _OTHER
    if isinstance(exc, ConfigurationError) and not isinstance(exc, UnsupportedServerProduct):
        return _OTHER
    causes = list(_causes(exc))
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return _DISTRUSTED
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return _NO_TLS
    return _NO_SERVER


def _message(exc: Exception) -> str:
    """The innermost reason, on one line; the server's own words where it has said some."""
    text = exc.message if isinstance(exc, Neo4jError) else str([*_causes(exc)][-1])
    return " ".join((text or type(exc).__name__).split()).rstrip(".")


def _causes(exc: BaseException) -> Iterator[BaseException]:
    """An error, then what led to it, outermost first."""
    seen: set[int] = set()
    waiting = [exc]
    while waiting:
        current = waiting.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        if isinstance(current, BaseExceptionGroup):
            waiting.extend(current.exceptions)
        cause = current.__cause__ or current.__context__
        if cause is not None:
            waiting.append(cause)
