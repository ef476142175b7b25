from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.graph.cli.running import paperkg

if TYPE_CHECKING:
    from pathlib import Path

Capture = pytest.CaptureFixture[str]


def test_why_two_names_are_one(capfd: Capture, sample_library_once: Path) -> None:
    answer = paperkg(
        capfd, "explain", "LoRA", "low-rank adapters", "--library", sample_library_once
    )
    assert answer.code == 0
    first, a, b, *steps = answer.out.splitlines()
    assert first == "LoRA and low-rank adapters are one concept: alias table + case."
    assert a == "  LoRA: LoRA (Method, method/lora)"
    assert b == "  low-rank adapters: LoRA (Method, method/lora)"
    assert [step.split(": ")[0] for step in steps] == [
        "  LoRA = Low-Rank Adapters",
        "  Low-Rank Adapters = low-rank adapters",
    ]
    assert f"forbid LoRA 'low-rank adapters' --library {sample_library_once}" in answer.err


def test_why_two_names_are_two(capfd: Capture, sample_library_once: Path) -> None:
    answer = paperkg(capfd, "explain", "CIFAR-10", "CIFAR-100", "--library", sample_library_once)
    assert answer.out.startswith("CIFAR-10 and CIFAR-100 are two concepts: different numbers.\n")
    assert "CIFAR-10 ≠ CIFAR-100: different numbers, score 93.3  [p" in answer.out
    assert "paperkg pin CIFAR-10 CIFAR-100" in answer.err


def test_names_that_no_paper_writes_are_judged_and_not_offered_for_a_pin(
    capfd: Capture, sample_library_once: Path
) -> None:
    answer = paperkg(capfd, "explain", "GPT-3", "GPT 3", "--library", sample_library_once)
    assert (
        "  GPT 3: GPT-3 (Method, method/gpt-3); no paper of the library writes it so" in answer.out
    )
    assert answer.err == ""


def test_a_decision_of_the_users_own_is_mended_in_its_file(
    capfd: Capture, sample_library: Path
) -> None:
    there = ("--library", sample_library)
    paperkg(capfd, "pin", "BERT", "CLIP", *there)
    paperkg(capfd, "build", *there)
    answer = paperkg(capfd, "explain", "BERT", "CLIP", *there)
    assert "are one concept: pinned by the user." in answer.out
    assert "remove the entry" in answer.err


def test_the_object_of_one_pair(capfd: Capture, sample_library_once: Path) -> None:
    found = paperkg(
        capfd, "explain", "GPT-3", "GPT-9", "--json", "--library", sample_library_once
    ).json()
    assert {key: found[key] for key in ("a", "b", "type", "same", "rule", "score", "seen")} == {
        "a": "GPT-3",
        "b": "GPT-9",
        "type": "Method",
        "same": False,
        "rule": "different numbers",
        "score": found["score"],
        "seen": [True, False],
    }
    assert [[concept["id"] for concept in side] for side in found["concepts"]] == [
        ["method/gpt-3"],
        ["method/gpt-9"],
    ]


def test_pairs_come_out_in_the_order_of_the_file(
    capfd: Capture, sample_library_once: Path, tmp_path: Path
) -> None:
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text(
        "LoRA\tQLoRA\tMethod\twhy\r\n"
        "not a pair\n\n"
        "AR (associative recall)\tAR (autoregressive)\tMethod/Task\n"
        "GPT-3\tGPT3\n",
        encoding="utf-8",
    )
    there = ("--pairs", pairs, "--library", sample_library_once)
    answer = paperkg(capfd, "explain", *there, "--json")
    assert answer.code == 1
    assert f"Refused {pairs}:2: got 'not a pair'" in answer.err
    objects = [json.loads(line) for line in answer.out.splitlines()]
    assert [tuple(found) for found in objects] == [("a", "b", "type", "same", "rule", "score")] * 3
    assert [(found["a"], found["type"], found["same"]) for found in objects] == [
        ("LoRA", "Method", False),
        ("AR (associative recall)", "Method/Task", False),
        ("GPT-3", "Method", True),
    ]
    plain = paperkg(capfd, "explain", *there)
    assert plain.out.splitlines()[2] == "one\tGPT-3\tGPT3\thyphen or space"


def test_the_type_counts_for_pairs_without_one(capfd: Capture, tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("A\tB\nC\tD\tMetric\n", encoding="utf-8")
    answer = paperkg(capfd, "explain", "--pairs", pairs, "--type", "Task", "--json")
    assert [json.loads(line)["type"] for line in answer.out.splitlines()] == ["Task", "Metric"]


def test_without_a_library_the_rules_alone_judge(
    capfd: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = paperkg(capfd, "explain", "WER", "word error rate", "--type", "Metric")
    assert answer.out.startswith("WER and word error rate are one concept: alias table.")
    assert "there is no library paperkg.db here" in answer.err
    assert list(tmp_path.iterdir()) == []
    named = paperkg(capfd, "explain", "WER", "word error rate", "--library", "other.db")
    assert (named.code, named.out) == (1, "")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "Got 0 names, expected two"),
        (["BERT"], "Got 1 names, expected two"),
        (["a", "b", "c"], "Got 3 names"),
        (["BERT", " "], "not blank"),
        (["--pairs", "no/such.tsv"], "Cannot read 'no/such.tsv'"),
        (["--pairs", "."], "Cannot read '.': Is a directory"),
        (["a", "b", "--pairs", "x"], "not both"),
    ],
)
def test_wrong_use_of_explain(
    capfd: Capture, sample_library_once: Path, arguments: list[str], complaint: str
) -> None:
    answer = paperkg(capfd, "explain", *arguments, "--library", sample_library_once)
    assert answer.code == 2
    assert complaint in answer.err


def test_names_cannot_steer_the_terminal(capfd: Capture, tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("a\x1b[2J\tb\u202e\x9b\tMethod\n", encoding="utf-8")
    for arguments in (
        ["\x1b[31mRed", "\u202eder"],
        ["\x1b[31mRed", "\u202eder", "--json"],
        ["--pairs", pairs],
        ["--pairs", pairs, "--json"],
    ):
        answer = paperkg(capfd, "explain", *arguments)
        assert answer.code == 0
        assert not set("\x1b\x9b") & set(answer.out + answer.err)


def test_aliases_with_counts_and_rules(capfd: Capture, sample_library_once: Path) -> None:
    there = ("--library", sample_library_once)
    answer = paperkg(capfd, "aliases", "large language model", *there)
    assert answer.code == 0
    assert answer.out.splitlines()[:3] == [
        "large language model (Method, method/large-language-model)",
        "mentions  spelling               rule",
        "       3  Large Language Models",
    ]
    assert "       1  LLM                    alias table\n" in answer.out
    (found,) = paperkg(capfd, "aliases", "LLM", "--json", *there).json()
    assert found["id"] == "method/large-language-model"
    assert {"text": "large language models", "count": 2, "rule": "case"} in found["aliases"]


def test_aliases_of_what_is_no_concept(capfd: Capture, sample_library_once: Path) -> None:
    there = ("--library", sample_library_once)
    missing = paperkg(capfd, "aliases", "large langage model", *there)
    assert missing.code == 2
    assert "Did you mean" in missing.err
    (paper,) = paperkg(capfd, "path", "BERT", "ImageNet", "--limit", 1, "--json", *there).json()
    answer = paperkg(capfd, "aliases", paper[0]["to"], *there)
    assert answer.code == 2
    assert "is a paper" in answer.err


def test_the_merge_log_by_rule(capfd: Capture, sample_library_once: Path) -> None:
    there = ("--library", sample_library_once)
    log = paperkg(capfd, "decisions", "--json", *there).json()
    assert len(log) > 50
    assert all(decision["same"] for decision in log)
    assert log == sorted(log, key=lambda d: (d["rule"], d["a"], d["b"]))
    table = paperkg(capfd, "decisions", "--rule", "alias table", *there).out.splitlines()
    assert len(table) == 1 + sum(decision["rule"] == "alias table" for decision in log)
    apart = paperkg(capfd, "decisions", "--apart", *there)
    assert "different numbers  CIFAR-10" in apart.out
    unknown = paperkg(capfd, "decisions", "--rule", "magic", *there)
    assert unknown.code == 2
    assert "there are alias table, case, definition" in unknown.err
