from __future__ import annotations

from graph.analysis.trials import papers_with_trials
from graph.elements import Relation
from tests.graph.analysis.corpus import store_of

STORE = store_of(
    "uses method/bert, compares method/elmo, evaluates dataset/glue, trains dataset/c4",
    "mentions method/bert, mentions dataset/glue, addresses task/parsing",
)


def test_a_paper_works_with_methods_and_tries_them_on_datasets() -> None:
    tried, _ = papers_with_trials(STORE)
    assert tried.methods == ("method/bert", "method/elmo")
    assert tried.datasets == ("dataset/c4", "dataset/glue")


def test_what_is_only_mentioned_is_a_concept_and_no_trial() -> None:
    _, mentioned = papers_with_trials(STORE)
    assert (mentioned.methods, mentioned.datasets) == ((), ())
    assert mentioned.concepts == ("dataset/glue", "method/bert", "task/parsing")


def test_training_can_be_left_out() -> None:
    tried, _ = papers_with_trials(STORE, {Relation.EVALUATES})
    assert tried.datasets == ("dataset/glue",)
