from __future__ import annotations

from collections import Counter

import pytest

from extract.names import Inventory, take_inventory
from extract.normalization import name_key
from extract.user_decisions import UserDecisions
from extract.wanted import Wanted, find_wanted


def inventory(*mentioned: str, unmentioned: tuple[str, ...] = ()) -> Inventory:
    """Of these spellings, each mentioned once."""
    keys = {text: name_key(text) for text in (*mentioned, *unmentioned)}
    return take_inventory({text: Counter(Method=1) for text in mentioned}, keys, ())


def pairs(wanted: Wanted) -> list[tuple[str, str, str]]:
    return [(pair.text_a, pair.text_b, pair.entry) for pair in (*wanted.pins, *wanted.forbids)]


def test_nothing_decided_wants_nothing() -> None:
    assert find_wanted(UserDecisions(), inventory("BERT")) == Wanted()


def test_all_pairs_of_a_group_with_their_entry() -> None:
    decisions = UserDecisions(
        pins=(("BERT", "GPT-3"),), forbids=(("CLIP", "LoRA"), ("BERT", "CLIP", "LoRA"))
    )
    wanted = find_wanted(decisions, inventory("BERT", "GPT-3", "CLIP", "LoRA"))
    assert pairs(wanted) == [
        ("BERT", "GPT-3", "pin 1"),
        ("CLIP", "LoRA", "forbid 1"),
        ("BERT", "CLIP", "forbid 2"),
        ("BERT", "LoRA", "forbid 2"),
        ("CLIP", "LoRA", "forbid 2"),
    ]
    assert wanted.remarks == ()


def test_the_spelling_itself_comes_before_those_that_differ_by_rule_only() -> None:
    known = inventory("GENERator", "generator", "BERT")
    exact = find_wanted(UserDecisions(pins=(("GENERator", "BERT"),)), known)
    assert pairs(exact) == [("GENERator", "BERT", "pin 1")]
    assert exact.pinned == {known.by_text["GENERator"].index, known.by_text["BERT"].index}
    all_of_them = find_wanted(UserDecisions(pins=(("Generator", "BERT"),)), known)
    assert sorted(pairs(all_of_them)) == [
        ("GENERator", "BERT", "pin 1"),
        ("generator", "BERT", "pin 1"),
    ]


def test_spellings_of_one_name_need_no_pin() -> None:
    assert pairs(find_wanted(UserDecisions(pins=(("BERT", "Bert"),)), inventory("BERT"))) == []


@pytest.mark.parametrize("absent", ["absent", "only defined"])
def test_names_that_no_paper_mentions_are_told_with_their_entry(absent: str) -> None:
    known = inventory("BERT", unmentioned=("only defined",))
    decisions = UserDecisions((("BERT", "BERT model", absent),), (("BERT", absent),))
    assert find_wanted(decisions, known).remarks == (
        f"pin 1: no paper mentions 'BERT model' or {absent!r}.",
        f"forbid 1: no paper mentions {absent!r}.",
    )


def test_a_pin_through_a_name_that_only_a_definition_has_still_binds() -> None:
    known = inventory("BERT", unmentioned=("only defined",))
    wanted = find_wanted(UserDecisions(pins=(("BERT", "only defined"),)), known)
    assert pairs(wanted) == [("BERT", "only defined", "pin 1")]
