"""The graph to where other programs read it: files and Neo4j; methods of `KnowledgeGraph`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.push_report import DEFAULT_BATCH_SIZE

if TYPE_CHECKING:
    from os import PathLike
    from pathlib import Path

    from graph.derivation import Progress
    from graph.knowledge_graph import KnowledgeGraph
    from graph.push_report import PushReport


def export(
    knowledge: KnowledgeGraph, path: str | PathLike[str], *, format: str | None = None
) -> tuple[Path, ...]:
    """Write the graph to a file, or to a folder of tables.

    Args:
        knowledge: the graph.
        path: of the file or folder.
        format: `graphml`, `gexf`, `json`, `csv` (a folder) or `neo4j-admin` (a folder that
            fills an empty Neo4j database); None for the one that the name's ending tells.

    Returns:
        The files that were written.

    Raises:
        UsageError: there is no such format or ending, or the place cannot be written.
    """
    from graph.export import export as write

    with knowledge.snapshot():
        store, communities = knowledge.store, knowledge.communities()
    return write(str(path), store.nodes(), store.edges(), communities, format=format)


def push(
    knowledge: KnowledgeGraph,
    uri: str,
    auth: tuple[str, str],
    *,
    database: str | None = None,
    co_occurs: bool = False,
    batch_size: int = DEFAULT_BATCH_SIZE,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> PushReport:
    """Make what a Neo4j database holds of paperkg equal to the graph; other data there stay.

    Args:
        knowledge: the graph.
        uri: of the server, such as `neo4j://localhost:7687`, without credentials.
        auth: user name and password.
        database: its name; None for the user's default.
        co_occurs: also write which concepts share papers (`CO_OCCURS`).
        batch_size: nodes or edges in a transaction, 1 or more.
        dry_run: write nothing, and report what would be done.
        progress: told of stage, done and total.

    Raises:
        StoreError: the server or the database cannot be used, or went away; what was written
            stays, and the same again completes it.
        UsageError: the URI is no good, or `batch_size` is less than 1.
    """
    from graph.neo4j_connection import Neo4jConnection
    from graph.neo4j_push import push as send

    store = knowledge.store
    with Neo4jConnection(uri, auth, database=database) as connection:
        return send(
            connection,
            store.nodes(),
            store.edges(),
            co_occurs=co_occurs,
            batch_size=batch_size,
            dry_run=dry_run,
            progress=progress,
        )
