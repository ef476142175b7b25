from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from extract.errors import UsageError
from extract.explanation import (
    AMBIGUOUS,
    NO_RULE,
    OTHER_SENSE,
    SAME_SPELLING,
    Explainer,
    Explanation,
)
from extract.library import Library
from extract.names_list import read_pairs
from extract.resolve import Resolution, resolve
from extract.user_decisions import UserDecisions
from tests.conftest import SHARED, needs_shared
from tests.extract.small_corpus import definition, mention

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from extract.errors import RecordError
    from extract.records import Definition, Mention

Definitions = dict[str, tuple["Definition", ...]]


def explainer(
    mentions: Sequence[Mention] = (),
    definitions: Mapping[str, tuple[Definition, ...]] | None = None,
    decisions: UserDecisions | None = None,
) -> Explainer:
    found = resolve(mentions, definitions or {}, decisions=decisions)
    return Explainer(
        mentions, definitions, found.concepts, found.concept_of, found.decisions, decisions
    )


def steps(found: Explanation) -> list[tuple[str, str, str]]:
    return [(step.a, step.b, step.rule) for step in found.steps]


def test_names_that_the_library_has_are_told_by_its_concepts() -> None:
    known = explainer(
        [mention("a", "BERT"), mention("b", "Bert"), mention("b", "BERT model", start=40)]
    )
    found = known.explain("Bert", "BERT model")
    assert (found.same, found.rule, found.seen) == (True, "case + head noun", (True, True))
    assert steps(found) == [("BERT", "Bert", "case"), ("BERT", "BERT model", "head noun")]
    assert [[concept.id for concept in side] for side in found.concepts] == [["method/bert"]] * 2
    assert [(alias.text, alias.count) for alias in found.concepts[0][0].aliases] == [
        ("BERT", 1),
        ("BERT model", 1),
        ("Bert", 1),
    ]


def test_a_score_on_the_way_is_told() -> None:
    found = explainer().explain("graph clustering", "graph clustring", ["Task"])
    assert (found.same, found.rule) == (True, "typo")
    assert found.score is not None
    assert 90 < found.score < 100


@pytest.mark.parametrize(
    ("a", "b", "rule"),
    [
        ("GPT-3", "GPT-4", "different numbers"),
        ("BERT", "RoBERTa", "one coined name inside the other"),
        ("tidal net", "sparse gate", NO_RULE),
    ],
)
def test_two_concepts_are_told_with_what_keeps_them_apart(a: str, b: str, rule: str) -> None:
    for known in (explainer(), explainer([mention("a", a), mention("b", b)])):
        found = known.explain(a, b)
        assert (found.same, found.rule) == (False, rule)


def test_names_never_seen_are_judged_with_those_that_are() -> None:
    known = explainer(
        [mention("a", "STA"), mention("a", "sparse tidal attention", start=40)],
        {"a": (definition("STA", "sparse tidal attention"),)},
    )
    found = known.explain("STA", "sparse tidal attentions")
    assert (found.same, found.seen) == (True, (True, False))
    assert found.rule == "definition + plural or spelling"
    apart = known.explain("STA", "sparse tidal attention 2")
    assert (apart.same, apart.rule) == (False, "different numbers")


def test_what_is_imagined_is_not_counted() -> None:
    known = explainer([mention("a", "BERT"), mention("b", "BERT")])
    found = known.explain("BERT", "Bert")
    assert [(alias.text, alias.count) for alias in found.concepts[1][0].aliases] == [("BERT", 2)]
    assert explainer().explain("BERT", "CLIP").concepts[0][0].aliases == ()


def test_one_name_is_one_thing() -> None:
    found = explainer().explain("BERT", " BERT ")
    assert (found.same, found.rule, found.steps) == (True, SAME_SPELLING, ())


def test_a_parenthesis_says_which_sense_is_meant() -> None:
    none = explainer()
    apart = none.explain("AR (associative recall)", "AR (autoregressive model)")
    assert (apart.same, apart.rule) == (False, OTHER_SENSE)
    assert none.explain("AR (associative recall)", "associative recall").same
    assert not none.explain("AR (autoregressive model)", "associative recall").same
    assert none.explain("AR (associative recall)", "AR (associative recalls)").same


def test_a_parenthesis_that_papers_write_belongs_to_the_name() -> None:
    known = explainer([mention("a", "F1 (macro)", "Metric"), mention("b", "F1", "Metric")])
    found = known.explain("F1 (macro)", "F1")
    assert found.seen == (True, True)
    assert found.same == (found.concepts[0] == found.concepts[1])


def test_a_name_of_several_senses_is_one_with_each_that_a_paper_means() -> None:
    definitions = {
        "a": (definition("FOO", "frozen object outlines"),),
        "b": (definition("FOO", "fast online optimization"),),
    }
    names = (("a", "FOO"), ("b", "FOO"), ("c", "frozen object outlines"))
    known = explainer([mention(*name) for name in names], definitions)
    found = known.explain("FOO", "frozen object outlines")
    assert (found.same, len(found.concepts[0])) == (True, 2)
    assert not known.explain("fast online optimization", "frozen object outlines").same


def test_a_name_that_nothing_tells_is_ambiguous() -> None:
    definitions = {
        "a": (definition("FOO", "frozen object outlines"),),
        "b": (definition("FOO", "fast online optimization"),),
    }
    known = explainer([mention("c", "FOO"), mention("d", "tidal net")], definitions)
    found = known.explain("FOO", "tidal net")
    assert (found.same, found.rule) == (False, AMBIGUOUS)


def test_initials_tell_where_one_name_only_has_them() -> None:
    found = explainer().explain("STA", "sparse tidal attention")
    assert (found.same, found.rule) == (True, "initials")
    assert not explainer().explain("STA", "sparse tidal gate").same
    known = explainer([mention("a", "slow train archive")])
    assert not known.explain("STA", "sparse tidal attention").same
    # The alias table knows another meaning, and so do papers.
    assert not explainer().explain("GAN", "graph attention network").same
    known = explainer([mention("a", "STA")], {"a": (definition("STA", "slow train archive"),)})
    assert not known.explain("STA", "sparse tidal attention").same


def test_types_are_those_of_the_library_unless_given() -> None:
    known = explainer(
        [mention("a", "MAE", "Metric"), mention("b", "mean absolute error", "Metric")]
    )
    assert known.explain("MAE", "mean absolute error").types == ("Metric", "Metric")
    assert known.explain("MAE", "never seen").types == ("Metric", "Metric")
    assert known.explain("never seen", "MAE").types == ("Metric", "Metric")
    assert known.explain("MAE", "x", ["Task"]).types == ("Task", "Task")
    assert known.explain("MAE", "x", ["Task", "Method"]).types == ("Task", "Method")
    assert explainer().explain("x", "y").types == ("Method", "Method")


def test_what_the_user_decided_holds_also_for_names_never_seen() -> None:
    decisions = UserDecisions(pins=(("GPT-3", "GPT-4"),), forbids=(("BERT", "Bert"),))
    known = explainer([mention("a", "GPT-3"), mention("b", "BERT")], decisions=decisions)
    pinned = known.explain("GPT-3", "GPT 4")
    assert (pinned.same, pinned.rule) == (True, "pinned by the user")
    apart = known.explain("BERT", "Bert")
    assert (apart.same, apart.rule) == (False, "forbidden by the user")


@pytest.mark.parametrize("pair", [("", "BERT"), ("BERT", " \n")])
def test_blank_names_are_refused(pair: tuple[str, str]) -> None:
    with pytest.raises(UsageError, match="not blank"):
        explainer().explain(*pair)


def test_an_explainer_of_a_library(sample_library_once: Path) -> None:
    with Library.open(sample_library_once) as library:
        known = Explainer.of(library)
    assert known.explain("LoRA", "low-rank adapters").same
    assert not known.explain("CIFAR-10", "CIFAR-100").same


NAMES = (
    *("BERT", "Bert", "BERT model", "RoBERTa", "GPT-3", "GPT3", "GPT-4", "LLM", "STA", "FOO"),
    *("large language models", "sparse tidal attention", "slow train archive", "tidal modle"),
    *("tidal model", "prediction of tides", "tide prediction", "MAE", "mean absolute error"),
)
FORMS = [
    ("STA", "sparse tidal attention"),
    ("STA", "slow train archive"),
    ("FOO", "tidal model"),
    ("LLM", "tidal model"),
]
kinds = st.sampled_from(["Method", "Task"])
any_mentions = st.lists(
    st.builds(mention, st.sampled_from("abcd"), st.sampled_from(NAMES), kinds), max_size=15
)
any_definitions = st.dictionaries(
    st.sampled_from("abcd"),
    st.lists(st.sampled_from(FORMS), max_size=2).map(
        lambda found: tuple(itertools.starmap(definition, found))
    ),
    max_size=3,
)
names = st.sampled_from(NAMES)


@settings(deadline=None, max_examples=40)
@given(any_mentions, any_definitions, names, names, kinds)
def test_the_verdict_is_the_same_both_ways(
    mentions: list[Mention], definitions: Definitions, a: str, b: str, kind: str
) -> None:
    known = explainer(mentions, definitions)
    there, back = known.explain(a, b, [kind]), known.explain(b, a, [kind])
    assert (there.same, there.score) == (back.same, back.score)
    assert there.concepts == back.concepts[::-1]


@settings(deadline=None, max_examples=40)
@given(any_mentions, any_definitions)
def test_the_verdict_is_that_of_the_library_for_names_that_it_has(
    mentions: list[Mention], definitions: Definitions
) -> None:
    found = resolve(mentions, definitions)
    known = explainer(mentions, definitions)
    for a, b in itertools.combinations(sorted({m.text for m in mentions}), 2):
        explanation = known.explain(a, b)
        concepts = [
            {concept for (_, t, k), concept in found.concept_of.items() if (t, k) == (text, kind)}
            or {concept for (_, t, _), concept in found.concept_of.items() if t == text}
            for text, kind in zip((a, b), explanation.types, strict=True)
        ]
        assert explanation.same != concepts[0].isdisjoint(concepts[1])
        assert all(step.same == explanation.same for step in explanation.steps)


@settings(deadline=None, max_examples=40)
@given(any_mentions, any_definitions, names, names, kinds)
def test_the_verdict_is_that_of_a_library_with_two_papers_more(
    mentions: list[Mention], definitions: Definitions, a: str, b: str, kind: str
) -> None:
    assume({a, b} - {m.text for m in mentions} and a != b)
    explanation = explainer(mentions, definitions).explain(a, b, [kind])
    more = resolve([*mentions, mention("x", a, kind), mention("y", b, kind)], definitions)
    assert explanation.same != _concepts(more, a).isdisjoint(_concepts(more, b))


def _concepts(resolution: Resolution, text: str) -> set[str]:
    return {concept for (_, t, _), concept in resolution.concept_of.items() if t == text}


def refuse(error: RecordError) -> None:
    raise error


@needs_shared
@pytest.mark.parametrize("library", ["none", "sample"])
def test_pairs_of_gold(library: str, sample_library_once: Path) -> None:
    known = Explainer()
    if library == "sample":
        with Library.open(sample_library_once) as opened:
            known = Explainer.of(opened)
    verdicts = {
        name: [
            known.explain(pair.a, pair.b, pair.type.split("/")).same
            for pair in read_pairs(SHARED / "gold" / f"{name}.dev.tsv", refuse)
        ]
        for name in ("must_link", "cannot_link")
    }
    assert not any(verdicts["cannot_link"])
    assert sum(verdicts["must_link"]) >= 0.9 * len(verdicts["must_link"])
