"""Training of roles and results from annotated abstracts made by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from extract import result_training, role_training
from extract.gold import annotated_papers, parts_of
from extract.linear import read_models
from extract.metric_names import KNOWN_METRICS
from extract.roles import ANNOTATED, KNOWN

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Three parts of twelve papers, each proposing a method and reporting one number."""
    for part in ("train", "ext", "wide"):
        papers, annotations = [], []
        for number in range(12):
            name, value = f"Net{part.title()}{chr(65 + number)}", f"{70 + number}.5"
            abstract = (
                f"We propose {name}. {name} beats BagNet. On PetFaces it reaches {value}% F1. "
                f"It has 12 layers."
            )
            papers.append(
                {"id": f"{part}{number}", "title": f"{name}: A Net", "abstract": abstract}
            )
            kinds = {
                name: ("Method", "proposes"),
                "BagNet": ("Method", "compares"),
                "PetFaces": ("Dataset", "evaluates"),
                "F1": ("Metric", "reports"),
                "Net": ("Task", "addresses"),
            }
            mentions = [
                {"text": text, "type": kind, "canonical": text.lower(), "role": role}
                for text, (kind, role) in kinds.items()
            ]
            result = {"method": name, "dataset": "PetFaces", "metric": "F1", "value": value,
                      "unit": "%", "baseline": None, "delta": False,
                      "quote": f"On PetFaces it reaches {value}% F1"}  # fmt: skip
            annotations.append({"id": f"{part}{number}", "mentions": mentions, "results": [result]})
        for suffix, records in ((".papers.jsonl", papers), (".jsonl", annotations)):
            lines = "".join(json.dumps(record) + "\n" for record in records)
            (tmp_path / f"{part}{suffix}").write_text(lines, encoding="utf-8")
    return tmp_path


def test_annotations_stand_for_all_their_occurrences(gold: Path) -> None:
    one = next(annotated_papers(gold, "train"))
    assert [(m.field, m.text) for m in one.mentions] == [
        ("title", "NetTrainA"),
        ("title", "Net"),
        ("abstract", "NetTrainA"),
        ("abstract", "NetTrainA"),
        ("abstract", "BagNet"),
        ("abstract", "PetFaces"),
        ("abstract", "F1"),
    ]
    assert all(one.paper.text(m.field)[m.start : m.end] == m.text for m in one.mentions)


def test_learned_roles_fit_what_they_were_learned_from(gold: Path) -> None:
    papers = [one for part in ("train", "ext", "wide") for one in annotated_papers(gold, part)]
    models = role_training.learn_roles(papers)
    counts = role_training.name_counts(papers)
    for kind, example in role_training.role_examples(papers[0], counts):
        assert models[kind].best(example.features) == example.label
    assert set(models[KNOWN].weights) == {"bagnet", "petfaces", "f0", "net"}


def test_own_paper_does_not_make_a_name_known(gold: Path) -> None:
    papers = list(annotated_papers(gold, "train"))
    examples = dict(role_training.role_examples(papers[0], role_training.name_counts(papers)))
    assert "KNOWN=2" in examples["Dataset"].features
    (coined,) = (
        example
        for kind, example in role_training.role_examples(
            papers[0], role_training.name_counts(papers)
        )
        if example.label == "proposes"
    )
    assert "KNOWN=0" in coined.features


def test_results_are_learned_from_the_words_around(gold: Path) -> None:
    models = result_training.learn_results(list(annotated_papers(gold, "wide")))
    assert models["number"].best({"R1=<metric>", "UNIT=%", "L1=reaches"}) == "value"
    assert models["number"].best({"R1=layers", "UNIT=None", "L1=has"}) == "none"


@pytest.mark.parametrize("module", [role_training, result_training])
def test_command_writes_the_same_file_twice(
    module: object, gold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []
    for name in ("a.json", "b.json"):
        monkeypatch.setattr("sys.argv", ["training", str(gold), "-o", str(gold / name)])
        module.main()  # type: ignore[attr-defined]  # both modules have it
        assert read_models(gold / name)
        written.append((gold / name).read_bytes())
    assert written[0] == written[1]


def test_what_a_teacher_marked_teaches_too_but_names_no_metrics(gold: Path) -> None:
    marked = gold / "marked"
    marked.mkdir()
    for suffix in (".papers.jsonl", ".jsonl"):
        # The teacher thinks that all rivals are studied, and calls the metric otherwise.
        text = (gold / f"wide{suffix}").read_text("utf-8")
        text = text.replace('"canonical": "f1"', '"canonical": "F-eins"').replace(
            "compares", "studies"
        )
        for part in ("first", "second", "third", "fourth"):
            (marked / f"{part}{suffix}").write_text(text.replace('"wide', f'"{part}'), "utf-8")
    annotated = [one for part in ("train", "ext") for one in annotated_papers(gold, part)]
    assert parts_of(marked) == ["first", "fourth", "second", "third"]
    taught = [one for part in parts_of(marked) for one in annotated_papers(marked, part)]
    (rival,) = {
        example.features
        for kind, example in role_training.role_examples(
            annotated[0], role_training.name_counts(annotated)
        )
        if kind == "Method" and "NAME=bagnet" in example.features
    }
    assert role_training.learn_roles(annotated)["Method"].best(rival) == "compares"
    learned = role_training.learn_roles(annotated, taught)
    assert learned["Method"].best(rival) == "studies"
    # Confidences go by how often people annotated a name: the rival 24 times, the nets once each.
    assert (learned[KNOWN].weights["bagnet"], learned[ANNOTATED].weights["bagnet"]) == ((3,), (2,))
    assert set(learned[ANNOTATED].weights) == {"bagnet", "petfaces", "f0", "net"}
    known = result_training.learn_results(annotated, taught)[KNOWN_METRICS]
    assert "f1" in known.weights
    assert "F-eins" not in known.labels
