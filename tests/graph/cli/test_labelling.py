from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from extract.sample import sample_paths
from tests.graph.cli.running import paperkg

if TYPE_CHECKING:
    from pathlib import Path

Capture = pytest.CaptureFixture[str]
SAMPLE = [str(path) for path in sample_paths()]


def test_the_least_certain_papers_come_first(capfd: Capture, tmp_path: Path) -> None:
    output = tmp_path / "to-label.jsonl"
    answer = paperkg(capfd, "uncertain", *SAMPLE, "-n", 7, "-o", output)
    assert (answer.code, answer.out) == (0, "")
    assert answer.err == "7 papers of 40, the least certain first.\n"
    tasks = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    doubts = [task["meta"]["uncertainty"] for task in tasks]
    assert len(doubts) == 7
    assert doubts == sorted(doubts, reverse=True)
    assert all(task["spans"] and task["label"] and task["predictions"] for task in tasks)
    everything = paperkg(capfd, "uncertain", *SAMPLE).out.splitlines()
    assert [json.loads(line) for line in everything[:7]] == tasks


@pytest.mark.parametrize("tool", ["prodigy", "doccano", "label-studio"])
def test_train_and_eval_read_what_came_back(tool: str, capfd: Capture, tmp_path: Path) -> None:
    output = tmp_path / "tasks.json"
    command = ["uncertain", *SAMPLE, "-n", "5", "--format", tool, "-o", output]
    assert paperkg(capfd, *command).code == 0
    text = output.read_text(encoding="utf-8")
    if tool == "label-studio":
        tasks = json.loads(text)
        for number, task in enumerate(tasks):
            result = task.pop("predictions")[0]["result"]
            task |= {"id": number, "annotations": [{"result": result, "was_cancelled": False}]}
        output.write_text(json.dumps(tasks), encoding="utf-8")
    else:
        mark = '"answer": "accept"' if tool == "prodigy" else '"id": 3'
        lines = [f"{line.removesuffix('}')}, {mark}}}" for line in text.splitlines()]
        output.write_text("\n".join(lines), encoding="utf-8")
    pages = tmp_path / "pages"
    pages.mkdir()
    for path in sample_paths():
        (pages / path.name).write_bytes(path.read_bytes())
    answer = paperkg(capfd, "eval", pages, output, "--json")
    assert (answer.code, answer.err) == (0, "")
    found = answer.json()
    assert found["papers"] == 5
    assert found["span_overlap_f1"] == 1.0
    assert found["span_strict"]["f1"] > 0.97  # Prodigy's are widened to whole tokens
    assert found["paper_concept"]["gold"] == 0, "nobody annotated concepts"


def test_what_is_read_is_not_written_over(capfd: Capture, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes(sample_paths()[0].read_bytes())
    before = page.read_bytes()
    answer = paperkg(capfd, "uncertain", page, "-o", page)
    assert answer.code == 2
    assert "is read: write to a file of another name" in answer.err
    assert page.read_bytes() == before
    assert paperkg(capfd, "uncertain", tmp_path / "none").code == 2


def test_refused_records_are_told_and_the_others_are_chosen(capfd: Capture, tmp_path: Path) -> None:
    file = tmp_path / "papers.jsonl"
    file.write_text('{"title": "T", "abstract": "BERT \\u001b[2J"}\nno\n', encoding="utf-8")
    answer = paperkg(capfd, "uncertain", file)
    assert answer.code == 0
    assert f"Refused {file}:2: " in answer.err
    assert len(answer.out.splitlines()) == 1
    assert "\x1b" not in answer.out


def test_listed_names_come_as_labels(capfd: Capture, tmp_path: Path) -> None:
    gazetteer, papers = tmp_path / "genes.tsv", tmp_path / "papers.jsonl"
    gazetteer.write_text("SOX2\tGene\n", encoding="utf-8")
    papers.write_text('{"title": "Loss", "abstract": "Loss of SOX2."}\n', encoding="utf-8")
    command = ["uncertain", papers, "--format", "doccano"]
    (task,) = map(json.loads, paperkg(capfd, *command, "--gazetteer", gazetteer).out.splitlines())
    (label,) = (found for found in task["label"] if found[2] == "Gene")
    assert task["text"][label[0] : label[1]] == "SOX2"
