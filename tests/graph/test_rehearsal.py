from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extract.concept_changes import Change, compare_concepts
from extract.decisions_file import decisions_beside
from extract.errors import DecisionsError, UsageError
from extract.library import Library
from extract.sample import sample_paths
from extract.user_decisions import Rename, UserDecisions
from graph.build import build
from graph.rehearsal import rehearse

if TYPE_CHECKING:
    from pathlib import Path

PAGES = [str(path) for path in sample_paths()]
PIN = UserDecisions(pins=(("BERT", "CLIP"),), renames=(Rename("LoRA", "adapter of low rank"),))


def test_the_library_stays_as_it_is_byte_by_byte(sample_library: Path) -> None:
    before = sample_library.read_bytes()
    rehearsal = rehearse(sample_library, [], decisions=PIN)
    assert {change.change for change in rehearsal.changes} == {Change.MERGED, Change.RENAMED}
    assert sample_library.read_bytes() == before
    with Library.open(sample_library) as library:
        assert not library.user_decisions()


def test_a_library_that_is_missing_stays_so(tmp_path: Path) -> None:
    rehearsal = rehearse(tmp_path / "a.db", PAGES[:1])
    assert rehearsal.concepts_before == 0
    assert {change.change for change in rehearsal.changes} == {Change.NEW}
    assert len(rehearsal.changes) == rehearsal.report.concepts
    assert list(tmp_path.iterdir()) == []


def test_the_build_then_does_what_was_said(sample_library: Path, tmp_path: Path) -> None:
    page = tmp_path / "more.jsonl"
    page.write_text('{"title": "A", "abstract": "We train Foozle on SQuAD and ImageNet."}\n')
    rehearsal = rehearse(sample_library, [str(page)], decisions=PIN)
    with Library.open(sample_library, create=True) as library:
        before, concept_before = library.concepts(), library.concept_of()
        report = build(library, [str(page)], decisions=PIN)
        after, concept_after = library.concepts(), library.concept_of()
    assert report == rehearsal.report
    assert rehearsal.concepts_before == len(before)
    changes = compare_concepts(before, concept_before, after, concept_after)
    assert rehearsal.changes == tuple(changes)


def test_nothing_to_do_changes_nothing(sample_library: Path) -> None:
    assert rehearse(sample_library, PAGES).changes == ()


def test_decisions_beside_the_library_count(sample_library: Path) -> None:
    decisions_beside(sample_library).write_text('pin = [["BERT", "CLIP"]]\n', encoding="utf-8")
    (change,) = rehearse(sample_library, []).changes
    assert (change.change, [c.name for c in change.before]) == (Change.MERGED, ["BERT", "CLIP"])


def test_errors_are_those_of_the_build(sample_library: Path, tmp_path: Path) -> None:
    before = sample_library.read_bytes()
    with pytest.raises(UsageError, match=r"none\.txt"):
        rehearse(sample_library, [str(tmp_path / "none.txt")])
    contradiction = UserDecisions((("GPT3", "BERT"),), (("gpt 3", "BERT"),))
    with pytest.raises(DecisionsError, match="pin 1"):
        rehearse(sample_library, [], decisions=contradiction)
    assert sample_library.read_bytes() == before
