from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import extract.model_identity
from extract.model_identity import MODEL_FOLDER, model_identity

WEIGHTS = sorted(str(path.relative_to(MODEL_FOLDER)) for path in MODEL_FOLDER.glob("*/model"))


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MODEL_FOLDER, tmp_path / "model"))


def change_last_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def test_the_same_pipeline_in_another_folder_has_the_same_identity(model: Path) -> None:
    assert model_identity(model) == model_identity()


def test_the_pipeline_has_weights() -> None:
    assert {Path(name).parent.name for name in WEIGHTS} == {"concept_tagger"}


@pytest.mark.parametrize("name", [*WEIGHTS, "tokenizer"])
def test_weights_and_tokenizer_are_part_of_the_identity(model: Path, name: str) -> None:
    change_last_byte(model / name)
    assert model_identity(model) != model_identity()


def test_name_and_version_are_part_of_the_identity(model: Path) -> None:
    meta = json.loads((model / "meta.json").read_text("utf-8"))
    (model / "meta.json").write_text(json.dumps({**meta, "name": "other", "version": "9"}), "utf-8")
    assert model_identity(model).startswith("other-9-")


@pytest.mark.parametrize("name", ["gazetteer.tsv", "roles.json", "results.json"])
def test_data_of_the_rules_are_part_of_the_identity(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = model_identity()
    shutil.copytree(MODEL_FOLDER.with_name("data"), tmp_path / "data")
    monkeypatch.setattr(extract.model_identity, "files", lambda package: tmp_path)
    assert model_identity() == before
    change_last_byte(tmp_path / "data" / name)
    assert model_identity() != before
