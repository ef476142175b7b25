"""The sample that ships with paperkg: two saved "Daily Papers" pages, 42 records of 40 papers.

The papers do not exist. Their titles, claims and numbers were invented for this project,
so that a first run needs no download; the methods, datasets and metrics that they refer to are
real, the figures given for those are not. The texts may be used for anything (CC0 1.0).

`daily_papers_1.txt` has the layout with blank lines (page of Mar 12, 2025), `daily_papers_2.txt`
the compact one with `Subscribe` glued to the first title (page of Jul 29, 2025). Their dates have
the year, which saved pages lack, so that queries by date find something. Two papers stand on both
pages, one of them the second time with a shorter abstract and its title in other capitals. One
paper, on walks down a valley, names no concept at all.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

__all__ = ["sample_paths"]

_PAGES = ("daily_papers_1.txt", "daily_papers_2.txt")


def sample_paths() -> tuple[Path, ...]:
    """The sample's pages, as files that any reader can open.

    Returns:
        absolute paths in the order of the pages' dates. They exist where the package is installed
        on disk, as pip does it, not inside a zip archive.

    >>> [path.name for path in sample_paths()]
    ['daily_papers_1.txt', 'daily_papers_2.txt']
    """
    folder = Path(str(files(__name__))).resolve()
    return tuple(folder / page for page in _PAGES)
