"""What was refused: the list of it beside the library, and its first lines on the screen."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from extract.files import write_atomically
from extract.readers.bytestream import HEAD_BYTES
from extract.readers.recognition import is_own_file
from graph.cli.printing import json_line, note
from graph.display import plural

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from extract.papers import Reject

_REJECTS_SHOWN = 5


def write_rejects(wanted: Path | None, library: Path, rejects: Sequence[Reject]) -> Path:
    """List what was refused; a list of an earlier run must not stand for this one.

    Args:
        wanted: the file that the user named, which is written in any case; None: the file beside
            the library, which is there only while it lists something.
    """
    file = wanted or _beside(library)
    if rejects or wanted:
        write_atomically(file, "".join(json_line(asdict(reject)) for reject in rejects))
    elif file.is_file():
        with file.open("rb") as opened:
            ours = is_own_file(opened.read(HEAD_BYTES))
        if ours:
            file.unlink()
    return file


def list_rejects(rejects: Sequence[Reject], file: Path) -> None:
    """Say how many were refused and why the first were; nothing where none was."""
    if not rejects:
        return
    note(f"Refused {plural(len(rejects), 'record')}; the list with reasons: {file}")
    for reject in rejects[:_REJECTS_SHOWN]:
        place = reject.file if reject.line is None else f"{reject.file}:{reject.line}"
        note(f"  {place}: {reject.reason}")
    if len(rejects) > _REJECTS_SHOWN:
        note(f"  … and {len(rejects) - _REJECTS_SHOWN:,} more")


def _beside(library: Path) -> Path:
    """Where refused records are listed unless one says otherwise."""
    name = library.name.removesuffix(".db")
    return library.with_name(f"{name}.rejects.jsonl")
