from __future__ import annotations

import time

from extract.clusters import Clusters
from extract.vetoes import Veto


def clusters(*forms: str) -> Clusters:
    return Clusters(forms, [form.replace(" ", "") for form in forms])


def test_join_and_members() -> None:
    found = clusters("tide", "wave", "boat")
    assert found.join(2, 0) is None
    assert found.find(2) == found.find(0) == 0
    assert found.members(2) == [0, 2]
    assert found.members(1) == [1]


def test_forbidden_pair_is_refused_wherever_it_sits_in_the_clusters() -> None:
    found = clusters("gpt 3", "some name", "gpt 4")
    assert found.join(0, 1) is not None
    found = clusters("gpt 3", "gpt", "gpt 4")
    assert found.join(0, 1, known=True) is None
    assert found.join(1, 2, known=True) is Veto.NUMBER
    assert found.find(0) != found.find(2)


def test_known_pairs_are_exempt() -> None:
    found = clusters("ms coco", "coco", "coco dataset")
    assert found.join(0, 1) is Veto.EXTRA_WORD
    found.allow([0, 1])
    assert found.join(0, 1) is None
    assert found.join(1, 2) is Veto.EXTRA_WORD


def test_one_key_in_two_names_means_capitals_keep_them_apart() -> None:
    found = Clusters(["cone", "cone"], ["cone", "cone"])
    assert found.join(0, 1, known=True) is Veto.CASE


def test_misspelled_name_is_judged_as_the_right_one() -> None:
    found = clusters("tidal encdr", "tidal encoder", "tidal decoder")
    assert found.join(0, 2) is None
    found = clusters("tidal encdr", "tidal encoder", "tidal decoder")
    assert found.join(0, 1, known=True) is None
    found.judge_as(0, 1)
    assert found.join(0, 2) is Veto.OPPOSITE


def test_what_joins_later_stands_behind_what_was_there() -> None:
    found = clusters("tide", "wave", "boat", "crew")
    assert not found.has_company(3)
    found.join(3, 2)
    before = list(found.members_in_order_of_joining(2))
    found.join(2, 1)
    assert found.members_in_order_of_joining(1) == [1, *before]
    assert found.has_company(3)


def test_a_cluster_of_thousands_costs_no_more_than_its_names() -> None:
    size = 20_000
    found = Clusters(["tide"] * size, [str(i) for i in range(size)])
    started = time.process_time()
    for index in range(1, size):
        assert found.join(0, index) is None
    assert time.process_time() - started < 5
    assert found.members(7) == list(range(size))
