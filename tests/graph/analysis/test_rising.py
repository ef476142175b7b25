from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extract.errors import UsageError
from graph import KnowledgeGraph, analysis
from graph.analysis.dates import periods_of
from graph.analysis.rising import rising_between_periods

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def knowledge(sample_library_once: Path) -> Iterator[KnowledgeGraph]:
    with KnowledgeGraph.open(sample_library_once) as opened:
        yield opened


def test_without_dates_the_last_two_periods_are_compared(knowledge: KnowledgeGraph) -> None:
    rows = analysis.rising_concepts(knowledge)
    assert {(row["earlier"], row["later"]) for row in rows} == {("2025-03", "2025-07")}
    assert rows == analysis.rising_concepts(knowledge, earlier="2025-03", later="2025-07")
    assert all(int(str(row["later_papers"])) >= 3 for row in rows)
    assert all(float(str(row["growth"])) > 0 for row in rows)


def test_rare_concepts_count_where_they_are_asked_for(knowledge: KnowledgeGraph) -> None:
    rows = analysis.rising_concepts(knowledge, least=1, limit=1_000)
    assert any(row["later_papers"] == 1 for row in rows)


def test_one_date_alone_is_refused(knowledge: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match="two dates"):
        analysis.rising_concepts(knowledge, later="2025")


def test_unknown_dates_are_said_and_not_guessed(tmp_path: Path) -> None:
    source = tmp_path / "undated.txt"
    source.write_text("A title\nWe fine-tune BERT on ImageNet and report the accuracy of it.\n")
    with KnowledgeGraph.open(tmp_path / "undated.db", create=True) as knowledge:
        knowledge.build(source)
        with pytest.raises(UsageError, match="no paper has a known date"):
            analysis.rising_concepts(knowledge)
        assert rising_between_periods(knowledge.store, periods_of([None])).concepts == ()
