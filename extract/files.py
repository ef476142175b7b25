"""Write files whole or not at all: a reader never finds half a file under the final name."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from extract.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def write_atomically(path: Path, content: bytes | str) -> None:
    """Write `content` to `path`: beside it first, to the disk, then renamed into place.

    Args:
        path: the final name. A link is followed; a device or pipe is written to directly, since
            it cannot be replaced; an existing file keeps its mode.
        content: text is written as UTF-8, line ends as they are; lone surrogates, which UTF-8
            cannot hold, become `?`.

    Raises:
        UsageError: the place cannot be written; what stood there before is unharmed.
    """
    write_all_atomically({path: content})


def write_all_atomically(contents: Mapping[Path, bytes | str | Iterable[str]]) -> None:
    """Write several files that belong together; none is renamed before all are on the disk.

    Args:
        contents: as for `write_atomically`; a text may also come in parts, for files that are
            better not held in memory.

    Raises:
        UsageError: a place cannot be written. Before the first rename nothing has changed.
    """
    staged: list[tuple[Path, Path]] = []
    current = Path()
    try:
        for path, content in contents.items():
            current = path
            target = path.resolve()
            if target.is_symlink():  # from Python 3.13 on, what `resolve` makes of a loop
                raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
            if _is_database(target):
                raise UsageError(
                    f"Cannot write {path}: it is a database, perhaps a library. Give another name."
                )
            if target.exists() and not target.is_file() and not target.is_dir():
                with target.open("wb") as device:
                    device.writelines(_as_bytes(content))
                continue
            beside = target.with_name(f".paperkg-{os.getpid()}-{secrets.token_hex(4)}")
            staged.append((beside, target))
            _write_through(beside, content, target)
        for beside, target in staged:
            current = target
            beside.replace(target)
    # RuntimeError is what `resolve` raises for a loop of links.
    except (OSError, RuntimeError) as exc:
        raise UsageError(_complaint(current, exc)) from exc
    finally:
        for beside, _ in staged:
            beside.unlink(missing_ok=True)


def _is_database(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\0"


def _as_bytes(content: bytes | str | Iterable[str]) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
    else:
        for part in (content,) if isinstance(content, str) else content:
            yield part.encode("utf-8", "replace")


def _write_through(path: Path, content: bytes | str | Iterable[str], target: Path) -> None:
    """Create `path` with `content` on the disk, with the mode of `target` where that exists."""
    if target.is_dir():
        raise IsADirectoryError(21, "Is a directory", str(target))
    with path.open("xb") as file:
        file.writelines(_as_bytes(content))
        file.flush()
        os.fsync(file.fileno())
    if target.exists():
        shutil.copymode(target, path)


def _complaint(path: Path, exc: OSError | RuntimeError) -> str:
    """What was tried, what the system said and what to do."""
    if isinstance(exc, FileNotFoundError):
        return f"Cannot write {path}: the folder {path.parent} does not exist. Make it first."
    if isinstance(exc, IsADirectoryError):
        return f"Cannot write {path}: it is a folder. Give the name of a file."
    reason = (exc.strerror if isinstance(exc, OSError) else None) or str(exc)
    return f"Cannot write {path}: {reason}. Give a place that can be written."
