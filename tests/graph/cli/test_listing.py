from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.graph.cli.running import paperkg

if TYPE_CHECKING:
    from pathlib import Path

Capture = pytest.CaptureFixture[str]
LINES = "LLMs\tMethod\nBERT\tMethod\nlarge language model\tMethod\tignored\n"


@pytest.fixture
def names(tmp_path: Path) -> Path:
    file = tmp_path / "names.tsv"
    file.write_text(LINES, encoding="utf-8")
    return file


def test_each_line_has_its_concept(capfd: Capture, names: Path) -> None:
    answer = paperkg(capfd, "resolve", "--names", names)
    assert answer.code == 0
    assert answer.out.splitlines() == [
        "LLMs\tMethod\tmethod/large-language-model\tlarge language model",
        "BERT\tMethod\tmethod/bert\tBERT",
        "large language model\tMethod\tmethod/large-language-model\tlarge language model",
    ]
    assert answer.err == "3 names: 2 concepts.\n"


def test_json_lines_into_a_file(capfd: Capture, names: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    answer = paperkg(capfd, "resolve", "--names", names, "--json", "-o", output)
    assert (answer.code, answer.out) == (0, "")
    assert json.loads(output.read_text(encoding="utf-8").splitlines()[1]) == {
        "name": "BERT",
        "type": "Method",
        "id": "method/bert",
        "concept": "BERT",
    }


def test_decisions_hold_when_they_are_given(capfd: Capture, names: Path, tmp_path: Path) -> None:
    decisions = tmp_path / "mine.toml"
    decisions.write_text('pin = [["LLMs", "BERT"]]\nrename = {x = "y"}\n', encoding="utf-8")
    answer = paperkg(capfd, "resolve", "--names", names, "--decisions", decisions)
    assert len({line.split("\t")[2] for line in answer.out.splitlines()}) == 1
    assert "Note: rename 1: no concept is named 'x'." in answer.err


def test_refused_lines_are_told_and_fail(capfd: Capture, names: Path) -> None:
    names.write_bytes(LINES.encode() + b"no type\n\xff\tMethod\n" + b"x\n" * 9)
    answer = paperkg(capfd, "resolve", "--names", names)
    assert answer.code == 1
    assert len(answer.out.splitlines()) == 3
    assert f"Refused {names}:4: got 'no type', expected NAME<TAB>TYPE." in answer.err
    assert f"Refused {names}:5: is not UTF-8" in answer.err
    assert "… and 6 lines more refused" in answer.err


def test_names_cannot_steer_the_terminal(capfd: Capture, names: Path) -> None:
    names.write_text("\x1b[2JRed\u202e\x9b\tMethod\x1b\n", encoding="utf-8")
    for form in ([], ["--json"]):
        answer = paperkg(capfd, "resolve", "--names", names, *form)
        assert answer.code == 0
        assert not set("\x1b\x9b") & set(answer.out + answer.err)


@pytest.mark.parametrize("option", ["--names", "--decisions"])
def test_what_is_read_is_not_written_over(
    option: str, capfd: Capture, names: Path, tmp_path: Path
) -> None:
    decisions = tmp_path / "mine.toml"
    decisions.write_text("", encoding="utf-8")
    files = {"--names": names, "--decisions": decisions}
    arguments = [part for pair in files.items() for part in pair]
    answer = paperkg(capfd, "resolve", *arguments, "-o", files[option])
    assert answer.code == 2
    assert "write to a file of another name" in answer.err
    assert names.read_text(encoding="utf-8") == LINES


def test_standard_input_and_a_reader_that_has_seen_enough() -> None:
    command = f"'{sys.executable}' -m graph.cli resolve --names - | head -n 1"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        input="".join(f"name {number}\tTask\n" for number in range(3_000)),
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0
    assert done.stdout.startswith("name 0\tTask\ttask/name-0\t")
    assert "Traceback" not in done.stderr
