from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extract.decisions_file import read_decisions
from extract.user_decisions import Rename, UserDecisions
from tests.graph.cli.running import paperkg

if TYPE_CHECKING:
    from pathlib import Path

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_entries_go_beside_the_library(capfd: Capture, folder: Path) -> None:
    pinned = paperkg(capfd, "pin", "KNN", "nearest neighbours", "--note", "one method")
    assert pinned.code == 0
    assert pinned.out == (
        "Added to paperkg.decisions.toml. `paperkg build` follows it; "
        "--dry-run shows what changes.\n"
    )
    assert paperkg(capfd, "forbid", "a", "b", "c").code == 0
    assert paperkg(capfd, "rename", "KNN", "k nearest neighbours").code == 0
    assert read_decisions(folder / "paperkg.decisions.toml") == UserDecisions(
        pins=(("KNN", "nearest neighbours"),),
        forbids=(("a", "b", "c"),),
        renames=(Rename("KNN", "k nearest neighbours"),),
    )
    assert 'note = "one method"' in (folder / "paperkg.decisions.toml").read_text("utf-8")


def test_entries_go_where_one_says(capfd: Capture, folder: Path) -> None:
    beside = paperkg(capfd, "pin", "a", "b", "--library", "my papers.db")
    assert "`paperkg build --library 'my papers.db'`" in beside.out
    assert (folder / "my papers.decisions.toml").is_file()
    named = paperkg(capfd, "pin", "a", "b", "--decisions", "mine.toml")
    assert "`paperkg build --decisions mine.toml`" in named.out
    assert (folder / "mine.toml").is_file()


@pytest.mark.usefixtures("folder")
def test_what_the_file_says_is_not_added_again(capfd: Capture) -> None:
    paperkg(capfd, "pin", "a", "b")
    again = paperkg(capfd, "pin", "b", "a")
    assert (again.code, again.out) == (0, "paperkg.decisions.toml says so already.\n")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["pin"], "Missing argument"),
        (["pin", "a"], "The new pin: got ['a'], expected two or more names that differ."),
        (["forbid", "a", "a"], "The new forbid: got ['a', 'a']"),
        (["rename", "a", " "], "The new rename: got ' ' for a name"),
        (["forbid", "LoRA", "QLoRA"], "Nothing was added"),
        (["rename", "QLoRA", "y"], "rename 1 and rename 2"),
        (["pin", "a", "b\udcff"], "is not UTF-8"),
        (["pin", "a", "b", "--decisions", "."], "is a directory"),
        (["pin", "a", "b", "--decisions", "none/x.toml"], "the folder none does not exist"),
    ],
)
def test_what_is_refused_changes_nothing(
    capfd: Capture, folder: Path, arguments: list[str], complaint: str
) -> None:
    paperkg(capfd, "pin", "LoRA", "QLoRA")
    paperkg(capfd, "rename", "LoRA", "x")
    before = (folder / "paperkg.decisions.toml").read_bytes()
    answer = paperkg(capfd, *arguments)
    assert answer.code == 2
    assert complaint in answer.err
    assert (folder / "paperkg.decisions.toml").read_bytes() == before
    assert len(list(folder.iterdir())) == 1


def test_a_build_follows_the_file_and_says_what_touched_nothing(
    capfd: Capture, sample_library: Path
) -> None:
    there = ("--library", sample_library)
    paperkg(capfd, "pin", "BERT", "CLIP", *there)
    paperkg(capfd, "rename", "BERT", "LoRA", *there)
    paperkg(capfd, "forbid", "BERT", "\x1b[31mnever\nseen", *there)
    answer = paperkg(capfd, "build", *there)
    assert answer.code == 0
    assert "Note: forbid 1: no paper mentions '\\x1b[31mnever\\nseen'." in answer.err
    assert "Note: rename 1: 2 concepts are called 'LoRA' now" in answer.err
    assert "LoRA (Method, method/lora" in paperkg(capfd, "aliases", "CLIP", *there).out
    assert paperkg(capfd, "doctor", *there).code == 0
    assert paperkg(capfd, "stats", *there).code == 0


def test_decisions_that_are_given_once_and_not_again_are_told_of(
    capfd: Capture, sample_library: Path, tmp_path: Path
) -> None:
    there = ("--library", sample_library)
    paperkg(capfd, "pin", "BERT", "CLIP", "--decisions", tmp_path / "mine.toml")
    given = paperkg(capfd, "build", "--decisions", tmp_path / "mine.toml", *there)
    assert "hold no longer" not in given.err
    forgotten = paperkg(capfd, "build", *there)
    assert "the decisions of the last build are not given now and hold no longer" in forgotten.err
    assert "hold no longer" not in paperkg(capfd, "build", *there).err


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (
            b'pin = [["BERT", "CLIP"]]\nforbid = [["CLIP", "BERT"]]\n',
            "contradicts itself: forbid 1",
        ),
        (b'pin = [["gpt 3", "BERT"]]\nforbid = [["BERT", "GPT3"]]\n', "pin 1 of the decisions"),
        (b"pin = \xff", "is not UTF-8"),
        (b"SQLite format 3\0", "is not TOML"),
        (None, "cannot be read: Is a directory"),
    ],
)
def test_a_file_at_fault_leaves_the_library_as_it_was(
    capfd: Capture, sample_library: Path, content: bytes | None, complaint: str
) -> None:
    there = ("--library", sample_library)
    before = paperkg(capfd, "stats", "--json", *there).json()
    file = sample_library.with_name("sample.decisions.toml")
    if content is None:
        file.mkdir()
    else:
        file.write_bytes(content)
    for arguments in ([], ["--dry-run"]):
        answer = paperkg(capfd, "build", *arguments, *there)
        assert (answer.code, answer.out) == (2, "")
        assert complaint in answer.err
    assert paperkg(capfd, "stats", "--json", *there).json() == before
    assert paperkg(capfd, "stats", *there).err == ""  # nothing is said to be out of date
