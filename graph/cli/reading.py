"""`build`, `extract` and `remove`: papers in and out."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from extract.allocation import keep_freed_memory
from extract.decisions_file import decisions_beside, find_decisions
from extract.errors import UsageError
from extract.files import write_atomically
from extract.gazetteer_file import gazetteer_of, read_gazetteer
from extract.papers import ReadOptions
from extract.readers.files import find_files
from graph.cli.options import (
    decisions_option,
    gazetteer_option,
    json_option,
    library_option,
    min_confidence_option,
    model_option,
    open_graph,
    processes_option,
    quiet_option,
)
from graph.cli.printing import ProgressBars, json_line, note, print_json, say
from graph.cli.refusals import list_rejects, write_rejects
from graph.cli.rehearsing import print_rehearsal
from graph.display import named_model, plural
from graph.knowledge_graph import KnowledgeGraph
from graph.rehearsal import rehearse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from extract.papers import Reject
    from extract.user_decisions import UserDecisions
    from graph.build import BuildReport

_STOPPABLE_STAGES = ("", "reading", "extracting")


def _reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(
        (
            click.option(
                "--year",
                type=click.IntRange(1900, 2999),
                help="Year of the pages' dates, which have none.",
            ),
            click.option("--date", help="Date of pages that bear none, such as 2025-03-12."),
            click.option("--limit", type=click.IntRange(1), help="Take at most so many records."),
            click.option("--since", help="Leave out papers before this date, such as 2024-06."),
            click.option("--category", help="Only papers of this subject class, such as cs.CL."),
            click.option("--strict", is_flag=True, help="Exit with 1 where records were refused."),
            click.option(
                "--rejects",
                type=click.Path(dir_okay=False, path_type=Path),
                help="Where refused records are listed.  [default: beside the library]",
            ),
        )
    ):
        command = option(command)
    return command


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--sample", is_flag=True, help="Read the sample pages that come with paperkg.")
@_reading_options
@click.option(
    "--refresh", is_flag=True, help="Extract again what another model or gazetteer extracted."
)
@gazetteer_option
@min_confidence_option
@decisions_option
@model_option
@processes_option
@click.option("--dry-run", is_flag=True, help="Change nothing; say what concepts would change.")
@library_option
@json_option
@quiet_option
def build(
    paths: tuple[str, ...],
    sample: bool,
    year: int | None,
    date: str | None,
    limit: int | None,
    since: str | None,
    category: str | None,
    strict: bool,
    rejects: Path | None,
    refresh: bool,
    gazetteer: Path | None,
    min_confidence: float | None,
    decisions: Path | None,
    model: Path,
    processes: int | None,
    dry_run: bool,
    library: Path,
    as_json: bool,
    quiet: bool,
) -> int:
    """Read papers into the library and make the graph.

    PATHS are files, folders or globs, or - for standard input: saved Daily Papers pages (text or
    HTML), JSON, JSON Lines, arXiv Atom feeds, BibTeX, RIS, PubMed nbib, CSV; also gzip or zstd of
    these. What is in the library already is not extracted again. Without PATHS it finishes what
    was stopped.

    Without --gazetteer the file paperkg.gazetteer.tsv (or .csv, .jsonl) beside the library is
    taken, where there is one. --min-confidence holds for the library until another is given.

    \b
    paperkg build pages/ --year 2025
    """
    keep_freed_memory()
    if sample:
        from extract.sample import sample_paths

        paths = (*paths, *map(str, sample_paths()))
    if not paths and not library.exists():
        raise UsageError("Nothing to read: name files or folders, or try `paperkg build --sample`.")
    options = ReadOptions(year=year, date=date, limit=limit, since=since, category=category)
    _check_places(paths, rejects)  # before an empty library is made
    wishes = find_decisions(library, decisions)
    refused: list[Reject] = []
    names = gazetteer_of(library, gazetteer, refused.append)
    if dry_run:
        with ProgressBars(quiet=quiet) as progress:
            rehearsal = rehearse(
                library,
                paths,
                decisions=wishes,
                options=options,
                refresh=refresh,
                model=model,
                gazetteer=names,
                min_confidence=min_confidence,
                progress=progress,
            )
        print_rehearsal(rehearsal, library, as_json=as_json)
        return int(strict and bool(refused or rehearsal.report.rejects))
    with KnowledgeGraph.open(library, create=True) as knowledge:
        _note_forgotten(knowledge.library.user_decisions(), wishes, library)
        from graph.build import build as build_library

        try:
            with ProgressBars(quiet=quiet) as progress, _stop_on_interrupt(progress) as stop:
                report = build_library(
                    knowledge.library,
                    paths,
                    options=options,
                    refresh=refresh,
                    decisions=wishes,
                    model=model,
                    processes=processes,
                    gazetteer=names,
                    min_confidence=min_confidence,
                    on_reject=refused.append,
                    progress=progress,
                    stop=stop,
                )
        finally:
            # Also of a stopped build: what goes on without the paths does not read them again.
            listed = paths or refused
            rejects_file = write_rejects(rejects, library, refused) if listed else None
    if as_json:
        print_json(_report_as_json(report, library, rejects_file if refused else None))
    else:
        _print_report(report, library, model, refused, rejects_file, gazetteer)
    return int(strict and bool(refused))


@click.command()
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["jsonl"]),
    default="jsonl",
    show_default=True,
    help="One JSON object a paper and line.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file instead of standard output.",
)
@_reading_options
@model_option
@processes_option
@gazetteer_option
@min_confidence_option
@library_option
@quiet_option
def extract(
    paths: tuple[str, ...],
    format_: str,
    output: Path | None,
    year: int | None,
    date: str | None,
    limit: int | None,
    since: str | None,
    category: str | None,
    strict: bool,
    rejects: Path | None,
    model: Path,
    processes: int | None,
    gazetteer: Path | None,
    min_confidence: float | None,
    library: Path,
    quiet: bool,
) -> int:
    """Print the mentions and results of papers; the library is neither read nor written.

    Each object has the record's own id (else paperkg's), the title, `mentions` (field, start and
    end in code points, text, type, role, role_confidence, concept, confidence, step) and `results`.
    Concepts are resolved over all papers given.

    \b
    paperkg extract papers.jsonl > extracted.jsonl
    """
    from extract.extraction import extract_papers

    keep_freed_memory()
    options = ReadOptions(year=year, date=date, limit=limit, since=since, category=category)
    _check_places(paths, output, rejects)
    refused: list[Reject] = []
    names = None if gazetteer is None else read_gazetteer(gazetteer, refused.append)
    with ProgressBars(quiet=quiet) as progress:
        objects = extract_papers(
            paths,
            options=options,
            gazetteer=names,
            min_confidence=min_confidence or 0.0,
            on_reject=refused.append,
            progress=progress,
            on_failure=_warn,
            model=model,
            processes=processes,
        )
    lines = "".join(map(json_line, objects))
    if output is None:
        sys.stdout.write(lines)
    else:
        write_atomically(output, lines)
    if refused or rejects:
        # A list of its own: that of the library's last build stays.
        list_rejects(refused, write_rejects(rejects, library.with_name("extract"), refused))
    return int(strict and bool(refused))


@click.command()
@click.argument("papers", nargs=-1, required=True)
@library_option
@json_option
def remove(papers: tuple[str, ...], library: Path, as_json: bool) -> None:
    """Take PAPERS (titles or ids) out: the graph is then as if they had never come."""
    open_graph(library).close()
    with KnowledgeGraph.open(library, create=True) as knowledge:
        gone = knowledge.remove(*papers)
        left = knowledge.library.paper_count()
    if as_json:
        print_json({"removed": [{"id": p.id, "title": p.title} for p in gone], "papers": left})
        return
    for paper in gone:
        say(f"Removed {paper.title or paper.id}")
    say(f"{plural(left, 'paper')} left.")


@contextlib.contextmanager
def _stop_on_interrupt(progress: ProgressBars) -> Iterator[Callable[[], bool]]:
    """Turn the first Ctrl-C into a wish to stop after the batch; the second stops at once."""
    asked = threading.Event()

    def on_interrupt(*_: object) -> None:
        # Between reading and the end nothing is half-written, and no batch ends soon.
        if asked.is_set() or progress.stage not in _STOPPABLE_STAGES:
            raise KeyboardInterrupt
        asked.set()
        note("Stopping after this batch; Ctrl-C again stops at once.")

    before = signal.signal(signal.SIGINT, on_interrupt)
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGINT, before)


def _note_forgotten(held: UserDecisions, wishes: UserDecisions, library: Path) -> None:
    """Decisions hold as long as they are given; say so where they came with --decisions once."""
    if held and not wishes:
        note(
            "Note: the decisions of the last build are not given now and hold no longer. Name "
            f"their file with --decisions, or call it {decisions_beside(library)}."
        )


def _warn(error: Exception) -> None:
    note(f"Warning: {error}")


def _check_places(paths: Sequence[str], *written: Path | None) -> None:
    """See that the sources are there, and that no file that is written replaces one."""
    outputs = [path for path in written if path is not None and path.exists()]
    for source in find_files(paths):
        for path in outputs:
            if source.path.exists() and path.samefile(source.path):
                raise UsageError(f"{str(path)!r} is read: write to a file of another name.")


def _report_as_json(
    report: BuildReport, library: Path, rejects_file: Path | None
) -> dict[str, Any]:
    return {
        "library": str(library),
        "papers": {
            "read": report.read,
            "new": report.new,
            "duplicate": report.duplicate,
            "rejected": report.rejected,
            "filtered": report.filtered,
            "extracted": report.extracted,
            "failed": len(report.failed),
            "outdated": report.outdated,
            "total": report.papers,
        },
        "min_confidence": report.min_confidence,
        "decision_remarks": list(report.decision_remarks),
        "mentions": report.mentions,
        "results": report.results,
        "concepts": report.concepts,
        "edges": report.edges,
        "communities": report.communities,
        "rejects_file": str(rejects_file) if rejects_file else None,
    }


def _print_report(
    report: BuildReport,
    library: Path,
    model: Path,
    refused: Sequence[Reject],
    rejects_file: Path | None,
    gazetteer: Path | None,
) -> None:
    say(
        f"Read {plural(report.read, 'record')}: {plural(report.new, 'new paper')}, "
        f"{plural(report.duplicate, 'duplicate')}, {report.rejected:,} refused"
        + (f", {report.filtered:,} filtered out" if report.filtered else "")
        + "."
    )
    say(
        f"{library}: {plural(report.papers, 'paper')}, {plural(report.mentions, 'mention')}, "
        f"{plural(report.concepts, 'concept')}, {plural(report.edges, 'edge')}, "
        f"{plural(report.results, 'result')}, "
        f"{plural(report.communities, 'community', 'communities')}."
    )
    if report.min_confidence:
        say(
            "Left out: mentions and results of a confidence below "
            f"{report.min_confidence:g}; --min-confidence 0 brings them back."
        )
    for error in report.failed:
        _warn(error)
    for line in report.decision_remarks:
        note(f"Note: {line}")
    if rejects_file:
        list_rejects(refused, rejects_file)
    if report.outdated:
        listed = f" --gazetteer {gazetteer}" if gazetteer else ""
        note(
            f"Another model or gazetteer extracted {plural(report.outdated, 'paper')}; "
            f"`paperkg build --refresh{named_model(model)}{listed} --library {library}` extracts "
            "them again."
        )
