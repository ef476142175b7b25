from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import UsageError
from extract.records import ROLES_BY_TYPE, Mention, Role
from extract.unify import concept_of_mention, fitting_roles, unify_roles

CONCEPTS = {
    ("p1", "LoRA", "Method"): "method/lora",
    ("p1", "low-rank adaptation", "Method"): "method/lora",
    ("p1", "LoRA", "Task"): "method/lora",
    ("p1", "Adam", "Method"): "method/adam",
    ("p2", "LoRA", "Method"): "method/lora",
    ("p1", "benzene", "Chemical"): "chemical/benzene",
}


def mention(
    text: str, role: str, *, paper: str = "p1", type_: str = "Method", at: int = 0
) -> Mention:
    return Mention(paper, "abstract", at, at + len(text), text, type_, role, 0.9, "ner")


def roles(mentions: list[Mention]) -> list[str]:
    return [str(m.role) for m in unify_roles(mentions, CONCEPTS)]


def test_the_strongest_role_wins_over_all_spellings_of_a_concept() -> None:
    mentions = [
        mention("LoRA", "mentions"),
        mention("low-rank adaptation", "proposes", at=20),
        mention("LoRA", "compares", at=60),
    ]
    assert roles(mentions) == ["proposes"] * 3


def test_other_concepts_papers_and_types_keep_their_roles() -> None:
    mentions = [
        mention("LoRA", "uses"),
        mention("Adam", "mentions"),
        mention("LoRA", "compares", paper="p2"),
        mention("LoRA", "addresses", type_="Task"),
    ]
    assert roles(mentions) == ["uses", "mentions", "compares", "addresses"]


def test_all_but_the_role_stays_as_it_was() -> None:
    weak, strong = mention("LoRA", "mentions"), mention("LoRA", "uses", at=9)
    assert unify_roles([weak, strong], CONCEPTS) == [replace(weak, role=Role.USES), strong]


def test_the_role_is_as_sure_as_its_surest_mention() -> None:
    mentions = [
        replace(mention("BERT", role), role_confidence=sure)
        for role, sure in (("uses", 0.6), ("mentions", 0.9), ("uses", 0.7))
    ]
    concept_of = {(m.paper, m.text, m.type): "method/bert" for m in mentions}
    assert [m.role_confidence for m in unify_roles(mentions, concept_of)] == [0.7, 0.7, 0.7]


def test_a_type_of_the_users_own_is_only_mentioned() -> None:
    assert roles([mention("benzene", "mentions", type_="Chemical")]) == ["mentions"]
    with pytest.raises(UsageError, match="expected one of mentions"):
        roles([mention("benzene", "uses", type_="Chemical")])


def test_a_role_that_does_not_fit_is_refused_with_those_that_do() -> None:
    with pytest.raises(UsageError, match=r"'evaluates' of 'LoRA' in paper p1.*proposes, uses, com"):
        roles([mention("LoRA", "evaluates")])


def test_a_mention_that_was_not_resolved_is_refused_by_name() -> None:
    with pytest.raises(UsageError, match=r"'QLoRA' \(Method\) of paper p1 has no concept"):
        roles([mention("QLoRA", "uses")])
    assert concept_of_mention(mention("Adam", "uses"), CONCEPTS) == "method/adam"


@given(
    st.lists(
        st.sampled_from(list(CONCEPTS)).flatmap(
            lambda key: st.builds(
                mention,
                st.just(key[1]),
                st.sampled_from([str(role) for role in fitting_roles(key[2])]),
                paper=st.just(key[0]),
                type_=st.just(key[2]),
                at=st.integers(0, 99),
            )
        )
    ),
)
def test_one_role_a_group_whatever_the_order(mentions: list[Mention]) -> None:
    unified = unify_roles(mentions, CONCEPTS)
    assert unify_roles(unified, CONCEPTS) == unified
    assert unify_roles(mentions[::-1], CONCEPTS) == unified[::-1]
    by_group: dict[tuple[str, str, str], set[str]] = {}
    for m in unified:
        by_group.setdefault((m.paper, CONCEPTS[m.paper, m.text, m.type], m.type), set()).add(m.role)
    assert all(len(found) == 1 for found in by_group.values())


@pytest.mark.parametrize("type_", list(ROLES_BY_TYPE))
def test_every_type_has_the_weakest_role_last(type_: str) -> None:
    assert fitting_roles(type_)[-1] is Role.MENTIONS
