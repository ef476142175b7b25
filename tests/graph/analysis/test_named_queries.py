from __future__ import annotations

from typing import TYPE_CHECKING

from graph import KnowledgeGraph, analysis

if TYPE_CHECKING:
    from pathlib import Path


def test_they_give_the_rows_of_the_queries(sample_library_once: Path) -> None:
    with KnowledgeGraph.open(sample_library_once) as knowledge:
        assert analysis.similar_papers(knowledge, "Tidewrack", limit=3) == knowledge.query(
            "list_similar_papers", paper="Tidewrack", limit=3
        )
        rows = analysis.paths_around_hubs(knowledge, "BERT", "ImageNet", most=3)
        assert rows == knowledge.query(
            "find_paths_around_hubs", start="BERT", end="ImageNet", most=3, limit=3
        )
        concepts = {concept.id for concept in knowledge.concepts()}
        between = {row["to_id"] for row in rows if row["to_id"] != "dataset/imagenet"} & concepts
        papers = knowledge.networkx().nodes
        assert all(papers[id_]["papers"] <= 3 for id_ in between)
    assert rows[-1]["to"] == "ImageNet"
