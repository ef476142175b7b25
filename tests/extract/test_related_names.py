from __future__ import annotations

import pytest

from extract.related_names import RelatedNames
from tests.extract.small_corpus import definition

SPELLINGS = (
    *("LLMs", "language model", "sparse attention method", "STA", "tidal adapters", "GPT-4"),
    "tide prediction",
)
RELATED = RelatedNames(
    SPELLINGS,
    {"p": (definition("STA", "sparse tidal attention"),), "q": ()},
    {("p", "tidal adapters", "Method"): "method/x", ("q", "GPT-4", "Method"): "method/x"},
)


@pytest.mark.parametrize(
    ("form", "found"),
    [
        ("llm", "LLMs"),
        ("large language model", "LLMs"),
        ("prediction of tides", "tide prediction"),
        ("sparse attention", "sparse attention method"),
        ("Sparse Tidal Attention", "STA"),
        ("slow train archive", "STA"),
        ("tidal adapter", "GPT-4"),  # which is one concept with it
    ],
)
def test_what_a_rule_may_join_is_related(form: str, found: str) -> None:
    assert found in RELATED.find([form])


def test_what_shares_nothing_is_not_related() -> None:
    assert RELATED.find(["image classification"]) <= {"image classification"}


def test_papers_that_define_a_form() -> None:
    assert RELATED.papers_that_define({"sparse tidal attention"}) == {"p"}
    assert RELATED.papers_that_define({"GPT-4"}) == set()
