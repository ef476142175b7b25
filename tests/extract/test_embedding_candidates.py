from __future__ import annotations

import itertools
import math
import operator
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.embedding_candidates import Embed, find_candidates, load_embeddings
from extract.errors import UsageError
from extract.normalization import name_key
from extract.records import Alias, Concept
from extract.user_decisions import UserDecisions
from extract.vetoes import veto

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from random import Random

    from numpy.typing import NDArray

ROOT = Path(__file__).parents[2]
needs_embeddings = pytest.mark.skipif(
    find_spec("wordllama") is None, reason="the extra paperkg[embeddings] is not installed"
)


def concept(*texts: str, kind: str = "Method", identifier: str = "") -> Concept:
    aliases = tuple(Alias(text, len(texts) - place) for place, text in enumerate(texts))
    return Concept(identifier or f"{kind.lower()}/{texts[0]}", texts[0], kind, aliases)


def alike(texts: Sequence[str], /) -> NDArray[np.float32]:
    """All texts mean the same."""
    return np.ones((len(texts), 2), dtype=np.float32)


def by_last_word(texts: Sequence[str], /) -> NDArray[np.float32]:
    """Directions in a plane, whose cosines have two digits; unknown words have none."""
    directions = {
        "network": (1.0, 0.0),
        "model": (0.6, 0.8),
        "machine": (0.8, 0.6),
        "method": (0.0, 1.0),
    }
    return np.array([directions.get(text.split()[-1], (0.0, 0.0)) for text in texts], np.float32)


def names(*concepts: Concept, wishes: UserDecisions | None = None) -> set[str]:
    found = find_candidates(concepts, alike, decisions=wishes)
    return {f"{candidate.a.name} ~ {candidate.b.name}" for candidate in found}


# What is left out, however alike the embeddings are.


def test_concepts_of_one_type_only() -> None:
    sampling, search = concept("beam search"), concept("nucleus sampling")
    assert names(sampling, search) == {"beam search ~ nucleus sampling"}
    assert names(sampling, concept("nucleus sampling", kind="Task")) == set()


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("layer 2 probing", "layer 3 probing"),
        ("language model", "large language model"),
        ("supervised training", "unsupervised training"),
        ("question-7B model", "question-13B model"),
    ],
)
def test_the_vetoes_are_in_charge(a: str, b: str) -> None:
    assert veto(a, b) is not None
    assert names(concept(a), concept(b)) == set()


def test_one_veto_among_all_spellings_is_enough() -> None:
    encoder = concept("text reader", "text encoder")
    assert names(encoder, concept("word reader")) == {"text reader ~ word reader"}
    assert names(encoder, concept("word reader", "text decoder")) == set()


def test_what_shares_a_spelling_was_told_apart_by_resolution() -> None:
    first = concept("information retrieval", "IR", identifier="method/1")
    second = concept("infrared reading", "IR", identifier="method/2")
    assert names(first, second) == set()
    assert names(first, concept("infrared reading")) == {"information retrieval ~ infrared reading"}


def test_spellings_without_an_ordinary_word_take_no_part() -> None:
    assert names(concept("SVD"), concept("SVM"), concept("LoRA"), concept("CLIP")) == set()


def test_decided_pairs_are_not_proposed_again() -> None:
    listed = [concept("soft prompts"), concept("continuous prompts"), concept("word vectors")]
    assert len(names(*listed)) == 3
    pinned = UserDecisions(pins=(("soft prompts", "continuous prompts"),))
    assert names(*listed, wishes=pinned) == {
        "soft prompts ~ word vectors",
        "continuous prompts ~ word vectors",
    }
    forbidden = UserDecisions(forbids=(("soft prompts", "continuous prompts", "word vectors"),))
    assert names(*listed, wishes=forbidden) == set()


def test_pins_reach_through_one_another_and_mean_names_by_key() -> None:
    listed = [concept("soft prompts"), concept("continuous prompts"), concept("word vectors")]
    chain = UserDecisions(pins=(("Soft prompt", "absent"), ("absent", "continuous-prompts")))
    assert "soft prompts ~ continuous prompts" not in names(*listed, wishes=chain)


def test_a_name_as_it_is_written_means_only_that() -> None:
    cones, eyes = concept("Cones of light"), concept("eyes of glass")
    other = concept("cones of light", identifier="method/other")
    wish = UserDecisions(forbids=(("Cones of light", "eyes of glass"),))
    assert names(cones, eyes, other, wishes=wish) == {"eyes of glass ~ cones of light"}


# What is found.


def slow_candidates(
    concepts: Iterable[Concept], embed: Embed, least: float
) -> list[tuple[float, str, str]]:
    """All pairs, one after another."""
    found = []
    for a, b in itertools.combinations(sorted(concepts, key=lambda c: c.id), 2):
        texts_a, texts_b = ([alias.text for alias in c.aliases] for c in (a, b))
        pairs = list(itertools.product(texts_a, texts_b))
        if a.type != b.type or any(name_key(x) == name_key(y) or veto(x, y) for x, y in pairs):
            continue
        score = max(round(cosine(*embed([x.lower(), y.lower()]).tolist()), 4) for x, y in pairs)
        if score >= least:
            found.append((-score, a.id, b.id))
    return [(-score, a, b) for score, a, b in sorted(found)]


def cosine(x: Sequence[float], y: Sequence[float]) -> float:
    lengths = math.hypot(*x) * math.hypot(*y)
    return sum(map(operator.mul, x, y)) / lengths if lengths else 0.0


NAMES = [
    f"{first}{number} {last}"
    for first in ("neural", "Deep", "language", "learning")
    for number in ("", " 2")
    for last in ("network", "networks", "model", "machine", "Method", "thing")
]


@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True),
            st.sampled_from(["Method", "Task"]),
        ),
        max_size=12,
        unique_by=lambda made: made[0][0],
    ),
    st.sampled_from([0.0, 0.5, 0.75, 0.9, 1.0]),
    st.randoms(use_true_random=False),
)
def test_as_a_slow_search_of_all_pairs_in_any_order(
    made: list[tuple[list[str], str]], least: float, chance: Random
) -> None:
    concepts = [
        concept(*texts, kind=kind, identifier=f"{kind}/{number:02}")
        for number, (texts, kind) in enumerate(made)
    ]
    expected = slow_candidates(concepts, by_last_word, least)
    chance.shuffle(concepts)
    found = find_candidates(concepts, by_last_word, least=least, limit=1000)
    assert [(c.score, c.a.id, c.b.id) for c in found] == expected


def test_the_spellings_are_the_most_alike_ones_as_written() -> None:
    first = concept("Deep Network", "Deep Model", "deep model")
    second = concept("neural thing", "Neural Machine")
    (found,) = find_candidates([first, second], by_last_word)
    assert (found.score, found.spellings) == (0.96, ("Deep Model", "Neural Machine"))


def test_pairs_that_stand_far_apart_in_the_list_are_found() -> None:
    fillers = [concept(f"{x} {y} thing", identifier=f"method/m{x}{y}") for x, y in letter_pairs(70)]
    first = concept("neural model", identifier="method/a")
    last = concept("deep machine", identifier="method/z")
    (found,) = find_candidates([first, *fillers, last], by_last_word)
    assert (found.a.id, found.b.id) == ("method/a", "method/z")


def test_the_best_pairs_are_found_among_more_than_a_million() -> None:
    fillers = [concept(f"{x} {y} thing", identifier=f"method/m{x}{y}") for x, y in letter_pairs(40)]
    ends = [concept(f"{word} end", identifier=f"method/z{word}") for word in ("bitter", "happy")]
    places = {filler.name: place for place, filler in enumerate(fillers, 1)}

    def embed(texts: Sequence[str], /) -> NDArray[np.float32]:
        """One coordinate that all share, and 11 small ones by which all but the ends differ."""
        bits = [[places.get(text, 0) >> bit & 1 for bit in range(11)] for text in texts]
        return np.array([[1, *(0.3 - 0.6 * bit for bit in row)] for row in bits], np.float32)

    many = find_candidates([*fillers, *ends], embed, least=0.0, limit=500)
    assert many[0].spellings == ("bitter end", "happy end")
    assert many == find_candidates([*fillers, *ends], embed, least=0.9, limit=500)
    assert (len(many), many[0].score) == (500, 1.0)
    assert many[1].score < 1.0


def letter_pairs(count: int) -> list[tuple[str, str]]:
    words = [a + b for a, b in itertools.product("bcdfghklmn", "aeiouyrw")][:count]
    return list(itertools.product(words, words))


def test_no_concepts_no_candidates() -> None:
    assert find_candidates([], alike) == []


@pytest.mark.parametrize(("limit", "least"), [(0, 0.5), (1, -0.1), (1, 1.1)])
def test_numbers_out_of_range_are_refused(limit: int, least: float) -> None:
    with pytest.raises(UsageError, match="expected a limit of 1 or more"):
        find_candidates([], alike, limit=limit, least=least)


# The model.


@pytest.fixture(scope="module")
def embeddings() -> Embed:
    return load_embeddings()


@needs_embeddings
def test_names_that_mean_the_same_come_first(embeddings: Embed) -> None:
    texts = (
        "image captioning",
        "image caption generation",
        "stock price forecasting",
        "forecast of share prices",
        "protein folding",
        "speech synthesis",
    )
    tasks = [concept(text, kind="Task") for text in texts]
    first, second, *_ = find_candidates(tasks, embeddings, least=0.0)
    assert {first.spellings, second.spellings} == {
        ("image caption generation", "image captioning"),
        ("forecast of share prices", "stock price forecasting"),
    }
    assert 0.5 < second.score <= first.score < 1


@needs_embeddings
def test_the_score_does_not_depend_on_what_else_is_compared(embeddings: Embed) -> None:
    pair = [concept("contextual embedding"), concept("contextualized embeddings")]
    others = [concept(f"{x} {y} of a much longer name") for x, y in letter_pairs(12)]
    (alone,) = find_candidates(pair, embeddings)
    among = find_candidates([*others, *pair], embeddings, limit=10_000, least=alone.score)
    assert alone in among


@needs_embeddings
def test_the_model_is_read_without_a_network_and_leaves_logging_alone(tmp_path: Path) -> None:
    code = """
import logging, socket
def refuse(*_, **__): raise SystemExit("the network was asked")
socket.socket.connect = socket.getaddrinfo = refuse
from extract.embedding_candidates import load_embeddings
print(load_embeddings()(["beam search"]).shape, logging.getLogger().handlers)
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=ROOT,
        env=os.environ | {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "(1, 256) []\n"
    assert list(tmp_path.iterdir()) == []


def test_without_the_extra_the_message_says_what_to_install() -> None:
    code = """
import sys
sys.modules["wordllama"] = None  # as if it were not installed
from extract.embedding_candidates import load_embeddings
from extract.errors import UsageError
try:
    load_embeddings()
except UsageError as exc:
    print(exc)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert 'pip install "paperkg[embeddings]"' in done.stdout
