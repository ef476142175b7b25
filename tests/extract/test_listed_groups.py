"""What a user's gazetteer says of names: canonical names pin, others keep apart."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.listed_groups import ListedThing, listed_things, things_apart
from extract.resolve import resolve
from extract.user_decisions import Rename, UserDecisions
from tests.extract.small_corpus import mention

if TYPE_CHECKING:
    from extract.records import Mention


def listed(paper: str, text: str, canonical: str | None, kind: str = "Gene") -> Mention:
    return replace(mention(paper, text, kind), canonical=canonical, step="listed")


def test_names_of_one_canonical_name_are_one_concept_whatever_the_vetoes_say() -> None:
    mentions = [listed("a", "p53", "TP53"), listed("b", "tumor protein 53", "TP53")]
    found = resolve(mentions, {})
    assert [(c.name, c.type) for c in found.concepts] == [("TP53", "Gene")]
    assert [d.rule for d in found.decisions] == ["gazetteer"]


def test_things_with_different_canonical_names_stay_apart() -> None:
    mentions = [listed("a", "IL-6", "IL6"), listed("b", "IL6", "IL6 of mice")]
    assert sorted(c.name for c in resolve(mentions, {}).concepts) == ["IL6", "IL6 of mice"]


def test_one_canonical_name_of_two_types_is_two_concepts() -> None:
    mentions = [listed("a", "p53", "TP53"), listed("a", "P53 protein", "TP53", "Protein")]
    assert {c.type for c in resolve(mentions, {}).concepts} == {"Gene", "Protein"}


@pytest.mark.parametrize("kind", ["Gene", "Drug"])
def test_what_is_known_of_machine_learning_does_not_touch_types_of_ones_own(kind: str) -> None:
    names = ("MAP", "mean average precision", "ethanol", "methanol", "receptor", "recepter")
    mentions = [mention(str(i), name, kind) for i, name in enumerate(names)]
    assert sorted(c.name for c in resolve(mentions, {}).concepts) == sorted(names)


def test_the_users_decisions_go_before_the_gazetteer() -> None:
    mentions = [listed("a", "p53", "TP53"), listed("b", "TP53", "TP53")]
    apart = UserDecisions(forbids=(("p53", "TP53"),))
    assert len(resolve(mentions, {}, decisions=apart).concepts) == 2
    renamed = UserDecisions(renames=(Rename("TP53", "cellular tumor antigen p53"),))
    (concept,) = resolve(mentions, {}, decisions=renamed).concepts
    assert concept.name == "cellular tumor antigen p53"


def test_where_papers_disagree_most_mentions_decide() -> None:
    mentions = [listed("a", "AR", "A"), listed("b", "AR", "B"), listed("c", "AR", "B")]
    assert listed_things(mentions) == {"AR": ListedThing("B", "Gene")}
    assert list(things_apart(listed_things(mentions))) == []


TEXTS = st.sampled_from(["IL-6", "IL6", "interleukin 6", "IL-6s", "BSF2", "BSF 2", "IL-10"])
MENTIONS = st.lists(
    st.builds(listed, st.sampled_from("abc"), TEXTS, st.sampled_from(["IL6", "IL10", None])),
    max_size=10,
)


@settings(deadline=None, max_examples=60)
@given(MENTIONS, st.data())
def test_concepts_follow_the_list_in_any_order(
    mentions: list[Mention], data: st.DataObject
) -> None:
    found = resolve(mentions, {})
    again = resolve(data.draw(st.permutations(mentions)), {})
    assert (found.concepts, found.concept_of) == (again.concepts, again.concept_of)
    things = listed_things(mentions)
    concept_of = {text: concept for (_, text, _), concept in found.concept_of.items()}
    for a, thing_a in things.items():
        for b, thing_b in things.items():
            assert (concept_of[a] == concept_of[b]) == (thing_a == thing_b)
