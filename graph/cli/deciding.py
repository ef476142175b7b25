"""`pin`, `forbid` and `rename`: entries for the decisions file; `resolve`: names without papers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from extract.files import write_atomically
from extract.names_list import read_names, resolve_names
from extract.user_decisions import append_decision, decisions_beside, find_decisions
from graph.cli.options import decisions_option, json_option, library_option
from graph.cli.printing import json_line, note, say
from graph.display import harmless, plural

if TYPE_CHECKING:
    from collections.abc import Mapping

_REFUSALS_SHOWN = 5
_CHUNK = 10_000


@click.command()
@click.argument("names", nargs=-1, required=True)
@click.option("--note", "remark", help="Why, for whoever reads the file.")
@library_option
@decisions_option
def pin(names: tuple[str, ...], remark: str | None, library: Path, decisions: Path | None) -> None:
    """Decide that NAMES are one thing, whatever the rules say.

    \b
    paperkg pin "KNN" "nearest neighbour classifier"
    """
    _append("pin", {"names": list(names)}, remark, library, decisions)


@click.command()
@click.argument("names", nargs=-1, required=True)
@click.option("--note", "remark", help="Why, for whoever reads the file.")
@library_option
@decisions_option
def forbid(
    names: tuple[str, ...], remark: str | None, library: Path, decisions: Path | None
) -> None:
    """Decide that no two of NAMES are one thing, whatever the rules say.

    \b
    paperkg forbid "MIM" "masked image modeling"
    """
    _append("forbid", {"names": list(names)}, remark, library, decisions)


@click.command()
@click.argument("name")
@click.argument("to")
@click.option("--note", "remark", help="Why, for whoever reads the file.")
@library_option
@decisions_option
def rename(name: str, to: str, remark: str | None, library: Path, decisions: Path | None) -> None:
    """Decide that the concept NAME is called TO.

    \b
    paperkg rename "large language model" "LLM"
    """
    _append("rename", {"name": name, "to": to}, remark, library, decisions)


def _append(
    kind: str,
    values: Mapping[str, object],
    remark: str | None,
    library: Path,
    decisions: Path | None,
) -> None:
    file = decisions or decisions_beside(library)
    if not append_decision(file, kind, values, remark):
        say(f"{file} says so already.")
        return
    option = "" if decisions is None else f" --decisions {decisions}"
    place = "" if str(library) == "paperkg.db" else f" --library {library}"
    say(
        f"Added to {file}. `paperkg build{place}{option}` follows it; --dry-run shows what changes."
    )


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
    with --json one object a line. A line counts as one mention in a paper of its own.

    \b
    paperkg resolve --names names.tsv
    """
    wishes = None if decisions is None else find_decisions(Path(), decisions)
    listed = read_names(names)
    found = resolve_names(listed.rows, wishes)
    lines = [
        json_line({"name": row.name, "type": row.type, "id": concept.id, "concept": concept.name})
        if as_json
        else f"{harmless(row.name)}\t{harmless(row.type)}\t{concept.id}\t{harmless(concept.name)}\n"
        for row, concept in zip(listed.rows, found.concepts, strict=True)
    ]
    if output is not None:
        write_atomically(output, "".join(lines))
    else:
        for start in range(0, len(lines), _CHUNK):
            click.echo("".join(lines[start : start + _CHUNK]), nl=False)
    for line in found.idle:
        note(f"Note: {line}")
    for refusal in listed.refused[:_REFUSALS_SHOWN]:
        note(f"Refused {refusal}")
    if len(listed.refused) > _REFUSALS_SHOWN:
        note(f"… and {plural(len(listed.refused) - _REFUSALS_SHOWN, 'line')} more refused")
    note(
        f"{plural(len(listed.rows), 'name')}: "
        f"{plural(len({concept.id for concept in found.concepts}), 'concept')}."
    )
    return int(bool(listed.refused))
