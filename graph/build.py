"""The main job: pages in, a library with mentions, concepts and communities out."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from extract.batching import batches
from extract.decisions_file import find_decisions
from extract.errors import DecisionsError, Interrupted
from extract.model_identity import MODEL_FOLDER, model_identity, model_with_gazetteer
from extract.papers import ReadOptions, read_papers
from extract.records import least_confidence
from graph.derivation import derive, no_progress
from graph.display import named_model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from extract.errors import RecordError
    from extract.gazetteer import Gazetteer
    from extract.library import Library
    from extract.papers import Location, Reject
    from extract.records import Paper
    from extract.user_decisions import UserDecisions
    from graph.derivation import Progress

_READ_BATCH = 512
_EXTRACT_BATCH = 128


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What one build did, and what the library holds after it.

    Attributes:
        read: records taken or refused in this run.
        new: papers that the library did not have when their first record came.
        duplicate: all other records taken: of papers that it had, or that came twice in this run.
        rejected: records that were refused; `rejects` says which and why.
        filtered: records left out by `--since` and `--category`.
        extracted: papers that the pipeline read in this run.
        failed: of these, papers that broke the pipeline and have no concepts.
        outdated: papers that another model or gazetteer extracted; `refresh` extracts them again.
        min_confidence: mentions and results of a lower confidence are left out.
        decision_remarks: a line for each of the user's decisions that touched nothing, and for
            each rename that gave a concept the name of another.
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
    min_confidence: float
    decision_remarks: tuple[str, ...]
    papers: int
    mentions: int
    results: int
    concepts: int
    edges: int
    communities: int
    rejects: tuple[Reject, ...]


def build(
    library: Library,
    sources: Sequence[Location],
    *,
    options: ReadOptions | None = None,
    refresh: bool = False,
    decisions: UserDecisions | None = None,
    min_confidence: float | None = None,
    gazetteer: Gazetteer | None = None,
    model: Path = MODEL_FOLDER,
    processes: int | None = 1,
    on_reject: Callable[[Reject], None] = lambda reject: None,
    progress: Progress = no_progress,
    stop: Callable[[], bool] = lambda: False,
) -> BuildReport:
    """Read papers into an open library, extract the new ones, resolve, find communities.

    What is done is kept batch by batch; the same call again goes on where it was stopped.

    Args:
        library: opened with `create=True`.
        sources: files, folders, globs, `-`, files in memory; none: only what a stopped build left
            undone.
        refresh: also extract again what another model or gazetteer extracted.
        decisions: of the user's on names; those of the file beside the library where None.
        model: folder of the pipeline that extracts.
        processes: how many extract; None: one for each processor where papers are many.
        min_confidence: 0 to 1: mentions and results of a lower confidence stay in the library and
            are left out of all that is made of them, until another is given; as before where None.
        gazetteer: the user's own names, which win over what the pipeline finds; none where None.
            What was extracted without it, or with another, is so until `refresh`.
        on_reject: told of each refused record at once, so that a stopped build has told of all
            that it read; the report lists them too.
        progress: told of stage, done and total.
        stop: asked between batches; when it says so, `Interrupted` is raised.

    Raises:
        UsageError: a source does not exist, or `min_confidence` is out of range.
        DecisionsError: the file of decisions is at fault, or they contradict each other; what was
            read is kept, and the decisions of the build before still hold.
        Interrupted: `stop` said so.
        LibraryError: the library cannot be written.
        ModelError: there is no usable pipeline.
    """
    wishes = find_decisions(library.path) if decisions is None else decisions
    least = library.min_confidence() if min_confidence is None else min_confidence
    least_confidence(least)
    identity = model_identity(model)
    if gazetteer is not None:
        identity = model_with_gazetteer(identity, gazetteer.identity)
    reading = _Reading(on_reject)
    _read(library, sources, options or ReadOptions(), reading, progress, stop)
    extraction = _Extraction(model, identity, gazetteer)
    extracted, failed = _extract(library, extraction, refresh, processes, progress, stop)
    remarks = _follow(wishes, least, library, progress)
    counts = library.counts()
    return BuildReport(
        read=reading.accepted + len(reading.rejects),
        new=reading.new,
        duplicate=reading.accepted - reading.new,
        rejected=len(reading.rejects),
        filtered=reading.filtered,
        extracted=extracted,
        failed=tuple(failed),
        outdated=library.pending_count(identity),
        min_confidence=least,
        decision_remarks=remarks,
        rejects=tuple(reading.rejects),
        **counts,
    )


@dataclass(slots=True)
class _Reading:
    on_reject: Callable[[Reject], None]
    accepted: int = 0
    new: int = 0
    filtered: int = 0
    rejects: list[Reject] = field(default_factory=list)

    def reject(self, reject: Reject) -> None:
        self.rejects.append(reject)
        self.on_reject(reject)

    def skip(self, *_: object) -> None:
        self.filtered += 1


def _read(
    library: Library,
    sources: Sequence[Location],
    options: ReadOptions,
    reading: _Reading,
    progress: Progress,
    stop: Callable[[], bool],
) -> None:
    records = read_papers(sources, options=options, on_reject=reading.reject, on_skip=reading.skip)
    for batch in batches(records, _READ_BATCH):
        with library.transaction():
            new = library.add(batch)
        reading.new += new
        reading.accepted += len(batch)
        progress("reading", reading.accepted, None)
        if stop():
            raise Interrupted(
                f"Stopped after {reading.accepted:,} records; they are kept. "
                "Run the same command again to go on."
            )


@dataclass(frozen=True, slots=True)
class _Extraction:
    """What papers are extracted with: a pipeline's folder, a gazetteer, the identity of both."""

    folder: Path
    identity: str
    gazetteer: Gazetteer | None


def _extract(
    library: Library,
    how: _Extraction,
    refresh: bool,
    processes: int | None,
    progress: Progress,
    stop: Callable[[], bool],
) -> tuple[int, list[RecordError]]:
    wanted = how.identity if refresh else None
    total = library.pending_count(wanted)
    failed: list[RecordError] = []
    if not total:
        return 0, failed
    # Loading spaCy takes a second that a build without new papers need not spend.
    from extract.parallel import extract_batches, processes_for
    from extract.pipeline import load_with_gazetteer

    done = 0
    progress("extracting", done, total)
    batches = _pending(library, wanted)
    load = partial(load_with_gazetteer, how.folder, how.gazetteer)
    for batch in extract_batches(batches, load, processes_for(total, processes)):
        failed.extend(batch.failures)
        with library.transaction():
            for extraction in batch.extractions:
                library.store(extraction, how.identity)
        done += len(batch.extractions)
        progress("extracting", done, total)
        if stop() and done < total:
            raise Interrupted(
                f"Stopped after extracting {done:,} of {total:,} papers; they are kept. "
                f"`paperkg build{named_model(how.folder)} --library {library.path}` goes on."
            )
    return done, failed


def _pending(library: Library, wanted: str | None) -> Iterator[Sequence[Paper]]:
    """The papers that wait, each once, also while the first of them are being stored."""
    last = ""
    while batch := library.pending(wanted, after=last, limit=_EXTRACT_BATCH):
        yield batch
        last = batch[-1].id


def _follow(
    wishes: UserDecisions, least: float, library: Library, progress: Progress
) -> tuple[str, ...]:
    """Make concepts by these decisions and of what is so sure.

    Where the decisions contradict each other, all that held before holds on.
    """
    held = library.user_decisions(), library.min_confidence()
    if (wishes, least) == held:
        return derive(library, progress)
    _remember(wishes, least, library)
    try:
        return derive(library, progress)
    except DecisionsError:
        _remember(*held, library)
        raise


def _remember(decisions: UserDecisions, least: float, library: Library) -> None:
    with library.transaction():
        library.remember_user_decisions(decisions)
        library.remember_min_confidence(least)


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
