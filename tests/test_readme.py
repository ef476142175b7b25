"""The README's examples, run as they stand in a folder of their own."""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
import srsly  # type: ignore[import-untyped]  # it has no types

from extract.decisions_file import parse_decisions
from graph.cli import cli
from graph.neo4j_connection import PORT, Neo4jConnection
from tests.graph.cli.running import paperkg

if TYPE_CHECKING:
    from tests.neo4j_server import Account

SERVER = "neo4j://localhost:7687"  # where the README has one
README = Path(__file__).parents[1] / "README.md"


@pytest.fixture
def folder(sample_library_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copy(sample_library_once, tmp_path / "paperkg.db")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def blocks(language: str) -> list[str]:
    """The code of one language."""
    return re.findall(
        rf"^```{language}\n(.*?)^```$", README.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )


def console_blocks(*, with_server: bool) -> list[list[tuple[str, str]]]:
    """The console blocks: each `$ command` with the output that is shown below it."""
    found = [
        [
            (command, output)
            for command, _, output in (
                example.partition("\n")
                for example in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
            )
        ]
        for block in blocks("console")
    ]
    return [block for block in found if (SERVER in block[0][0]) == with_server]


def matches(shown: str, printed: str) -> bool:
    pattern = ".*".join(map(re.escape, shown.split("…")))  # where the README cuts with "…"
    return re.fullmatch(pattern, printed) is not None


@pytest.mark.parametrize("block", console_blocks(with_server=False), ids=lambda block: block[0][0])
def test_commands_print_what_the_readme_shows(
    block: list[tuple[str, str]], folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for command, shown in block:
        if command == "paperkg build --sample":
            (folder / "paperkg.db").unlink()
        answer = paperkg(capfd, *shlex.split(command)[1:])
        assert answer.code == 0
        assert matches(shown, answer.out), answer.out


def test_the_decisions_file_of_the_readme_is_one() -> None:
    (text,) = blocks("toml")
    decisions = parse_decisions(text, "README.md")
    assert decisions.pins
    assert decisions.forbids
    assert decisions.renames


@pytest.mark.usefixtures("folder")
def test_the_chapter_on_neo4j_does_what_it_shows(
    empty_neo4j: Account, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for name, value in empty_neo4j.environment.items():
        monkeypatch.setenv(name, value)
    examples = [pair for block in console_blocks(with_server=True) for pair in block]
    assert examples
    for command, shown in examples:
        answer = paperkg(capfd, *shlex.split(command.replace(SERVER, empty_neo4j.uri))[1:])
        assert answer.code == 0
        assert matches(shown.replace(SERVER, empty_neo4j.uri), answer.out), answer.out
    (statements,) = blocks("cypher")
    tried = statements.replace("\n", " ").split(";")[:-1]
    assert len(tried) == 10
    with Neo4jConnection(empty_neo4j.uri, empty_neo4j.auth) as connection:
        for statement in tried:
            assert connection.read(statement), statement


def test_the_compose_file_gives_the_server_that_the_chapter_speaks_of(tmp_path: Path) -> None:
    (text,) = blocks("yaml")
    (tmp_path / "compose.yaml").write_text(text, encoding="utf-8")
    compose = srsly.read_yaml(tmp_path / "compose.yaml")
    service = compose["services"]["neo4j"]
    assert service["image"].startswith("neo4j:5")
    assert f"127.0.0.1:{PORT}:{PORT}" in service["ports"]
    assert f":{PORT}" in SERVER
    assert [volume.split(":")[0] for volume in service["volumes"]] == list(compose["volumes"])


def test_the_options_of_the_commands_that_are_only_told_are_there() -> None:
    """`sh` blocks are not run: they need Docker, or papers of the reader's own."""
    lines = re.findall(r"^paperkg (\w+)(.*)$", "\n".join(blocks("sh")), re.MULTILINE)
    assert lines
    for name, rest in lines:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None, name
        options = {option for parameter in command.params for option in parameter.opts}
        assert set(re.findall(r"--[a-z-]+", rest)) <= options


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
