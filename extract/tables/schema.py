"""The tables of the library file, and the check that a file is one that this paperkg can use."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from extract.errors import LibraryError, LibraryVersionError

SCHEMA_VERSION = 2
APPLICATION_ID = 0x706B6731
"""`pkg1` in ASCII: tells a library from other SQLite files."""

_PATIENCE = 30.0
"""Seconds to wait for another process that writes."""

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
    role_confidence REAL NOT NULL, canonical TEXT,
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

-- `derived` holds the digest of what resolution and communities were made from, `min_confidence`
-- below what mentions and results are left out of these, `user_decisions` what is pinned and so on.
CREATE TABLE state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


RESTORE = "Move the file away and build it again from its pages."


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
    if create and not path.parent.is_dir():
        raise LibraryError(
            f"The library {str(path)!r} cannot be made: there is no folder {str(path.parent)!r}. "
            "Make it first."
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
        if exc.sqlite_errorcode == sqlite3.SQLITE_CORRUPT:
            raise LibraryError(f"The library {str(path)!r} is damaged ({exc}). {RESTORE}") from exc
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
        return sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    location = f"{path.resolve().as_uri()}?mode=ro"
    connection = sqlite3.connect(location, uri=True, timeout=_PATIENCE, isolation_level=None)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError as exc:
        connection.close()
        if _primary_code(exc) not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
        _refuse_to_leave_out_a_log(path, exc)
        # A library in WAL mode in a folder that one may not write to: read it as it lies.
        location += "&immutable=1"
        return sqlite3.connect(location, uri=True, isolation_level=None)
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_to_leave_out_a_log(path: Path, exc: sqlite3.OperationalError) -> None:
    """A write-ahead log (-wal) that is not empty holds papers that the file itself lacks."""
    log = Path(f"{path.resolve()}-wal")
    try:
        is_empty = log.stat().st_size == 0
    except FileNotFoundError:
        is_empty = True
    if not is_empty:
        raise LibraryError(
            f"The library {str(path)!r} cannot be read where it is ({exc}): its last changes are "
            f"in {str(log)!r}, and to read them the folder must be writable. Copy both files to a "
            "folder of yours, or let its owner run `paperkg build --library` on it."
        ) from exc


def _primary_code(exc: sqlite3.Error) -> int:
    """The error's kind; the higher bits of SQLite's codes only refine it."""
    return getattr(exc, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF


def _check(connection: sqlite3.Connection, path: Path, *, create: bool) -> None:
    if create and _is_empty(connection):
        _fill(connection)
    application, version = _marks(connection)
    if _is_empty(connection):
        raise LibraryError(
            f"The library {str(path)!r} is empty: whatever made it was stopped at once. "
            f"`paperkg build PATH... --library {path}` fills it."
        )
    if application != APPLICATION_ID:
        raise LibraryError(
            f"{str(path)!r} is a file of another program, not a paperkg library. "
            "Name another file with --library."
        )
    if version != SCHEMA_VERSION:
        age = "an older" if version < SCHEMA_VERSION else "a newer"
        raise LibraryVersionError(
            f"The library {str(path)!r} was written by {age} paperkg (schema {version}, this one "
            f"reads {SCHEMA_VERSION}). Build it again from its pages into a new file"
            + ("." if version < SCHEMA_VERSION else ", or upgrade paperkg.")
        )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")


def _marks(connection: sqlite3.Connection) -> tuple[int, int]:
    """The application id and the schema version of the file."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return application, version


def _is_empty(connection: sqlite3.Connection) -> bool:
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return not tables and _marks(connection) == (0, 0)


def _fill(connection: sqlite3.Connection) -> None:
    """Make the tables, unless another process that opens the file now was first."""
    _write_ahead(connection)
    connection.execute("BEGIN IMMEDIATE")
    if _is_empty(connection):
        # Not `executescript`, which would commit first and so give the lock away.
        for statement in _TABLES.split(";\n"):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.execute("COMMIT")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to WAL mode, for which SQLite does not wait as it does for other locks."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as exc:
            if _primary_code(exc) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return
