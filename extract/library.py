"""The library: one SQLite file that remembers papers, mentions, results, concepts and why."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Self, TypeVar

from extract.errors import LibraryError
from extract.records import least_confidence
from extract.tables import derived, extractions, papers, schema
from extract.user_decisions import UserDecisions, decisions_from_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from os import PathLike

    from extract.records import (
        Community,
        Concept,
        Decision,
        Definition,
        Extraction,
        Mention,
        Paper,
        Result,
        SearchHit,
    )

Answer = TypeVar("Answer")
Arguments = ParamSpec("Arguments")

DEFAULT_LIBRARY = "paperkg.db"


class Library:
    """An open library file; use it in a `with` statement.

    One process writes while others read. Everything that changes the library happens inside
    `transaction()`: all of it is kept or none.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.path = path
        self._connection = connection

    @classmethod
    def open(cls, path: str | PathLike[str] = DEFAULT_LIBRARY, *, create: bool = False) -> Self:
        """Open the file at `path`.

        Args:
            create: open for writing, and make the file where it is missing.

        Raises:
            LibraryError: it is missing, unreadable or not a library; LibraryVersionError where
                its schema is another than this paperkg's.
        """
        location = Path(path)
        return cls(schema.connect(location, create=create), location)

    def close(self) -> None:
        """Close the file; the object cannot be used afterwards."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All changes inside become visible together at the end, or not at all.

        Raises:
            LibraryError: the file cannot be written (another process writes, no room, …).
        """
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                # Some errors, such as a full disk, make SQLite roll back of itself.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
        except sqlite3.Error as exc:
            raise LibraryError(
                f"The library {str(self.path)!r} cannot be written: {exc}. "
                "What was in it before is still there."
            ) from exc

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that is read inside is of one moment, whatever other processes write meanwhile.

        May stand inside another snapshot or a transaction; nothing can be written inside. Keep
        it short: while it lasts, the write-ahead log beside the file only grows.

        Raises:
            LibraryError: the file cannot be read.
        """
        if self._connection.in_transaction:
            yield
            return
        with self._translated():
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def version(self) -> tuple[int, int]:
        """Is another after each change to the file, by this object or by another process.

        To be compared with what the same object answered before.
        """
        with self._translated():
            (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        return version, self._connection.total_changes

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        """Errors of SQLite become ours."""
        try:
            yield
        except sqlite3.Error as exc:
            damaged = getattr(exc, "sqlite_errorcode", None) == sqlite3.SQLITE_CORRUPT
            remedy = schema.RESTORE if damaged else "`paperkg doctor` looks at the file."
            raise LibraryError(
                f"The library {str(self.path)!r} cannot be used: {exc}. {remedy}"
            ) from exc

    def _ask(
        self,
        query: Callable[Concatenate[sqlite3.Connection, Arguments], Answer],
        *arguments: Arguments.args,
        **keywords: Arguments.kwargs,
    ) -> Answer:
        with self._translated():
            return query(self._connection, *arguments, **keywords)

    def add(self, records: Sequence[Paper]) -> int:
        """Take records in; those that are one paper with others, here or before, become one.

        Args:
            records: as readers yield them, each with the one source it was read from. A record
                that is there already changes nothing, unless it brings an attribute that was
                unknown before or corrects one. None and empty lists are unknown; title and
                abstract are what tells one record from another and so cannot change.

        Returns:
            How many papers are new: made of records of which none shares an identifier or a title
            with what was there before. A record that ties papers together makes no new one.
        """
        return self._ask(papers.add_records, records)

    def remove(self, identifiers: Iterable[str]) -> int:
        """Take papers out, with all their records and mentions; returns how many there were.

        Concepts and communities stay as they are until `store_derived`.
        """
        return self._ask(papers.remove_papers, identifiers)

    def papers(self) -> Iterator[Paper]:
        """All papers, sorted by id."""
        with self._translated():
            yield from papers.select_papers(self._connection)

    def paper(self, identifier: str) -> Paper | None:
        """The paper of that id, None where there is none."""
        return self._ask(papers.select_paper, identifier)

    def paper_count(self) -> int:
        """Number of papers."""
        return self._ask(papers.count_papers)

    def pending(
        self, model: str | None = None, *, after: str = "", limit: int | None = None
    ) -> list[Paper]:
        """Papers whose present text was not extracted yet, sorted by id.

        Args:
            model: also those that were extracted by another model than this.
            after: only papers whose ids come after this one, to go on where a batch ended.
            limit: at most so many.
        """
        return self._ask(papers.select_pending, model, after, limit)

    def pending_count(self, model: str | None = None) -> int:
        """How many papers `pending` would give without a limit."""
        return self._ask(papers.count_pending, model)

    def models(self) -> dict[str, int]:
        """How many papers were extracted by which model."""
        return self._ask(extractions.count_by_model)

    def store(self, extraction: Extraction, model: str) -> None:
        """Keep what was found in a paper, in the place of what was found before.

        Nothing is kept where the paper is gone or has another text by now, so that it is pending.
        """
        self._ask(extractions.store_extraction, extraction, model)

    def mentions(self, paper: str | None = None, *, least: float = 0.0) -> list[Mention]:
        """The mentions of one paper or of all, sorted by paper, field (title first) and start.

        Args:
            least: those of a lower confidence are left out.
        """
        return self._ask(extractions.select_mentions, paper, least)

    def results(self, paper: str | None = None, *, least: float = 0.0) -> list[Result]:
        """The results of one paper or of all, sorted by paper, in the order of the text.

        Args:
            least: those of a lower confidence are left out.
        """
        return self._ask(extractions.select_results, paper, least)

    def definitions(self) -> dict[str, tuple[Definition, ...]]:
        """The abbreviations that papers define, by paper id."""
        return self._ask(extractions.select_definitions)

    def source_digest(self) -> str:
        """Digest of all that concepts, communities and the search index are made from.

        These are the papers' texts, the model that extracted each, the rules of resolution, the
        user's decisions and the least confidence.
        """
        return self._ask(derived.source_digest)

    def user_decisions(self) -> UserDecisions:
        """What the user decided about names, as of the last build."""
        text = self._ask(derived.read_state, derived.USER_DECISIONS)
        return decisions_from_json(text) if text else UserDecisions()

    def remember_user_decisions(self, decisions: UserDecisions) -> None:
        """Let these hold from the next making of concepts on, in the place of those before."""
        text = decisions.as_json() if decisions else ""
        self._ask(derived.write_state, derived.USER_DECISIONS, text)

    def min_confidence(self) -> float:
        """Below what confidence mentions and results are left out of all that is made of them."""
        return float(self._ask(derived.read_state, derived.MIN_CONFIDENCE) or 0.0)

    def remember_min_confidence(self, least: float) -> None:
        """Let this hold from the next making of concepts on.

        Args:
            least: 0 (nothing is left out) to 1.

        Raises:
            UsageError: it is not.
        """
        text = str(least_confidence(least)) if least else ""
        self._ask(derived.write_state, derived.MIN_CONFIDENCE, text)

    def copy_to(self, path: Path) -> None:
        """Write the library as it is now to another, new file.

        Raises:
            LibraryError: either file cannot be used.
        """
        with self._translated(), contextlib.closing(sqlite3.connect(path)) as copy:
            self._connection.backup(copy)

    def derived_is_current(self) -> bool:
        """Whether concepts and communities were made from the papers that are here now."""
        with self.snapshot():
            return self._ask(derived.read_state, "derived") == self.source_digest()

    def unresolved_count(self) -> int:
        """How many papers are pending or came after concepts and communities were made."""
        with self.snapshot():
            if self.derived_is_current():
                return self.pending_count()  # and so need not look at every paper
            return self._ask(derived.count_unresolved)

    def store_derived(
        self,
        concepts: Iterable[Concept],
        concept_of: Mapping[tuple[str, str, str], str],
        decisions: Iterable[Decision],
        communities: Iterable[Community],
        evidence: Mapping[tuple[str, str, str], str],
        *,
        made_from: str,
    ) -> None:
        """Replace concepts, decisions, communities and the search index.

        Args:
            concept_of: (paper id, surface, mention type) to concept id, for every mention.
            evidence: the sentence of each edge, by (paper id, relation, concept id).
            made_from: what `source_digest` was when the mentions were read.
        """
        self._ask(
            derived.write_derived,
            concepts,
            concept_of,
            decisions,
            communities,
            evidence,
            made_from,
        )

    def counts(self, *, least: float | None = None) -> dict[str, int]:
        """Numbers of papers, mentions, results, concepts, edges and communities.

        `edges` are those from papers to concepts.

        Args:
            least: mentions and results of a lower confidence do not count; those that the last
                build left out where None.
        """
        return self._ask(derived.count_rows, self.min_confidence() if least is None else least)

    def faults(self) -> str:
        """What SQLite's own check finds wrong with the file; empty where it is whole."""
        return self._ask(schema.faults)

    def concepts(self) -> list[Concept]:
        """All concepts, sorted by id."""
        return self._ask(derived.select_concepts)

    def concept_of(self) -> dict[tuple[str, str, str], str]:
        """Concept id of each (paper id, surface, mention type)."""
        return self._ask(derived.select_concept_of)

    def evidence(self) -> dict[tuple[str, str, str], str]:
        """The sentence of each edge, by (paper id, relation, concept id)."""
        return self._ask(derived.select_evidence)

    def decisions(self) -> list[Decision]:
        """The merge log, in the order of resolution."""
        return self._ask(derived.select_decisions)

    def communities(self) -> list[Community]:
        """The communities, largest first."""
        return self._ask(derived.select_communities)

    def search(self, text: str, *, limit: int = 20) -> list[SearchHit]:
        """Papers and concepts that hold all words of `text`, the last also as a prefix.

        Args:
            text: words; everything else in it is ignored.
            limit: most hits.

        Returns:
            Concepts before papers. Concepts that are named so first, then those of most papers;
            papers by BM25, where a word in the title weighs ten times one in the abstract.
        """
        return self._ask(derived.search, text, limit)
