from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from extract.sample import sample_paths
from tests.graph.cli.running import paperkg

if TYPE_CHECKING:
    from pathlib import Path

Capture = pytest.CaptureFixture[str]
DECISIONS = """
pin = [["BERT", "CLIP"], ["BERT", "never seen"]]
forbid = [["LLM", "Large Language Models"]]
rename = {LoRA = "adapter of low rank"}
"""


@pytest.fixture
def decided(sample_library: Path) -> Path:
    """The library of the sample pages with decisions beside it that no build has followed."""
    sample_library.with_name("sample.decisions.toml").write_text(DECISIONS, encoding="utf-8")
    return sample_library


def test_what_would_change_is_said_and_nothing_changes(capfd: Capture, decided: Path) -> None:
    before = decided.read_bytes()
    answer = paperkg(capfd, "build", "--dry-run", "--library", decided)
    assert answer.code == 0
    assert answer.out.splitlines() == [
        "Would read 0 records: 0 new papers, 0 duplicates, 0 refused.",
        answer.out.splitlines()[1],
        "  merged    BERT (method/bert) + CLIP (method/clip) → BERT (method/bert)",
        "  split     large language model (method/large-language-model) → "
        "large language model (method/large-language-model) + LLM (method/llm)",
        "  renamed   LoRA (method/lora) → adapter of low rank (method/adapter-of-low-rank)",
        f"Nothing was changed in {decided}.",
    ]
    assert answer.out.splitlines()[1].endswith("then: 1 merged, 1 split, 1 renamed.")
    assert "Note: pin 2: no paper mentions 'never seen'." in answer.err
    assert decided.read_bytes() == before


def test_the_object(capfd: Capture, decided: Path) -> None:
    found = paperkg(capfd, "build", "--dry-run", "--json", "--library", decided).json()
    assert found["dry_run"] is True
    assert found["concepts"]["before"] == found["concepts"]["after"]
    assert [change["change"] for change in found["changes"]] == ["merged", "split", "renamed"]
    merged = found["changes"][0]
    assert [concept["id"] for concept in merged["before"]] == ["method/bert", "method/clip"]
    assert "CLIP" in {alias["text"] for alias in merged["after"][0]["aliases"]}
    assert found["decision_remarks"] == ["pin 2: no paper mentions 'never seen'."]


def test_new_concepts_are_listed_up_to_a_point(capfd: Capture, tmp_path: Path) -> None:
    library = tmp_path / "a.db"
    page = sample_paths()[0]
    answer = paperkg(capfd, "build", page, "--dry-run", "--library", library)
    assert answer.out.count("\n  new ") == 21
    assert "more; --json lists all" in answer.out
    assert list(tmp_path.iterdir()) == []


def test_nothing_to_change(capfd: Capture, sample_library: Path) -> None:
    answer = paperkg(capfd, "build", "--dry-run", "--library", sample_library)
    assert "; none changes." in answer.out


def test_refused_records_count_under_strict(
    capfd: Capture, sample_library: Path, tmp_path: Path
) -> None:
    page = tmp_path / "x.jsonl"
    page.write_text('{"title": "no abstract"}\n', encoding="utf-8")
    arguments = ("build", page, "--dry-run", "--library", sample_library)
    assert paperkg(capfd, *arguments).code == 0
    answer = paperkg(capfd, *arguments, "--strict")
    assert answer.code == 1
    assert "Would read 1 record: 0 new papers, 0 duplicates, 1 refused." in answer.out
    assert not sample_library.with_name("sample.rejects.jsonl").exists()


def test_spellings_that_would_come_and_go(capfd: Capture, sample_library: Path) -> None:
    page = sample_library.with_name("x.jsonl")
    page.write_text(
        '{"title": "A", "abstract": "We fine-tune Bert and BERT on SQuAD."}\n', encoding="utf-8"
    )
    answer = paperkg(capfd, "build", page, "--dry-run", "--library", sample_library)
    assert "  changed   BERT (method/bert): +Bert\n" in answer.out


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send to a process")
def test_ctrl_c_leaves_nothing_behind(sample_library: Path, tmp_path: Path) -> None:
    before = sample_library.read_bytes()
    place = tmp_path / "temporary"
    place.mkdir()
    page = tmp_path / "many.jsonl"
    page.write_text(
        "".join(f'{{"title": "{n}", "abstract": "BERT on SQuAD {n}."}}\n' for n in range(3000))
    )
    command = [sys.executable, "-m", "graph.cli", "build", str(page), "--dry-run"]
    with subprocess.Popen(
        [*command, "--library", str(sample_library)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(place)},
    ) as process:
        while not list(place.glob("*/*.db")):
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, "", "Stopped.\n")
    assert list(place.iterdir()) == []
    assert sample_library.read_bytes() == before
