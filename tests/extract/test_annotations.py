from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from extract.annotations import read_annotated_papers
from extract.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from extract.errors import RecordError
    from extract.gold import AnnotatedPaper

PAPERS = [
    {"id": "a", "title": "Tuning BERT", "abstract": "We tune BERT\n on GLUE and report F1 of 80."},
    {"id": "b", "title": "", "abstract": "Nothing of ours is better than BERTs."},
]
BERT = {"text": "BERT", "type": "Method", "canonical": "BERT", "role": "uses"}


def write(file: Path, records: list[Any]) -> Path:
    lines = (r if isinstance(r, str) else json.dumps(r) for r in records)
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return file


def read(
    folder: Path, *annotations: Any, own_types: tuple[str, ...] = ()
) -> tuple[list[AnnotatedPaper], list[RecordError]]:
    refused: list[RecordError] = []
    found = read_annotated_papers(
        write(folder / "papers.jsonl", PAPERS),
        write(folder / "annotations.jsonl", list(annotations)),
        refused.append,
        own_types=own_types,
    )
    return found, refused


def test_a_string_stands_for_all_its_occurrences_as_whole_words(tmp_path: Path) -> None:
    (one,), refused = read(tmp_path, {"id": "a", "mentions": [BERT], "results": []})
    assert not refused
    assert [(m.field, m.start, m.end, m.role) for m in one.mentions] == [
        ("title", 7, 11, "uses"),
        ("abstract", 8, 12, "uses"),
    ]
    assert one.canonical == ("BERT", "BERT")
    assert one.knows_results


def test_canonical_names_roles_and_results_may_be_left_out(tmp_path: Path) -> None:
    annotation = {"id": "a", "mentions": [{"text": "GLUE", "type": "Dataset"}]}
    (one,), refused = read(tmp_path, annotation)
    assert not refused
    assert [(m.text, m.role) for m in one.mentions] == [("GLUE", "")]
    assert one.canonical == ("",)
    assert not one.knows_results


@pytest.mark.parametrize(
    ("mention", "reason"),
    [
        ({**BERT, "text": "ELMo"}, "does not have 'ELMo' as whole words"),
        ({**BERT, "text": "BER"}, "does not have 'BER' as whole words"),
        ({**BERT, "type": "Gene"}, "has the type 'Gene', expected one of Method"),
        ({**BERT, "type": None}, "has the type 'None'"),
        ({**BERT, "role": "evaluates"}, "has the role 'evaluates', where a Method has one of"),
        ({"text": "GLUE"}, "has the type 'None'"),
        ("BERT", "expected an object with text and type"),
        ({**BERT, "text": " "}, "expected an object with text and type"),
        ({**BERT, "canonical": 5}, "canonical name that is no text"),
        (BERT, "is listed twice"),
        (
            {"text": "tune BERT", "type": "Method", "canonical": "BERT", "role": "studies"},
            "another text of 'BERT' the role uses",
        ),
    ],
)
def test_a_bad_mention_is_refused_and_the_others_stay(
    mention: Any, reason: str, tmp_path: Path
) -> None:
    annotation = {"id": "a", "mentions": [BERT, mention], "results": []}
    (one,), (error,) = read(tmp_path, annotation)
    assert {m.text for m in one.mentions} == {"BERT"}
    assert reason in error.reason
    assert (error.file, error.line) == (str(tmp_path / "annotations.jsonl"), 1)


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"id": "c", "mentions": []}, "no paper has the id 'c'"),
        ({"mentions": []}, "no paper has the id None"),
        ({"id": "a", "mentions": "BERT"}, 'has no "mentions"'),
        ({"id": "a"}, 'has no "mentions"'),
        ("[1", "is no JSON"),
        (["a"], "expected an object"),
        ({"id": "b", "mentions": [], "results": []}, "is annotated above already"),
        ({"text": "Other text.", "label": [], "id": 1}, "no paper has the id None or the text"),
        (
            {"text": "Other text.", "label": [], "id": 1, "meta": {"id": "a"}},
            "its text is not that of the paper 'a'",
        ),
    ],
)
def test_a_bad_annotation_is_refused_and_the_others_stay(
    record: Any, reason: str, tmp_path: Path
) -> None:
    found, (error,) = read(tmp_path, {"id": "b", "mentions": []}, "", record)
    assert [one.paper.id for one in found] == ["b"]
    assert reason in error.reason
    assert error.line == 3


@pytest.mark.parametrize("result", [{}, {"value": ""}, "81", {"value": "1", "metric": 3}])
def test_a_bad_result_is_refused(result: Any, tmp_path: Path) -> None:
    good = {"value": "80", "metric": "F1", "dataset": None}
    annotation = {"id": "a", "mentions": [], "results": [result, good]}
    (one,), (error,) = read(tmp_path, annotation)
    assert one.results == (good,)
    assert "expected an object with a value" in error.reason


def test_types_of_one_s_own_are_taken_once_they_are_named(tmp_path: Path) -> None:
    gene = {"text": "BERT", "type": "Gene", "canonical": "BERT", "role": "mentions"}
    (one,), refused = read(tmp_path, {"id": "a", "mentions": [gene]}, own_types=("Gene",))
    assert not refused
    assert {m.type for m in one.mentions} == {"Gene"}
    _, (error,) = read(
        tmp_path, {"id": "a", "mentions": [{**gene, "role": "uses"}]}, own_types=("Gene",)
    )
    assert "where a Gene has one of mentions" in error.reason


def test_labelled_texts_are_known_by_id_or_by_text(tmp_path: Path) -> None:
    text = "Tuning BERT\nWe tune BERT on GLUE and report F1 of 80."  # white space is folded
    spans = [[7, 11, "Method"], [28, 32, "Dataset"], [0, 14, "Task"], [12, 14, "Nonsense"]]
    for record in (
        {"id": 3, "text": text, "label": spans, "meta": {"id": "a"}},
        {"id": 3, "text": text, "label": spans},
    ):
        (one,), refused = read(tmp_path, record)
        assert [(m.field, m.start, m.text, m.type) for m in one.mentions] == [
            ("title", 7, "BERT", "Method"),
            ("abstract", 17, "GLUE", "Dataset"),
        ]
        assert [error.reason.split(" ")[1] for error in refused] == ["BERT\\nWe'", "has"]
        assert not one.knows_results
        assert one.canonical == ("", "")


def test_one_array_is_read_as_lines_are(tmp_path: Path) -> None:
    (tmp_path / "array.json").write_text(
        json.dumps([{"id": "a", "mentions": [BERT]}, {"id": "x", "mentions": []}], indent=1),
        encoding="utf-8",
    )
    refused: list[RecordError] = []
    papers = write(tmp_path / "papers.jsonl", PAPERS)
    (one,) = read_annotated_papers(papers, tmp_path / "array.json", refused.append)
    assert one.paper.id == "a"
    assert [error.line for error in refused] == [2]


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    papers = write(tmp_path / "papers.jsonl", PAPERS)
    broken = write(tmp_path / "broken.json", ["[{"])
    for file, reason in (
        (tmp_path / "none.jsonl", "No such file"),
        (broken, "begins as a JSON array"),
    ):
        with pytest.raises(UsageError, match=reason):
            read_annotated_papers(papers, file, print)
    with pytest.raises(UsageError, match="There is no file"):
        read_annotated_papers(tmp_path / "none.jsonl", papers, print)


def test_refused_papers_are_told_too(tmp_path: Path) -> None:
    papers = write(tmp_path / "papers.jsonl", [*PAPERS, {"id": "c", "title": "No abstract"}])
    refused: list[RecordError] = []
    read_annotated_papers(papers, write(tmp_path / "a.jsonl", []), refused.append)
    assert [(error.line, error.reason) for error in refused] == [(3, "no abstract.")]


def test_of_records_that_are_one_paper_any_text_may_have_been_labelled(tmp_path: Path) -> None:
    short = {"title": "Tuning BERT", "abstract": "We tune BERT."}
    long = {"title": "TUNING BERT", "abstract": "We tune BERT on GLUE."}
    for records in ([short, long], [long, short]):
        papers = write(tmp_path / "papers.jsonl", records)
        for text in ("Tuning BERT\nWe tune BERT.", "TUNING BERT\nWe tune BERT on GLUE."):
            labelled = {"id": 3, "text": text, "label": [[20, 24, "Method"]]}
            annotations = write(tmp_path / "annotations.jsonl", [labelled])
            refused: list[RecordError] = []
            (one,) = read_annotated_papers(papers, annotations, refused.append)
            assert not refused
            assert [(m.field, m.text) for m in one.mentions] == [("abstract", "BERT")]
