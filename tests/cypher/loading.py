"""Filling a Neo4j database with a graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.neo4j_store import Neo4jStore

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.elements import Edge, Node
    from tests.neo4j_server import Account


def fill(account: Account, nodes: Iterable[Node], edges: Iterable[Edge]) -> None:
    """Put a graph in the place of what is there; indexes stay, so that plans are kept."""
    with Neo4jStore(account.uri, account.auth, database=account.database) as store:
        store.remove([node.id for node in store.nodes()])
        store.upsert(nodes, edges)
