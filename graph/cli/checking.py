"""`doctor`: is everything there that paperkg needs, and are the library and its graph well?"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from extract.errors import PaperkgError
from graph.checks import Check, check_installation, check_library
from graph.cli.credentials import credentials, server_options
from graph.cli.options import json_option, library_option, model_option
from graph.cli.printing import ProgressBars, print_json, say
from graph.knowledge_graph import KnowledgeGraph

if TYPE_CHECKING:
    from pathlib import Path

    from graph.elements import Edge, Node


@click.command()
@click.option("--graph", "uri", metavar="URI", help="Also look at the Neo4j database there.")
@server_options
@model_option
@library_option
@json_option
def doctor(
    uri: str | None,
    database: str | None,
    password_file: Path | None,
    model: Path,
    library: Path,
    as_json: bool,
) -> int:
    """Say what is wrong with the installation or the library, and how to mend it.

    With --graph also: whether the Neo4j server at URI can be used, what its database lacks, and
    whether it holds the library's graph. Nothing is changed there. User name and password come from
    where `paperkg push` takes them.

    Exits with 1 where something is wrong.
    """
    # First, since it may have a question or no use for the URI.
    server = [] if uri is None else _check_server(uri, database, password_file, library)
    checks = [*check_installation(model), *check_library(library, model), *server]
    if as_json:
        print_json([asdict(check) for check in checks])
    else:
        for check in checks:
            say(f"{'ok  ' if check.ok else 'FAIL'}  {check.name}: {check.detail}")
            if check.remedy:
                say(f"        {check.remedy}")
    return int(not all(check.ok for check in checks))


def _check_server(
    uri: str, database: str | None, password_file: Path | None, library: Path
) -> list[Check]:
    # The driver takes a third of a second to load; most questions need none.
    from graph.neo4j_checks import check_server
    from graph.neo4j_connection import address_of

    address = address_of(uri)
    auth = credentials(address, password_file)
    with ProgressBars(quiet=False) as progress:
        return check_server(
            address, auth, database=database, graph=_graph_of(library), progress=progress
        )


def _graph_of(library: Path) -> tuple[tuple[Node, ...], tuple[Edge, ...]] | None:
    """The library's graph; None where there is none, which a check of the library has said."""
    try:
        with KnowledgeGraph.open(library) as knowledge, knowledge.snapshot():
            return knowledge.store.nodes(), knowledge.store.edges()
    except PaperkgError:
        return None
