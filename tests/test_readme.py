"""The README's examples, run as they stand in a folder of their own."""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
from pathlib import Path

import pytest

from extract.decisions_file import parse_decisions
from tests.graph.cli.running import paperkg

README = Path(__file__).parents[1] / "README.md"


@pytest.fixture
def folder(sample_library_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copy(sample_library_once, tmp_path / "paperkg.db")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def console_blocks() -> list[list[tuple[str, str]]]:
    """The console blocks: each `$ command` with the output that is shown below it."""
    blocks = re.findall(r"```console\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    return [
        [
            (command, output)
            for command, _, output in (
                example.partition("\n")
                for example in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
            )
        ]
        for block in blocks
    ]


@pytest.mark.parametrize("block", console_blocks(), ids=lambda block: block[0][0])
def test_commands_print_what_the_readme_shows(
    block: list[tuple[str, str]], folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for command, shown in block:
        if command == "paperkg build --sample":
            (folder / "paperkg.db").unlink()
        answer = paperkg(capfd, *shlex.split(command)[1:])
        assert answer.code == 0
        pattern = ".*".join(map(re.escape, shown.split("…")))  # where the README cuts with "…"
        assert re.fullmatch(pattern, answer.out), answer.out


def test_the_decisions_file_of_the_readme_is_one() -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    decisions = parse_decisions(text, "README.md")
    assert decisions.pins
    assert decisions.forbids
    assert decisions.renames


@pytest.mark.usefixtures("folder")
def test_the_python_examples_give_what_the_readme_shows() -> None:
    failed, tried = doctest.testfile(str(README), module_relative=False)
    assert tried >= 5
    assert failed == 0


def test_the_commands_for_setting_up_are_one_line_each() -> None:
    lines = re.findall(r"^python3 -m venv .*$", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(lines) == 2
    assert lines[0].endswith("show -o graph.html")
    assert lines[1].endswith("pytest")
