"""What a report says: what it asks the graph and its named queries."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePath
from typing import TYPE_CHECKING

from extract.records import ConceptType, is_own_type
from graph.elements import PAPER_CONCEPT_RELATIONS, NodeKind, Relation
from graph.queries import answer
from graph.report.dates import FEWEST_PAPERS, periods_of
from graph.report.leaderboards import leaderboards, stated
from graph.report.parts import CommunityReport, Content, Leading, Matrix, Riser, Rising

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.elements import Community, Node
    from graph.knowledge_graph import KnowledgeGraph
    from graph.networkx_store import NetworkXStore
    from graph.queries.rows import Row
    from graph.report.dates import Periods
    from graph.report.parts import Stated

_COMMUNITIES = 12
_LEADING_OF_COMMUNITY = 8
_TYPICAL_PAPERS = 4
_RESULTS_OF_COMMUNITY = 5
_PAPERS_ASKED_FOR_RESULTS = 40
_LEADING = 10
_MATRIX = 8
_RISING = 10
_FEWEST_RISING = 3  # papers, in the later period


def gather(knowledge: KnowledgeGraph) -> Content:
    """Ask the graph all that a report says; call it inside a snapshot."""
    store, communities = knowledge.store, knowledge.communities()
    papers = store.nodes(NodeKind.PAPER)
    periods = periods_of(map(_date, papers))
    leading = {kind: _leading(store, kind) for kind in _types(store)}
    published = sum("published" in paper.properties for paper in papers)
    seen_only = sum(
        "seen_on" in paper.properties and "published" not in paper.properties for paper in papers
    )
    counts, boards = leaderboards(store)
    return Content(
        statistics=knowledge.statistics(),
        sources=_sources(knowledge),
        published=published,
        seen_only=seen_only,
        periods=periods,
        communities=tuple(_community(store, c) for c in communities[:_COMMUNITIES]),
        all_communities=tuple(communities),
        leading=leading,
        matrix=_matrix(store, leading),
        results=counts,
        leaderboards=boards,
        rising=_rising(store, periods),
    )


def _sources(knowledge: KnowledgeGraph) -> tuple[tuple[str, int], ...]:
    """Files with the number of their papers, most first; folders are nobody else's business."""
    counts = Counter(
        name
        for paper in knowledge.papers()
        for name in {PurePath(source.file).name or source.file for source in paper.sources}
    )
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _date(paper: Node) -> str | None:
    """When it was published, else when a page listed it."""
    date = paper.properties.get("published", paper.properties.get("seen_on"))
    return None if date is None else str(date)


def _types(store: NetworkXStore) -> list[str]:
    """The four types, then those of the user's own, those of most concepts first."""
    counts = Counter(node.type or "" for node in store.nodes(NodeKind.CONCEPT))
    own = (kind for kind in counts if is_own_type(kind))
    return [*map(str, ConceptType), *sorted(own, key=lambda kind: (-counts[kind], kind))]


def _leading(store: NetworkXStore, kind: str) -> tuple[Leading, ...]:
    concepts = [node for node in store.nodes(NodeKind.CONCEPT) if node.type == kind]
    concepts.sort(key=lambda node: (-_papers(node), node.id))
    return tuple(Leading(node, _papers(node), _roles(store, node)) for node in concepts[:_LEADING])


def _papers(concept: Node) -> int:
    papers = concept.properties.get("papers", 0)
    return papers if isinstance(papers, int) else 0


def _roles(store: NetworkXStore, concept: Node) -> tuple[tuple[str, int], ...]:
    counts = Counter(
        edge.relation for edge, _ in store.neighbours(concept.id, PAPER_CONCEPT_RELATIONS)
    )
    return tuple((role.lower(), counts[role]) for role in Relation if counts[role])


def _community(store: NetworkXStore, community: Community) -> CommunityReport:
    results: list[Stated] = []
    for paper in community.papers[:_PAPERS_ASKED_FOR_RESULTS]:
        title = store.node(paper).name
        rows = answer(store, "list_paper_results", {"paper": paper})
        whole = [row for row in rows if row["dataset"] and row["metric"] and row["method"]]
        # One a paper: the community's results, not those of one of its papers.
        results += [stated(store, row, paper, title) for row in whole[:1]]
    return CommunityReport(
        community,
        tuple(map(store.node, community.concepts[:_LEADING_OF_COMMUNITY])),
        tuple(map(store.node, community.papers[:_TYPICAL_PAPERS])),
        tuple(results[:_RESULTS_OF_COMMUNITY]),
    )


def _matrix(store: NetworkXStore, leading: Mapping[str, Sequence[Leading]]) -> Matrix | None:
    """The methods that are tried on most datasets, and these; None where there are too few."""
    counts: dict[str, dict[str, int]] = {}
    for entry in leading[ConceptType.METHOD]:
        rows = answer(
            store, "list_evaluation_datasets", {"method": entry.concept.id, "limit": 1_000_000}
        )
        counts[entry.concept.id] = {
            str(row["dataset_id"]): papers for row in rows if (papers := _integer(row, "papers"))
        }
    totals: Counter[str] = Counter()
    for found in counts.values():
        totals.update(found)
    datasets = sorted(totals, key=lambda id_: (-totals[id_], id_))[:_MATRIX]
    methods = [
        method for method in counts if any(dataset in counts[method] for dataset in datasets)
    ][:_MATRIX]
    if len(methods) < 2 or len(datasets) < 2:
        return None
    return Matrix(
        tuple(map(store.node, methods)),
        tuple(map(store.node, datasets)),
        tuple(tuple(counts[method].get(dataset, 0) for dataset in datasets) for method in methods),
    )


def _rising(store: NetworkXStore, periods: Periods) -> Rising:
    compared = periods.comparable()
    if compared is None:
        return Rising(None, None, (), ())
    earlier, later = compared
    values = {"earlier": earlier, "later": later, "limit": 1_000_000}
    rows = [
        row
        for row in answer(store, "list_rising_concepts", values)
        if _integer(row, "later_papers") >= _FEWEST_RISING
    ][:_RISING]
    named = {name: papers for name, papers in periods.counts if papers >= FEWEST_PAPERS}
    return Rising(earlier, later, tuple(named), tuple(_riser(store, row, named) for row in rows))


def _riser(store: NetworkXStore, row: Row, periods: Mapping[str, int]) -> Riser:
    concept = str(row["concept_id"])
    dated = Counter(
        period
        for paper in {
            n.id: n for _, n in store.neighbours(concept, PAPER_CONCEPT_RELATIONS)
        }.values()
        for period in periods
        if (_date(paper) or "").startswith(period)
    )
    return Riser(
        concept,
        str(row["concept"]),
        None if row["type"] is None else str(row["type"]),
        _integer(row, "earlier_papers"),
        _integer(row, "later_papers"),
        _number(row, "earlier_share"),
        _number(row, "later_share"),
        tuple(dated[period] / papers for period, papers in periods.items()),
    )


def _integer(row: Row, column: str) -> int:
    return int(_number(row, column))


def _number(row: Row, column: str) -> float:
    value = row[column]
    assert isinstance(value, int | float), f"{column} is a number"
    return value
