from __future__ import annotations

import gzip
import json
import sys
from typing import TYPE_CHECKING

from extract.abbreviation_mining import (
    Evidence,
    collect_senses,
    evidence_of_lists,
    evidence_of_papers,
    frequent,
    main,
)
from extract.known_abbreviations import KnownAbbreviations

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def evidence(short: str, *longs: str) -> list[Evidence]:
    """One paper for each long form."""
    return [Evidence(f"p{number}", short, long) for number, long in enumerate(longs)]


def kept(key: str, *longs: str) -> list[tuple[str, int]]:
    senses = collect_senses(evidence(key.upper(), *longs))[key]
    return [(sense.names[0].texts[0], sense.papers) for sense in frequent(key, senses)]


def test_a_paper_counts_once_for_an_abbreviation() -> None:
    text = "We use sparse tidal attention (STA), and slow train archives (STA)."
    found = list(evidence_of_papers([("p", ["", text])]))
    assert found == [Evidence("p", "STA", "sparse tidal attention")]


def test_lists_give_what_words_spell() -> None:
    rows = [
        ("ALQ", "Dataset", "Arcade Learning Quay", "names"),
        ("Slow Train Archive (STA)", "Dataset", "Slow Train Archive (STA)", "names"),
        ("COCO", "Dataset", "COCO test", "names"),
        ("NLP", "Topic", "natural language processing", "names"),
        ("STA", "Method", "sparse tidal attention", "scirex_train_coref"),
    ]
    assert [(e.short, e.long) for e in evidence_of_lists(rows)] == [
        ("ALQ", "Arcade Learning Quay"),
        ("STA", "Slow Train Archive"),
    ]


def test_wordings_of_one_long_form_are_counted_together() -> None:
    longs = ["sparse tidal attention", "sparse tidal attentions", "Sparse Tidal Attender"]
    assert kept("sta", *longs) == [("sparse tidal attention", 3)]


def test_the_fewer_letters_the_more_papers() -> None:
    assert kept("stax", *["sparse tidal attention xerox"] * 2)
    assert not kept("sta", *["sparse tidal attention"] * 2)
    assert kept("sta", *["sparse tidal attention"] * 3)
    assert not kept("st", *["sparse tide"] * 3)


def test_rivals_are_kept_and_single_papers_are_not() -> None:
    longs = ["sparse tidal attention"] * 4 + ["slow train archive"] * 2 + ["small table area"]
    assert kept("sta", *longs) == [("sparse tidal attention", 4), ("slow train archive", 2)]


def test_command_reads_files_and_writes_the_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    abstract = "We train convolutional neural networks (CNNs) on ImageNet and report accuracy."
    records = [
        {"id": f"a{n}", "title": f"CNNs of kind {n}", "abstract": abstract} for n in range(3)
    ]
    with gzip.open(tmp_path / "arxiv_unlabelled.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(record) + "\n" for record in records)
    with gzip.open(tmp_path / "scirex.train.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"doc": "d", "text": "A tide error rate (TER) of two."}) + "\n")
    (tmp_path / "er_pairs.tsv").write_text("ALQ\tArcade Learning Quay\tDataset\tnames\n")
    (tmp_path / "gazetteer.tsv").write_text("ALQ\tDataset\tALQ\tnames\n")
    output = tmp_path / "abbreviations.tsv"
    monkeypatch.setattr(sys, "argv", ["mining", str(tmp_path), "-o", str(output)])
    main()
    table = KnownAbbreviations(output.read_text(encoding="utf-8"))
    (cnn,) = table.senses("cnn")
    assert (cnn.long, cnn.type, cnn.papers) == ("convolutional neural network", "Method", 3)
    (quay,) = table.senses("alq")
    assert (quay.long, quay.type, quay.papers) == ("Arcade Learning Quay", "Dataset", 3)
    assert len(table) == 2
