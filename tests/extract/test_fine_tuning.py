from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from extract.errors import UsageError
from extract.fine_tuning import fine_tune, hold_out
from extract.gold import mark_occurrences
from extract.model_identity import MODEL_FOLDER, TAGGER, model_identity
from extract.pipeline import load_extractor
from extract.records import Paper

if TYPE_CHECKING:
    from pathlib import Path

    from extract.gold import AnnotatedPaper

GENES = ["SOX2", "NANOG", "GATA4", "FOXP3", "PTEN", "KRAS"]


def annotated(number: int) -> AnnotatedPaper:
    gene, other = GENES[number % 6], GENES[(number + 1) % 6]
    text = f"Loss of {gene} drives growth, while {other} is silent."
    strings = [{"text": name, "type": "Gene"} for name in (gene, other)]
    return mark_occurrences(Paper(f"g{number:02}", "", text), strings, None)


PAPERS = [annotated(number) for number in range(16)]


def test_a_type_of_one_s_own_is_learnt_and_the_shipped_model_stays(tmp_path: Path) -> None:
    shipped = model_identity()
    steps: list[int] = []
    done = fine_tune(
        PAPERS[:12],
        PAPERS[12:],
        tmp_path / "genes",
        start=MODEL_FOLDER,
        steps=40,
        about={"papers": ["a.jsonl"]},
        report=lambda step, score: steps.append(step),
    )
    assert steps == list(range(41))
    assert done.before.per_type["Gene"].right == 0
    assert done.after.per_type["Gene"].f1 > 0.8
    assert model_identity() == shipped
    assert model_identity(tmp_path / "genes").startswith("genes-0.1.0-")
    meta = json.loads((tmp_path / "genes" / "meta.json").read_text(encoding="utf-8"))
    assert meta["paperkg"]["training"] == {
        "papers": ["a.jsonl"],
        "steps": 40,
        "best_step": done.best_step,
        "seed": 0,
    }
    (found,) = load_extractor(tmp_path / "genes").extract([PAPERS[0].paper])
    assert {(m.type, m.role) for m in found.mentions} == {("Gene", "mentions")}
    assert all(0 < m.confidence < 1 for m in found.mentions)
    assert list(tmp_path.iterdir()) == [tmp_path / "genes"], "nothing half-made is left"


def test_the_same_seed_gives_the_same_weights_also_from_scratch(tmp_path: Path) -> None:
    weights = []
    for name in ("a", "b"):
        folder = tmp_path / name
        done = fine_tune(
            *(PAPERS[:12], PAPERS[12:], folder),
            start=MODEL_FOLDER,
            from_scratch=True,
            steps=2,
            seed=1,
        )
        assert done.types == ("Gene",)
        weights.append((folder / TAGGER / "model").read_bytes())
    assert weights[0] == weights[1]


def test_what_cannot_be_learnt_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    empty = mark_occurrences(Paper("x", "", "Nothing here."), [], None)
    for taught, held_out in (([], PAPERS), (PAPERS, []), ([empty], PAPERS), (PAPERS, [empty])):
        with pytest.raises(UsageError, match="expected some with mentions"):
            fine_tune(taught, held_out, tmp_path / "model", start=MODEL_FOLDER)
    assert not list(tmp_path.iterdir())


def test_parts_do_not_overlap_nor_depend_on_the_order() -> None:
    taught, held_out = hold_out(PAPERS, 0.25, 3)
    assert (len(taught), len(held_out)) == (12, 4)
    ids = [one.paper.id for one in (*taught, *held_out)]
    assert sorted(ids) == sorted(one.paper.id for one in PAPERS)
    again = hold_out(PAPERS[::-1], 0.25, 3)
    assert {one.paper.id for one in again[1]} == {one.paper.id for one in held_out}
    assert [len(part) for part in hold_out(PAPERS[:2], 0.001, 0)] == [1, 1]
    assert [len(part) for part in hold_out(PAPERS[:2], 0.999, 0)] == [1, 1]
    with pytest.raises(UsageError, match="expected at least two"):
        hold_out(PAPERS[:1], 0.5, 0)
