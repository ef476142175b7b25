"""Which files a path, a folder or a glob stands for."""

from __future__ import annotations

import glob
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from extract.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STANDARD_INPUT = "-"
# Files that SQLite keeps beside a database.
_SIDECARS = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class MemoryFile:
    """What would be a file, were it on a disk.

    Attributes:
        name: what records are said to come from.
        content: as a file has it, in any format that is read.
    """

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file to read.

    Attributes:
        path: where it is.
        name: the path as the user gave it, normalised, with `/` between its parts; `-` for
            standard input.
        in_folder: whether it was found in a folder, rather than named.
        content: of a file in memory; None for one on a disk, and for standard input.
    """

    path: Path
    name: str
    in_folder: bool
    content: bytes | None = None


def find_files(locations: Iterable[str | os.PathLike[str] | MemoryFile]) -> list[InputFile]:
    """The files that the locations stand for, each once, in their order; those of a folder or of
    a glob in the order of their names. Hidden files count only where they are named.

    Raises:
        UsageError: a path does not exist, or a glob matches nothing.
    """
    found: dict[str, InputFile] = {}
    for place, location in enumerate(locations):
        if isinstance(location, MemoryFile):
            file = InputFile(Path(location.name), location.name, False, location.content)
            found[f"\0{place}"] = file  # no path begins so
            continue
        for file in _expanded(os.fspath(location)):
            found.setdefault(os.path.realpath(file.path), file)
    return list(found.values())


def _expanded(location: str) -> Iterator[InputFile]:
    if location == STANDARD_INPUT:
        yield InputFile(Path(location), STANDARD_INPUT, in_folder=False)
    elif os.path.lexists(location) if location else False:
        yield from _file_or_folder(location, in_folder=False)
    elif location and glob.has_magic(location):
        matches = sorted(glob.glob(location, recursive=True))  # noqa: PTH207  # Path takes no absolute one
        if not matches:
            raise UsageError(f"No file matches {location!r}. Check the pattern, and quote it.")
        for match in matches:
            # A folder that `**` matches comes with its files.
            if "**" not in location or not Path(match).is_dir():
                yield from _file_or_folder(match, in_folder="**" in location)
    else:
        raise UsageError(
            f"There is no file or folder {location!r}. Give a file, a folder, a glob, or - for "
            "standard input."
        )


def _file_or_folder(location: str, *, in_folder: bool) -> Iterator[InputFile]:
    path = Path(location)
    if not path.is_dir():
        yield InputFile(path, _name(location), in_folder=in_folder)
        return
    for folder, subfolders, names in os.walk(location):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and not _is_sidecar(name, names):
                inside = Path(folder, name)
                yield InputFile(inside, _name(str(inside)), in_folder=True)


def _is_sidecar(name: str, names: list[str]) -> bool:
    return any(name.endswith(end) and name.removesuffix(end) in names for end in _SIDECARS)


def _name(location: str) -> str:
    name = Path(os.path.normpath(location)).as_posix()
    # A name that is no UTF-8 could not be kept in the library or in a list of rejects.
    return os.fsencode(name).decode("utf-8", "backslashreplace")
