"""`resolve`: which names of a list are one thing, without papers or a library."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extract.decisions_file import read_decisions
from extract.errors import UsageError
from extract.files import write_atomically
from extract.names_list import read_names, resolve_names
from graph.cli.options import json_option
from graph.cli.printing import json_line, note, note_refused, tab_line
from graph.display import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.errors import RecordError
    from extract.names_list import ListedName
    from extract.records import Concept


@click.command()
@click.option(
    "--names",
    type=click.Path(path_type=Path, allow_dash=True),
    required=True,
    help="Lines NAME<TAB>TYPE; - for standard input.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file instead of standard output.",
)
@click.option(
    "--decisions",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file of pins, forbids and renames.",
)
@json_option
def resolve(names: Path, output: Path | None, decisions: Path | None, as_json: bool) -> int:
    """Say which names of a list are one thing; no library is needed.

    Prints NAME, TYPE, the concept's id and its name for every line, in the order of the file;
    with --json one object a line. A line counts as one mention in a paper of its own. Exits with 1
    where lines were refused.

    \b
    paperkg resolve --names names.tsv
    """
    _check_output(output, names, decisions)
    wishes = None if decisions is None else read_decisions(decisions)
    refused: list[RecordError] = []
    rows = list(read_names(names, refused.append))
    found = resolve_names(rows, wishes)
    lines = _lines(rows, found.concepts, as_json=as_json)
    if output is None:
        sys.stdout.writelines(lines)
    else:
        write_atomically(output, "".join(lines))
    for remark in found.remarks:
        note(f"Note: {remark}")
    note_refused(refused)
    concepts = {concept.id for concept in found.concepts}
    note(f"{plural(len(rows), 'name')}: {plural(len(concepts), 'concept')}.")
    return int(bool(refused))


def _check_output(output: Path | None, *read: Path | None) -> None:
    for file in read:
        if output and file and output.exists() and file.exists() and output.samefile(file):
            raise UsageError(f"{str(output)!r} is read: write to a file of another name.")


def _lines(
    rows: list[ListedName], concepts: tuple[Concept, ...], *, as_json: bool
) -> Iterator[str]:
    for row, concept in zip(rows, concepts, strict=True):
        if as_json:
            yield json_line(
                {"name": row.name, "type": row.type, "id": concept.id, "concept": concept.name}
            )
        else:
            yield tab_line(row.name, row.type, concept.id, concept.name)
