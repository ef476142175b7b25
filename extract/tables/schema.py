"""The tables of the library file, and the check that a file is one that this paperkg can use."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from extract.errors import LibraryError, LibraryVersionError

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA_VERSION = 1
APPLICATION_ID = 0x706B6731
"""`pkg1` in ASCII: tells a library from other SQLite files."""

_TABLES = """
-- What was read, a row a record; everything below is derived from it.
CREATE TABLE record (
    file TEXT NOT NULL, line INTEGER NOT NULL, record_id TEXT, own_id TEXT NOT NULL,
    paper TEXT NOT NULL, title TEXT NOT NULL, abstract TEXT NOT NULL, doi TEXT, arxiv_id TEXT,
    published TEXT, seen_on TEXT, authors TEXT NOT NULL, categories TEXT NOT NULL, url TEXT,
    text TEXT NOT NULL,
    UNIQUE (file, line, own_id, text)
);
CREATE INDEX record_paper ON record (paper);
CREATE INDEX record_own_id ON record (own_id);
CREATE INDEX record_doi ON record (doi) WHERE doi IS NOT NULL;
CREATE INDEX record_arxiv_id ON record (arxiv_id) WHERE arxiv_id IS NOT NULL;

CREATE TABLE paper (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, abstract TEXT NOT NULL, doi TEXT, arxiv_id TEXT,
    published TEXT, seen_on TEXT, authors TEXT NOT NULL, categories TEXT NOT NULL, url TEXT,
    sources TEXT NOT NULL, text TEXT NOT NULL
) WITHOUT ROWID;

-- `text` is the digest of the title and abstract that were read by `model`.
CREATE TABLE extraction (
    paper TEXT PRIMARY KEY REFERENCES paper (id) ON DELETE CASCADE,
    text TEXT NOT NULL, model TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE mention (
    paper TEXT NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
    field TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, surface TEXT NOT NULL,
    type TEXT NOT NULL, role TEXT NOT NULL, confidence REAL NOT NULL, step TEXT NOT NULL,
    PRIMARY KEY (paper, field, start, "end", type)
) WITHOUT ROWID;
CREATE TABLE result (
    paper TEXT NOT NULL REFERENCES paper (id) ON DELETE CASCADE, number INTEGER NOT NULL,
    method TEXT, dataset TEXT, metric TEXT, value TEXT NOT NULL, unit TEXT, baseline TEXT,
    delta INTEGER NOT NULL, quote TEXT NOT NULL, field TEXT NOT NULL, start INTEGER NOT NULL,
    confidence REAL NOT NULL,
    PRIMARY KEY (paper, number)
) WITHOUT ROWID;
CREATE TABLE definition (
    paper TEXT NOT NULL REFERENCES paper (id) ON DELETE CASCADE, number INTEGER NOT NULL,
    short TEXT NOT NULL, long TEXT NOT NULL, short_start INTEGER NOT NULL,
    long_start INTEGER NOT NULL,
    PRIMARY KEY (paper, number)
) WITHOUT ROWID;

-- Resolution and communities: a function of the above, replaced as a whole.
CREATE TABLE concept (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, type TEXT NOT NULL, aliases TEXT NOT NULL,
    other_types TEXT NOT NULL, ambiguous INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE concept_of (
    paper TEXT NOT NULL, surface TEXT NOT NULL, type TEXT NOT NULL, concept TEXT NOT NULL,
    PRIMARY KEY (paper, surface, type)
) WITHOUT ROWID;
-- The sentence that each edge from a paper to a concept shows: to choose it is slow.
CREATE TABLE evidence (
    paper TEXT NOT NULL, relation TEXT NOT NULL, concept TEXT NOT NULL, sentence TEXT NOT NULL,
    PRIMARY KEY (paper, relation, concept)
) WITHOUT ROWID;
CREATE TABLE decision (
    a TEXT NOT NULL, b TEXT NOT NULL, same INTEGER NOT NULL, rule TEXT NOT NULL, score REAL,
    papers TEXT NOT NULL
);
CREATE TABLE community (
    id TEXT PRIMARY KEY, number INTEGER NOT NULL, name TEXT NOT NULL, papers TEXT NOT NULL,
    concepts TEXT NOT NULL
) WITHOUT ROWID;
CREATE VIRTUAL TABLE search USING fts5 (
    id UNINDEXED, kind UNINDEXED, papers UNINDEXED, name, body,
    tokenize = "unicode61 remove_diacritics 2"
);

-- `derived` holds the digest of what resolution and communities were made from.
CREATE TABLE state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


def connect(path: Path, *, create: bool) -> sqlite3.Connection:
    """Open the library file, with its tables.

    Args:
        create: make the file where it is missing; without it the file is opened for reading only.

    Raises:
        LibraryError: the file is missing (and `create` is not set), unreadable or not a library.
        LibraryVersionError: it has an older or newer schema.
    """
    if not create and not path.is_file():
        raise LibraryError(
            f"There is no library at {str(path)!r}. `paperkg build PATH...` makes one; "
            "`--library FILE` names another."
        )
    try:
        connection = _open(path, create=create)
        try:
            _check(connection, path, create=create)
        except BaseException:
            connection.close()
            raise
    except sqlite3.OperationalError as exc:
        raise LibraryError(f"The library {str(path)!r} cannot be opened: {exc}.") from exc
    except sqlite3.DatabaseError as exc:
        raise LibraryError(
            f"{str(path)!r} is not a paperkg library ({exc}). Name another file with --library."
        ) from exc
    return connection


def faults(connection: sqlite3.Connection) -> str:
    """See `Library.faults`."""
    rows = connection.execute("PRAGMA quick_check(5)").fetchall()
    return "" if rows == [("ok",)] else "; ".join(str(row[0]) for row in rows)


def _open(path: Path, *, create: bool) -> sqlite3.Connection:
    if create:
        return sqlite3.connect(path, timeout=30, isolation_level=None)
    location = path.resolve().as_uri()
    connection = sqlite3.connect(f"{location}?mode=ro", uri=True, timeout=30, isolation_level=None)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError:
        # A WAL file in a folder that one may not write to: read it as it lies.
        connection.close()
        connection = sqlite3.connect(f"{location}?mode=ro&immutable=1", uri=True)
    return connection


def _check(connection: sqlite3.Connection, path: Path, *, create: bool) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    empty = not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if empty and create:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(
            f"BEGIN IMMEDIATE; {_TABLES} PRAGMA application_id = {APPLICATION_ID};"
            f"PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
        )
    elif application != APPLICATION_ID:
        raise LibraryError(
            f"{str(path)!r} is a file of another program, not a paperkg library. "
            "Name another file with --library."
        )
    elif version != SCHEMA_VERSION:
        age = "an older" if version < SCHEMA_VERSION else "a newer"
        raise LibraryVersionError(
            f"The library {str(path)!r} was written by {age} paperkg (schema {version}, this one "
            f"reads {SCHEMA_VERSION}). Build it again from its pages into a new file"
            + ("." if version < SCHEMA_VERSION else ", or upgrade paperkg.")
        )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
