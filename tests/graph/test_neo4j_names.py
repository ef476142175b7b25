"""Names mean the same on a server as in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extract.errors import UsageError
from graph import KnowledgeGraph
from graph.elements import Node, NodeKind
from graph.lookup import Names
from graph.neo4j_connection import Neo4jConnection
from graph.neo4j_queries import Neo4jQueries
from tests.cypher.loading import fill
from tests.graph.queries.corpus import store
from tests.graph.shorthand import concept, paper

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from graph.lookup import Match
    from graph.queries.parameters import NameFinder
    from tests.neo4j_server import Account

TYPED = [
    *(
        "BERT",
        "bert",
        " BERT ",
        "Bert",
        "method/bert",
        "METHOD/BERT",
        "RAG",
        "rag",
        "region  adjacency",
    ),
    *(
        "On kettles",
        "on KETTLES",
        "kettles",
        "tea",
        "p1",
        "P1",
        "BRET",
        "GLUES",
        "",
        " ",
        "nothing",
    ),
    *("10.1000/182", "2103.00020", "C++", '"', "\\", "a\0b", "*:*", "name:BERT", "深度", "x" * 300),
]
MORE = [
    paper("p8", "C++ for kettles", doi="10.1000/182", arxiv_id="2103.00020"),
    paper("p9", 'The "quoted" \\E title: 深度 学习'),
    concept("method/c", "C++", papers=1, aliases=("C++", "a\0b", '"')),
    concept("method/deep", "深度", papers=1),
]


def outcome(names: NameFinder, name: str, kind: NodeKind | str | None) -> object:
    """What a name is found to mean, or the words that say that it means nothing."""
    try:
        match: Match
        match = (
            names.find_paper(name)
            if isinstance(kind, str) and not isinstance(kind, NodeKind)
            else names.find(name, kind=kind)
        )
    except UsageError as exc:
        return str(exc)
    return match.node.id, match.step, [node.id for node in match.others]


@pytest.fixture(scope="module")
def sides(neo4j_server: Account) -> Iterator[tuple[NameFinder, NameFinder]]:
    graph = store()
    graph.upsert(MORE)
    yield from opened(neo4j_server, graph.nodes())


def opened(account: Account, nodes: Sequence[Node]) -> Iterator[tuple[NameFinder, NameFinder]]:
    here = Names(lambda kind: [node for node in nodes if kind in (None, node.kind)])
    fill(account, nodes, [])
    with Neo4jConnection(account.uri, account.auth, database=account.database) as connection:
        yield here, Neo4jQueries(connection).names


@pytest.mark.parametrize("kind", [None, NodeKind.CONCEPT, NodeKind.PAPER, "words"])
def test_what_is_typed_means_the_same(
    sides: tuple[NameFinder, NameFinder], kind: NodeKind | str | None
) -> None:
    here, there = sides
    for name in TYPED:
        assert outcome(there, name, kind) == outcome(here, name, kind), name


def test_names_of_the_sample_mean_the_same(
    neo4j_server: Account, sample_library_once: Path
) -> None:
    with KnowledgeGraph.open(sample_library_once) as knowledge:
        nodes = knowledge.store.nodes()
    for here, there in opened(neo4j_server, nodes):
        for node in nodes[::9]:
            for name in (node.name, node.name.lower(), node.name[:-1]):
                assert outcome(there, name, None) == outcome(here, name, None), name
