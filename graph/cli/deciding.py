"""`pin`, `forbid` and `rename`: entries for the decisions file."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import click

from extract.decisions_file import append_decision, decisions_beside
from extract.library import DEFAULT_LIBRARY
from graph.cli.options import decisions_option, library_option
from graph.cli.printing import say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from extract.decisions_file import Kind

_note_option = click.option("--note", "remark", help="Why, for whoever reads the file.")


@click.command()
@click.argument("names", nargs=-1, required=True)
@_note_option
@library_option
@decisions_option
def pin(names: tuple[str, ...], remark: str | None, library: Path, decisions: Path | None) -> None:
    """Decide that NAMES are one thing, whatever the rules say.

    The entry goes into the decisions file; the next build follows it.

    \b
    paperkg pin "KNN" "nearest neighbour classifier"
    """
    _append("pin", {"names": list(names)}, remark, library, decisions)


@click.command()
@click.argument("names", nargs=-1, required=True)
@_note_option
@library_option
@decisions_option
def forbid(
    names: tuple[str, ...], remark: str | None, library: Path, decisions: Path | None
) -> None:
    """Decide that no two of NAMES are one thing, whatever the rules say.

    The entry goes into the decisions file; the next build follows it.

    \b
    paperkg forbid "MIM" "masked image modeling"
    """
    _append("forbid", {"names": list(names)}, remark, library, decisions)


@click.command()
@click.argument("name")
@click.argument("to")
@_note_option
@library_option
@decisions_option
def rename(name: str, to: str, remark: str | None, library: Path, decisions: Path | None) -> None:
    """Decide that the concept NAME is called TO.

    The entry goes into the decisions file; the next build follows it.

    \b
    paperkg rename "large language model" "LLM"
    """
    _append("rename", {"name": name, "to": to}, remark, library, decisions)


def _append(
    kind: Kind,
    values: Mapping[str, object],
    remark: str | None,
    library: Path,
    decisions: Path | None,
) -> None:
    file = decisions or decisions_beside(library)
    if not append_decision(file, kind, values, remark):
        say(f"{file} says so already.")
        return
    command = ["paperkg", "build"]
    if str(library) != DEFAULT_LIBRARY:
        command += ["--library", str(library)]
    if decisions is not None:
        command += ["--decisions", str(decisions)]
    say(f"Added to {file}. `{shlex.join(command)}` follows it; --dry-run shows what changes.")
