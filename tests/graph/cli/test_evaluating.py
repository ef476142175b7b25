from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extract.model_identity import model_identity
from tests.graph.cli.annotated import GENES, write_annotated, write_lines
from tests.graph.cli.running import paperkg

if TYPE_CHECKING:
    from pathlib import Path

Capture = pytest.CaptureFixture[str]
PAPER = {"id": "a", "title": "On BERT", "abstract": "We fine-tune BERT on GLUE."}
ANNOTATION = {
    "id": "a",
    "mentions": [
        {"text": "BERT", "type": "Method", "canonical": "BERT", "role": "uses"},
        {"text": "GLUE", "type": "Dataset", "canonical": "GLUE", "role": "evaluates"},
        {"text": "fine-tune", "type": "Task", "canonical": "fine-tuning", "role": "addresses"},
    ],
    "results": [],
}


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    papers = write_lines(tmp_path / "papers.jsonl", [PAPER])
    return papers, write_lines(tmp_path / "annotations.jsonl", [ANNOTATION])


def test_figures_stand_in_tables_and_in_one_object(
    capfd: Capture, files: tuple[Path, Path]
) -> None:
    answer = paperkg(capfd, "eval", *files, "--samples", 50)
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[0] == "1 annotated paper."
    (row,) = [line.split() for line in lines if line.startswith("mentions  ")][:1]
    found = paperkg(capfd, "eval", *files, "--samples", 50, "--json").json()
    assert row[1:4] == [f"{found['span_strict'][key]:.3f}" for key in ("p", "r", "f1")]
    assert found["span_strict"]["gold"] == 4
    assert found["per_type"]["Task"]["r"] == 0.0
    assert found["model"] == model_identity()
    assert found["refused"] == 0
    assert len(found["confidence"]["mentions"]["cuts"]) == 3
    for word in ("Dataset", "concepts of a paper", "roles: accuracy", "B-cubed", "Brier"):
        assert word in answer.out
    assert "Metric" not in answer.out, "of which there is none"


def test_what_extract_printed_is_measured(
    capfd: Capture, files: tuple[Path, Path], tmp_path: Path
) -> None:
    output = tmp_path / "extracted.jsonl"
    assert paperkg(capfd, "extract", files[0], "-o", output).code == 0
    fresh = paperkg(capfd, "eval", *files, "--json").json()
    measured = paperkg(capfd, "eval", *files, "--json", "--predicted", output).json()
    assert fresh.pop("model")
    assert measured == fresh


def test_refused_annotations_are_told_and_fail(capfd: Capture, files: tuple[Path, Path]) -> None:
    papers, annotations = files
    write_lines(annotations, [ANNOTATION, {"id": "none", "mentions": []}])
    answer = paperkg(capfd, "eval", papers, annotations)
    assert answer.code == 1
    assert "1 annotated paper." in answer.out
    assert answer.err == f"Refused {annotations}:2: no paper has the id 'none'.\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["papers.jsonl", "papers.jsonl"], "holds no annotation of a paper of"),
        (["papers.jsonl", "none.jsonl"], "Cannot read 'none.jsonl'"),
        (["none.jsonl", "annotations.jsonl"], "There is no file or folder 'none.jsonl'"),
        (["-", "annotations.jsonl"], "PAPERS are read twice"),
        (["papers.jsonl", "annotations.jsonl", "--predicted", "none"], "Cannot read 'none'"),
    ],
)
def test_wrong_use_is_explained(
    arguments: list[str],
    message: str,
    capfd: Capture,
    files: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(files[0].parent)
    answer = paperkg(capfd, "eval", *arguments)
    assert answer.code == 2
    assert message in answer.err


def test_types_of_one_s_own_are_measured_once_named(capfd: Capture, tmp_path: Path) -> None:
    files = write_annotated(tmp_path, kind="Gene")
    assert "--type names one of your own" in paperkg(capfd, "eval", *files).err
    answer = paperkg(capfd, "eval", *files, "--type", "Gene", "--json")
    assert answer.code == 0
    assert answer.json()["per_type"]["Gene"]["gold"] == 16


def test_hostile_annotations_cannot_steer_the_terminal(
    capfd: Capture, files: tuple[Path, Path]
) -> None:
    papers, annotations = files
    write_lines(annotations, [ANNOTATION, {"id": "\x1b[2J\u202e", "mentions": []}])
    answer = paperkg(capfd, "eval", papers, annotations)
    assert not set("\x1b\u202e") & set(answer.out + answer.err)


def test_listed_names_are_found_and_their_types_are_measured(
    capfd: Capture, tmp_path: Path
) -> None:
    files = write_annotated(tmp_path, kind="Gene")
    gazetteer = tmp_path / "genes.tsv"
    gazetteer.write_text("".join(f"{gene}\tGene\n" for gene in GENES) + "bad\n", encoding="utf-8")
    answer = paperkg(capfd, "eval", *files, "--gazetteer", gazetteer, "--json")
    assert answer.code == 1
    assert f"Refused {gazetteer}:5" in answer.err
    gene = answer.json()["per_type"]["Gene"]
    assert gene["gold"] == gene["pred"] == 16
    assert gene["f1"] == 1.0
