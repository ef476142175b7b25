from __future__ import annotations

import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from graph import KnowledgeGraph
from graph.neo4j_store import Neo4jStore
from tests.graph.cli.running import paperkg
from tests.neo4j_server import Account, remove_nodes

if TYPE_CHECKING:
    from pathlib import Path

COUNTS = ["created", "changed", "removed", "unchanged", "kept"]


@pytest.fixture
def server(neo4j_server: Account, monkeypatch: pytest.MonkeyPatch) -> Account:
    """A server without nodes, whose credentials are in the environment."""
    remove_nodes(neo4j_server)
    for name, value in neo4j_server.environment.items():
        monkeypatch.setenv(name, value)
    return neo4j_server


def test_json_has_the_stated_form_and_the_server_the_librarys_graph(
    capfd: pytest.CaptureFixture[str], server: Account, sample_library_once: Path
) -> None:
    answer = paperkg(capfd, "push", server.uri, "--library", sample_library_once, "--json")
    assert answer.code == 0
    report = answer.json()
    assert list(report) == ["nodes", "edges"]
    assert [list(changes) for changes in report.values()] == [COUNTS, COUNTS]
    with (
        KnowledgeGraph.open(sample_library_once) as knowledge,
        Neo4jStore(server.uri, server.auth) as store,
    ):
        assert store.nodes() == knowledge.store.nodes()
        assert store.edges() == knowledge.store.edges()
        assert report["nodes"]["created"] == len(store.nodes())
        assert report["edges"]["created"] == len(store.edges())
    again = paperkg(capfd, "push", server.uri, "--library", sample_library_once, "--json").json()
    assert again == {
        name: dict.fromkeys(COUNTS, 0) | {"unchanged": changes["created"]}
        for name, changes in report.items()
    }


def test_a_removed_paper_is_removed_there_too(
    capfd: pytest.CaptureFixture[str], server: Account, sample_library: Path
) -> None:
    paperkg(capfd, "push", server.uri, "--library", sample_library)
    with KnowledgeGraph.open(sample_library) as knowledge:
        gone = next(knowledge.papers()).id
    assert paperkg(capfd, "remove", gone, "--library", sample_library).code == 0
    answer = paperkg(capfd, "push", server.uri, "--library", sample_library)
    assert answer.code == 0
    with (
        KnowledgeGraph.open(sample_library) as knowledge,
        Neo4jStore(server.uri, server.auth) as store,
    ):
        assert store.nodes() == knowledge.store.nodes()
        assert store.edges() == knowledge.store.edges()
        assert gone not in {node.id for node in store.nodes()}


def test_a_dry_run_says_so_and_writes_nothing(
    capfd: pytest.CaptureFixture[str], server: Account, sample_library_once: Path
) -> None:
    answer = paperkg(capfd, "push", server.uri, "--dry-run", "--library", sample_library_once)
    assert "nothing was written" in answer.out
    assert answer.out.splitlines()[1].split() == COUNTS
    with Neo4jStore(server.uri, server.auth) as store:
        assert store.nodes() == ()


def test_the_librarys_python_twin_does_the_same(server: Account, sample_library_once: Path) -> None:
    with KnowledgeGraph.open(sample_library_once) as knowledge:
        planned = knowledge.push(server.uri, server.auth, dry_run=True)
        assert knowledge.push(server.uri, server.auth, batch_size=100) == planned
        pairs = knowledge.push(server.uri, server.auth, co_occurs=True).edges
        assert pairs.created > 0
        assert pairs.unchanged == planned.edges.created


def test_a_wrong_password_is_said_without_it(
    capfd: pytest.CaptureFixture[str],
    server: Account,
    sample_library_once: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "hunter2")
    answer = paperkg(capfd, "push", server.uri, "--library", sample_library_once)
    assert answer.code == 1
    assert "refuses the user name" in answer.err
    assert "hunter2" not in answer.out + answer.err


def test_a_uri_with_a_password_is_refused_without_it(
    capfd: pytest.CaptureFixture[str], sample_library_once: Path
) -> None:
    uri = "neo4j://neo4j:hunter2@localhost"
    answer = paperkg(capfd, "push", uri, "--library", sample_library_once)
    assert answer.code == 2
    assert "hunter2" not in answer.out + answer.err


def test_no_server_and_no_library_are_said(
    capfd: pytest.CaptureFixture[str], server: Account, sample_library_once: Path, tmp_path: Path
) -> None:
    answer = paperkg(capfd, "push", "bolt://127.0.0.1:1", "--library", sample_library_once)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("Error: No Neo4j server answers at bolt://127.0.0.1:1")
    assert answer.err.count("\n") == 1
    missing = paperkg(capfd, "push", server.uri, "--library", tmp_path / "none.db")
    assert missing.code != 0
    assert "none.db" in missing.err


# Where the password comes from


def test_a_file_goes_before_the_environment(
    capfd: pytest.CaptureFixture[str],
    server: Account,
    sample_library_once: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "wrong")
    file = tmp_path / "password"
    file.write_text(server.password + "\r\n")
    file.chmod(0o600)
    arguments = ["push", server.uri, "--library", sample_library_once, "--password-file", file]
    answer = paperkg(capfd, *arguments)
    assert (answer.code, answer.err) == (0, "")
    file.chmod(0o644)
    assert "chmod 600" in paperkg(capfd, *arguments).err


@pytest.mark.parametrize("content", [b"", b"\n", b"a\nb\n", b"\xff\xfe", b"x" * 5_000])
def test_a_file_that_holds_no_password_is_refused(
    capfd: pytest.CaptureFixture[str], sample_library_once: Path, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "password"
    file.write_bytes(content)
    answer = paperkg(
        *(capfd, "push", "neo4j://localhost", "--library", sample_library_once),
        *("--password-file", file),
    )
    assert answer.code == 2
    assert "expected" in answer.err


@pytest.mark.parametrize("name", ["none", "."])
def test_a_file_that_cannot_be_read_is_named(
    capfd: pytest.CaptureFixture[str], sample_library_once: Path, tmp_path: Path, name: str
) -> None:
    file = tmp_path / name
    answer = paperkg(
        *(capfd, "push", "neo4j://localhost", "--library", sample_library_once),
        *("--password-file", file),
    )
    assert answer.code == 2
    assert str(file) in answer.err


def without_password(server: Account) -> dict[str, str]:
    environment = os.environ | {"NEO4J_USERNAME": server.username}
    environment.pop("NEO4J_PASSWORD", None)
    return environment


def test_nobody_is_asked_where_there_is_no_terminal(
    server: Account, sample_library_once: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "graph.cli", "push", server.uri, "--library", sample_library_once],
        env=without_password(server),
        input="x\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "NEO4J_PASSWORD" in done.stderr
    assert "no terminal" in done.stderr


def test_at_a_terminal_the_password_is_asked_for_and_not_shown(
    server: Account, sample_library_once: Path
) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "graph.cli", "push", server.uri, "--library", sample_library_once],
        env=without_password(server),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    ) as process:
        os.close(theirs)
        shown = b""
        asked = False
        while True:
            try:
                shown += os.read(ours, 1_024)
            except OSError:  # all is read, and nobody writes any more
                break
            if not asked and b"Password of" in shown:
                os.write(ours, server.password.encode() + b"\n")
                asked = True
    os.close(ours)
    assert asked
    assert process.returncode == 0
    assert server.password.encode() not in shown
    assert b"created" in shown
