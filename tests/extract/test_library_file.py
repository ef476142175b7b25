from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from extract.errors import LibraryError, LibraryVersionError
from extract.library import Library
from tests.extract.small_library import Connection, record

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.open(tmp_path / "test.db", create=True)


def test_a_transaction_that_fails_leaves_nothing(library: Library) -> None:
    def add_and_fail() -> None:
        with library.transaction():
            library.add([record()])
            raise RuntimeError

    with library:
        with pytest.raises(RuntimeError):
            add_and_fail()
        assert library.paper_count() == 0


def test_a_full_disk_is_named_and_the_library_goes_on(library: Library) -> None:
    # issue 3: "cannot rollback - no transaction is active"
    def add_too_much() -> None:
        with library.transaction():
            library.add([record(f"T {n}", "x" * 20_000, line=n) for n in range(100)])

    with library:
        with library.transaction():
            library.add([record()])
        connection = library._connection
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + 20}")
        with pytest.raises(LibraryError, match="database or disk is full"):
            add_too_much()
        with library.transaction():
            library.add([record("Small", "One.")])
        assert library.paper_count() == 2


def test_a_reader_reads_while_a_writer_writes(tmp_path: Path) -> None:
    path = tmp_path / "shared.db"
    with Library.open(path, create=True) as writer:
        with writer.transaction():
            writer.add([record()])
        with Library.open(path) as reader, writer.transaction():
            writer.add([record("Another", "One.")])
            assert reader.paper_count() == 1
        with Library.open(path) as reader:
            assert reader.paper_count() == 2


def test_a_snapshot_is_of_one_moment(tmp_path: Path) -> None:
    # issue 3: readers saw half of what another process wrote
    path = tmp_path / "shared.db"
    with Library.open(path, create=True) as writer, Library.open(path) as reader:
        before = reader.version()
        with reader.snapshot():
            assert reader.paper_count() == 0
            with writer.transaction():
                writer.add([record()])
            with reader.snapshot():
                assert list(reader.papers()) == []
            assert reader.paper_count() == 0
            assert reader.version() == before
        assert reader.paper_count() == 1
        assert reader.version() != before


def test_many_can_open_a_new_library_at_once(tmp_path: Path) -> None:
    # issue 3: "table record already exists"
    def open_and_add(number: int, path: Path, start: threading.Barrier) -> None:
        start.wait()
        with Library.open(path, create=True) as library, library.transaction():
            library.add([record(f"T {number}", "One.", line=number)])

    for attempt in range(10):
        path, start = tmp_path / f"{attempt}.db", threading.Barrier(8)
        with ThreadPoolExecutor(8) as threads:
            for done in [threads.submit(open_and_add, n, path, start) for n in range(8)]:
                done.result()
        with Library.open(path) as library:
            assert library.paper_count() == 8


def test_an_empty_file_is_filled_by_a_writer_and_named_to_a_reader(tmp_path: Path) -> None:
    # issue 3: a first opening that was killed left "a file of another program"
    path = tmp_path / "empty.db"
    path.touch()
    with pytest.raises(LibraryError, match=r"is empty.*paperkg build"):
        Library.open(path)
    with Library.open(path, create=True) as library, library.transaction():
        library.add([record()])
    with Library.open(path) as library:
        assert library.paper_count() == 1


@contextlib.contextmanager
def without_the_right_to_write(folder: Path) -> Iterator[None]:
    for path in (folder, *folder.iterdir()):
        path.chmod(0o555 if path.is_dir() else 0o444)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        folder.chmod(0o755)


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that every user may look into, unlike `tmp_path`."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no folders that one may only read")
def test_changes_that_cannot_be_read_are_not_passed_over(public_folder: Path) -> None:
    # issue 3: the write-ahead log was left out in silence
    origin, copy = public_folder / "origin.db", public_folder / "copy" / "a.db"
    copy.parent.mkdir()
    with Library.open(origin, create=True) as writer:
        with writer.transaction():
            writer.add([record()])
        for ending in ("", "-wal"):
            shutil.copy(f"{origin}{ending}", f"{copy}{ending}")
    with without_the_right_to_write(copy.parent), pytest.raises(LibraryError, match="Copy both"):
        Library.open(copy)
    with Library.open(copy) as library:
        assert library.paper_count() == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no folders that one may only read")
@pytest.mark.parametrize("empty_log", [True, False])
def test_a_library_is_read_in_a_folder_that_one_may_not_write_to(
    public_folder: Path, *, empty_log: bool
) -> None:
    path = public_folder / "a.db"
    with Library.open(path, create=True) as library, library.transaction():
        library.add([record()])
    if empty_log:
        Path(f"{path}-wal").touch()
    with without_the_right_to_write(public_folder), Library.open(path) as library:
        assert library.paper_count() == 1


def test_a_library_that_cannot_be_opened_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # issue 3: Python 3.13 warns of connections that nobody closed
    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Connection))
    text = tmp_path / "notes.txt"
    text.write_text("not a database, but long enough to look at" * 50)
    for create in (True, False):
        with pytest.raises(LibraryError):
            Library.open(text, create=create)
    assert Connection.opened == Connection.closed == 2


def test_a_library_opened_for_reading_cannot_be_changed(tmp_path: Path) -> None:
    path = tmp_path / "test.db"
    Library.open(path, create=True).close()
    with (
        Library.open(path) as library,
        pytest.raises(LibraryError, match="cannot be used: attempt to write a readonly"),
        library.transaction(),
    ):
        library.add([record()])


def test_a_missing_library_is_named_with_what_makes_one(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"no library at .*none\.db.*paperkg build"):
        Library.open(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("create", [True, False])
def test_other_files_are_refused_and_unharmed(tmp_path: Path, *, create: bool) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("not a database, but long enough to look at" * 50)
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    for path in (text, other):
        before = path.read_bytes()
        with pytest.raises(LibraryError, match="not a paperkg library"):
            Library.open(path, create=create)
        assert path.read_bytes() == before


@pytest.mark.parametrize(("version", "age"), [(0, "an older"), (99, "a newer")])
def test_another_schema_is_named_with_what_to_do(tmp_path: Path, version: int, age: str) -> None:
    path = tmp_path / "test.db"
    Library.open(path, create=True).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    connection.close()
    with pytest.raises(LibraryVersionError, match=f"{age} paperkg"):
        Library.open(path)


def test_a_library_in_a_folder_that_is_not_there_names_the_folder(tmp_path: Path) -> None:
    # issue 3: it only said "unable to open database file"
    with pytest.raises(LibraryError, match=r"no folder .*none"):
        Library.open(tmp_path / "none" / "a.db", create=True)
