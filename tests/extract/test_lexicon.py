from __future__ import annotations

import gzip
import json
import subprocess
import sys
from typing import TYPE_CHECKING

from extract.lexicon import count_ordinary_words, ordinary_forms, ordinary_words

if TYPE_CHECKING:
    from pathlib import Path


def test_ordinary_words_are_no_names() -> None:
    assert {"model", "generator", "learning", "cones", "transformer"} <= ordinary_words()
    assert not {"roberta", "lora", "resnet", "gpt", "llms"} & ordinary_words()
    assert all(word.islower() and word.isalpha() for word in ordinary_words())


def test_forms_are_those_of_normal_forms() -> None:
    assert "supervized" in ordinary_forms()


def test_count_needs_enough_texts_and_few_capitals() -> None:
    texts = ["tide", "tide bert", "tide BERT", "BERT", "BERT", "BERT", "Tide"]
    assert count_ordinary_words(texts, least=2) == ["tide"]
    assert count_ordinary_words(texts, least=1) == ["bert", "tide"]


def test_list_can_be_counted_again_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "papers.jsonl.gz"
    with gzip.open(file, "wt", encoding="utf-8") as lines:
        for _ in range(4):
            lines.write(json.dumps({"title": "Tides", "abstract": "the tide"}) + "\n")
    run = subprocess.run(
        [sys.executable, "-m", "extract.lexicon", str(file)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.splitlines()[1:] == ["the", "tide"]
