from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extract.library import Library
from extract.records import Paper, Source, paper_id
from tests.graph.cli.running import paperkg

if TYPE_CHECKING:
    from pathlib import Path

    from tests.neo4j_server import Account


@pytest.fixture
def server(empty_neo4j: Account, monkeypatch: pytest.MonkeyPatch) -> Account:
    """An empty database, whose credentials are in the environment."""
    for name, value in empty_neo4j.environment.items():
        monkeypatch.setenv(name, value)
    return empty_neo4j


def test_a_sound_installation_and_library_pass(
    capfd: pytest.CaptureFixture[str], sample_library_once: Path
) -> None:
    answer = paperkg(capfd, "doctor", "--json", "--library", sample_library_once)
    assert answer.code == 0
    checks = {check["name"]: check for check in answer.json()}
    assert all(check["ok"] for check in checks.values())
    assert "BERT" in checks["pipeline"]["detail"]
    assert "40 papers" in checks["library"]["detail"]
    assert "ok" in paperkg(capfd, "doctor", "--library", sample_library_once).out


def test_no_library_yet_is_no_fault(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert paperkg(capfd, "doctor", "--library", tmp_path / "none.db").code == 0


def test_a_damaged_library_fails_with_a_remedy(
    capfd: pytest.CaptureFixture[str], sample_library: Path
) -> None:
    content = bytearray(sample_library.read_bytes())
    content[8192:60000] = b"\xff" * (60000 - 8192)
    sample_library.write_bytes(content)
    answer = paperkg(capfd, "doctor", "--library", sample_library)
    assert answer.code == 1
    assert "FAIL" in answer.out
    assert "build it again" in answer.out  # issue 3: it sent the user to itself
    assert "Traceback" not in answer.err


def test_papers_that_a_stopped_build_left_are_named(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "a.db"
    paper = Paper(paper_id("A", "B"), "A", "B", sources=(Source("a.txt", 1),))
    with Library.open(path, create=True) as library, library.transaction():
        library.add([paper])
    answer = paperkg(capfd, "doctor", "--library", path)
    assert answer.code == 1
    assert f"paperkg build --library {path}" in answer.out
    assert "1 paper of" in paperkg(capfd, "stats", "--library", path).err


def test_a_database_is_behind_until_the_graph_is_pushed(
    capfd: pytest.CaptureFixture[str], sample_library_once: Path, server: Account
) -> None:
    arguments = ("doctor", "--graph", server.uri, "--library", sample_library_once)
    before = paperkg(capfd, *arguments)
    assert before.code == 1
    assert f"paperkg push {server.uri}" in before.out
    assert paperkg(capfd, "push", server.uri, "--library", sample_library_once).code == 0
    after = paperkg(capfd, *arguments, "--json")
    checks = {check["name"]: check for check in after.json()}
    assert [name for name, check in checks.items() if not check["ok"]] == []
    assert checks["server"]["detail"].startswith("Neo4j ")
    assert "40 papers" in checks["library"]["detail"]
    assert server.password not in before.out + before.err + after.out + after.err


def test_without_a_library_the_database_is_looked_at_all_the_same(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, server: Account
) -> None:
    arguments = ("doctor", "--graph", server.uri, "--library", tmp_path / "none.db", "--json")
    names = [check["name"] for check in paperkg(capfd, *arguments).json()]
    assert "right to write" in names
    assert "graph in the database" not in names


def test_a_uri_that_holds_a_password_is_refused_without_repeating_it(
    capfd: pytest.CaptureFixture[str],
) -> None:
    answer = paperkg(capfd, "doctor", "--graph", "neo4j://me:hushhush@localhost:7687")
    assert answer.code == 2
    assert "hushhush" not in answer.out + answer.err
