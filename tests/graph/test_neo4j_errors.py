from __future__ import annotations

import ssl

import pytest
from neo4j.exceptions import (
    ConstraintError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    UnsupportedServerProduct,
)

from graph.neo4j_errors import in_plain_words


def server_error(code: str, message: str) -> Neo4jError:
    """What the driver makes of a failure that the server reports."""
    return Neo4jError._hydrate_neo4j(code=code, message=message)


def said(exc: Exception) -> str:
    return in_plain_words(exc, "neo4j://host:7687", "ada", "papers")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("Neo.ClientError.Security.Forbidden", "does not allow the user 'ada'"),
        ("Neo.ClientError.Security.CredentialsExpired", "has to be changed"),
        ("Neo.ClientError.General.ForbiddenOnReadOnlyDatabase", "'papers'"),
        ("Neo.ClientError.Schema.ConstraintCreationFailed", "SHOW CONSTRAINTS"),
        ("Neo.TransientError.Database.DatabaseUnavailable", "START DATABASE"),
        ("Neo.TransientError.General.MemoryPoolOutOfMemoryError", "--batch-size"),
        ("Neo.TransientError.Transaction.DeadlockDetected", "try again later"),
        ("Neo.DatabaseError.General.UnknownError", "neo4j://host:7687 failed: what"),
    ],
)
def test_what_the_server_reports_is_said_with_what_to_do(code: str, words: str) -> None:
    assert words in said(server_error(code, "what\nit  says."))


def test_the_servers_words_come_on_one_line() -> None:
    assert "what it says" in said(server_error("Neo.TransientError.General.X", "what\nit  says."))


def test_braces_in_the_servers_words_are_left_alone() -> None:
    assert "{x} {}" in said(server_error("Neo.DatabaseError.General.X", "{x} {}"))


def test_the_innermost_reason_counts() -> None:
    outer = ServiceUnavailable("Unable to retrieve routing information")
    outer.__cause__ = ExceptionGroup("all failed", [OSError(111, "refused there")])
    assert "refused there" in said(outer)


def test_tls_and_its_certificates_are_told_apart() -> None:
    for inner, words in (
        (ssl.SSLError("wrong version number"), "does not answer in TLS"),
        (ssl.SSLCertVerificationError("self-signed"), "is not trusted"),
    ):
        outer = ServiceUnavailable("could not connect")
        outer.__cause__ = inner
        assert words in said(outer)


def test_other_products_and_faults_of_the_driver_are_no_traceback() -> None:
    assert "No Neo4j server" in said(UnsupportedServerProduct("TinkerGraph"))
    assert "No Neo4j server" in said(DriverError("strange"))
    assert "forbids what paperkg writes" in said(ConstraintError("duplicate"))
