from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extract.errors import StoreError, UsageError
from graph.neo4j_connection import Neo4jConnection, address_of

if TYPE_CHECKING:
    from tests.neo4j_server import Account, LocalServer


@pytest.mark.parametrize(
    ("uri", "address"),
    [
        ("neo4j://localhost:7687", "neo4j://localhost:7687"),
        ("neo4j://localhost", "neo4j://localhost:7687"),
        ("bolt+s://Graph.Example.org:1", "bolt+s://graph.example.org:1"),
        ("bolt://[::1]:7000/", "bolt://[::1]:7000"),
        ("NEO4J+SSC://10.0.0.1", "neo4j+ssc://10.0.0.1:7687"),
    ],
)
def test_an_address_is_scheme_host_and_port(uri: str, address: str) -> None:
    assert address_of(uri) == address


@pytest.mark.parametrize(
    "uri",
    [
        "neo4j://neo4j:hunter2@localhost:7687",
        "neo4j://neo4j:hunter2@localhost/hunter2",
        "neo4j://hunter2@localhost",
        "neo4j://neo4j:hunter2",
        "neo4j:hunter2@localhost",
        "neo4j://localhost/?password=hunter2",
        "neo4j://localhost/hunter2",
        "neo4j://localhost#hunter2",
        "neo4j://[hunter2",
        "hunter2",
        "http://hunter2:7474",
        "localhost:7687",
        "neo4j://",
        "neo4j://localhost:70000",
        "",
    ],
)
def test_what_is_no_address_is_refused_without_being_repeated(uri: str) -> None:
    with pytest.raises(UsageError, match="expected neo4j://HOST:7687") as caught:
        address_of(uri)
    assert "hunter2" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_it_knows_version_and_edition(neo4j_server: Account) -> None:
    with Neo4jConnection(neo4j_server.uri, neo4j_server.auth) as connection:
        assert int(connection.version.split(".")[0]) >= 5
        assert connection.edition in ("community", "enterprise")
        assert connection.read("RETURN 1, 'a'") == [(1, "a")]


def fails(uri: str, auth: tuple[str, str], database: str | None = None) -> str:
    with pytest.raises(StoreError) as caught, Neo4jConnection(uri, auth, database=database):
        pass
    return str(caught.value)


def test_a_wrong_password_is_tried_once(neo4j_server: Account) -> None:
    # Neo4j locks a user after three: with more than one try in each, the last would be locked out.
    if not neo4j_server.is_ours:
        pytest.skip("it gives wrong passwords, which might lock a user of NEO4J_URI out")
    for _ in range(2):
        said = fails(neo4j_server.uri, (neo4j_server.username, "wrong-hunter2"))
        assert "refuses the user name 'neo4j'" in said
        assert "NEO4J_PASSWORD" in said
        assert "hunter2" not in said
    with Neo4jConnection(neo4j_server.uri, neo4j_server.auth) as connection:
        assert connection.read("RETURN 1") == [(1,)]


def test_many_wrong_passwords_are_told_from_one(private_neo4j: LocalServer) -> None:
    account = private_neo4j.account
    said = [fails(account.uri, (account.username, "wrong")) for _ in range(5)]
    assert "refuses" in said[0]
    assert "wait some seconds" in said[-1]


def test_no_server_is_said_at_once(neo4j_server: Account) -> None:
    said = fails("bolt://127.0.0.1:1", neo4j_server.auth)
    assert "No Neo4j server answers at bolt://127.0.0.1:1" in said
    assert "Connection refused" in said
    assert "Connection refused" in fails("neo4j://127.0.0.1:1", neo4j_server.auth)
    assert "no.such.host.invalid" in fails("neo4j://no.such.host.invalid", neo4j_server.auth)


def test_a_database_that_is_not_there_is_named(neo4j_server: Account) -> None:
    said = fails(neo4j_server.uri, neo4j_server.auth, "papers")
    assert "has no database 'papers'" in said
    assert "--database" in said


@pytest.mark.parametrize("scheme", ["bolt+s", "bolt+ssc", "neo4j+s"])
def test_tls_to_a_server_without_it_is_said(neo4j_server: Account, scheme: str) -> None:
    if not neo4j_server.is_ours:
        pytest.skip("it needs a server without TLS")
    uri = neo4j_server.uri.replace("bolt", scheme)
    assert "does not answer in TLS" in fails(uri, neo4j_server.auth)


def test_an_old_server_is_refused(neo4j_server: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    # No old server is at hand: the border is moved instead.
    monkeypatch.setattr("graph.neo4j_connection.OLDEST_VERSION", 9_999)
    said = fails(neo4j_server.uri, neo4j_server.auth)
    assert "too old: paperkg needs Neo4j 9999 or later" in said


def test_a_write_where_only_reading_is_allowed_is_said(private_neo4j: LocalServer) -> None:
    private_neo4j.stop()
    private_neo4j.configure("server.databases.default_to_read_only=true")
    private_neo4j.start()
    account = private_neo4j.account
    with Neo4jConnection(account.uri, account.auth) as connection:
        assert connection.read("MATCH (n) RETURN count(n)") == [(0,)]
        with pytest.raises(StoreError, match=r"is read-only.*neo4j\.conf"):
            connection.write("CREATE (:Paperkg)")


def test_reading_cannot_write(neo4j_server: Account) -> None:
    with (
        Neo4jConnection(neo4j_server.uri, neo4j_server.auth) as connection,
        pytest.raises(StoreError, match="read access mode"),
    ):
        connection.read("CREATE (:PaperkgTestStranger)")


def test_a_stream_gives_rows_one_by_one(neo4j_server: Account) -> None:
    with Neo4jConnection(neo4j_server.uri, neo4j_server.auth) as connection:
        statement = "UNWIND range(1, $last) AS i RETURN i"
        total = connection.stream(
            statement, {"last": 12_345}, lambda rows: sum(row[0] for row in rows)
        )
    assert total == 12_345 * 12_346 // 2


def test_a_faulty_statement_is_a_store_error(neo4j_server: Account) -> None:
    with (
        Neo4jConnection(neo4j_server.uri, neo4j_server.auth) as connection,
        pytest.raises(StoreError, match="Invalid input"),
    ):
        connection.read("MATCH MATCH")
