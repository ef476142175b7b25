from __future__ import annotations

from typing import TYPE_CHECKING

from graph import KnowledgeGraph, analysis

if TYPE_CHECKING:
    from pathlib import Path


def test_a_report_says_what_leads_a_community_and_what_its_papers_state(
    sample_library_once: Path,
) -> None:
    with KnowledgeGraph.open(sample_library_once) as knowledge:
        reports = analysis.community_reports(knowledge)
        assert [report.community for report in reports] == knowledge.communities()
        assert analysis.community_reports(knowledge, limit=2) == reports[:2]
        abstracts = {paper.id: paper.abstract for paper in knowledge.papers()}
    for report in reports:
        assert report.leading[0].id == report.community.id
        assert {node.id for node in report.typical} <= set(report.community.papers)
        papers = [result.paper for result in report.results]
        assert len(papers) == len(set(papers))
        for result in report.results:
            assert result.paper in report.community.papers
            assert result.quote in abstracts[result.paper]
            assert result.method
            assert result.dataset
            assert result.metric
    assert any(report.results for report in reports)
