"""The whole of paperkg from Python: `KnowledgeGraph.open("paperkg.db")`."""

from __future__ import annotations

import contextlib
import functools
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Self

from extract.errors import UsageError
from extract.explanation import Explainer
from extract.library import DEFAULT_LIBRARY, Library
from extract.model_identity import MODEL_FOLDER
from extract.records import least_confidence
from extract.unify import concept_of_mention, unify_roles
from graph.elements import PAPER_CONCEPT_RELATIONS, NodeKind
from graph.frames import as_location
from graph.library_graph import graph_of, present_communities
from graph.lookup import Names
from graph.pictures import show
from graph.queries import answer
from graph.queries.parameters import bind, statement_named
from graph.report import report
from graph.sending import export, push
from graph.statistics import Statistics, statistics_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike

    import networkx as nx

    from extract.explanation import Explanation
    from extract.papers import ReadOptions
    from extract.records import Concept, Decision, Mention, Paper, Result, SearchHit
    from graph.build import BuildReport
    from graph.derivation import Progress
    from graph.elements import Community, Edge, Node, Path
    from graph.frames import Frame
    from graph.lookup import Match
    from graph.networkx_store import NetworkXStore
    from graph.queries.parameters import Given
    from graph.queries.rows import Row


class KnowledgeGraph:
    """A library and the graph that it implies; use it in a `with` statement.

    The graph is made when it is first asked for and kept until the library changes, by this process
    or another. Each answer is of one moment of the library; so are all those inside `snapshot()`.

    Attributes:
        library: the file underneath.
        min_confidence: mentions and results of a lower confidence are not in the graph, nor are
            concepts that only these name; 0 for all that the library's build left in.
    """

    def __init__(self, library: Library, min_confidence: float = 0.0) -> None:
        self.library = library
        self.min_confidence = least_confidence(min_confidence)
        self._version: tuple[int, int] | None = None

    @classmethod
    def open(
        cls,
        path: str | PathLike[str] = DEFAULT_LIBRARY,
        *,
        create: bool = False,
        min_confidence: float = 0.0,
    ) -> Self:
        """Open a library file.

        Args:
            create: also for writing (`build`, `remove`); made where it is missing.
            min_confidence: 0 to 1; cuts all that is asked, shown or exported, not the library.

        Raises:
            LibraryError: it is missing, unreadable or not a library.
            UsageError: `min_confidence` is not 0 to 1.
        """
        least_confidence(min_confidence)
        return cls(Library.open(path, create=create), min_confidence)

    def close(self) -> None:
        """Close the library."""
        self.library.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """All answers inside agree with each other, whatever other processes write meanwhile.

        Nothing can be built or removed inside.

        Raises:
            LibraryError: the library cannot be read.
        """
        with self.library.snapshot():
            version = self.library.version()
            if version != self._version:
                self._forget()
                self._version = version
            yield

    # What the library holds.

    def papers(self) -> Iterator[Paper]:
        """All papers, sorted by id."""
        return self.library.papers()

    def concepts(self) -> list[Concept]:
        """All concepts, sorted by id."""
        found = self.library.concepts()
        return [c for c in found if c.id in self._store.graph] if self.min_confidence else found

    def results(self, paper: str | None = None) -> list[Result]:
        """Results that the abstract of the paper of that id states, or all, in order."""
        with self.snapshot():
            return self.library.results(paper, least=self._least)

    def decisions(self) -> list[Decision]:
        """The merge log: which names were taken for one thing or kept apart, and why."""
        return self.library.decisions()

    def explain(self, a: str, b: str, *types: str) -> Explanation:
        """Why two names are, or are not, one concept; see `extract.explanation.Explainer`.

        Args:
            a, b: names; those that the library has never seen are judged by the same rules.
            types: the concept type of both, or of each; as the library has them where none.
        """
        with self.snapshot():
            return self._explainer.explain(a, b, types)

    def mentions(self, paper: str | None = None) -> list[Mention]:
        """Mentions of the paper of that id, or of all, with the role that the graph gives them."""
        with self.snapshot():
            found = self.library.mentions(paper, least=self._least)
            concept_of = self._concept_of
        return unify_roles(
            [m for m in found if (m.paper, m.text, m.type) in concept_of], concept_of
        )

    def concept_of(self, mention: Mention) -> str:
        """The id of the concept that a mention names.

        Raises:
            UsageError: the mention is not one of this library's.
        """
        with self.snapshot():
            return concept_of_mention(mention, self._concept_of)

    def communities(self) -> list[Community]:
        """Groups of papers and concepts of the graph, largest first.

        Papers that were removed after communities were found are left out.
        """
        with self.snapshot():
            return present_communities(self.library.communities(), self._store.graph)

    def search(self, text: str, *, limit: int = 20) -> list[SearchHit]:
        """Concepts and papers that hold all words of `text`; see `Library.search`."""
        if not self.min_confidence:
            return self.library.search(text, limit=limit)
        with self.snapshot():
            hits = self.library.search(text, limit=-1)
            return [hit for hit in hits if hit.id in self._store.graph][:limit]

    # The graph.

    @property
    def store(self) -> NetworkXStore:
        """The graph as a `GraphStore`."""
        with self.snapshot():
            return self._store

    def networkx(self) -> nx.MultiDiGraph[str]:
        """The graph of NetworkX; `NetworkXStore.graph` lists the attributes."""
        return self.store.graph

    @property
    def names(self) -> Names:
        """Tells what names mean in the graph."""
        with self.snapshot():
            return self._names

    def find(self, name: str, *, kind: NodeKind | None = None) -> Match:
        """The paper or concept of that name.

        Args:
            name: a display name, an alias, a title or an id, looked for in this order, each first
                case-sensitively, then not.
            kind: only nodes of this kind.

        Raises:
            NameNotFoundError: nothing has the name; its suggestions do exist.
            UsageError: what has the name is of another kind.
        """
        with self.snapshot():
            return self._names.find(name, kind=kind)

    def neighbours(self, name: str) -> tuple[tuple[Edge, Node], ...]:
        """What is linked to the paper or concept of that name, by relation, then id."""
        with self.snapshot():
            return self._store.neighbours(self.find(name).node.id)

    def path(self, a: str, b: str, *, limit: int = 3) -> tuple[Path, ...]:
        """Shortest paths between two papers or concepts, every step with its sentence.

        Args:
            limit: at most so many of the equally short ones.

        Returns:
            Paths of equal length; none where the two are not connected.

        Raises:
            NameNotFoundError: nothing has one of the names.
        """
        with self.snapshot():
            start, end = self.find(a).node.id, self.find(b).node.id
            return self._store.shortest_paths(start, end, limit=limit)

    def query(self, name: str, /, **parameters: Given) -> list[Row]:
        """The rows of a named query, by column: the same as Neo4j gives.

        Args:
            name: of the query, such as `list_concept_papers`; `paperkg query --list` shows all.
            parameters: those of the query; papers, concepts and communities by name or id.

        Raises:
            UsageError: there is no such query, or a parameter is missing, unknown or no good.
            NameNotFoundError: nothing has a name that is given.
        """
        statement = statement_named(name)
        with self.snapshot():
            values = bind(statement, parameters, self._names).values
            return answer(self._store, name, values)

    def statistics(self, *, leading: int = 10) -> Statistics:
        """Counts and extremes of the library; `leading` concepts are listed."""
        with self.snapshot():
            return statistics_of(
                list(self.papers()),
                self._store.nodes(NodeKind.CONCEPT),
                self._store.edges(PAPER_CONCEPT_RELATIONS),
                counts=self._counts(),
                min_confidence=self._least,
                models=self.library.models(),
                pending=self.pending(),
                leading=leading,
            )

    def pending(self) -> int:
        """Papers that a stopped build has read but not brought into the graph."""
        return self.library.unresolved_count()

    def is_current(self) -> bool:
        """Whether the graph was made from the papers that are here now, by this paperkg's rules."""
        return self.library.derived_is_current()

    # What changes the library or leaves it.

    def build(
        self,
        *sources: str | PathLike[str] | Frame,
        options: ReadOptions | None = None,
        refresh: bool = False,
        decisions: str | PathLike[str] | None = None,
        model: str | PathLike[str] = MODEL_FOLDER,
        min_confidence: float | None = None,
        gazetteer: str | PathLike[str] | None = None,
        progress: Progress | None = None,
    ) -> BuildReport:
        """Read papers, extract the new ones, resolve, find communities.

        Args:
            sources: files, folders, globs, `-` for standard input, or `pandas.DataFrame`s.
            options: dates and filters for reading.
            refresh: extract again what another model extracted.
            decisions: the file of pins, forbids and renames; that beside the library
                (`paperkg.decisions.toml`) where None.
            model: folder of the pipeline that extracts.
            min_confidence: 0 to 1: leave mentions and results of a lower confidence out of the
                graph, from now on; as in the build before where None.
            gazetteer: a file of names that are found wherever they stand
                (`extract.gazetteer_file`); that beside the library where None. Lines that cannot
                be used are passed over; `extract.gazetteer_file.read_gazetteer` tells of them.
            progress: told of stage, done and total (None: not known).

        Raises:
            UsageError: a source does not exist, `min_confidence` is out of range, or the gazetteer
                cannot be read.
            DecisionsError: the file of decisions is at fault.
            LibraryError: the library was not opened with `create=True`, or cannot be written.
        """
        from extract.decisions_file import read_decisions
        from extract.gazetteer_file import gazetteer_of
        from graph.build import build
        from graph.derivation import no_progress

        return build(
            self.library,
            [as_location(source) for source in sources],
            options=options,
            refresh=refresh,
            decisions=None if decisions is None else read_decisions(FilePath(decisions)),
            model=FilePath(model),
            min_confidence=min_confidence,
            gazetteer=gazetteer_of(self.library.path, gazetteer),
            progress=progress or no_progress,
        )

    def remove(self, *names: str) -> tuple[Paper, ...]:
        """Take papers out: the library is then what it would be had they never come.

        Args:
            names: titles or ids.

        Returns:
            The papers that are gone, in the order given.

        Raises:
            NameNotFoundError: no paper has one of the names; then nothing is removed.
            UsageError: a name fits several papers; their ids tell them apart.
        """
        from graph.build import remove

        with self.snapshot():
            papers = [self._one_paper(name) for name in names]
        remove(self.library, [paper.id for paper in papers])
        return tuple(papers)

    # These take the graph as their first argument, and are at home in modules of their own.
    show = show
    report = report
    export = export
    push = push

    def _one_paper(self, name: str) -> Paper:
        match = self.find(name, kind=NodeKind.PAPER)
        if match.others:
            ids = ", ".join(node.id for node in (match.node, *match.others))
            raise UsageError(f"{name!r} fits several papers: {ids}. Give the id of the one meant.")
        paper = self.library.paper(match.node.id)
        assert paper is not None, "a node of kind Paper comes from the library"
        return paper

    @functools.cached_property
    def _concept_of(self) -> dict[tuple[str, str, str], str]:
        return self.library.concept_of()

    @functools.cached_property
    def _explainer(self) -> Explainer:
        return Explainer.of(self.library)

    @functools.cached_property
    def _store(self) -> NetworkXStore:
        return graph_of(self.library, self._concept_of, self._least)

    def _counts(self) -> dict[str, int]:
        """`Library.counts` of what is left in the graph."""
        counts = self.library.counts(least=self._least)
        if self.min_confidence:
            counts["concepts"] = len(self._store.nodes(NodeKind.CONCEPT))
            counts["edges"] = len(self._store.edges(PAPER_CONCEPT_RELATIONS))
            counts["communities"] = len(self.communities())
        return counts

    @property
    def _least(self) -> float:
        """Below what confidence things are left out: by the library's build or by this object."""
        return max(self.min_confidence, self.library.min_confidence())

    @functools.cached_property
    def _names(self) -> Names:
        return Names(self._store.nodes)

    def _forget(self) -> None:
        for name in ("_concept_of", "_explainer", "_store", "_names"):
            self.__dict__.pop(name, None)
