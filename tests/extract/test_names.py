from __future__ import annotations

import itertools
import time
from collections import Counter

import pytest

from extract.names import Inventory, is_coined, take_inventory, vote
from extract.normalization import normalize


def inventory(counts: dict[str, dict[str, int]], *same: str) -> Inventory:
    mentions = {text: Counter(types) for text, types in counts.items()}
    return take_inventory(mentions, {text: normalize(text) for text in mentions}, same)


def test_spellings_are_one_name_with_most_frequent_first() -> None:
    found = inventory({"Tide Nets": {"Method": 1}, "tide-net": {"Method": 3, "Task": 1}})
    (name,) = found.names
    assert name.texts == ("tide-net", "Tide Nets")
    assert (name.count, name.type) == (5, "Method")
    assert found.by_text["Tide Nets"] is name


def test_index_is_the_place_in_the_list() -> None:
    found = inventory(
        {text: {"Method": 1} for text in ("ConES", "Cones", "GENERator", "generator", "zebra")}
    )
    assert [name.index for name in found.names] == list(range(5))


def test_capitals_part_names_unless_they_are_well_known() -> None:
    counts = {"DEit": {"Method": 1}, "DeiT": {"Method": 2}}
    assert len(inventory(counts).names) == 2
    assert len(inventory(counts, "deit").names) == 1


def test_the_plural_of_a_word_goes_with_the_word_not_with_the_coined_name() -> None:
    counts = {"GENERator": {"Method": 4}, "generator": {"Method": 1}, "Generators": {"Method": 1}}
    found = inventory(counts)
    assert found.by_text["Generators"] is found.by_text["generator"]
    assert found.by_text["GENERator"] is not found.by_text["generator"]


def test_coined_spellings_of_different_types_are_apart() -> None:
    assert len(inventory({"TiDE": {"Method": 1}, "TIDE": {"Dataset": 1}}).names) == 2
    assert len(inventory({"TiDE": {"Method": 1}, "TIDE": {"Method": 1}}).names) == 1


@pytest.mark.parametrize(
    ("text", "kind", "words", "coined"),
    [
        ("CLIP model", "Method", ["clip"], True),
        ("Zorvex model", "Method", ["zorvex"], True),
        ("X2 model", "Method", ["x2"], True),
        ("language model", "Method", ["language"], False),
        ("Visual Genome dataset", "Dataset", ["visual", "genome"], True),
        ("Visual Genome Model", "Method", ["visual", "genome"], False),
        ("in-context model", "Method", ["in", "context"], False),
    ],
)
def test_coined(text: str, kind: str, words: list[str], coined: bool) -> None:
    (name,) = inventory({text: {kind: 1}}).names
    assert is_coined(name, words) is coined


def test_vote_breaks_ties_by_text() -> None:
    assert vote({"Task": 2, "Method": 2, "Metric": 1}) == "Method"
    assert vote({}) == ""


# issue 5
def test_time_grows_with_the_spellings_of_one_name_and_not_with_their_pairs() -> None:
    cuts = itertools.product("- ", repeat=13)
    spellings = [
        "a" + "".join(map("".join, zip(cut, "bcdefghijklmn", strict=True))) for cut in cuts
    ]
    started = time.process_time()
    (name,) = inventory({text: {"Method": 1} for text in spellings}).names
    assert len(name.texts) == 8192
    assert time.process_time() - started < 5
