"""`uncertain`: papers worth labelling, in the forms that labelling tools import."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extract.errors import UsageError
from extract.files import write_atomically
from extract.readers.files import find_files
from graph.cli.options import gazetteer_option, model_option, quiet_option
from graph.cli.printing import ProgressBars, json_line, note, note_refused
from graph.display import plural

if TYPE_CHECKING:
    from extract.papers import Reject


@click.command()
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "-n",
    "--count",
    type=click.IntRange(1),
    default=50,
    show_default=True,
    help="How many papers at most.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["jsonl", "prodigy", "doccano", "label-studio"]),
    default="jsonl",
    show_default=True,
    help="For which tool; jsonl: JSON Lines with the keys of all three.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file instead of standard output.",
)
@model_option
@gazetteer_option
@quiet_option
def uncertain(
    paths: tuple[str, ...],
    count: int,
    format_: str,
    output: Path | None,
    model: Path,
    gazetteer: Path | None,
    quiet: bool,
) -> None:
    """Choose the papers to label next: those the pipeline is least sure of come first.

    PATHS are what `paperkg build` reads. Each paper comes with its mentions as labels to correct.
    `paperkg train` and `paperkg eval` read what Prodigy (db-out), doccano (JSONL) and Label Studio
    (JSON) export of it.

    The papers are ordered by the share of their mentions that is expected to be wrong: the sum of
    1 - confidence, divided by the number of mentions and one more.

    \b
    paperkg uncertain pages/ -n 50 -o to-label.jsonl
    """
    from extract.errors import RecordError
    from extract.gazetteer_file import read_gazetteer
    from extract.identity import merge_records
    from extract.labelling_tasks import TaskFormat, labelling_task
    from extract.papers import read_papers
    from extract.pipeline import load_extractor
    from extract.uncertainty import least_certain

    _check_output(paths, output)
    refused: list[RecordError] = []

    def refuse(reject: Reject) -> None:
        refused.append(reject.error())

    papers = merge_records(read_papers(paths, on_reject=refuse))
    names = None if gazetteer is None else read_gazetteer(gazetteer, refuse)
    extractor = load_extractor(model).with_gazetteer(names)
    extractions = []
    with ProgressBars(quiet=quiet) as progress:
        for extraction in extractor.extract(papers, refused.append):
            extractions.append(extraction)
            progress("extracting", len(extractions), len(papers))
    chosen = least_certain(extractions, count)
    tasks = [labelling_task(one, extractor, TaskFormat(format_)) for one in chosen]
    if format_ == TaskFormat.LABEL_STUDIO:
        text = json.dumps(tasks, indent=1) + "\n"
    else:
        text = "".join(map(json_line, tasks))
    if output is None:
        sys.stdout.write(text)
    else:
        write_atomically(output, text)
    note_refused(refused)
    note(f"{plural(len(chosen), 'paper')} of {len(papers):,}, the least certain first.")


def _check_output(paths: tuple[str, ...], output: Path | None) -> None:
    """See that the sources are there, and that the output replaces none of them."""
    for source in find_files(paths):
        if output and output.exists() and source.path.exists() and output.samefile(source.path):
            raise UsageError(f"{str(output)!r} is read: write to a file of another name.")
