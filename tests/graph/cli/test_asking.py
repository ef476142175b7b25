from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from graph import KnowledgeGraph
from tests.graph.cli.running import paperkg

if TYPE_CHECKING:
    from pathlib import Path

Capture = pytest.CaptureFixture[str]


def test_a_path_is_a_chain_with_verbatim_evidence_at_every_step(
    capfd: Capture, sample_library_once: Path
) -> None:
    answer = paperkg(capfd, "path", "BERT", "ImageNet", "--json", "--library", sample_library_once)
    assert answer.code == 0
    paths = answer.json()
    assert paths
    with KnowledgeGraph.open(sample_library_once) as knowledge:
        papers = {paper.title: paper for paper in knowledge.papers()}
    for steps in paths:
        assert steps[0]["from"] == "BERT"
        assert steps[-1]["to"] == "ImageNet"
        for step, following in pairwise(steps):
            assert step["to"] == following["from"]
        for step in steps:
            paper = papers[step["paper"]]
            assert step["paper"] in (step["from"], step["to"])
            assert step["evidence"] == paper.title or step["evidence"] in paper.abstract
            assert step["evidence"]
            assert step["relation"].isupper()


def test_a_path_reads_as_a_chain(capfd: Capture, sample_library_once: Path) -> None:
    answer = paperkg(capfd, "path", "bert", "imagenet", "--library", sample_library_once)
    assert answer.code == 0
    assert answer.out.startswith("1. 2 steps\n   BERT\n   ←")
    assert "→ ImageNet" in answer.out


def test_the_path_from_a_thing_to_itself_has_no_steps(
    capfd: Capture, sample_library_once: Path
) -> None:
    answer = paperkg(capfd, "path", "BERT", "BERT", "--json", "--library", sample_library_once)
    assert (answer.code, answer.json()) == (0, [[]])


@pytest.mark.parametrize("command", [("path", "BERT", "Bertt"), ("neighbours", "Bertt")])
def test_an_unknown_name_is_refused_with_names_like_it(
    capfd: Capture, sample_library_once: Path, command: tuple[str, ...]
) -> None:
    answer = paperkg(capfd, *command, "--library", sample_library_once)
    assert answer.code == 2
    assert "'Bertt'" in answer.err
    assert "Did you mean 'BERT'" in answer.err
    assert answer.out == ""


def test_a_concept_is_no_paper_and_the_message_says_what_it_is(
    capfd: Capture, sample_library_once: Path
) -> None:
    answer = paperkg(capfd, "paper", "BERT", "--library", sample_library_once)
    assert answer.code == 2
    assert "paperkg neighbours" in answer.err


def test_one_paper_shows_concepts_with_roles_results_and_both_sources(
    capfd: Capture, sample_library_once: Path
) -> None:
    with KnowledgeGraph.open(sample_library_once) as knowledge:
        twice = next(p for p in knowledge.papers() if len(p.sources) == 2)
        linked = knowledge.neighbours(twice.id)
    shown = paperkg(capfd, "paper", twice.title, "--json", "--library", sample_library_once)
    paper = shown.json()
    assert paper["id"] == twice.id
    assert len(paper["sources"]) == 2
    assert {"id", "name", "type", "role", "confidence", "evidence"} <= set(paper["concepts"][0])
    roles = {concept["role"] for concept in paper["concepts"]}
    assert roles <= {edge.relation.lower() for edge, _ in linked}
    assert len(roles) > 1
    assert paper["results"]
    assert all(result["quote"] in twice.abstract for result in paper["results"])
    by_id = paperkg(capfd, "paper", twice.id, "--library", sample_library_once)
    assert twice.title in by_id.out


def test_neighbours_come_with_relation_and_sentence(
    capfd: Capture, sample_library_once: Path
) -> None:
    answer = paperkg(capfd, "neighbours", "ImageNet", "--json", "--library", sample_library_once)
    found = answer.json()
    assert len(found) > 3
    assert all(item["kind"] == "Paper" and item["evidence"] for item in found)
    short = paperkg(capfd, "neighbours", "ImageNet", "--limit", 1, "--library", sample_library_once)
    assert "more" in short.err


def test_search_finds_concepts_first(capfd: Capture, sample_library_once: Path) -> None:
    hits = paperkg(capfd, "search", "bert", "--json", "--library", sample_library_once).json()
    assert hits[0]["name"] == "BERT"
    assert [hit["kind"] for hit in hits] == sorted(hit["kind"] for hit in hits)
    nothing = paperkg(capfd, "search", "zzzzz", "--library", sample_library_once)
    assert (nothing.code, nothing.out) == (0, "")
    assert nothing.err


def test_communities_cover_papers_once_and_have_names(
    capfd: Capture, sample_library_once: Path
) -> None:
    listed = paperkg(capfd, "communities", "--json", "--library", sample_library_once).json()
    papers = [paper["id"] for community in listed for paper in community["papers"]]
    assert len(papers) == len(set(papers)) > 30
    assert all(community["name"] for community in listed)
    table = paperkg(capfd, "communities", "--library", sample_library_once).out.splitlines()
    assert len(table) == len(listed) + 1


def test_statistics_agree_with_the_library(capfd: Capture, sample_library_once: Path) -> None:
    stats = paperkg(capfd, "stats", "--json", "--library", sample_library_once).json()
    assert stats["papers"] == 40
    assert sum(stats["concepts_by_type"].values()) == stats["concepts"]
    assert sum(stats["edges_by_relation"].values()) == stats["edges"]
    assert stats["seen_on"] == ["2025-03-12", "2025-07-29"]
    text = paperkg(capfd, "stats", "--library", sample_library_once)
    assert "40 papers" in text.out


def test_a_missing_library_says_how_to_make_one(capfd: Capture, tmp_path: Path) -> None:
    for command in (["stats"], ["search", "x"], ["path", "a", "b"], ["communities"]):
        answer = paperkg(capfd, *command, "--library", tmp_path / "none.db")
        assert answer.code == 1
        assert "paperkg build" in answer.err


def test_neighbours_stand_by_relation_then_confidence(
    capfd: Capture, sample_library_once: Path
) -> None:
    listed = paperkg(capfd, "neighbours", "BERT", "--json", "--library", sample_library_once).json()
    keys = [(item["relation"], -item["confidence"], item["id"]) for item in listed]
    assert keys == sorted(keys)
    assert len({item["relation"] for item in listed}) > 1
