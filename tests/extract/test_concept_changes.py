from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.concept_changes import Change, ConceptChange, compare_concepts
from extract.resolve import Resolution, resolve
from extract.user_decisions import Rename, UserDecisions
from tests.extract.small_corpus import mention

if TYPE_CHECKING:
    from extract.records import Concept, Mention

NAMES = ("BERT", "BERTs", "GPT-3", "GPT-4", "LLM", "large language model", "CLIP", "tidal net")
SWAPPED = {Change.MERGED: Change.SPLIT, Change.NEW: Change.GONE}
SWAPPED |= {after: before for before, after in SWAPPED.items()}

any_mentions = st.lists(
    st.builds(
        mention, st.sampled_from("abc"), st.sampled_from(NAMES), st.sampled_from(["Method", "Task"])
    ),
    max_size=12,
)
pairs = st.lists(st.sampled_from(NAMES), min_size=2, max_size=2, unique=True).map(tuple)
any_decisions = st.one_of(
    st.just(UserDecisions()),
    st.builds(lambda pair: UserDecisions(pins=(pair,)), pairs),
    st.builds(lambda pair: UserDecisions(forbids=(pair,)), pairs),
    st.builds(lambda pair: UserDecisions(renames=(Rename(*pair),)), pairs),
)
resolutions = st.builds(
    lambda mentions, decisions: resolve(mentions, {}, decisions=decisions),
    any_mentions,
    any_decisions,
)


def compare(before: Resolution, after: Resolution) -> list[ConceptChange]:
    return compare_concepts(before.concepts, before.concept_of, after.concepts, after.concept_of)


def changes(before: list[Mention], after: list[Mention], decisions: UserDecisions) -> list[str]:
    """Each change with the names before and after."""
    found = compare(resolve(before, {}), resolve(after, {}, decisions=decisions))
    return [
        f"{c.change}: {'+'.join(x.name for x in c.before)} > {'+'.join(x.name for x in c.after)}"
        for c in found
    ]


PAIR = [mention("a", "GPT-3"), mention("b", "GPT-4")]
TWICE = [mention("a", "BERT"), mention("b", "bert")]


@pytest.mark.parametrize(
    ("before", "after", "decisions", "expected"),
    [
        (PAIR, PAIR, UserDecisions(pins=(("GPT-3", "GPT-4"),)), "merged: GPT-3+GPT-4 > GPT-3"),
        (TWICE, TWICE, UserDecisions(forbids=(("BERT", "bert"),)), "split: BERT > BERT+bert"),
        (PAIR, PAIR, UserDecisions(renames=(Rename("GPT-3", "X"),)), "renamed: GPT-3 > X"),
        (TWICE[:1], TWICE, UserDecisions(), "changed: BERT > BERT"),
        (PAIR[:1], PAIR, UserDecisions(), "new:  > GPT-4"),
        (PAIR, PAIR[:1], UserDecisions(), "gone: GPT-4 > "),
    ],
)
def test_kinds_of_change(
    before: list[Mention], after: list[Mention], decisions: UserDecisions, expected: str
) -> None:
    assert changes(before, after, decisions) == [expected]


def test_several_that_become_several_others() -> None:
    before = [mention("a", "BERT"), mention("b", "bert"), mention("c", "CLIP")]
    decisions = UserDecisions(pins=(("bert", "CLIP"),), forbids=(("BERT", "bert"),))
    assert changes(before, before, decisions) == ["regrouped: BERT+CLIP > BERT+CLIP"]


def test_a_name_that_goes_to_another_concept_makes_no_group_of_the_two() -> None:
    # BERT takes the id that CLIP had
    before = [mention("a", "BERT"), mention("b", "BERT"), mention("c", "CLIP")]
    decisions = UserDecisions(renames=(Rename("BERT", "CLIP"),))
    assert changes(before, before, decisions) == ["renamed: BERT > CLIP", "renamed: CLIP > CLIP"]


def test_a_concept_of_the_same_id_goes_on_where_no_mention_is_left() -> None:
    before = [mention("a", "BERT")]
    assert changes(before, [mention("b", "BERT")], UserDecisions()) == []
    assert changes(before, [mention("b", "BERTs")], UserDecisions()) == ["changed: BERT > BERT"]


@given(resolutions)
def test_a_thing_compared_with_itself_has_not_changed(found: Resolution) -> None:
    assert compare(found, found) == []


@given(resolutions, resolutions)
def test_before_and_after_swapped_turn_each_change_round(a: Resolution, b: Resolution) -> None:
    there = {(c.change, c.before, c.after) for c in compare(a, b)}
    back = {(SWAPPED.get(c.change, c.change), c.after, c.before) for c in compare(b, a)}
    assert there == back


@given(resolutions, resolutions)
def test_a_mention_whose_concept_looks_different_is_in_a_change(
    a: Resolution, b: Resolution
) -> None:
    found = compare(a, b)
    before, after = ({concept.id: concept for concept in side.concepts} for side in (a, b))
    for key in a.concept_of.keys() & b.concept_of.keys():
        old, new = before[a.concept_of[key]], after[b.concept_of[key]]
        if looks(old) != looks(new):
            assert any(old in change.before and new in change.after for change in found)
    order = [list(Change).index(change.change) for change in found]
    assert order == sorted(order)


def looks(concept: Concept) -> tuple[str, str, str, set[str]]:
    return concept.id, concept.name, concept.type, {alias.text for alias in concept.aliases}
