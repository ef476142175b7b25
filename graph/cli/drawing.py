"""`show` and `export`: the graph as a picture and as files for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from graph.cli.options import library_option, min_confidence_option, open_graph
from graph.cli.printing import note_others, say
from graph.export import Format
from graph.pictures import MAX_NODES


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default="graph.html",
    show_default=True,
    help="The HTML file to write.",
)
@click.option("--around", metavar="NAME", help="Only what is near a paper or concept.")
@click.option(
    "--depth", type=click.IntRange(1), help="Steps from NAME, with --around.  [default: 2]"
)
@click.option("--path", "ends", nargs=2, metavar="A B", help="Only the shortest paths from A to B.")
@click.option(
    "--limit", type=click.IntRange(1), help="At most so many paths, with --path.  [default: 3]"
)
@click.option(
    "--community",
    metavar="ID-OR-NAME",
    help="Only one community, by its id or name, or a member's.",
)
@click.option(
    "--max-nodes",
    type=click.IntRange(1),
    help=f"Above this only the strongest are drawn, with --around or --community.  "
    f"[default: {MAX_NODES}]",
)
@click.option(
    "--seed", type=click.IntRange(0, 2**32 - 1), default=0, show_default=True, help="Of the layout."
)
@min_confidence_option
@library_option
def show(
    output: Path,
    around: str | None,
    depth: int | None,
    ends: tuple[str, str] | None,
    limit: int | None,
    community: str | None,
    max_nodes: int | None,
    seed: int,
    min_confidence: float | None,
    library: Path,
) -> None:
    """Write a picture of the graph: one HTML file that opens in any browser, without a network.

    \b
    paperkg show -o graph.html                       the whole graph
    paperkg show --around "BERT" -o bert.html        what is near a paper or concept
    paperkg show --path "BERT" "ImageNet"            how two things hang together
    paperkg show --community "BERT"                  the community that BERT is in
    """
    _check_parts({"--around": around, "--path": ends, "--community": community})
    _check_companion("--depth", depth, "--around", around)
    _check_companion("--limit", limit, "--path", ends)
    _check_companion("--max-nodes", max_nodes, "--around or --community", around or community)
    with open_graph(library, min_confidence) as knowledge, knowledge.snapshot():
        for name in (around, *(ends or ())):
            if name is not None:
                note_others(knowledge.find(name))
        knowledge.show(
            output,
            around=around,
            depth=depth or 2,
            path=ends,
            limit=limit or 3,
            community=community,
            max_nodes=max_nodes,
            seed=seed,
        )
    say(str(output))


def _check_parts(parts: dict[str, object]) -> None:
    """One part at most."""
    given = [option for option, value in parts.items() if value is not None]
    if len(given) > 1:
        raise click.UsageError(
            f"A picture shows one part: {' and '.join(given)} exclude each other."
        )


def _check_companion(option: str, value: object, needed: str, other: object) -> None:
    """An option that says more about another is of no use without it."""
    if value is not None and other is None:
        raise click.UsageError(f"{option} goes with {needed}, which was not given.")


@click.command()
@click.argument("file")
@click.option(
    "--format",
    type=click.Choice([name.value for name in Format]),
    help="What to write; without it, what the ending of FILE says.",
)
@min_confidence_option
@library_option
def export(file: str, format: str | None, min_confidence: float | None, library: Path) -> None:
    """Write the graph to FILE, by its ending: .graphml, .gexf, .json, or a folder .csv.

    \b
    paperkg export graph.graphml                 for Gephi, yEd, NetworkX, igraph
    paperkg export graph.csv                     a folder of CSV files
    paperkg export --format neo4j-admin DIR      a folder that fills an empty Neo4j database
    """
    with open_graph(library, min_confidence) as knowledge, knowledge.snapshot():
        for written in knowledge.export(file, format=format):
            say(str(written))
