"""`eval`: how well extraction does on papers that a user has annotated."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extract.errors import RecordError, UsageError
from extract.model_identity import MODEL_FOLDER, TAGGER, model_identity
from extract.readers.files import STANDARD_INPUT
from graph.cli.options import (
    gazetteer_option,
    json_option,
    model_option,
    own_types_option,
    quiet_option,
)
from graph.cli.printing import ProgressBars, note, note_refused, print_json, print_table, say
from graph.display import plural

if TYPE_CHECKING:
    from collections.abc import Callable

    from extract.calibration import Calibration
    from extract.evaluation import Evaluation, Score
    from extract.gazetteer import Gazetteer
    from extract.gold import AnnotatedPaper
    from extract.papers import Reject
    from extract.predictions import PredictedPaper

_EMPTY = "–"


@click.command("eval")
@click.argument("papers", type=click.Path(path_type=Path))
@click.argument("annotations", type=click.Path(path_type=Path))
@model_option
@gazetteer_option
@click.option(
    "--predicted",
    type=click.Path(path_type=Path),
    help="What `paperkg extract` printed, to be measured in the place of a new extraction.",
)
@own_types_option
@click.option(
    "--samples",
    type=click.IntRange(0, 100_000),
    default=1000,
    show_default=True,
    help="Of the bootstrap for the intervals; 0: no intervals.",
)
@click.option("--seed", type=click.IntRange(0), default=0, help="Of the bootstrap.  [default: 0]")
@json_option
@quiet_option
def evaluate(
    papers: Path,
    annotations: Path,
    model: Path,
    gazetteer: Path | None,
    predicted: Path | None,
    types: tuple[str, ...],
    samples: int,
    seed: int,
    as_json: bool,
    quiet: bool,
) -> int:
    """Extract PAPERS and compare with ANNOTATIONS: precision, recall and F1.

    PAPERS are what `paperkg build` reads. ANNOTATIONS are JSON Lines of {"id", "mentions":
    [{"text", "type", "canonical", "role"}], "results": [...]}, each text standing for all its
    occurrences, or what Prodigy, doccano or Label Studio export. Canonical names, roles and results
    may be left out; then they are not measured.

    Exits with 1 where papers or annotations were refused.

    \b
    paperkg eval papers.jsonl annotations.jsonl
    """
    from extract.annotations import read_annotated_papers
    from extract.evaluation import as_object
    from extract.evaluation import evaluate as compare
    from extract.gazetteer_file import read_gazetteer

    if str(papers) == STANDARD_INPUT:
        raise UsageError("PAPERS are read twice, which standard input cannot be: name a file.")
    refused: list[RecordError] = []

    def refuse(reject: Reject) -> None:
        refused.append(reject.error())

    names = None if gazetteer is None else read_gazetteer(gazetteer, refuse)
    listed = () if names is None else (entry.type for entry in names.entries)
    known = {*types, *_own_labels(model), *listed}
    annotated = read_annotated_papers(papers, annotations, refused.append, own_types=known)
    if not annotated:
        note_refused(refused)
        raise UsageError(f"{str(annotations)!r} holds no annotation of a paper of {str(papers)!r}.")
    found = _found(papers, model, names, predicted, refused.append, quiet=quiet)
    measured = compare(annotated, found, samples=samples, seed=seed)
    if as_json:
        source = {"model": model_identity(model)} if predicted is None else {}
        print_json({**as_object(measured), **source, "refused": len(refused)})
    else:
        _print(measured, annotated)
    note_refused(refused)
    return int(bool(refused))


def _found(
    papers: Path,
    model: Path,
    gazetteer: Gazetteer | None,
    predicted: Path | None,
    on_reject: Callable[[RecordError], None],
    *,
    quiet: bool,
) -> list[PredictedPaper]:
    from extract.predictions import predicted_paper, read_predictions

    if predicted is not None:
        return read_predictions(predicted, on_reject)
    from extract.extraction import extract_papers

    with ProgressBars(quiet=quiet) as progress:
        objects = extract_papers(
            [str(papers)],
            on_failure=lambda error: note(f"Warning: {error}"),
            progress=progress,
            model=model,
            gazetteer=gazetteer,
        )
    return [predicted_paper(one) for one in objects]


def _own_labels(model: Path) -> list[str]:
    """The types that a pipeline finds; the shipped one has the four that are known anyway."""
    if model == MODEL_FOLDER:
        return []
    labels = json.loads((model / "meta.json").read_text("utf-8")).get("labels", {})
    return [str(label) for label in labels.get(TAGGER, [])]


def _print(measured: Evaluation, annotated: list[AnnotatedPaper]) -> None:
    say(
        f"{plural(measured.papers, 'annotated paper')}"
        + (f", {measured.missing:,} of them without any prediction" if measured.missing else "")
        + "."
    )
    if measured.bad_offsets:
        note(f"Note: {measured.bad_offsets:,} mentions do not stand where their offsets say.")
    named = [name for one in annotated for name in one.canonical]
    scores: list[tuple[str, str, Score]] = [
        ("mentions", "span_strict", measured.strict),
        ("mentions, any type", "span_untyped", measured.untyped),
        *((kind, f"per_type.{kind}", score) for kind, score in measured.per_type.items()),
    ]
    if all(named):
        scores.append(("concepts of a paper", "paper_concept", measured.concepts))
    if any(one.knows_results for one in annotated):
        scores += [(f"results: {n}", f"results.{n}", s) for n, s in measured.results.items()]
    print_table(
        ("", "P", "R", "F1", "95 % of F1", "right", "found", "expected"),
        [
            (
                *(name, *_shares(score), _interval(measured, f"{key}.f1")),
                *(f"{score.right:,}", f"{score.found:,}", f"{score.expected:,}"),
            )
            for name, key, score in scores
            if score.found or score.expected
        ],
    )
    say()
    _print_single_figures(measured)
    if measured.roles:
        say()
        print_table(
            ("role", "P", "R", "F1", "right", "found", "expected"),
            [
                (role, *_shares(score), score.right, score.found, score.expected)
                for role, score in measured.roles.items()
            ],
        )
    _print_confidences(measured)


def _print_single_figures(measured: Evaluation) -> None:
    rows = [
        ("mentions, overlapping: F1", measured.overlap, _interval(measured, "span_overlap_f1")),
    ]
    if measured.roles:
        rows.append(
            ("roles: accuracy", measured.role_accuracy, _interval(measured, "role_accuracy"))
        )
    if measured.resolution.mentions:
        names = ("precision", "recall", "F1")
        b = measured.resolution
        rows += [
            (f"resolution: B-cubed {name}", value, _EMPTY)
            for name, value in zip(names, (b.precision, b.recall, b.f1), strict=True)
        ]
    print_table(("", "value", "95 %"), [(name, f"{value:.3f}", ends) for name, value, ends in rows])


def _print_confidences(measured: Evaluation) -> None:
    known = {name: found for name, found in measured.confidences.items() if found is not None}
    if not known:
        return
    say()
    cuts = [f"{cut.least:g}" for cut in next(iter(known.values())).cuts]
    header = ("confidence of", "found", "right", "Brier")
    print_table(
        (*header, *(f"{part} at {cut}" for cut in cuts for part in ("P", "kept"))),
        [(name, *_confidence_row(found)) for name, found in known.items()],
    )


def _confidence_row(found: Calibration) -> list[str]:
    row = [f"{found.findings:,}", f"{found.right:.3f}", f"{found.brier:.3f}"]
    for cut in found.cuts:
        row += [
            _EMPTY if cut.precision is None else f"{cut.precision:.3f}",
            f"{cut.coverage:.3f}",
        ]
    return row


def _shares(score: Score) -> tuple[str, str, str]:
    return f"{score.precision:.3f}", f"{score.recall:.3f}", f"{score.f1:.3f}"


def _interval(measured: Evaluation, name: str) -> str:
    ends = measured.intervals.get(name)
    return _EMPTY if ends is None else f"{ends[0]:.3f} to {ends[1]:.3f}"
