"""How Neo4j would run the named queries: by its indexes, and without changing anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import neo4j
import pytest

from cypher import statements
from graph import KnowledgeGraph
from tests.cypher.loading import fill

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.neo4j_server import Account

# What no index holds: how many papers there are, whose names are alike, what is not there, and
# words of scripts that the full-text index divides otherwise.
SCANS = {
    "list_ambiguous_names",
    "list_cooccurring_concepts",
    "list_papers_without_concepts",
    "search_papers",
}


@pytest.fixture(scope="module")
def driver(neo4j_server: Account, sample_library_once: Path) -> Iterator[neo4j.Driver]:
    with KnowledgeGraph.open(sample_library_once) as knowledge:
        fill(neo4j_server, knowledge.store.nodes(), knowledge.store.edges())
    with neo4j.GraphDatabase.driver(neo4j_server.uri, auth=neo4j_server.auth) as driver:
        yield driver


def operators(plan: dict[str, Any]) -> set[str]:
    own = {plan["operatorType"].partition("@")[0]}
    return own.union(*map(operators, plan.get("children", [])))


@pytest.mark.parametrize("name", sorted(statements()))
def test_nothing_is_scanned_where_an_index_serves(
    driver: neo4j.Driver, neo4j_server: Account, name: str
) -> None:
    statement = statements()[name]
    values = {parameter.name: parameter.example for parameter in statement.parameters}
    summary = driver.execute_query(
        neo4j.Query(f"EXPLAIN {statement.text}"), values, database_=neo4j_server.database
    ).summary
    assert summary.query_type == "r"
    assert summary.plan is not None
    used = operators(summary.plan)
    scans = {operator for operator in used if operator.endswith("Scan")}
    # To walk through an index whose nodes are all wanted is no scan of the graph.
    scans -= {"NodeIndexScan", "DirectedRelationshipIndexScan"}
    assert "AllNodesScan" not in used
    assert (scans != set()) == (name in SCANS), scans
