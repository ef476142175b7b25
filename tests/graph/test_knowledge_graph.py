from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import networkx as nx
import pytest

from extract.errors import LibraryError, NameNotFoundError, UsageError
from extract.library import Library
from extract.sample import sample_paths
from graph import KnowledgeGraph, NodeKind
from graph.derivation import derive
from tests.extract import small_library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from extract.records import Concept


@pytest.fixture
def knowledge(sample_library_once: Path) -> Iterator[KnowledgeGraph]:
    with KnowledgeGraph.open(sample_library_once) as opened:
        yield opened


def test_the_graph_holds_every_paper_and_concept(knowledge: KnowledgeGraph) -> None:
    graph = knowledge.networkx()
    assert {paper.id for paper in knowledge.papers()} <= set(graph)
    assert {concept.id for concept in knowledge.concepts()} <= set(graph)
    counts = knowledge.statistics().counts
    kinds = nx.get_node_attributes(graph, "kind").values()
    assert sum(kind == "Paper" for kind in kinds) == counts["papers"] == 40
    assert sum(kind == "Concept" for kind in kinds) == counts["concepts"]


def test_look_alikes_stay_apart_and_variants_come_together(knowledge: KnowledgeGraph) -> None:
    apart = [
        ("GPT-3", "GPT-4"),
        ("CIFAR-10", "CIFAR-100"),
        ("BERT", "RoBERTa"),
        ("LoRA", "QLoRA"),
        ("ViT-B/16", "ViT-L/16"),
        ("SQuAD", "SQuAD 2.0"),
    ]
    for a, b in apart:
        assert knowledge.find(a).node.id != knowledge.find(b).node.id
    together = [
        ("pre-training", "pretraining"),
        ("fine-tuning", "finetuning"),
        ("large language models", "LLMs"),
        ("word error rate", "WER"),
    ]
    for a, b in together:
        assert knowledge.find(a).node.id == knowledge.find(b).node.id


def test_mentions_lead_to_concepts_with_one_role_a_paper(knowledge: KnowledgeGraph) -> None:
    roles: dict[tuple[str, str, str], set[str]] = {}
    for mention in knowledge.mentions():
        key = (mention.paper, knowledge.concept_of(mention), mention.type)
        roles.setdefault(key, set()).add(mention.role)
    assert roles
    assert all(len(found) == 1 for found in roles.values())


def test_every_edge_of_a_paper_shows_a_sentence_of_it(knowledge: KnowledgeGraph) -> None:
    papers = {paper.id: paper for paper in knowledge.papers()}
    for paper in papers.values():
        for edge, node in knowledge.neighbours(paper.id):
            if node.kind is NodeKind.CONCEPT:
                evidence = str(edge.properties["evidence"])
                assert evidence == paper.title or evidence in paper.abstract


def test_a_path_joins_any_two_things(knowledge: KnowledgeGraph) -> None:
    path = knowledge.path("bert", "imagenet")[0]
    assert (path.start.name, path.end.name) == ("BERT", "ImageNet")
    assert nx.has_path(knowledge.networkx().to_undirected(), path.start.id, path.end.id)
    title = next(iter(knowledge.papers())).title
    assert knowledge.path(title, title)[0].steps == ()


def test_communities_are_parts_of_the_graph(knowledge: KnowledgeGraph) -> None:
    communities = knowledge.communities()
    members = [m for c in communities for m in (*c.papers, *c.concepts)]
    assert len(members) == len(set(members))
    for community in communities:
        assert knowledge.store.node(community.id).properties["community"] == community.id


def test_names_that_are_not_there_come_with_suggestions(knowledge: KnowledgeGraph) -> None:
    with pytest.raises(NameNotFoundError) as missing:
        knowledge.find("ImageNett")
    assert "ImageNet" in missing.value.suggestions
    with pytest.raises(UsageError, match="is a concept"):
        knowledge.find("ImageNet", kind=NodeKind.PAPER)


def test_a_picture_is_the_same_bytes_each_time(knowledge: KnowledgeGraph, tmp_path: Path) -> None:
    page = knowledge.show(tmp_path / "graph.html")
    assert (tmp_path / "graph.html").read_text(encoding="utf-8") == page.html
    assert knowledge.show() == page


def test_building_makes_what_was_asked_before_anew(tmp_path: Path) -> None:
    first, second = sample_paths()
    with KnowledgeGraph.open(tmp_path / "a.db", create=True) as knowledge:
        knowledge.build(first)
        nodes = len(knowledge.networkx())
        knowledge.build(second)
        assert len(knowledge.networkx()) > nodes
        title = next(p.title for p in knowledge.papers() if str(second) in p.sources[0].file)
        assert [paper.title for paper in knowledge.remove(title)] == [title]
        with pytest.raises(NameNotFoundError):
            knowledge.find(title)


def test_a_wrong_name_removes_nothing(sample_library: Path) -> None:
    with KnowledgeGraph.open(sample_library, create=True) as knowledge:
        title = next(iter(knowledge.papers())).title
        with pytest.raises(NameNotFoundError):
            knowledge.remove(title, "no such paper")
        assert knowledge.library.paper_count() == 40


def test_several_papers_of_one_title_are_told_apart_before_one_is_removed(tmp_path: Path) -> None:
    page = tmp_path / "page.jsonl"
    # Titles of nothing but punctuation do not make two abstracts one paper.
    page.write_text(
        '{"title": "???", "abstract": "BERT reads."}\n'
        '{"title": "???", "abstract": "GPT-4 writes."}\n',
        encoding="utf-8",
    )
    with KnowledgeGraph.open(tmp_path / "a.db", create=True) as knowledge:
        knowledge.build(page)
        first, second = knowledge.papers()
        with pytest.raises(UsageError, match=f"{first.id}, {second.id}"):
            knowledge.remove("???")
        assert knowledge.library.paper_count() == 2
        assert knowledge.remove(second.id) == (second,)
        assert list(knowledge.papers()) == [first]


def test_a_stop_between_removal_and_resolution_leaves_an_older_graph(sample_library: Path) -> None:
    # issue 3: `communities` failed with a KeyError, and all papers were said to be missing
    with KnowledgeGraph.open(sample_library, create=True) as knowledge:
        assert (knowledge.pending(), knowledge.is_current()) == (0, True)
        largest = knowledge.communities()[0]
        gone = largest.papers[0]
        with knowledge.library.transaction():
            knowledge.library.remove([gone])
        assert (knowledge.pending(), knowledge.is_current()) == (0, False)
        left = {c.id: c for c in knowledge.communities()}
        assert left[largest.id].papers == largest.papers[1:]
        nodes = {node.id for node in knowledge.store.nodes()}
        for community in left.values():
            assert {*community.papers, *community.concepts} <= nodes
        knowledge.build()
        assert (knowledge.pending(), knowledge.is_current()) == (0, True)


def test_papers_that_a_stopped_build_left_are_pending(sample_library: Path) -> None:
    with KnowledgeGraph.open(sample_library, create=True) as knowledge:
        library, paper = knowledge.library, small_library.record()
        with library.transaction():
            library.add([paper])
        assert knowledge.pending() == 1
        with library.transaction():
            library.store(small_library.extraction(paper), "model-1")
        assert knowledge.pending() == 1
        derive(library)
        assert knowledge.pending() == 0
        assert knowledge.statistics().pending == 0


def test_what_another_process_builds_is_seen_at_the_next_question(sample_library: Path) -> None:
    # issue 3: what was asked before stayed as it was, mixed with what came later
    with (
        KnowledgeGraph.open(sample_library) as knowledge,
        KnowledgeGraph.open(sample_library, create=True) as writer,
    ):
        store, gone = knowledge.store, next(iter(knowledge.papers()))
        assert knowledge.store is store
        with knowledge.snapshot():
            writer.remove(gone.id)
            assert knowledge.find(gone.id).node.name == gone.title
            assert knowledge.statistics().counts["papers"] == 40
        with pytest.raises(NameNotFoundError):
            knowledge.find(gone.id)
        assert all(knowledge.concept_of(mention) for mention in knowledge.mentions())
        assert len(knowledge.networkx()) < len(store.graph)
        counts = knowledge.statistics().counts
        assert counts["papers"] == len(knowledge.store.nodes(NodeKind.PAPER)) == 39


class SlowLibrary(Library):
    """One to which another process writes while the graph is read from it."""

    meanwhile: ClassVar[list[Callable[[], object]]] = []

    def concepts(self) -> list[Concept]:
        while self.meanwhile:
            self.meanwhile.pop()()
        return super().concepts()


def test_the_graph_is_read_in_one_moment(sample_library: Path) -> None:
    # issue 3: "has no concept": mentions of before a build, concepts of after it
    with (
        KnowledgeGraph(SlowLibrary.open(sample_library)) as knowledge,
        KnowledgeGraph.open(sample_library, create=True) as writer,
    ):
        papers = [paper.id for paper in writer.papers()]
        SlowLibrary.meanwhile.append(lambda: writer.remove(*papers[:20]))
        assert len(knowledge.store.nodes(NodeKind.PAPER)) == 40
        assert not SlowLibrary.meanwhile
        assert len(knowledge.store.nodes(NodeKind.PAPER)) == 20


def test_a_library_opened_for_reading_refuses_to_build(
    sample_library: Path, tmp_path: Path
) -> None:
    page = tmp_path / "page.jsonl"
    page.write_text('{"title": "New", "abstract": "BERT."}', encoding="utf-8")
    with KnowledgeGraph.open(sample_library) as knowledge, pytest.raises(LibraryError):
        knowledge.build(page)


def test_why_two_names_are_one_or_two(knowledge: KnowledgeGraph) -> None:
    assert knowledge.explain("LoRA", "low-rank adapters").rule == "alias table + case"
    found = knowledge.explain("CIFAR-10", "CIFAR-1000", "Dataset")
    assert (found.same, found.rule, found.seen) == (False, "different numbers", (True, False))


def test_what_is_explained_follows_the_build(sample_library: Path, tmp_path: Path) -> None:
    decisions = tmp_path / "mine.toml"
    decisions.write_text('pin = [["BERT", "CLIP"]]\n', encoding="utf-8")
    with KnowledgeGraph.open(sample_library, create=True) as knowledge:
        assert not knowledge.explain("BERT", "CLIP").same
        knowledge.build(decisions=decisions)
        assert knowledge.explain("BERT", "CLIP").same
        knowledge.build()
        assert not knowledge.explain("BERT", "CLIP").same
