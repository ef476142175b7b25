from __future__ import annotations

import sqlite3
from functools import partial
from typing import TYPE_CHECKING

import pytest

from extract.errors import LibraryError
from extract.library import Library
from graph.checks import check_installation, check_library
from graph.cli.options import open_graph
from graph.derivation import derive
from tests.extract.small_library import Connection, extraction, record

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Connection))
    monkeypatch.setattr(Connection, "opened", 0)
    monkeypatch.setattr(Connection, "closed", 0)


def graph_check(path: Path) -> tuple[bool, str]:
    (check,) = [check for check in check_library(path) if check.name == "graph"]
    return check.ok, check.detail


def test_what_is_opened_to_look_at_is_closed(sample_library: Path) -> None:
    # issue 3: Python 3.13 warns of connections that nobody closed
    assert all(check.ok for check in check_installation())
    assert all(check.ok for check in check_library(sample_library))
    assert Connection.opened == Connection.closed == 2


def test_a_library_that_fails_at_the_first_question_is_closed(sample_library: Path) -> None:
    # issue 3
    with sqlite3.connect(sample_library) as connection:
        connection.execute("DROP TABLE state")
    connection.close()
    with pytest.raises(LibraryError, match="no such table"):
        open_graph(sample_library)
    assert Connection.opened == Connection.closed == 2


def test_a_graph_that_lacks_papers_is_told_from_an_older_one(tmp_path: Path) -> None:
    # issue 3: removed papers were said to be missing
    path = tmp_path / "a.db"
    with Library.open(path, create=True) as library:
        with library.transaction():
            library.add([record()])
        assert graph_check(path) == (False, "1 paper not in it yet")
        with library.transaction():
            library.store(extraction(record()), "model-1")
        assert graph_check(path) == (False, "1 paper not in it yet")
        derive(library)
        assert graph_check(path) == (True, "made from all papers")
        with library.transaction():
            library.remove([record().id])
        assert graph_check(path) == (False, "older than the library or this paperkg")


def test_the_note_says_whether_papers_are_missing_or_gone(
    sample_library: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    # issue 3
    def noted() -> str:
        open_graph(sample_library).close()
        return capfd.readouterr().err

    assert noted() == ""
    with Library.open(sample_library, create=True) as library:
        with library.transaction():
            library.remove([next(library.papers()).id])
        assert "The graph is older than the library" in noted()
        assert f"paperkg build --library {sample_library}" in " ".join(noted().split())
        with library.transaction():
            library.add([record()])
        assert "1 paper of" in noted()


def test_the_decisions_file_is_looked_at(sample_library: Path) -> None:
    def decisions() -> tuple[bool, str]:
        (check,) = [check for check in check_library(sample_library) if check.name == "decisions"]
        return check.ok, check.detail

    file = sample_library.with_name("sample.decisions.toml")
    assert decisions() == (True, f"none in {file}")
    file.write_text('pin = [["a", "b"], ["c", "d"]]\nrename = {a = "b"}\n', encoding="utf-8")
    assert decisions() == (True, f"2 pins, 1 rename in {file}")
    file.write_text("pin = 3\n", encoding="utf-8")
    ok, detail = decisions()
    assert not ok
    assert "expected `[[pin]]` tables" in detail
