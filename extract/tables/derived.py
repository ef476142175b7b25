"""Concepts, decisions, communities and the search index: made anew from papers and mentions."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from typing import TYPE_CHECKING

from extract.records import Alias, Community, Concept, Decision, SearchHit
from extract.resolution_identity import resolution_identity
from extract.tables.extractions import insert

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

USER_DECISIONS = "user_decisions"
"""The key under which the library remembers what its user decided about names."""

MIN_CONFIDENCE = "min_confidence"
"""The key under which it remembers below what confidence mentions and results are left out."""

_DERIVED_TABLES = ("concept", "concept_of", "evidence", "decision", "community", "search")


def source_digest(connection: sqlite3.Connection) -> str:
    """See `Library.source_digest`."""
    hashed = hashlib.sha256(resolution_identity().encode())
    for key in (USER_DECISIONS, MIN_CONFIDENCE):
        hashed.update(f"{read_state(connection, key) or ''}\n".encode())
    for row in connection.execute(
        "SELECT paper.id, paper.text, extraction.text, extraction.model FROM paper "
        "LEFT JOIN extraction ON extraction.paper = paper.id ORDER BY paper.id"
    ):
        hashed.update(repr(row).encode())
    return hashed.hexdigest()


def count_unresolved(connection: sqlite3.Connection) -> int:
    """See `Library.unresolved_count`."""
    # The search index lists every paper that was there when concepts were made.
    query = (
        "SELECT count(*) FROM paper LEFT JOIN extraction ON extraction.paper = paper.id "
        "WHERE extraction.text IS NOT paper.text "
        "OR paper.id NOT IN (SELECT id FROM search WHERE kind = 'Paper')"
    )
    return int(connection.execute(query).fetchone()[0])


def write_derived(
    connection: sqlite3.Connection,
    concepts: Iterable[Concept],
    concept_of: Mapping[tuple[str, str, str], str],
    decisions: Iterable[Decision],
    communities: Iterable[Community],
    evidence: Mapping[tuple[str, str, str], str],
    made_from: str,
) -> None:
    """See `Library.store_derived`."""
    for table in _DERIVED_TABLES:
        connection.execute(f"DELETE FROM {table}")
    concepts = list(concepts)
    insert(
        connection,
        "concept",
        (
            (
                *(c.id, c.name, c.type, _to_json([[a.text, a.count] for a in c.aliases])),
                *(_to_json(c.other_types), c.ambiguous),
            )
            for c in concepts
        ),
    )
    insert(connection, "concept_of", ((*key, concept) for key, concept in concept_of.items()))
    insert(
        connection,
        "decision",
        ((d.a, d.b, d.same, d.rule, d.score, _to_json(d.papers)) for d in decisions),
    )
    insert(
        connection,
        "community",
        (
            (c.id, number, c.name, _to_json(c.papers), _to_json(c.concepts))
            for number, c in enumerate(communities)
        ),
    )
    insert(connection, "evidence", ((*key, sentence) for key, sentence in evidence.items()))
    connection.execute(
        "INSERT INTO search SELECT id, 'Paper', 1, title, abstract FROM paper ORDER BY id"
    )
    papers = Counter(concept for _, concept in {(paper, c) for paper, _, c in evidence})
    insert(
        connection,
        "search",
        (
            (c.id, "Concept", papers[c.id], c.name, "\n".join(alias.text for alias in c.aliases))
            for c in concepts
        ),
    )
    write_state(connection, "derived", made_from)


def read_state(connection: sqlite3.Connection, key: str) -> str | None:
    """A value that the library keeps about itself."""
    row = connection.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
    return row[0] if row else None


def write_state(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Set such a value."""
    connection.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (key, value))


def count_rows(connection: sqlite3.Connection, least: float) -> dict[str, int]:
    """See `Library.counts`."""
    sure = "WHERE confidence >= :least"
    return {
        name: int(
            connection.execute(f"SELECT count(*) FROM {rows}", {"least": least}).fetchone()[0]
        )
        for name, rows in (
            ("papers", "paper"),
            ("mentions", f"mention {sure}"),
            ("results", f"result {sure}"),
            ("concepts", "concept"),
            ("edges", "evidence"),
            ("communities", "community"),
        )
    }


def select_concepts(connection: sqlite3.Connection) -> list[Concept]:
    """See `Library.concepts`."""
    return [
        Concept(
            identifier,
            name,
            type_,
            tuple(Alias(*alias) for alias in json.loads(aliases)),
            tuple(json.loads(other_types)),
            bool(ambiguous),
        )
        for identifier, name, type_, aliases, other_types, ambiguous in connection.execute(
            "SELECT id, name, type, aliases, other_types, ambiguous FROM concept ORDER BY id"
        )
    ]


def select_concept_of(connection: sqlite3.Connection) -> dict[tuple[str, str, str], str]:
    """See `Library.concept_of`."""
    rows = connection.execute("SELECT paper, surface, type, concept FROM concept_of")
    return {(paper, surface, type_): concept for paper, surface, type_, concept in rows}


def select_evidence(connection: sqlite3.Connection) -> dict[tuple[str, str, str], str]:
    """See `Library.evidence`."""
    rows = connection.execute("SELECT paper, relation, concept, sentence FROM evidence")
    return {(paper, relation, concept): sentence for paper, relation, concept, sentence in rows}


def select_decisions(connection: sqlite3.Connection) -> list[Decision]:
    """See `Library.decisions`."""
    return [
        Decision(a, b, bool(same), rule, score, tuple(json.loads(papers)))
        for a, b, same, rule, score, papers in connection.execute(
            "SELECT a, b, same, rule, score, papers FROM decision ORDER BY rowid"
        )
    ]


def select_communities(connection: sqlite3.Connection) -> list[Community]:
    """See `Library.communities`."""
    return [
        Community(identifier, name, tuple(json.loads(papers)), tuple(json.loads(concepts)))
        for identifier, name, papers, concepts in connection.execute(
            "SELECT id, name, papers, concepts FROM community ORDER BY number"
        )
    ]


def search(connection: sqlite3.Connection, text: str, limit: int) -> list[SearchHit]:
    """See `Library.search`."""
    words = re.findall(r"\w+", text)
    if not words:
        return []
    # Quoted words are only words to FTS5, whatever operators a user's text may hold.
    query = " ".join(f'"{word}"' for word in words[:-1]) + f' "{words[-1]}"*'
    rows = connection.execute(
        "SELECT id, kind, name, snippet(search, -1, '', '', '…', 24) FROM search "
        "WHERE search MATCH ? ORDER BY kind, lower(name) != lower(?), papers DESC, "
        "bm25(search, 0, 0, 0, 10, 1), id LIMIT ?",
        (query, text.strip(), limit),
    )
    return [SearchHit(*row) for row in rows]


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
