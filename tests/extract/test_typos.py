from __future__ import annotations

import time
from collections import Counter

import pytest
from rapidfuzz.distance import OSA

from extract.names import Name, take_inventory
from extract.normalization import normalize
from extract.typos import find_near_misses, find_typos


def names(*texts: str) -> tuple[Name, ...]:
    mentions = {text: Counter({"Method": 1}) for text in texts}
    return take_inventory(mentions, {text: normalize(text) for text in texts}, ()).names


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


# issue 5: blocks by three letters at either end missed what lies in the middle
@pytest.mark.parametrize("word", ["video", "vision", "representation"])
def test_no_slip_of_one_letter_is_missed(word: str) -> None:
    right = f"sparse {word} learning"
    for place in range(1, len(word) - 1):
        for wrong in (
            word[:place] + word[place + 1 :],
            word[:place] + "q" + word[place:],
            word[:place] + "q" + word[place + 1 :],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        ):
            if len(wrong) > 4 and OSA.distance(wrong, word) == 1:
                assert found(f"sparse {wrong} learning", right), wrong


def test_typo_of_two_names_is_taken_for_none() -> None:
    assert found("tidal contect", "tidal context") == [{"tidal contect", "tidal context"}]
    assert found("tidal contect", "tidal context", "tidal connect") == []


def test_misspelled_name_comes_first() -> None:
    listed = names("graph clustring", "graph clustering", "zonal modle", "zonal model")
    pairs = [(listed[p.a].texts[0], listed[p.b].texts[0]) for p in find_typos(listed)]
    assert pairs == [("graph clustring", "graph clustering"), ("zonal modle", "zonal model")]


def test_time_grows_with_the_names_that_share_all_words_but_one() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    wrong = [f"tidal c{a}{b}{c}ering" for a in letters for b in letters for c in letters]
    listed = names("tidal clustering", *wrong)
    started = time.process_time()
    assert len(find_typos(listed)) < 100
    assert time.process_time() - started < 5


def test_near_misses_are_neighbours_that_differ_by_numbers() -> None:
    listed = names("ResNet-18", "ResNet-34", "ResNet-50", "LSTM")
    pairs = find_near_misses(listed)
    assert [(listed[p.a].texts[0], listed[p.b].texts[0]) for p in pairs] == [
        ("ResNet-18", "ResNet-34"),
        ("ResNet-34", "ResNet-50"),
    ]
    assert all(0 < p.score < 100 for p in pairs)
