"""The main job: pages in, a library with mentions, concepts and communities out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extract.batching import batches
from extract.errors import Interrupted
from extract.model_identity import MODEL_FOLDER, model_identity
from extract.papers import ReadOptions, read_papers
from extract.records import CommunityRecord
from extract.resolve import resolve
from graph.communities import find_communities
from graph.elements import PAPER_CONCEPT_RELATIONS
from graph.projection import project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from extract.errors import RecordError
    from extract.library import Library
    from extract.papers import Reject

    Progress = Callable[[str, int, int | None], None]
    """Told of the stage, how much of it is done, and of how much (None: not known)."""

_READ_BATCH = 512
_EXTRACT_BATCH = 128


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What one build did, and what the library holds after it.

    Attributes:
        read: records taken or refused in this run.
        new: papers that the library did not have before.
        duplicate: records of papers that it had, or that came twice in this run.
        rejected: records that were refused; `rejects` says which and why.
        filtered: records left out by `--since` and `--category`.
        extracted: papers that the pipeline read in this run.
        failed: of these, papers that broke the pipeline and have no concepts.
        outdated: papers that an older model extracted; `refresh` extracts them again.
        papers, mentions, results, concepts, edges, communities: in the library now.
    """

    read: int
    new: int
    duplicate: int
    rejected: int
    filtered: int
    extracted: int
    failed: tuple[RecordError, ...]
    outdated: int
    papers: int
    mentions: int
    results: int
    concepts: int
    edges: int
    communities: int
    rejects: tuple[Reject, ...]


def no_progress(stage: str, done: int, total: int | None) -> None:
    """Report nothing."""


def build(
    library: Library,
    sources: Sequence[str],
    *,
    options: ReadOptions | None = None,
    refresh: bool = False,
    model: Path = MODEL_FOLDER,
    progress: Progress = no_progress,
    stop: Callable[[], bool] = lambda: False,
) -> BuildReport:
    """Read papers into an open library, extract the new ones, resolve, find communities.

    What is done is kept batch by batch; the same call again goes on where it was stopped.

    Args:
        library: opened with `create=True`.
        sources: files, folders, globs, `-`; none: only what a stopped build left undone.
        refresh: also extract again what another model extracted.
        progress: told of stage, done and total.
        stop: asked between batches; when it says so, `Interrupted` is raised.

    Raises:
        UsageError: a source does not exist.
        Interrupted: `stop` said so.
        LibraryError: the library cannot be written.
        ModelError: there is no usable pipeline.
    """
    before = library.paper_count()
    reading = _read(library, sources, options or ReadOptions(), progress, stop)
    identity = model_identity(model)
    extracted, failed = _extract(library, model, identity, refresh, progress, stop)
    derive(library, progress)
    new = max(0, library.paper_count() - before)
    counts = library.counts()
    return BuildReport(
        read=reading.accepted + len(reading.rejects),
        new=new,
        duplicate=reading.accepted - new,
        rejected=len(reading.rejects),
        filtered=reading.filtered,
        extracted=extracted,
        failed=tuple(failed),
        outdated=library.pending_count(identity),
        rejects=tuple(reading.rejects),
        **counts,
    )


@dataclass(slots=True)
class _Reading:
    accepted: int = 0
    filtered: int = 0
    rejects: list[Reject] = field(default_factory=list)

    def skip(self, *_: object) -> None:
        self.filtered += 1


def _read(
    library: Library,
    sources: Sequence[str],
    options: ReadOptions,
    progress: Progress,
    stop: Callable[[], bool],
) -> _Reading:
    reading = _Reading()
    records = read_papers(
        sources, options=options, on_reject=reading.rejects.append, on_skip=reading.skip
    )
    for batch in batches(records, _READ_BATCH):
        with library.transaction():
            library.add(batch)
        reading.accepted += len(batch)
        progress("reading", reading.accepted, None)
        if stop():
            raise Interrupted(
                f"Stopped after {reading.accepted:,} records; they are kept. "
                "Run the same command again to go on."
            )
    return reading


def _extract(
    library: Library,
    folder: Path,
    identity: str,
    refresh: bool,
    progress: Progress,
    stop: Callable[[], bool],
) -> tuple[int, list[RecordError]]:
    wanted = identity if refresh else None
    total = library.pending_count(wanted)
    failed: list[RecordError] = []
    if not total:
        return 0, failed
    # Loading spaCy takes a second that a build without new papers need not spend.
    from extract.pipeline import load_extractor

    extractor = load_extractor(folder)
    done = 0
    progress("extracting", done, total)
    while batch := library.pending(wanted, limit=_EXTRACT_BATCH):
        extractions = list(extractor.extract(batch, failed.append))
        with library.transaction():
            for extraction in extractions:
                library.store(extraction, identity)
        done += len(batch)
        progress("extracting", done, total)
        if stop() and done < total:
            raise Interrupted(
                f"Stopped after extracting {done:,} of {total:,} papers; they are kept. "
                f"`paperkg build --library {library.path}` goes on."
            )
    return done, failed


def derive(library: Library, progress: Progress = no_progress) -> None:
    """Make concepts, decisions, communities and search index anew, if papers have changed."""
    if library.derived_is_current():
        return
    progress("resolving", 0, None)
    mentions = library.mentions()
    resolution = resolve(mentions, library.definitions())
    nodes, edges = project(
        library.papers(), mentions, library.results(), resolution.concepts, resolution.concept_of
    )
    progress("finding communities", 0, None)
    communities = [
        CommunityRecord(c.id, c.name, c.papers, c.concepts) for c in find_communities(nodes, edges)
    ]
    with library.transaction():
        library.store_derived(
            resolution.concepts,
            resolution.concept_of,
            resolution.decisions,
            communities,
            {
                (edge.source, edge.relation, edge.target): str(edge.properties["evidence"])
                for edge in edges
                if edge.relation in PAPER_CONCEPT_RELATIONS
            },
        )


def remove(library: Library, papers: Iterable[str]) -> int:
    """Take papers out; the library is then what it would be had they never come.

    Args:
        papers: ids.

    Returns:
        How many papers there were of these.
    """
    with library.transaction():
        removed = library.remove(papers)
    derive(library)
    return removed
