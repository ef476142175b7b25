"""Every named query gives the same rows in Neo4j as its twin gives in memory."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cypher import statements
from graph import KnowledgeGraph
from graph.elements import PAPER_CONCEPT_RELATIONS, Edge, Node, NodeKind, Relation
from graph.neo4j_connection import Neo4jConnection
from graph.neo4j_queries import Neo4jQueries
from graph.networkx_store import NetworkXStore
from graph.queries import TWINS, answer
from graph.queries.parameters import bind
from tests.conftest import SHARED, needs_shared
from tests.cypher.loading import fill

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cypher import Parameter
    from tests.neo4j_server import Account

NAMES = sorted(statements())
TYPES = ["Method", "Dataset", "Metric", "Task", "Instrument"]
RELATIONS = sorted(PAPER_CONCEPT_RELATIONS)
NEEDS_DATES = {"list_rising_concepts", "list_new_concepts"}
VALUES_A_QUERY = 25


class Pair:
    """One graph on both sides."""

    def __init__(self, knowledge: KnowledgeGraph, server: Neo4jQueries) -> None:
        self.knowledge = knowledge
        self.server = server

    def rows(self, name: str, given: dict[str, Any]) -> list[dict[str, Any]]:
        """The rows of one side, when the other's are the same."""
        statement = statements()[name]
        here = answer(
            self.knowledge.store, name, bind(statement, given, self.knowledge.names).values
        )
        values = bind(statement, given, self.server.names).values
        there = self.server.answer(statement, values)
        assert json.dumps(there, indent=1) == json.dumps(here, indent=1), (name, given)
        return here


@pytest.fixture(scope="module")
def sample(neo4j_server: Account, sample_library_once: Path) -> Iterator[Pair]:
    with KnowledgeGraph.open(sample_library_once) as knowledge:
        yield from opened(neo4j_server, knowledge)


def opened(account: Account, knowledge: KnowledgeGraph) -> Iterator[Pair]:
    fill(account, knowledge.store.nodes(), knowledge.store.edges())
    with Neo4jConnection(account.uri, account.auth, database=account.database) as connection:
        yield Pair(knowledge, Neo4jQueries(connection))


def test_every_statement_has_its_twin() -> None:
    assert sorted(TWINS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_example_finds_the_same_rows_in_the_sample(sample: Pair, name: str) -> None:
    given = {parameter.name: parameter.example for parameter in statements()[name].parameters}
    if name == "list_method_results":
        given["method"] = "Hopstone"  # the sample's papers state results of their own methods only
    assert sample.rows(name, given)


@pytest.mark.parametrize("name", NAMES)
def test_other_values_find_the_same_rows_in_the_sample(sample: Pair, name: str) -> None:
    rng = random.Random(name)
    for _ in range(VALUES_A_QUERY):
        given = {p.name: value(p, sample.knowledge, rng) for p in statements()[name].parameters}
        sample.rows(name, given)


@needs_shared
def test_the_examples_find_the_same_rows_in_the_seeds(
    neo4j_server: Account, tmp_path: Path
) -> None:
    with KnowledgeGraph.open(tmp_path / "seeds.db", create=True) as knowledge:
        knowledge.build(SHARED / "seeds")
        for pair in opened(neo4j_server, knowledge):
            empty = [
                name
                for name in NAMES
                if not pair.rows(name, {p.name: p.example for p in statements()[name].parameters})
            ]
    assert set(empty) <= {*NEEDS_DATES, "list_papers_without_concepts"}


def value(parameter: Parameter, knowledge: KnowledgeGraph, rng: random.Random) -> Any:
    """A value that a parameter may have; ids, so that all nodes come up, whatever their names."""
    nodes = knowledge.store.nodes()
    concepts = [node.id for node in nodes if node.kind is NodeKind.CONCEPT]
    papers = [node.id for node in nodes if node.kind is NodeKind.PAPER]
    match parameter.type:
        case "community":
            return rng.choice([node.id for node in nodes if "community" in node.properties])
        case "concept":
            degree = knowledge.networkx().degree
            return rng.choices(concepts, [degree(concept) ** 2 for concept in concepts])[0]
        case "paper":
            return rng.choice(papers)
        case "node":
            return rng.choice(papers + concepts)
        case "integer":
            return rng.choice([1, 2, 3, 10, 1_000])
        case "role":
            return rng.choice(["any", "uses", "proposes", "evaluates", "mentions"])
        case "order":
            return rng.choice(["highest", "lowest"])
        case "date":
            return rng.choice(["2024", "2025", "2025-03", "2025-03-12", "2025-07", "2026"])
        case _:
            titles = [word for node in nodes for word in node.name.split()]
            return " ".join(rng.choices(titles, k=rng.randint(1, 4)))


# Graphs of all shapes: ties, properties that are missing, two relations between one pair, results
# that name nothing, ids and texts of every script, words that hang on punctuation.

NAMES_OF_THINGS = [
    "BERT",
    "bert",
    "B.E.R.T",
    "GPT-3.5",
    "\U0001d539",
    "\uffee",
    "\u6df1\u5ea6",
    "x\u0301",
]
TEXTS = st.lists(
    st.sampled_from(
        [*NAMES_OF_THINGS, "gpt-3", "3", "(3)", "3,", "it's", '"quoted"', "\\E", "a\0b"]
    ),
    max_size=6,
).map(" ".join)
CONFIDENCES = st.sampled_from([None, 0.5, 0.5, 0.1234, 0.9999, 1, 0])
DATES = st.sampled_from([None, "2024", "2024-03", "2024-03-12", "2024-11-02", "2025-01"])
NUMBERS = st.sampled_from([None, 1.0, 1.0, -2.5, 87.5])


def known(**properties: Any) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if value not in (None, ())}


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[Node], list[Edge]]:
    """Papers, concepts and results with whatever edges are allowed between them."""
    papers = [f"p{number}" for number in range(draw(st.integers(1, 6)))]
    things = draw(st.lists(st.sampled_from(NAMES_OF_THINGS), min_size=1, unique=True))
    concepts = [f"{draw(st.sampled_from(TYPES)).lower()}/{thing}" for thing in things]
    results = [f"r{number}" for number in range(draw(st.integers(0, 4)))]
    members = st.sampled_from([None, concepts[0], concepts[-1]])
    edges = {
        (paper, relation, concept): known(confidence=draw(CONFIDENCES), count=1, evidence=paper)
        for paper, relation, concept in draw(
            st.sets(
                st.tuples(
                    st.sampled_from(papers), st.sampled_from(RELATIONS), st.sampled_from(concepts)
                ),
                max_size=25,
            )
        )
    }
    for result in results:
        edges[draw(st.sampled_from(papers)), Relation.STATES, result] = {}
        for relation in (Relation.OF_METHOD, Relation.ON_DATASET, Relation.BY_METRIC):
            if draw(st.booleans()):
                edges[result, relation, draw(st.sampled_from(concepts))] = {}
    nodes = [
        *(
            Node(
                paper,
                NodeKind.PAPER,
                draw(TEXTS),
                None,
                known(
                    abstract=draw(TEXTS),
                    published=draw(DATES),
                    seen_on=draw(DATES),
                    authors=("Ada",) if draw(st.booleans()) else None,
                    community=draw(members),
                ),
            )
            for paper in papers
        ),
        *(
            Node(
                concept,
                NodeKind.CONCEPT,
                thing,
                concept.partition("/")[0].capitalize(),
                known(
                    aliases=tuple(draw(st.lists(st.sampled_from(NAMES_OF_THINGS), max_size=2))),
                    papers=draw(st.sampled_from([None, 0, 1, 2, 5])),
                    other_types=("Task",) if draw(st.booleans()) else None,
                    ambiguous=draw(st.sampled_from([None, True, False])),
                    community=draw(members),
                ),
            )
            for concept, thing in zip(concepts, things, strict=True)
        ),
        *(
            Node(
                result,
                NodeKind.RESULT,
                "1",
                None,
                known(
                    value="1",
                    number=draw(NUMBERS),
                    unit=draw(st.sampled_from([None, "%", "points"])),
                    delta=draw(st.sampled_from([None, True, False, False])),
                    confidence=draw(CONFIDENCES),
                ),
            )
            for result in results
        ),
    ]
    return nodes, [Edge(*ends, properties) for ends, properties in edges.items()]


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(graph=graphs(), data=st.data())
def test_any_graph_gives_the_same_rows_on_both_sides(
    neo4j_server: Account, graph: tuple[list[Node], list[Edge]], data: st.DataObject
) -> None:
    nodes, edges = graph
    store = NetworkXStore()
    store.upsert(nodes, edges)
    fill(neo4j_server, nodes, edges)
    with Neo4jConnection(neo4j_server.uri, neo4j_server.auth) as connection:
        server = Neo4jQueries(connection)
        for name, statement in statements().items():
            values = {
                p.name: data.draw(drawn(p, nodes), label=f"{name} {p.name}")
                for p in statement.parameters
            }
            here, there = answer(store, name, values), server.answer(statement, values)
            assert json.dumps(there) == json.dumps(here), (name, values)


def drawn(parameter: Parameter, nodes: list[Node]) -> st.SearchStrategy[Any]:
    """A value as `bind` would give it to a statement."""
    of_kind = {
        kind: [node.id for node in nodes if node.kind is kind]
        for kind in (NodeKind.CONCEPT, NodeKind.PAPER)
    }
    both = [*of_kind[NodeKind.CONCEPT], *of_kind[NodeKind.PAPER]]
    return {
        "concept": st.sampled_from(of_kind[NodeKind.CONCEPT]),
        "community": st.sampled_from(of_kind[NodeKind.CONCEPT]),
        "paper": st.sampled_from(of_kind[NodeKind.PAPER]),
        "node": st.sampled_from(both),
        "integer": st.sampled_from([1, 2, 5, 100]),
        "role": st.sampled_from(["any", "uses", "proposes"]),
        "order": st.sampled_from(["highest", "lowest"]),
        "date": st.sampled_from(["2024", "2024-03", "2024-11", "2025"]),
        "text": TEXTS,
    }[parameter.type]
