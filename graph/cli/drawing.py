"""`show` and `export`: the graph as a picture and as files for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from graph.cli.options import library_option, open_graph
from graph.cli.printing import say
from graph.export import Format


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default="graph.html",
    show_default=True,
    help="The HTML file to write.",
)
@click.option(
    "--max-nodes",
    type=click.IntRange(1),
    default=300,
    show_default=True,
    help="Above this only the strongest of each community are drawn.",
)
@click.option(
    "--seed", type=click.IntRange(0, 2**32 - 1), default=0, show_default=True, help="Of the layout."
)
@library_option
def show(output: Path, max_nodes: int, seed: int, library: Path) -> None:
    """Write a picture of the graph: one HTML file that opens in any browser, without a network."""
    with open_graph(library) as knowledge, knowledge.snapshot():
        knowledge.show(output, max_nodes=max_nodes, seed=seed)
    say(str(output))


@click.command()
@click.argument("file")
@click.option(
    "--format",
    type=click.Choice([name.value for name in Format]),
    help="What to write; without it, what the ending of FILE says.",
)
@library_option
def export(file: str, format: str | None, library: Path) -> None:
    """Write the graph to FILE, by its ending: .graphml, .gexf, .json, or a folder .csv.

    \b
    paperkg export graph.graphml                 for Gephi, yEd, NetworkX, igraph
    paperkg export graph.csv                     a folder of CSV files
    paperkg export --format neo4j-admin DIR      a folder that fills an empty Neo4j database
    """
    with open_graph(library) as knowledge, knowledge.snapshot():
        for written in knowledge.export(file, format=format):
            say(str(written))
