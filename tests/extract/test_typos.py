from __future__ import annotations

from collections import Counter

import pytest
from rapidfuzz.distance import OSA

from extract.names import Name, take_inventory
from extract.normalization import name_key
from extract.typos import find_near_misses, find_typos


def names(*texts: str) -> tuple[Name, ...]:
    mentions = {text: Counter({"Method": 1}) for text in texts}
    return take_inventory(mentions, {text: name_key(text) for text in texts}, ()).names


def found(*texts: str) -> list[set[str]]:
    listed = names(*texts)
    return [{listed[p.a].texts[0], listed[p.b].texts[0]} for p in find_typos(listed)]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("graph clustring", "graph clustering"),
        ("knowlegde distillation", "knowledge distillation"),
        ("dicriminative model", "discriminative model"),
        ("contrastive lerning loss", "contrastive learning loss"),
        ("Guassian mixture", "Gaussian mixture"),
    ],
)
def test_slip_in_a_longer_name(wrong: str, right: str) -> None:
    assert found(wrong, right) == [{wrong, right}]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("memoization", "memorization"),
        ("Reformer block", "Performer block"),
        ("BLIP encoder", "CLIP encoder"),
        ("causal model", "casual model"),
        ("graph clusters", "graph cluster"),
        ("GRAPHX clustering", "graph clustering"),
        ("ethanol sensing", "methanol sensing"),
        ("layer 12 probing", "layer 13 probing"),
    ],
)
def test_no_typo(a: str, b: str) -> None:
    assert found(a, b) == []


def test_blocks_miss_no_slip_of_one_letter() -> None:
    right = "sparse representation learning"
    word = "representation"
    for place in range(1, len(word) - 1):
        for wrong in (
            word[:place] + word[place + 1 :],
            word[:place] + "q" + word[place:],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        ):
            if OSA.distance(wrong, word) == 1:
                assert found(f"sparse {wrong} learning", right), wrong


def test_near_misses_are_neighbours_that_differ_by_numbers() -> None:
    listed = names("ResNet-18", "ResNet-34", "ResNet-50", "LSTM")
    pairs = find_near_misses(listed)
    assert [(listed[p.a].texts[0], listed[p.b].texts[0]) for p in pairs] == [
        ("ResNet-18", "ResNet-34"),
        ("ResNet-34", "ResNet-50"),
    ]
    assert all(0 < p.score < 100 for p in pairs)
