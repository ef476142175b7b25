"""Records and papers: records are what was read, papers are what they are about."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, Any

from extract.identity import group_records
from extract.records import Paper, Source, digest

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

_COLUMNS = (
    *("id", "title", "abstract", "doi", "arxiv_id", "published", "seen_on"),
    *("authors", "categories", "url", "sources"),
)
# What a later reading of the same record may add or correct, such as the year of a page.
_CORRECTABLE = (
    *("record_id", "doi", "arxiv_id", "published", "seen_on", "authors", "categories", "url"),
)


def text_digest(paper: Paper) -> str:
    """Digest of what the pipeline reads of a paper; equal texts need one extraction."""
    return digest(f"{paper.title}\0{paper.abstract}")


def add_records(connection: sqlite3.Connection, records: Sequence[Paper]) -> int:
    """See `Library.add`."""
    known = {paper for record in records for paper in _papers_like(connection, record)}
    for record in records:
        _write_record(connection, record)
    touched = sorted(known | {record.id for record in records})
    places = {
        record: (row, paper) for paper in touched for row, record in _records_of(connection, paper)
    }
    new = 0
    for paper, group in group_records(places):
        before = [places[record] for record in group]
        new += known.isdisjoint(place for _, place in before)
        connection.executemany(
            "UPDATE record SET paper = ? WHERE rowid = ?",
            [(paper.id, row) for row, place in before if place != paper.id],
        )
        _write_paper(connection, paper)
    for identifier in touched:
        connection.execute(
            "DELETE FROM paper WHERE id = ? AND NOT EXISTS "
            "(SELECT 1 FROM record WHERE record.paper = paper.id)",
            (identifier,),
        )
    return new


def remove_papers(connection: sqlite3.Connection, papers: Iterable[str]) -> int:
    """See `Library.remove`."""
    removed = 0
    for paper in sorted(set(papers)):
        connection.execute("DELETE FROM record WHERE paper = ?", (paper,))
        removed += connection.execute("DELETE FROM paper WHERE id = ?", (paper,)).rowcount
    return removed


def select_papers(
    connection: sqlite3.Connection, condition: str = "", values: Sequence[str | None] = ()
) -> Iterator[Paper]:
    """Papers by id, those for which the SQL `condition` (a constant of the caller's) holds."""
    columns = ", ".join(f"paper.{column}" for column in _COLUMNS)
    for row in connection.execute(
        f"SELECT {columns} FROM paper {condition} ORDER BY paper.id", values
    ):
        yield _paper(row[:-1], tuple(Source(*source) for source in json.loads(row[-1])))


def select_paper(connection: sqlite3.Connection, identifier: str) -> Paper | None:
    """See `Library.paper`."""
    return next(select_papers(connection, "WHERE id = ?", (identifier,)), None)


def count_papers(connection: sqlite3.Connection) -> int:
    """See `Library.paper_count`."""
    return int(connection.execute("SELECT count(*) FROM paper").fetchone()[0])


_PENDING = """
LEFT JOIN extraction ON extraction.paper = paper.id
WHERE paper.id > ?
AND (extraction.text IS NOT paper.text OR extraction.model != coalesce(?, extraction.model))
"""


def select_pending(
    connection: sqlite3.Connection, model: str | None, after: str, limit: int | None
) -> list[Paper]:
    """See `Library.pending`."""
    papers = select_papers(connection, _PENDING, (after, model))
    return list(itertools.islice(papers, limit))


def count_pending(connection: sqlite3.Connection, model: str | None) -> int:
    """See `Library.pending_count`."""
    query = f"SELECT count(*) FROM paper {_PENDING}"
    return int(connection.execute(query, ("", model)).fetchone()[0])


def _write_record(connection: sqlite3.Connection, record: Paper) -> None:
    (source,) = record.sources
    row = (
        *(source.file, source.line, source.record_id, record.id, record.id),
        *(record.title, record.abstract, record.doi, record.arxiv_id),
        *(record.published, record.seen_on, _to_json(record.authors), _to_json(record.categories)),
        *(record.url, text_digest(record)),
    )
    corrections = ", ".join(
        # An empty list says as little as NULL does.
        f"{column} = coalesce(nullif(excluded.{column}, '[]'), {column})"
        for column in _CORRECTABLE
    )
    connection.execute(
        f"INSERT INTO record VALUES ({','.join('?' * len(row))}) "
        f"ON CONFLICT (file, line, own_id, text) DO UPDATE SET {corrections}",
        row,
    )


def _papers_like(connection: sqlite3.Connection, record: Paper) -> Iterator[str]:
    """Ids of the papers that share an identifier with a record."""
    identifiers = (("own_id", record.id), ("doi", record.doi), ("arxiv_id", record.arxiv_id))
    for column, value in identifiers:
        # Records that share an identifier are one paper already: any one of them tells it.
        found = connection.execute(f"SELECT paper FROM record WHERE {column} = ? LIMIT 1", (value,))
        yield from (paper for (paper,) in found.fetchall())


def _records_of(connection: sqlite3.Connection, paper: str) -> Iterator[tuple[int, Paper]]:
    """The records of a paper, each with the number of its row."""
    for row, file, line, record_id, *attributes in connection.execute(
        "SELECT rowid, file, line, record_id, own_id, title, abstract, doi, arxiv_id, published,"
        " seen_on, authors, categories, url FROM record WHERE paper = ?",
        (paper,),
    ):
        yield row, _paper(attributes, (Source(file, line, record_id),))


def _paper(attributes: Sequence[Any], sources: tuple[Source, ...]) -> Paper:
    identifier, title, abstract, doi, arxiv_id, published, seen_on, *rest = attributes
    authors, categories, url = rest
    return Paper(
        identifier,
        title,
        abstract,
        doi,
        arxiv_id,
        published,
        seen_on,
        tuple(json.loads(authors)),
        tuple(json.loads(categories)),
        url,
        sources,
    )


def _write_paper(connection: sqlite3.Connection, paper: Paper) -> None:
    row = (
        *(paper.id, paper.title, paper.abstract, paper.doi, paper.arxiv_id),
        *(paper.published, paper.seen_on, _to_json(paper.authors), _to_json(paper.categories)),
        paper.url,
        _to_json([[s.file, s.line, s.record_id] for s in paper.sources]),
        text_digest(paper),
    )
    columns = (*_COLUMNS, "text")
    # An upsert, not a replacement: replacing would cascade into the extraction.
    connection.execute(
        f"INSERT INTO paper ({', '.join(columns)}) VALUES ({','.join('?' * len(row))}) "
        "ON CONFLICT (id) DO UPDATE SET " + ", ".join(f"{c} = excluded.{c}" for c in columns[1:]),
        row,
    )


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
