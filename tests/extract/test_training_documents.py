from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest
import spacy
from spacy.training import Corpus

from extract.errors import RecordError, UsageError
from extract.gold import AnnotatedPaper
from extract.records import Mention, Paper
from extract.tokenizer import set_tokenizer
from extract.training_documents import annotated_docs, silver_docs, write_documents

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc

TEXT = "Alder-Net\nWe train Alder-Net on Forest."


def tokenizing() -> Language:
    return set_tokenizer(spacy.blank("en"))


def entities(doc: Doc) -> list[tuple[str, str]]:
    return [(ent.text, ent.label_) for ent in doc.ents]


def write_silver(file: Path, *records: Any) -> Path:
    lines = "".join(json.dumps(record) + "\n" for record in records)
    file.write_bytes(gzip.compress(lines.encode()))
    return file


def test_annotations_become_entities_where_they_stand_though_lines_are_wrapped() -> None:
    paper = Paper("p1", "Alder  Net", "We\n  train Alder\nNet here.")
    places = (("title", 0, 10), ("abstract", 11, 20))
    mentions = tuple(
        Mention("p1", field, start, end, paper.text(field)[start:end], "Method", "uses", 1.0, "ner")  # type: ignore[arg-type]  # the two field names
        for field, start, end in places
    )
    (doc,) = annotated_docs(tokenizing(), [AnnotatedPaper(paper, mentions, ("Alder",) * 2, ())])
    assert entities(doc) == [("Alder Net", "Method")] * 2
    assert [ent.start_char for ent in doc.ents] == [0, doc.text.rindex("Alder")]


def test_silver_texts_become_documents_whatever_follows_the_type(tmp_path: Path) -> None:
    file = write_silver(
        tmp_path / "silver.jsonl.gz",
        {"text": TEXT, "mentions": [[0, 9, "Method"], [32, 38, "Dataset", 0.5]]},
        {"text": "Nothing here.", "mentions": []},
    )
    first, second = silver_docs(tokenizing(), file)
    assert entities(first) == [("Alder-Net", "Method"), ("Forest", "Dataset")]
    assert entities(second) == []
    assert second.has_annotation("ENT_IOB"), "that there is no mention is learnt from, too"


@pytest.mark.parametrize(
    "record",
    [
        {"text": TEXT},
        {"text": TEXT, "mentions": [[0, 9]]},
        {"text": TEXT, "mentions": [[0, 900, "Method"]]},
        {"text": 7, "mentions": [[0, 1, "Method"]]},
        ["text"],
    ],
)
def test_a_line_of_another_form_is_named(tmp_path: Path, record: Any) -> None:
    file = write_silver(tmp_path / "silver.jsonl.gz", {"text": "A", "mentions": []}, record)
    with pytest.raises(RecordError, match=r"silver.jsonl.gz:2: not a labelled text"):
        list(silver_docs(tokenizing(), file))


def test_a_silver_file_that_is_missing_or_cut_off_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Cannot read"):
        list(silver_docs(tokenizing(), tmp_path / "none.jsonl"))
    whole = write_silver(tmp_path / "silver.jsonl.gz", *[{"text": TEXT, "mentions": []}] * 99)
    whole.write_bytes(whole.read_bytes()[:-20])
    with pytest.raises(UsageError, match="Cannot read all of"):
        list(silver_docs(tokenizing(), whole))


def test_spacy_reads_what_was_written_also_from_several_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extract.training_documents._DOCUMENTS_A_FILE", 2)
    nlp = tokenizing()
    records = [{"text": f"{TEXT} {i}", "mentions": [[0, 9, "Method"]]} for i in range(5)]
    file = write_silver(tmp_path / "silver.jsonl.gz", *records)
    assert write_documents(silver_docs(nlp, file), tmp_path / "train") == 5
    read = [example.reference for example in Corpus(tmp_path / "train")(tokenizing())]
    assert [doc.text for doc in read] == [record["text"] for record in records]
    assert {tuple(entities(doc)) for doc in read} == {(("Alder-Net", "Method"),)}
    assert len(list((tmp_path / "train").iterdir())) == 3
