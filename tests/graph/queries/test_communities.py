from __future__ import annotations

from graph.queries import communities
from tests.graph.queries.corpus import store

STORE = store()


def test_bridges_have_papers_of_both_communities() -> None:
    rows = communities.list_bridge_concepts(
        STORE, first_community="method/bert", second_community="method/teapot", limit=9
    )
    assert [(row["concept_id"], row["first_papers"], row["second_papers"]) for row in rows] == [
        ("method/bert", 2, 1),
        ("method/teapot", 1, 2),
        ("method/kettle", 1, 1),
    ]
    assert {row["bridge"] for row in rows} == {1}


def test_a_community_has_no_bridge_to_itself() -> None:
    rows = communities.list_bridge_concepts(
        STORE, first_community="method/bert", second_community="method/bert", limit=9
    )
    assert rows == []


def test_members_weigh_what_their_links_within_the_community_do() -> None:
    rows = communities.list_community_members(STORE, community="method/bert", limit=9)
    # BERT has three papers, tea making two; of the two edges of p2 to BERT the surer counts.
    assert [(row["id"], row["kind"], row["links"], row["weight"]) for row in rows] == [
        ("method/bert", "Concept", 2, 0.981495),
        ("p2", "Paper", 2, 0.873169),
        ("p1", "Paper", 2, 0.815434),
        ("task/tea", "Concept", 2, 0.707107),
    ]
