"""What a user sees: lines and tables free of control characters, JSON, and progress bars."""

from __future__ import annotations

import json
import re
import sys
import time
from typing import TYPE_CHECKING, Any

import click

from graph.display import harmless, one_line, plural, shorten
from graph.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.progress import Progress, TaskID

    from extract.errors import RecordError
    from graph.lookup import Match
    from graph.queries.rows import Row

_PATIENCE_SECONDS = 1.0
_REFUSALS_SHOWN = 5
_CHARACTERS_OF_CELL = 60
# JSON leaves these as they are: control characters of terminals, and what ends a line for some.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029]")


def say(text: str = "") -> None:
    """Print a line to standard output; text from papers in it cannot steer the terminal."""
    click.echo(harmless(text))


def note(text: str) -> None:
    """Print a line to standard error, likewise."""
    click.echo(harmless(text), err=True)


def note_others(match: Match) -> None:
    """Say on standard error that the name fits more than the one thing that is taken."""
    if match.others:
        others = ", ".join(
            f"{shorten(node.name, 40) if node.name else ''} ({node.id})"
            for node in match.others[:5]
        )
        more = f" and {len(match.others) - 5} more" if len(match.others) > 5 else ""
        note(f"Note: taking {match.node.id}; the name also fits {others}{more}.")


def complain(text: str) -> None:
    """Print an error to standard error."""
    note(f"Error: {text}")


def note_refused(refused: Sequence[RecordError]) -> None:
    """Say which lines of a list were refused, and why."""
    for error in refused[:_REFUSALS_SHOWN]:
        note(f"Refused {error}")
    if len(refused) > _REFUSALS_SHOWN:
        note(f"… and {plural(len(refused) - _REFUSALS_SHOWN, 'line')} more refused")


def print_json(value: Any) -> None:
    """Print one JSON value, readable, in UTF-8, without raw control characters."""
    click.echo(_escaped(json.dumps(value, ensure_ascii=False, indent=2)))


def json_line(value: Any) -> str:
    """One JSON value as one line, the line feed included, as harmless as `print_json`."""
    return _escaped(json.dumps(value, ensure_ascii=False)) + "\n"


def tab_line(*cells: str) -> str:
    """Cells as one line with tabs between, the line feed included, as harmless as `say`."""
    return "\t".join(map(harmless, cells)) + "\n"


def _escaped(text: str) -> str:
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def print_table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under a header, columns as wide as their widest cell, the last one as it comes.

    Numbers stand to the right.
    """
    texts = [[one_line(str(cell)) for cell in row] for row in rows]
    right = [
        bool(texts) and all(re.fullmatch(r"[\d.,]+", row[i]) for row in texts)
        for i in range(len(header))
    ]
    lines = [list(header), *texts]
    widths = [max(len(row[i]) for row in lines) for i in range(len(header))]
    for row in lines:
        cells = [
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(row, widths, right, strict=True)
        ]
        click.echo("  ".join(cells).rstrip())


def print_rows(rows: Sequence[Row], *, as_json: bool, as_csv: bool) -> None:
    """Print the rows of an answer: as a table for people, as JSON, or as CSV."""
    if as_json:
        print_json(rows)
        return
    if not rows:
        note("No rows.")
        return
    header = list(rows[0])
    if as_csv:
        click.echo(table(rows, header), nl=False)
        return
    print_table(header, [[cell_text(row[column]) for column in header] for row in rows])


def cell_text(value: Any) -> str:
    """A value as it stands in a table for people, cut where it is long."""
    if value is None:
        return ""
    if isinstance(value, list):
        value = ", ".join(map(cell_text, value))
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return shorten(text, _CHARACTERS_OF_CELL) if text else ""


class ProgressBars:
    """A bar a stage on standard error, for what takes longer than a second.

    Silent where standard error is no terminal, or where `quiet` is set. Use it in a `with`
    statement; the object is the function that `build` tells of its progress.
    """

    def __init__(self, *, quiet: bool) -> None:
        self.stage = ""
        self._silent = quiet or not sys.stderr.isatty()
        self._started = time.monotonic()
        self._bars: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> ProgressBars:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bars is not None:
            self._bars.stop()

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        """Show how much of a stage is done, of `total` where that is known."""
        if stage != self.stage:
            self.stage = stage
            self._task = None
        if self._silent or time.monotonic() - self._started < _PATIENCE_SECONDS:
            return
        if self._bars is None:
            self._bars = _new_bars()
            self._bars.start()
        if self._task is None:
            self._task = self._bars.add_task(stage, total=total)
        self._bars.update(self._task, completed=done, total=total)


def _new_bars() -> Progress:
    # rich takes a tenth of a second to load; most commands never show a bar.
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    return Progress(
        TextColumn("{task.description:>20}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
