from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from extract.model_identity import MODEL_FOLDER, model_identity
from extract.sample import sample_paths
from graph import KnowledgeGraph
from tests.graph.cli.running import paperkg

if TYPE_CHECKING:
    from pathlib import Path

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """Another pipeline: the shipped one under another name, in a folder that needs quotes."""
    folder = tmp_path / "my model"
    shutil.copytree(MODEL_FOLDER, folder)
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    (folder / "meta.json").write_text(json.dumps({**meta, "name": "mine"}), encoding="utf-8")
    return folder


def test_a_library_says_that_another_model_extracted_it(
    capfd: Capture, sample_library: Path, model: Path
) -> None:
    library = ("--library", sample_library)
    answer = paperkg(capfd, "build", "--model", model, *library)
    assert answer.code == 0
    remedy = f"`paperkg build --refresh --model '{model}' --library {sample_library}`"
    assert (
        f"Another model or gazetteer extracted 40 papers; {remedy} extracts them again."
        in answer.err
    )
    checks = paperkg(capfd, "doctor", "--model", model, "--json", *library).json()
    (said,) = [check for check in checks if check["name"] == "model"]
    assert said["detail"] == "40 papers were extracted by another model"
    assert f"--refresh --model '{model}'" in said["remedy"]

    answer = paperkg(capfd, "build", "--refresh", "--model", model, *library)
    assert "Another model" not in answer.err
    models = paperkg(capfd, "stats", "--json", *library).json()["models"]
    assert models == {model_identity(model): 40}
    assert model_identity(model).startswith("mine-")
    assert "Another model or gazetteer extracted 40 papers" in paperkg(capfd, "build", *library).err


def test_from_python_too(tmp_path: Path, model: Path) -> None:
    with KnowledgeGraph.open(tmp_path / "new.db", create=True) as knowledge:
        report = knowledge.build(sample_paths()[0], model=model)
        assert (report.extracted, report.outdated) == (report.papers, 0)
        assert set(knowledge.statistics().models) == {model_identity(model)}


@pytest.mark.parametrize(
    "command",
    [
        ("build", "--sample"),
        ("extract", "papers.jsonl"),
        ("uncertain", "papers.jsonl"),
        ("eval", "papers.jsonl", "annotations.jsonl"),
        ("doctor",),
    ],
)
def test_a_folder_without_a_pipeline_is_refused_before_anything_is_read_or_written(
    command: tuple[str, ...], capfd: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = paperkg(capfd, *command, "--model", "none")
    assert (answer.code, answer.out) == (1, "")
    assert "There is no usable pipeline in 'none'" in answer.err
    assert "`paperkg train`" in answer.err
    assert not list(tmp_path.iterdir())
