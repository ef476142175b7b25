"""What each community is about: its leading concepts, typical papers and some of their results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.analysis.comparable_results import stated
from graph.queries import answer

if TYPE_CHECKING:
    from graph.analysis.comparable_results import Stated
    from graph.elements import Community, Node
    from graph.knowledge_graph import KnowledgeGraph
    from graph.networkx_store import NetworkXStore

_LEADING = 8
_TYPICAL = 4
_RESULTS = 5
_PAPERS_ASKED_FOR_RESULTS = 40


@dataclass(frozen=True, slots=True)
class CommunityReport:
    """A community with what leads it.

    Attributes:
        community: all its members.
        leading: the concepts that tell it from the other communities, most telling first.
        typical: the papers that have most of these concepts, most central first.
        results: what its central papers state, one result a paper, with the quotes.
    """

    community: Community
    leading: tuple[Node, ...]
    typical: tuple[Node, ...]
    results: tuple[Stated, ...]


def community_reports(knowledge: KnowledgeGraph, *, limit: int = 12) -> list[CommunityReport]:
    """What the communities are about, the largest first.

    A community is a group of papers that share concepts more than chance would have it
    (`graph.communities`). Its leading concepts are those that its papers have and others lack, not
    its most common ones; its typical papers have most of them. Results are those that name method,
    dataset and metric; they are what these papers state, not the best of the community.

    Args:
        knowledge: the graph.
        limit: at most so many communities.
    """
    with knowledge.snapshot():
        store = knowledge.store
        return [_report(store, community) for community in knowledge.communities()[:limit]]


def _report(store: NetworkXStore, community: Community) -> CommunityReport:
    results: list[Stated] = []
    for paper in community.papers[:_PAPERS_ASKED_FOR_RESULTS]:
        title = store.node(paper).name
        rows = answer(store, "list_paper_results", {"paper": paper})
        whole = [row for row in rows if row["dataset"] and row["metric"] and row["method"]]
        # One a paper: the community's results, not those of one of its papers.
        results += [stated(store, row, paper, title) for row in whole[:1]]
    return CommunityReport(
        community,
        tuple(map(store.node, community.concepts[:_LEADING])),
        tuple(map(store.node, community.papers[:_TYPICAL])),
        tuple(results[:_RESULTS]),
    )
