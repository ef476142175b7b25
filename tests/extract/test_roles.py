from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.gold import annotated_papers
from extract.records import ROLES_BY_TYPE, Field, Mention, Paper
from extract.roles import RoleSpan, assign_roles, best_evidence
from tests.conftest import SHARED, needs_shared

PAPER = Paper(
    "p1",
    "TreeGate: Gated Recursion for Sentiment Analysis",
    "Sentiment analysis has been a long-standing challenge. Recent work relies on word embeddings. "
    "In this paper, we propose TreeGate, a novel recursive network. "
    "TreeGate is pre-trained on OpenSubtitles. We evaluate TreeGate on the MovieLines benchmark "
    "in terms of accuracy. It outperforms strong baselines such as FlatLSTM and DeepBag.",
)
NAMES = {
    "TreeGate": "Method",
    "Sentiment Analysis": "Task",
    "Sentiment analysis": "Task",
    "word embeddings": "Method",
    "OpenSubtitles": "Dataset",
    "MovieLines": "Dataset",
    "accuracy": "Metric",
    "FlatLSTM": "Method",
    "DeepBag": "Method",
}


def spans_of(paper: Paper, names: dict[str, str]) -> list[RoleSpan]:
    groups = {name.lower(): number for number, name in enumerate(names)}
    fields: tuple[Field, Field] = ("title", "abstract")
    return [
        RoleSpan(field, match.start(), match.end(), match[0], kind, groups[name.lower()])
        for field in fields
        for name, kind in names.items()
        for match in re.finditer(re.escape(name), paper.text(field))
    ]


def roles_of(paper: Paper, names: dict[str, str]) -> dict[str, str]:
    spans = spans_of(paper, names)
    roles = (role for role, _ in assign_roles(paper, spans))
    return dict(zip((span.text for span in spans), roles, strict=True))


def mentions_of(text: str, role: str) -> list[Mention]:
    return [
        Mention("p1", s.field, s.start, s.end, s.text, s.type, role, 1.0, "ner")
        for s in spans_of(PAPER, {text: NAMES[text]})
    ]


def test_plain_cues_give_the_roles_of_the_guidelines() -> None:
    roles = roles_of(PAPER, NAMES)
    assert roles["TreeGate"] == "proposes"
    assert roles["Sentiment Analysis"] == "addresses"
    assert roles["MovieLines"] == "evaluates"
    assert roles["OpenSubtitles"] == "trains"
    assert roles["accuracy"] == "reports"
    assert roles["FlatLSTM"] == roles["DeepBag"] == "compares"


def test_new_corpus_is_proposed() -> None:
    paper = Paper(
        "p2",
        "KitchenTalk: A Dataset of Cooking Dialogues",
        "We introduce KitchenTalk, a new dataset of cooking dialogues. We release KitchenTalk.",
    )
    assert roles_of(paper, {"KitchenTalk": "Dataset"}) == {"KitchenTalk": "proposes"}


def test_all_spans_of_a_group_have_one_role() -> None:
    roles = roles_of(PAPER, NAMES)
    assert roles["Sentiment Analysis"] == roles["Sentiment analysis"]


def test_types_of_the_user_are_mentioned_and_no_spans_give_no_roles() -> None:
    assert roles_of(PAPER, {"TreeGate": "Gene"}) == {"TreeGate": "mentions"}
    assert assign_roles(PAPER, []) == ()


@settings(deadline=None)
@given(st.permutations(spans_of(PAPER, NAMES)), st.integers(0, 100))
def test_order_and_numbering_do_not_matter(spans: list[RoleSpan], shift: int) -> None:
    expected = roles_of(PAPER, NAMES)
    moved = [replace(span, group=span.group + shift) for span in spans]
    for span, (role, _) in zip(moved, assign_roles(PAPER, moved), strict=True):
        assert role == expected[span.text]
        assert role in ROLES_BY_TYPE[span.type]


@settings(deadline=None)
@given(st.text(min_size=1), st.sampled_from(sorted(ROLES_BY_TYPE)))
def test_any_text_gets_a_role_that_fits_its_type(text: str, kind: str) -> None:
    if text.strip():
        span = RoleSpan("abstract", 0, len(text), text, kind, 0)
        ((role, sure),) = assign_roles(Paper("p", "", text), [span])
        assert role in ROLES_BY_TYPE[kind]
        assert 1 / len(ROLES_BY_TYPE[kind]) <= sure <= 1


def test_evidence_is_the_sentence_that_shows_the_role() -> None:
    field, start, end = best_evidence(PAPER, mentions_of("TreeGate", "proposes"))
    shown = PAPER.text(field)[start:end]
    assert shown == "In this paper, we propose TreeGate, a novel recursive network."


def test_other_role_of_the_same_name_has_other_evidence() -> None:
    proposed = best_evidence(PAPER, mentions_of("TreeGate", "proposes"))
    assert best_evidence(PAPER, mentions_of("TreeGate", "compares")) != proposed


def test_title_is_evidence_where_nothing_else_names_the_concept() -> None:
    paper = Paper("p3", "On LoneName", "Nothing of it here.")
    mention = Mention("p3", "title", 3, 11, "LoneName", "Method", "studies", 1.0, "ner")
    assert best_evidence(paper, [mention]) == ("title", 0, 11)


def test_evidence_for_a_type_of_the_user_is_in_the_abstract_first() -> None:
    mentions = [replace(m, type="Gene") for m in mentions_of("TreeGate", "mentions")]
    field, start, _ = best_evidence(PAPER, mentions)
    assert (field, start) == ("abstract", PAPER.abstract.index("In this paper"))


def test_evidence_does_not_depend_on_the_order_of_the_mentions() -> None:
    mentions = mentions_of("TreeGate", "uses")
    assert best_evidence(PAPER, mentions) == best_evidence(PAPER, mentions[::-1])


def test_evidence_without_mentions_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one"):
        best_evidence(PAPER, [])


@needs_shared
@pytest.mark.parametrize(("part", "least"), [("dev", 0.74), ("dev_wide", 0.76)])
def test_accuracy_on_annotated_abstracts(part: str, least: float) -> None:
    right = total = 0
    for one in annotated_papers(SHARED / "gold", part):
        numbers: dict[str, int] = {}
        spans = [
            RoleSpan(m.field, m.start, m.end, m.text, m.type, numbers.setdefault(c, len(numbers)))
            for m, c in zip(one.mentions, one.canonical, strict=True)
        ]
        pairs = {
            (span.type, span.group): (role, mention.role)
            for span, (role, _), mention in zip(
                spans, assign_roles(one.paper, spans), one.mentions, strict=True
            )
        }
        right += sum(predicted == annotated for predicted, annotated in pairs.values())
        total += len(pairs)
    assert right / total >= least
