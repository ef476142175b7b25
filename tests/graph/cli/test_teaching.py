from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from extract.model_identity import MODEL_FOLDER
from tests.graph.cli.annotated import write_annotated, write_lines
from tests.graph.cli.running import paperkg

if TYPE_CHECKING:
    from pathlib import Path

Capture = pytest.CaptureFixture[str]


def test_what_was_taught_is_found_with_model(capfd: Capture, tmp_path: Path) -> None:
    files = write_annotated(tmp_path, kind="Gene")
    model = tmp_path / "genes"
    answer = paperkg(capfd, "train", *files, "-o", model, "--type", "Gene", "--steps", 50)
    assert answer.code == 0
    assert "Learning from 6 papers, measuring with 2." in answer.err
    assert "step 50 of 50: the network's F1 1.000" in answer.err
    assert f"`--model {model}` uses them." in answer.out
    after = next(line.split() for line in answer.out.splitlines() if "Gene, after" in line)
    assert after[2:5] == ["1.000", "1.000", "1.000"]
    measured = paperkg(capfd, "eval", *files, "--model", model, "--json").json()
    assert measured["per_type"]["Gene"]["f1"] == 1.0, "without --type: the model knows it"
    (first, *_) = paperkg(capfd, "uncertain", files[0], "--model", model).out.splitlines()
    assert {span["label"] for span in json.loads(first)["spans"]} == {"Gene"}
    again = paperkg(
        *(capfd, "train", *files, "-o", model, "--from", model, "--type", "Gene"),
        *("--steps", 1, "--json", "-q"),
    )
    assert (again.code, again.err) == (0, "Learning from 6 papers, measuring with 2.\n")
    assert again.json()["before"]["span_strict"]["f1"] == 1.0


def test_what_is_measured_with_is_not_taught(capfd: Capture, tmp_path: Path) -> None:
    papers, annotations = write_annotated(tmp_path)
    lines = annotations.read_text(encoding="utf-8").splitlines()
    dev = write_lines(tmp_path / "dev.jsonl", [json.loads(line) for line in lines[:3]])
    answer = paperkg(
        *(capfd, "train", papers, annotations, "-o", tmp_path / "m", "--dev", papers, dev),
        *("--steps", 1, "--json", "--from", "scratch"),
    )
    assert answer.code == 0
    found = answer.json()
    assert (found["papers"], found["held_out"], found["refused"]) == (5, 3, 0)
    meta = json.loads((tmp_path / "m" / "meta.json").read_text(encoding="utf-8"))
    assert meta["paperkg"]["training"]["from"] == "scratch"
    assert meta["paperkg"]["training"]["measured_with"] == ["papers.jsonl", "dev.jsonl"]


def test_refused_annotations_are_told_before_the_training(capfd: Capture, tmp_path: Path) -> None:
    papers, annotations = write_annotated(tmp_path)
    with annotations.open("a", encoding="utf-8") as file:
        file.write('{"id": "none", "mentions": []}\n')
    answer = paperkg(capfd, "train", papers, annotations, "-o", tmp_path / "m", "--steps", 1)
    assert answer.code == 1
    assert answer.err.startswith(f"Refused {annotations}:9: no paper has the id 'none'.\nLearning")
    assert (tmp_path / "m" / "concept_tagger" / "model").is_file()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["-o", "papers.jsonl"], 2, "is no pipeline that `paperkg train` wrote"),
        (["-o", "."], 2, "is no pipeline that `paperkg train` wrote"),
        (["-o", "shipped"], 2, "is no pipeline that `paperkg train` wrote"),
        (["-o", "none/m"], 2, "There is no folder"),
        (["-o", "m", "--from", "none"], 1, "There is no usable pipeline in 'none'"),
        (["-o", "m", "--held-out", "1"], 2, "--held-out"),
        (["-o", "m", "--dev", "papers.jsonl", "none.jsonl"], 2, "Cannot read 'none.jsonl'"),
        (["-o", "m", "--dev", "papers.jsonl", "empty.jsonl"], 2, "0 to measure with"),
    ],
)
def test_wrong_use_is_explained_and_changes_nothing(
    arguments: list[str],
    code: int,
    message: str,
    capfd: Capture,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_annotated(tmp_path)
    (tmp_path / "empty.jsonl").touch()
    shutil.copytree(MODEL_FOLDER, tmp_path / "shipped")
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    answer = paperkg(capfd, "train", "papers.jsonl", "annotations.jsonl", *arguments)
    assert answer.code == code
    assert message in answer.err
    assert sorted(tmp_path.rglob("*")) == before
