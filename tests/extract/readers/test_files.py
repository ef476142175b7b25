from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from extract.errors import UsageError
from extract.readers.files import find_files

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("b.txt", "a/z.txt", "a/c/y.jsonl", ".hidden", ".cache/x.txt", "a/[1].txt"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(*locations: str | Path) -> list[str]:
    return [file.name for file in find_files(locations)]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("location", "found"),
    [
        (".", ["b.txt", "a/[1].txt", "a/z.txt", "a/c/y.jsonl"]),
        ("./a//", ["a/[1].txt", "a/z.txt", "a/c/y.jsonl"]),
        ("a/../b.txt", ["b.txt"]),
        ("*.txt", ["b.txt"]),
        ("**/*.txt", ["a/[1].txt", "a/z.txt", "b.txt"]),
        ("**", ["a/[1].txt", "a/c/y.jsonl", "a/z.txt", "b.txt"]),
        ("a/[1].txt", ["a/[1].txt"]),
        (".hidden", [".hidden"]),
        ("-", ["-"]),
    ],
)
def test_what_a_location_stands_for(location: str, found: list[str]) -> None:
    assert names(location) == found


def test_a_file_named_twice_is_found_once(folder: Path) -> None:
    assert names("b.txt", "./b.txt", "*.txt", "a/z.txt") == ["b.txt", "a/z.txt"]
    assert names(folder / "b.txt") == [(folder / "b.txt").as_posix()]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("location", ["missing.txt", "*.csv", "", "b.txt/c"])
def test_nothing_there(location: str) -> None:
    with pytest.raises(UsageError, match=r"no file|No file"):
        find_files([location])


def test_links_do_not_lead_round_in_circles(folder: Path) -> None:
    (folder / "a" / "loop").symlink_to(folder)
    assert len(names(".")) == 4


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such a name")
def test_name_that_is_no_utf8_can_be_written_down(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("x")
    (found,) = find_files([tmp_path])
    assert found.name.endswith("/caf\\xe9.txt")
    assert found.path.read_text() == "x"
