from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from extract.errors import NameNotFoundError, UsageError
from graph import KnowledgeGraph
from graph.pictures import find_community

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def knowledge(sample_library_once: Path) -> Iterator[KnowledgeGraph]:
    with KnowledgeGraph.open(sample_library_once) as opened:
        yield opened


def test_a_community_is_found_by_id_name_and_member(knowledge: KnowledgeGraph) -> None:
    for community in knowledge.communities():
        member = knowledge.store.node(community.papers[-1])
        for name in (community.id, community.name, community.name.upper(), member.name):
            assert find_community(knowledge, name).id == community.id


def test_an_unknown_community_gets_suggestions_that_exist(knowledge: KnowledgeGraph) -> None:
    community = knowledge.communities()[0]
    with pytest.raises(NameNotFoundError) as missing:
        find_community(knowledge, community.name.replace(",", " and then"))
    for suggestion in missing.value.suggestions:
        find_community(knowledge, suggestion)
    assert missing.value.suggestions


def test_each_part_has_its_picture_and_is_called_by_it(knowledge: KnowledgeGraph) -> None:
    assert knowledge.show(around="bert").title == "Around BERT"
    assert knowledge.show(path=("bert", "imagenet")).title == "From BERT to ImageNet"
    community = knowledge.communities()[0]
    assert knowledge.show(community=community.id).title == community.name
    assert knowledge.show(around="BERT", height=300).height == 300


def test_a_part_is_also_written(knowledge: KnowledgeGraph, tmp_path: Path) -> None:
    document = knowledge.show(tmp_path / "bert.html", around="BERT")
    assert (tmp_path / "bert.html").read_text(encoding="utf-8") == document.html


def test_more_than_one_part_is_refused(knowledge: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match="one of around, path and community"):
        knowledge.show(around="BERT", community="BERT")


@pytest.mark.parametrize("part", [{}, {"path": ("BERT", "ImageNet")}])
def test_what_shows_all_its_nodes_takes_no_number_of_nodes(
    knowledge: KnowledgeGraph, part: dict[str, Any]
) -> None:
    """Issue 7: the atlas took the number and drew all the same."""
    with pytest.raises(UsageError, match="the atlas shows the whole graph"):
        knowledge.show(max_nodes=20, **part)


@pytest.mark.parametrize("ends", ["picture.html", ("BERT",), ("a", "b", "c")])
def test_a_path_has_two_ends(knowledge: KnowledgeGraph, ends: tuple[str, str]) -> None:
    with pytest.raises(UsageError, match="two ends"):
        knowledge.show(path=ends)


def test_it_is_said_whether_there_are_more_paths_than_shown(knowledge: KnowledgeGraph) -> None:
    ends = ("BERT", "ImageNet")
    number = len(knowledge.path(*ends, limit=1000))
    assert f"Showing all {number} shortest paths" in knowledge.show(path=ends, limit=number).html
    assert "there are more as short" in knowledge.show(path=ends, limit=number - 1).html


def test_names_are_looked_for_as_everywhere(knowledge: KnowledgeGraph) -> None:
    with pytest.raises(NameNotFoundError, match="Did you mean 'ImageNet'"):
        knowledge.show(around="ImageNett")


@pytest.mark.parametrize("limit", [0, -1])
def test_a_number_of_paths_out_of_range_is_refused(knowledge: KnowledgeGraph, limit: int) -> None:
    with pytest.raises(UsageError, match="1 or more"):
        knowledge.show(path=("BERT", "ImageNet"), limit=limit)
