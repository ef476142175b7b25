from __future__ import annotations

from typing import Any

import pytest

from cypher import parse, statements
from extract.errors import NameNotFoundError, UsageError
from graph.lookup import Names
from graph.queries.parameters import bind, bind_own, statement_named
from tests.graph.queries.corpus import store

NAMES = Names(store().nodes)
OWN = parse(
    "mine", '// Asks.\n// $concept (concept): one, such as "BERT".\nRETURN $concept, $other'
)


def bound(name: str, **given: Any) -> dict[str, Any]:
    return bind(statement_named(name), given, NAMES).values


def test_names_become_ids_and_what_is_not_given_has_its_default() -> None:
    assert bound("list_concept_papers", concept="bert") == {
        "concept": "method/bert",
        "role": "any",
        "limit": 50,
    }


def test_the_others_that_have_the_name_are_told() -> None:
    (match,) = bind(statement_named("find_proposals"), {"concept": "RAG"}, NAMES).matches
    assert (match.node.id, [node.id for node in match.others]) == ("method/rag", ["task/rag"])


@pytest.mark.parametrize(
    ("name", "paper"),
    [
        ("on kettles", "p1"),
        ("p2", "p2"),
        ("kettles again", "p3"),
        ("tea BERT", "p2"),
        ("bert", "p2"),
    ],
)
def test_a_paper_is_given_by_title_id_or_words_of_its_title(name: str, paper: str) -> None:
    assert bound("list_paper_results", paper=name) == {"paper": paper}


def test_a_community_is_given_by_any_member() -> None:
    assert bound("list_community_members", community="Teapots")["community"] == "method/teapot"
    with pytest.raises(UsageError, match="belongs to no community"):
        bound("list_community_members", community="GLUE")


@pytest.mark.parametrize("date", ["2024", "2024-03", "2024-03-12", 2024])
def test_dates_may_be_known_in_part(date: object) -> None:
    assert bound("list_new_concepts", since=date)["since"] == str(date)


@pytest.mark.parametrize(
    ("query", "given", "words"),
    [
        ("list_new_concepts", {"since": "2024-13"}, "a year, month or day"),
        ("list_new_concepts", {"since": "March"}, "a year, month or day"),
        ("list_new_concepts", {"since": "２０２４"}, "a year, month or day"),
        ("list_new_concepts", {"since": "2024", "limit": "0"}, "whole number from 1"),
        ("list_new_concepts", {"since": "2024", "limit": "1.5"}, "whole number from 1"),
        ("list_new_concepts", {"since": "2024", "limit": True}, "whole number from 1"),
        ("list_new_concepts", {"since": "2024", "limit": "[" * 99_999}, "whole number from 1"),
        ("list_new_concepts", {}, "needs the parameter 'since'.*2025-07"),
        ("list_new_concepts", {"since": "2024", "until": "2025"}, "no parameter 'until'.*since"),
        ("list_concept_papers", {"concept": "BERT", "role": "likes"}, "one of any, proposes"),
        ("list_concept_papers", {"concept": " "}, "a text that is not empty"),
        ("list_concept_papers", {"concept": "GLUES"}, "Did you mean 'GLUE'"),
        ("list_concept_papers", {"concept": "On kettles"}, "is a paper .*not a concept"),
        ("list_paper_results", {"paper": "F1"}, "is a concept .*not a paper"),
        ("list_paper_results", {"paper": "Kettle"}, "is a concept .*not a paper"),
        ("search_papers", {"text": ""}, "a text that is not empty"),
    ],
)
def test_what_is_wrong_is_said_with_what_was_expected(
    query: str, given: dict[str, Any], words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        bound(query, **given)


def test_an_unknown_query_leads_to_those_of_similar_name() -> None:
    with pytest.raises(UsageError, match="Did you mean list_evaluations"):
        statement_named("list_evaluation")
    with pytest.raises(UsageError, match=r"no query named 'x'\. `paperkg query --list`"):
        statement_named("x")


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2024", 2024),
        ("-1.5e3", -1500.0),
        ("true", True),
        ("null", None),
        ('["a", "b"]', ["a", "b"]),
        ('"2024"', "2024"),
        ("NaN", "NaN"),
        ("plain words", "plain words"),
        ("", ""),
        ("2024-03", "2024-03"),
    ],
)
def test_undescribed_parameters_of_own_statements_are_json_or_text(
    typed: str, value: object
) -> None:
    values = bind_own(OWN, {"concept": "BERT", "other": typed}, NAMES).values
    assert values == {"concept": "method/bert", "other": value}
    assert type(values["other"]) is type(value)


def test_described_parameters_of_own_statements_are_bound_as_any() -> None:
    with pytest.raises(NameNotFoundError):
        bind_own(OWN, {"concept": "nothing"}, NAMES)
    with pytest.raises(UsageError, match="needs the parameter 'concept'"):
        bind_own(OWN, {"other": "1"}, NAMES)


def test_every_parameter_of_the_library_can_be_bound() -> None:
    for name, statement in statements().items():
        types = {parameter.type for parameter in statement.parameters}
        assert types <= {
            *("concept", "paper", "node", "community"),
            *("role", "order", "date", "text", "integer"),
        }, name
