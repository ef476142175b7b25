"""What more papers deal with than before, where dates allow to say so."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.errors import UsageError
from graph.analysis.dates import FEWEST_PAPERS, date_of, periods_of, why_nothing_rises
from graph.elements import PAPER_CONCEPT_RELATIONS, NodeKind
from graph.queries import answer
from graph.queries.rows import number_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.analysis.dates import Periods
    from graph.knowledge_graph import KnowledgeGraph
    from graph.networkx_store import NetworkXStore
    from graph.queries.rows import Row

FEWEST_RISING = 3
"""Papers that a rising concept has in the later period, where no other number is asked for."""

_RISING = 10
_ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class Riser:
    """A concept whose share of the papers grew, with its share in every period, 0 to 1."""

    concept: str
    name: str
    type: str | None
    earlier_papers: int
    later_papers: int
    earlier_share: float
    later_share: float
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Rising:
    """What rises from one period to a later one; no periods where dates do not allow to say."""

    earlier: str | None
    later: str | None
    periods: tuple[str, ...]
    concepts: tuple[Riser, ...]


def rising_concepts(
    knowledge: KnowledgeGraph,
    *,
    earlier: str | None = None,
    later: str | None = None,
    least: int = FEWEST_RISING,
    limit: int = 20,
) -> list[Row]:
    """Concepts whose share of the papers grew from one date to another.

    A share is how many of a period's papers name the concept, 0 to 1; growth is the later share
    less the earlier one. Of few papers shares say little, and the papers that were collected need
    not be like those that were written. Dates are those of publication, else of the page that
    listed the paper.

    Args:
        knowledge: the graph.
        earlier, later: years, months or days such as `2025-03`; where neither is given, the last
            two months (years, where there are three) with ten dated papers or more.
        least: fewest papers in the later period.
        limit: most rows.

    Returns:
        The rows of the named query `list_rising_concepts`, with `earlier` and `later` before them.

    Raises:
        UsageError: only one of the dates is given or one is no date, or none is given and the
            dates that are known do not allow to compare two periods.
    """
    if (earlier is None) != (later is None):
        raise UsageError("Rising takes two dates: give both earlier and later, or none of them.")
    with knowledge.snapshot():
        if earlier is None or later is None:
            periods = periods_of(map(date_of, knowledge.store.nodes(NodeKind.PAPER)))
            compared = periods.comparable()
            if compared is None:
                raise UsageError(" ".join(why_nothing_rises(periods)))
            earlier, later = compared
        rows = knowledge.query("list_rising_concepts", earlier=earlier, later=later, limit=_ALL)
    kept = [row for row in rows if number_in(row, "later_papers") >= least][:limit]
    return [{"earlier": earlier, "later": later, **row} for row in kept]


def rising_between_periods(store: NetworkXStore, periods: Periods) -> Rising:
    """The ten concepts that rose most between the last two periods, with their shares in all."""
    compared = periods.comparable()
    if compared is None:
        return Rising(None, None, (), ())
    earlier, later = compared
    values = {"earlier": earlier, "later": later, "limit": _ALL}
    rows = [
        row
        for row in answer(store, "list_rising_concepts", values)
        if number_in(row, "later_papers") >= FEWEST_RISING
    ][:_RISING]
    named = {name: papers for name, papers in periods.counts if papers >= FEWEST_PAPERS}
    return Rising(earlier, later, tuple(named), tuple(_riser(store, row, named) for row in rows))


def _riser(store: NetworkXStore, row: Row, periods: Mapping[str, int]) -> Riser:
    concept = str(row["concept_id"])
    papers = {node.id: node for _, node in store.neighbours(concept, PAPER_CONCEPT_RELATIONS)}
    dated = Counter(
        period
        for paper in papers.values()
        for period in periods
        if (date_of(paper) or "").startswith(period)
    )
    return Riser(
        concept,
        str(row["concept"]),
        None if row["type"] is None else str(row["type"]),
        int(number_in(row, "earlier_papers")),
        int(number_in(row, "later_papers")),
        number_in(row, "earlier_share"),
        number_in(row, "later_share"),
        tuple(dated[period] / total for period, total in periods.items()),
    )
