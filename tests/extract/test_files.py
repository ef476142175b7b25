from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING

import pytest

from extract.errors import StoreError, UsageError
from extract.files import write_all_atomically, write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def test_text_is_utf_8_with_its_own_line_ends(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a.txt", "é\r\n\n")
    assert (tmp_path / "a.txt").read_bytes() == b"\xc3\xa9\r\n\n"


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    place = tmp_path / "a.txt"
    write_atomically(place, b"old")
    write_atomically(place, b"new")
    assert place.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [place]


def test_an_existing_file_keeps_its_mode(tmp_path: Path) -> None:
    place = tmp_path / "a.txt"
    place.write_bytes(b"old")
    place.chmod(0o640)
    write_atomically(place, b"new")
    assert place.stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_atomically(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_atomically(pipe, b"through")
        assert os.read(reader, 100) == b"through"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"the folder .*nowhere does not exist"):
        write_atomically(tmp_path / "nowhere" / "a.txt", b"")


def test_a_folder_in_the_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(UsageError, match="it is a folder"):
        write_atomically(tmp_path / "a", b"")


def test_where_one_of_several_fails_none_is_changed(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(UsageError):
        write_all_atomically({tmp_path / "a": b"new", tmp_path / "nowhere" / "b": b"new"})
    assert (tmp_path / "a").read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [tmp_path / "a"]


def test_a_text_may_come_in_parts(tmp_path: Path) -> None:
    write_all_atomically({tmp_path / "a": iter(["é\r", "\n", ""]), tmp_path / "b": ["x"]})
    assert (tmp_path / "a").read_bytes() == b"\xc3\xa9\r\n"
    assert (tmp_path / "b").read_bytes() == b"x"


def test_parts_that_cannot_be_made_leave_what_was_there(tmp_path: Path) -> None:
    def broken() -> Iterator[str]:
        yield "new"
        raise StoreError("no more")

    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(StoreError):
        write_all_atomically({tmp_path / "a": broken()})
    assert (tmp_path / "a").read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [tmp_path / "a"]


def test_a_database_is_not_replaced(tmp_path: Path) -> None:
    # issue 3: `show -o` of the library's own name replaced the library
    library = tmp_path / "a.db"
    with sqlite3.connect(library) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    before = library.read_bytes()
    with pytest.raises(UsageError, match="database"):
        write_atomically(library, "<html>")
    assert library.read_bytes() == before
