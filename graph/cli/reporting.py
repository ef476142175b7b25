"""`report`: what is in the library, on one page to send to a colleague."""

from __future__ import annotations

from pathlib import Path

import click

from graph.cli.options import library_option, min_confidence_option, open_graph
from graph.cli.printing import say


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default="report.html",
    show_default=True,
    help="The HTML file to write.",
)
@click.option(
    "--atlas",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file that `paperkg show` wrote: names become links into it.",
)
@min_confidence_option
@library_option
def report(output: Path, atlas: Path | None, min_confidence: float | None, library: Path) -> None:
    """Write a report of the library: one HTML page that needs no network, to send to a colleague.

    It says what is in the corpus, the communities, what is used most, leaderboards from the results
    that abstracts state, and what rises where dates are known.

    \b
    paperkg report -o report.html
    paperkg report -o report.html --atlas atlas.html
    """
    with open_graph(library, min_confidence) as knowledge, knowledge.snapshot():
        knowledge.report(output, atlas=atlas)
    say(str(output))
