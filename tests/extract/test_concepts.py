from __future__ import annotations

import pytest

from extract.errors import DecisionsError
from extract.resolve import resolve
from extract.user_decisions import Rename, UserDecisions
from tests.extract.small_corpus import definition, mention

# Concepts are made by `resolve`; what it does with decisions beyond merging is tested here.


def test_names_of_the_table_that_the_user_keeps_apart_are_named_apart() -> None:
    mentions = [mention("a", "LLM"), mention("b", "large language models")]
    apart = UserDecisions(forbids=(("LLM", "large language models"),))
    assert [(c.id, c.name) for c in resolve(mentions, {}, decisions=apart).concepts] == [
        ("method/large-language-model", "large language model"),
        ("method/llm", "LLM"),
    ]


def test_a_rename_that_gives_a_concept_the_name_of_another_is_told() -> None:
    mentions = [mention("a", "BERT"), mention("b", "CLIP")]
    found = resolve(mentions, {}, decisions=UserDecisions(renames=(Rename("BERT", "CLIP"),)))
    assert [c.name for c in found.concepts] == ["CLIP", "CLIP"]
    assert found.remarks == ("rename 1: 2 concepts are called 'CLIP' now; a pin makes them one.",)


def test_a_rename_means_the_concept_of_that_name_before_one_with_that_spelling() -> None:
    mentions = [mention("a", "BERT"), mention("b", "berts"), mention("c", "bert model")]
    found = resolve(mentions, {}, decisions=UserDecisions(renames=(Rename("berts", "X"),)))
    assert [(c.name, len(c.aliases)) for c in found.concepts] == [("X", 3)]
    assert found.remarks == ()


def test_a_contradiction_that_only_spellings_show_names_both_entries() -> None:
    mentions = [mention("a", "GPT-3"), mention("b", "BERT"), mention("c", "CLIP")]
    decisions = UserDecisions(
        pins=(("BERT", "CLIP"), ("gpt3", "BERT")), forbids=(("x", "y"), ("GPT 3", "CLIP"))
    )
    with pytest.raises(DecisionsError, match=r"pin 2 .*'GPT-3' and 'BERT' one, and forbid 2 keeps"):
        resolve(mentions, {}, decisions=decisions)


def test_what_is_pinned_to_a_name_is_pinned_to_all_that_the_name_is_known_to_mean() -> None:
    # `dense retrieval` has a word less than what the alias table says DPR is
    names = ("DPR", "dense passage retrieval", "dense retrieval")
    pin = UserDecisions(pins=(("DPR", "dense retrieval"),))
    found = resolve([mention(name, name) for name in names], {}, decisions=pin)
    assert len(found.concepts) == 1
    forms = ("STA", "sparse tidal attention", "tidal attention")
    papers = {forms[1]: (definition("STA", "sparse tidal attention"),)}
    pin = UserDecisions(pins=(("STA", "tidal attention"),))
    found = resolve([mention(name, name) for name in forms], papers, decisions=pin)
    assert len(found.concepts) == 1
