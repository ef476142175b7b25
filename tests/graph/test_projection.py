from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import UsageError
from extract.records import Alias, Concept, ConceptType, Mention, Paper, Result
from graph.elements import PAPER_CONCEPT_RELATIONS, Edge, Node, NodeKind, Relation
from graph.networkx_store import NetworkXStore
from graph.projection import project, result_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extract.records import Field

READING = Paper(
    "p1",
    "Slow Reading with BERT",
    "Machines read too fast. We fine-tune BERT on a corpus of proverbs. Our reader, SlowBERT,"
    " reaches an accuracy of 91.5% on ProverbQA. BERT alone is worse.",
    doi="10.1/slow",
    published="2024-03",
    authors=("Ada L.", "Emmy N."),
)
SEEING = Paper("p2", "", "Pictures of tea are classified by accuracy.   No network is trained.")
SILENT = Paper("p3", "On Nothing", "Nothing is named here.")
PAPERS = [READING, SEEING, SILENT]


def found(
    paper: Paper, text: str, type_: str, role: str, *, confidence: float = 0.9, nth: int = 0
) -> Mention:
    """The `nth` place of the title, then the abstract, where `text` stands."""
    fields: tuple[Field, Field] = ("title", "abstract")
    places = [
        (field, at)
        for field in fields
        for at in range(len(paper.text(field)))
        if paper.text(field).startswith(text, at)
    ]
    field, at = places[nth]
    return Mention(paper.id, field, at, at + len(text), text, type_, role, confidence, "ner")


MENTIONS = [
    found(READING, "BERT", "Method", "mentions", confidence=0.6),
    found(READING, "BERT", "Method", "uses", confidence=0.8, nth=1),
    found(READING, "BERT", "Method", "compares", confidence=0.7, nth=3),
    found(READING, "SlowBERT", "Method", "proposes"),
    found(READING, "accuracy", "Metric", "reports"),
    found(READING, "ProverbQA", "Dataset", "evaluates"),
    found(SEEING, "accuracy", "Metric", "mentions", confidence=0.5),
]
CONCEPTS = [
    Concept("method/bert", "BERT", ConceptType.METHOD, (Alias("BERT", 3),)),
    Concept("method/slowbert", "SlowBERT", "Method", (Alias("SlowBERT", 1),)),
    Concept(
        "metric/accuracy",
        "accuracy",
        "Metric",
        (Alias("accuracy", 2), Alias("Acc", 1)),
        other_types=("Task",),
        ambiguous=True,
    ),
    Concept("dataset/proverbqa", "ProverbQA", "Dataset", (Alias("ProverbQA", 1),)),
]
CONCEPT_OF = {(m.paper, m.text, m.type): f"{m.type.lower()}/{m.text.lower()}" for m in MENTIONS}
RESULT = Result(
    paper="p1",
    method="SlowBERT",
    dataset="ProverbQA",
    metric="accuracy",
    value="91.5",
    unit="%",
    baseline=None,
    delta=False,
    quote="reaches an accuracy of 91.5% on ProverbQA",
    field="abstract",
    start=READING.abstract.index("reaches"),
    confidence=0.8,
)

Projected = tuple[tuple[Node, ...], tuple[Edge, ...]]


def made(
    mentions: Iterable[Mention] = MENTIONS,
    results: Iterable[Result] = (RESULT,),
    papers: Iterable[Paper] = PAPERS,
    concepts: Iterable[Concept] = CONCEPTS,
    concept_of: dict[tuple[str, str, str], str] | None = None,
) -> Projected:
    return project(papers, mentions, results, concepts, concept_of or CONCEPT_OF)


def node(projected: Projected, node_id: str) -> Node:
    return next(node for node in projected[0] if node.id == node_id)


def edge(projected: Projected, source: str, target: str) -> Edge:
    (found_edge,) = (e for e in projected[1] if (e.source, e.target) == (source, target))
    return found_edge


def test_papers_carry_what_is_known_of_them() -> None:
    assert node(made(), "p1") == Node(
        "p1",
        NodeKind.PAPER,
        "Slow Reading with BERT",
        None,
        {
            "abstract": READING.abstract,
            "doi": "10.1/slow",
            "published": "2024-03",
            "authors": ("Ada L.", "Emmy N."),
        },
    )


def test_papers_without_concepts_are_nodes_too() -> None:
    nodes, edges = made([], [], [SILENT], [])
    assert [n.id for n in nodes] == ["p3"]
    assert edges == ()


def test_the_beginning_of_the_abstract_stands_for_a_title_that_is_not_there() -> None:
    assert node(made(), "p2").name == (
        "Pictures of tea are classified by accuracy. No network is trained."
    )
    long = replace(SEEING, abstract="tea " * 100)
    name = node(made([], [], [long], []), "p2").name
    assert name.endswith("tea…")
    assert len(name) <= 80


def test_concepts_carry_aliases_and_the_number_of_their_papers() -> None:
    assert node(made(), "metric/accuracy") == Node(
        "metric/accuracy",
        NodeKind.CONCEPT,
        "accuracy",
        "Metric",
        {
            "aliases": ("accuracy", "Acc"),
            "papers": 2,
            "other_types": ("Task",),
            "ambiguous": True,
        },
    )
    assert node(made(), "method/bert").properties == {
        "aliases": ("BERT",),
        "papers": 1,
        "ambiguous": False,
    }


def test_mentions_of_one_concept_are_one_edge_of_the_strongest_role() -> None:
    uses = edge(made(), "p1", "method/bert")
    assert uses.relation is Relation.USES
    assert uses.properties["count"] == 3
    assert uses.properties["confidence"] == 0.8


def test_the_same_mention_twice_counts_once() -> None:
    assert made([*MENTIONS, *MENTIONS]) == made()


def test_the_evidence_is_the_sentence_verbatim() -> None:
    proposes = edge(made(), "p1", "method/slowbert")
    assert proposes.properties["evidence"] == (
        "Our reader, SlowBERT, reaches an accuracy of 91.5% on ProverbQA."
    )


def test_all_evidence_is_text_of_the_paper() -> None:
    texts = {paper.id: (paper.title, paper.abstract) for paper in PAPERS}
    checked = 0
    for e in made()[1]:
        if e.relation in PAPER_CONCEPT_RELATIONS:
            evidence = str(e.properties["evidence"])
            assert evidence
            assert any(evidence in text for text in texts[e.source])
            checked += 1
    assert checked == 5


def test_evidence_that_is_known_is_not_chosen_anew() -> None:
    known = {("p1", "USES", "method/bert"): "We fine-tune BERT on a corpus of proverbs."}
    projected = project(PAPERS, MENTIONS, [RESULT], CONCEPTS, CONCEPT_OF, evidence=known)
    sentence = edge(projected, "p1", "method/bert").properties["evidence"]
    assert sentence == "We fine-tune BERT on a corpus of proverbs."
    everything = {
        (e.source, e.relation.value, e.target): str(e.properties["evidence"])
        for e in made()[1]
        if e.relation in PAPER_CONCEPT_RELATIONS
    }
    again = project(PAPERS, MENTIONS, [RESULT], CONCEPTS, CONCEPT_OF, evidence=everything)
    assert again == made()


def test_a_concept_used_as_two_types_has_two_edges() -> None:
    task = found(READING, "accuracy", "Task", "addresses")
    concept_of = {**CONCEPT_OF, ("p1", "accuracy", "Task"): "metric/accuracy"}
    projected = made([*MENTIONS, task], concept_of=concept_of)
    relations = [
        e.relation for e in projected[1] if (e.source, e.target) == ("p1", "metric/accuracy")
    ]
    assert relations == [Relation.ADDRESSES, Relation.REPORTS]
    assert node(projected, "metric/accuracy").properties["papers"] == 2


def test_two_types_of_one_role_are_one_edge() -> None:
    task = found(SEEING, "accuracy", "Task", "mentions", confidence=0.7)
    concept_of = {**CONCEPT_OF, ("p2", "accuracy", "Task"): "metric/accuracy"}
    mentions = edge(made([*MENTIONS, task], concept_of=concept_of), "p2", "metric/accuracy")
    assert mentions.relation is Relation.MENTIONS
    assert mentions.properties["confidence"] == 0.7
    assert mentions.properties["count"] == 1, "two readings of one place are one place"


def test_a_type_of_the_users_own_is_mentioned() -> None:
    tea = found(SEEING, "tea", "Drink", "mentions")
    concept = Concept("drink/tea", "tea", "Drink", (Alias("tea", 1),))
    projected = made(
        [tea], [], concepts=[concept], concept_of={("p2", "tea", "Drink"): "drink/tea"}
    )
    assert node(projected, "drink/tea").type == "Drink"
    assert edge(projected, "p2", "drink/tea").relation is Relation.MENTIONS


# Results


def test_a_result_belongs_to_its_paper_and_to_what_it_is_about() -> None:
    projected = made()
    result = node(projected, result_id(RESULT))
    assert (result.kind, result.name, result.id[0]) == (NodeKind.RESULT, "91.5%", "r")
    assert result.properties == {
        "value": "91.5",
        "number": 91.5,
        "unit": "%",
        "delta": False,
        "quote": RESULT.quote,
        "confidence": 0.8,
    }
    around = [
        (e.source, e.relation.value, e.target)
        for e in projected[1]
        if result.id in (e.source, e.target)
    ]
    assert around == [
        ("p1", "STATES", result.id),
        (result.id, "BY_METRIC", "metric/accuracy"),
        (result.id, "OF_METHOD", "method/slowbert"),
        (result.id, "ON_DATASET", "dataset/proverbqa"),
    ]


def test_what_a_result_names_but_no_mention_does_is_left_out() -> None:
    result = replace(RESULT, method="our reader", dataset=None, metric="")
    edges = made(results=[result])[1]
    assert [e.relation for e in edges if result_id(result) in (e.source, e.target)] == [
        Relation.STATES
    ]


def test_a_mention_in_another_paper_does_not_count() -> None:
    result = replace(RESULT, paper="p2", metric="accuracy")
    edges = made(results=[result])[1]
    assert [e.target for e in edges if e.source == result_id(result)] == ["metric/accuracy"]


def test_a_surface_of_the_expected_type_is_preferred() -> None:
    task = found(READING, "accuracy", "Dataset", "mentions")
    other = Concept("dataset/accuracy", "accuracy", "Dataset", (Alias("accuracy", 1),))
    concept_of = {**CONCEPT_OF, ("p1", "accuracy", "Dataset"): "dataset/accuracy"}
    result = replace(RESULT, dataset=None, method="accuracy")
    edges = made([*MENTIONS, task], [result], concepts=[*CONCEPTS, other], concept_of=concept_of)[1]
    assert {e.relation: e.target for e in edges if e.source == result_id(result)} == {
        Relation.BY_METRIC: "metric/accuracy",
        Relation.OF_METHOD: "dataset/accuracy",
    }


@pytest.mark.parametrize(
    ("value", "unit", "name"),
    [
        ("91.5", "%", "91.5%"),
        ("2.3", "x", "2.3x"),
        ("6", "X", "6X"),
        ("1.2", "points", "1.2 points"),
        ("8", None, "8"),
        ("3", "°C", "3°C"),
    ],
)
def test_a_result_is_named_by_its_value_and_unit(value: str, unit: str | None, name: str) -> None:
    result = replace(RESULT, value=value, unit=unit)
    assert node(made(results=[result]), result_id(result)).name == name


def test_the_same_result_twice_is_one_node_of_the_greater_confidence() -> None:
    doubtful = replace(RESULT, confidence=0.3)
    assert made(results=[doubtful, RESULT]) == made(results=[RESULT, doubtful]) == made()


# Refusals


def test_what_does_not_fit_together_is_refused_by_name() -> None:
    with pytest.raises(UsageError, match="mention 'BERT' is of paper 'p1'"):
        made(papers=[SEEING, SILENT], results=[])
    with pytest.raises(UsageError, match=r"result 'reaches an .*' is of paper 'p9'"):
        made(results=[replace(RESULT, paper="p9")])
    with pytest.raises(UsageError, match="'method/bert', which is not among those given"):
        made(concepts=CONCEPTS[1:])
    with pytest.raises(UsageError, match=r"'BERT' \(Method\) of paper p1 has no concept"):
        made(concept_of={("p2", "accuracy", "Metric"): "metric/accuracy"})
    with pytest.raises(UsageError, match="'reports' of 'BERT'"):
        made([replace(MENTIONS[0], role="reports")])


def test_one_id_for_two_things_is_refused() -> None:
    with pytest.raises(UsageError, match="'p3'"):
        made(papers=[*PAPERS, replace(SILENT, title="On Something")])
    with pytest.raises(UsageError, match="'method/bert'"):
        made(concepts=[*CONCEPTS, replace(CONCEPTS[0], name="Bert")])
    assert made(papers=[*PAPERS, SILENT]) == made()


# The whole


@given(st.permutations(PAPERS), st.permutations(MENTIONS), st.permutations(CONCEPTS))
def test_the_order_of_the_input_does_not_matter(
    papers: list[Paper], mentions: list[Mention], concepts: list[Concept]
) -> None:
    assert made(mentions, papers=papers, concepts=concepts) == made()


def test_nodes_and_edges_are_in_order_and_any_store_takes_them() -> None:
    nodes, edges = made()
    store = NetworkXStore()
    store.upsert(nodes, edges)
    assert (store.nodes(), store.edges()) == (nodes, edges)


def test_hostile_text_is_carried_as_it_is() -> None:
    title = "<script>\u202e alert(1) </script> =cmd|' /C calc'!A0 \0"
    paper = Paper("p4", title, "tea " + "x" * 5_000)
    (n,), _ = made([], [], [paper], [])
    assert (n.name, n.properties["abstract"]) == (title, paper.abstract)


def test_result_ids_differ_where_anything_stated_differs() -> None:
    variants = [
        RESULT,
        replace(RESULT, value="91"),
        replace(RESULT, unit=None),
        replace(RESULT, unit="None"),
        replace(RESULT, delta=True),
        replace(RESULT, method=None),
        replace(RESULT, method="ProverbQA", dataset="SlowBERT"),
        replace(RESULT, start=0),
        replace(RESULT, quote="lone \ud800"),
    ]
    assert len({result_id(result) for result in variants}) == len(variants)
    assert result_id(replace(RESULT, confidence=0.1)) == result_id(RESULT)
