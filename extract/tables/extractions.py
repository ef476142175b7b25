"""Mentions, results and definitions: what the pipeline found in each paper."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from extract.records import Definition, Mention, Result
from extract.tables.papers import text_digest

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from extract.records import Extraction


def store_extraction(connection: sqlite3.Connection, extraction: Extraction, model: str) -> None:
    """See `Library.store`."""
    paper, text = extraction.paper.id, text_digest(extraction.paper)
    # Another process may have removed the paper or given it a longer abstract meanwhile.
    if not connection.execute(
        "SELECT 1 FROM paper WHERE id = ? AND text = ?", (paper, text)
    ).fetchone():
        return
    for table in ("mention", "result", "definition", "extraction"):
        connection.execute(f"DELETE FROM {table} WHERE paper = ?", (paper,))
    insert(connection, "extraction", [(paper, text, model)])
    insert(
        connection,
        "mention",
        (
            (
                *(m.paper, m.field, m.start, m.end, m.text, m.type, m.role, m.confidence, m.step),
                *(m.role_confidence, m.canonical),
            )
            for m in extraction.mentions
        ),
    )
    insert(
        connection,
        "result",
        (
            (
                *(r.paper, number, r.method, r.dataset, r.metric, r.value, r.unit, r.baseline),
                *(r.delta, r.quote, r.field, r.start, r.confidence),
            )
            for number, r in enumerate(extraction.results)
        ),
    )
    insert(
        connection,
        "definition",
        (
            (paper, number, d.short, d.long, d.short_start, d.long_start)
            for number, d in enumerate(extraction.definitions)
        ),
    )


def insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert rows of equal length into a table (a constant of the caller's)."""
    rows = list(rows)
    if rows:
        marks = ",".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def select_mentions(
    connection: sqlite3.Connection, paper: str | None, least: float
) -> list[Mention]:
    """See `Library.mentions`."""
    rows = _of_paper(
        connection,
        'SELECT paper, field, start, "end", surface, type, role, confidence, step,'
        " role_confidence, canonical FROM mention",
        paper,
        'field DESC, start, "end", type',
        least=least,
    )
    return [Mention(*row) for row in rows]


def select_results(connection: sqlite3.Connection, paper: str | None, least: float) -> list[Result]:
    """See `Library.results`."""
    rows = _of_paper(
        connection,
        "SELECT paper, method, dataset, metric, value, unit, baseline, delta, quote, field, start,"
        " confidence FROM result",
        paper,
        "number",
        least=least,
    )
    return [replace(Result(*row), delta=bool(row[7])) for row in rows]


def select_definitions(connection: sqlite3.Connection) -> dict[str, tuple[Definition, ...]]:
    """See `Library.definitions`."""
    found: dict[str, list[Definition]] = {}
    for paper, *row in _of_paper(
        connection,
        "SELECT paper, short, long, short_start, long_start FROM definition",
        None,
        "number",
    ):
        found.setdefault(paper, []).append(Definition(*row))
    return {paper: tuple(definitions) for paper, definitions in found.items()}


def count_by_model(connection: sqlite3.Connection) -> dict[str, int]:
    """See `Library.models`."""
    rows = connection.execute(
        "SELECT model, count(*) FROM extraction GROUP BY model ORDER BY model"
    )
    return dict(rows.fetchall())


def _of_paper(
    connection: sqlite3.Connection,
    select: str,
    paper: str | None,
    order: str,
    *,
    least: float | None = None,
) -> sqlite3.Cursor:
    """The rows of one paper or of all, those of a lower confidence than `least` left out."""
    conditions = {"paper = ?": paper, "confidence >= ?": least}
    wanted = {text: value for text, value in conditions.items() if value is not None}
    where = f"WHERE {' AND '.join(wanted)}" if wanted else ""
    return connection.execute(f"{select} {where} ORDER BY paper, {order}", tuple(wanted.values()))
