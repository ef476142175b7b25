from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import DecisionsError
from extract.user_decisions import Rename, UserDecisions, check_decisions, decisions_from_json

names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)
groups = st.lists(st.lists(names, min_size=2, max_size=3, unique=True).map(tuple), max_size=3)
any_decisions = st.builds(
    UserDecisions,
    groups.map(tuple),
    groups.map(tuple),
    st.lists(st.builds(Rename, names, names), max_size=3).map(tuple),
)


@given(any_decisions)
def test_decisions_survive_a_library(decisions: UserDecisions) -> None:
    assert decisions_from_json(decisions.as_json()) == decisions
    assert "\n" not in decisions.as_json()


def test_all_pairs_of_a_group_are_forbidden() -> None:
    decisions = UserDecisions(forbids=(("c", "a", "b"), ("b", "a")))
    assert decisions.forbidden_pairs() == [("a", "b"), ("a", "c"), ("b", "c")]
    assert decisions
    assert not UserDecisions()


def test_a_contradiction_names_both_entries_also_through_others() -> None:
    decisions = UserDecisions(
        pins=(("a", "b"), ("x", "y"), ("b", "c")), forbids=(("q", "r"), ("c", "a"))
    )
    with pytest.raises(
        DecisionsError,
        match=r"'f' contradicts.*forbid 2 keeps 'a' and 'c' apart, and pin 1 with pin 3",
    ):
        check_decisions(decisions, "f")


def test_one_thing_has_one_name_also_through_others() -> None:
    pins = (("a", "b"), ("b", "c"))
    with pytest.raises(DecisionsError, match="rename 1 and rename 2 call one thing 'x' and 'y'"):
        check_decisions(UserDecisions(pins, (), (Rename("a", "x"), Rename("c", "y"))), "f")
    check_decisions(UserDecisions(pins, (), (Rename("a", "x"), Rename("c", "x"))), "f")
    check_decisions(UserDecisions((), (), (Rename("a", "x"), Rename("c", "y"))), "f")


def test_pins_and_forbids_of_other_names_get_on() -> None:
    check_decisions(UserDecisions((("a", "b"),), (("b", "c"),)), "f")
