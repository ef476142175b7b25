from __future__ import annotations

from extract.merge_log import near_miss, way
from extract.records import Decision


def merge(a: str, b: str, rule: str = "case") -> Decision:
    return Decision(min(a, b), max(a, b), True, rule)


def test_the_shortest_way_is_taken() -> None:
    merges = [merge("a", "b"), merge("b", "c"), merge("c", "d"), merge("a", "x"), merge("x", "d")]
    assert way("a", "d", merges) == (merge("a", "x"), merge("d", "x"))
    assert way("d", "a", reversed(merges)) == (merge("d", "x"), merge("a", "x"))


def test_of_two_rules_for_one_step_the_first_by_name_is_told() -> None:
    merges = [merge("a", "b", "typo"), merge("a", "b", "alias table")]
    assert [step.rule for step in way("a", "b", merges)] == ["alias table"]


def test_no_way_is_empty() -> None:
    assert way("a", "c", [merge("a", "b")]) == ()
    assert way("a", "a", [merge("a", "b")]) == ()


def test_a_near_miss_on_the_names_themselves_comes_before_one_on_other_spellings() -> None:
    others = Decision("a", "c", False, "size")
    themselves = Decision("b", "c", False, "size")
    found = near_miss({"a", "b"}, {"c"}, [others, themselves], first=("c", "b"))
    assert found == (themselves,)
    assert near_miss({"a", "b"}, {"c"}, [others], first=("b", "c")) == (others,)
    assert near_miss({"a"}, {"d"}, [others], first=("a", "d")) == ()
