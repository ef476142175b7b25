"""`push`: the graph into Neo4j."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from graph.cli.credentials import credentials, server_options
from graph.cli.options import (
    json_option,
    library_option,
    min_confidence_option,
    open_graph,
    quiet_option,
)
from graph.cli.printing import ProgressBars, print_json, print_table, say
from graph.push_report import DEFAULT_BATCH_SIZE

if TYPE_CHECKING:
    from pathlib import Path

    from graph.push_report import PushReport


@click.command()
@click.argument("uri")
@click.option("--dry-run", is_flag=True, help="Write nothing; say what would be done.")
@click.option("--co-occurs", is_flag=True, help="Also write which concepts share papers.")
@click.option(
    "--batch-size",
    type=click.IntRange(1, 1_000_000),
    default=DEFAULT_BATCH_SIZE,
    show_default=True,
    help="Nodes or edges in a transaction.",
)
@server_options
@min_confidence_option
@library_option
@json_option
@quiet_option
def push(
    uri: str,
    dry_run: bool,
    co_occurs: bool,
    batch_size: int,
    database: str | None,
    password_file: Path | None,
    min_confidence: float | None,
    library: Path,
    as_json: bool,
    quiet: bool,
) -> None:
    """Make the graph in the Neo4j database at URI equal to that of the library.

    What is missing there is created, what differs is changed, what is no longer in the library is
    removed. Only nodes with the label Paperkg are touched: other data in the database stay. A push
    that was stopped is completed by the next.

    The user's name is taken from NEO4J_USERNAME (else it is neo4j), the password from
    --password-file, from NEO4J_PASSWORD or from a prompt.

    \b
    paperkg push neo4j://localhost:7687
    paperkg push neo4j+s://graph.example.org --database papers --dry-run
    """
    from graph.neo4j_connection import address_of

    address = address_of(uri)
    with open_graph(library, min_confidence) as knowledge:
        auth = credentials(address, password_file)
        with ProgressBars(quiet=quiet) as progress:
            report = knowledge.push(
                address,
                auth,
                database=database,
                co_occurs=co_occurs,
                batch_size=batch_size,
                dry_run=dry_run,
                progress=progress,
            )
    if as_json:
        print_json(asdict(report))
    else:
        _print_report(report, address, dry_run=dry_run)


def _print_report(report: PushReport, address: str, *, dry_run: bool) -> None:
    say(f"{address} would be changed so; nothing was written:" if dry_run else f"{address}:")
    nodes, edges = asdict(report.nodes), asdict(report.edges)
    print_table(
        ["", *nodes],
        [
            [name, *(f"{count:,}" for count in counts.values())]
            for name, counts in (("nodes", nodes), ("edges", edges))
        ],
    )
    if report.nodes.kept:
        say("Kept, without the label Paperkg: nodes that edges of other programs hold on to.")
