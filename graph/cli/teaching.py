"""`train`: a pipeline that has learnt from a user's own annotations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from extract.errors import UsageError
from extract.model_identity import MODEL_FOLDER, model_identity
from graph.cli.options import json_option, own_types_option, quiet_option
from graph.cli.printing import ProgressBars, note, note_refused, print_json, print_table, say
from graph.display import plural

if TYPE_CHECKING:
    from extract.errors import RecordError
    from extract.evaluation import Score
    from extract.fine_tuning import FineTuning
    from extract.gold import AnnotatedPaper

_SCRATCH = "scratch"
_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("papers", type=_PATH)
@click.argument("annotations", type=_PATH)
@click.option(
    "-o", "--output", type=_PATH, required=True, help="Folder for the pipeline; for --model."
)
@click.option(
    "--dev",
    nargs=2,
    type=_PATH,
    metavar="PAPERS ANNOTATIONS",
    help="What to measure with.  [default: a share of PAPERS]",
)
@click.option(
    "--held-out",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.2,
    show_default=True,
    help="The share of PAPERS to measure with, without --dev.",
)
@click.option(
    "--from",
    "start",
    metavar="MODEL|scratch",
    help="The pipeline to go on from, or none.  [default: the one that paperkg ships]",
)
@own_types_option
@click.option(
    "--steps", type=click.IntRange(1), default=400, show_default=True, help="Of some 1,000 words."
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**32 - 1),
    default=0,
    show_default=True,
    help="Of the parting, the order and the dropout.",
)
@json_option
@quiet_option
def train(
    papers: Path,
    annotations: Path,
    output: Path,
    dev: tuple[Path, Path] | None,
    held_out: float,
    start: str | None,
    types: tuple[str, ...],
    steps: int,
    seed: int,
    as_json: bool,
    quiet: bool,
) -> int:
    """Teach a pipeline from your own ANNOTATIONS of PAPERS; `--model` uses it then.

    Both are what `paperkg eval` reads. Training goes on from the shipped weights unless --from says
    otherwise. What ANNOTATIONS leave out is taught as being none, so annotate all that is to be
    found, and name types of your own with --type. Only mentions are learnt: roles and results go by
    the shipped weights.

    Some papers are held out. On them the network is measured some ten times, the best weights are
    kept, and the figures before and after are shown. Exits with 1 where papers or annotations were
    refused.

    \b
    paperkg train papers.jsonl annotations.jsonl -o my-model
    paperkg build pages/ --model my-model
    """
    _check_output(output)
    folder = MODEL_FOLDER if start in (None, _SCRATCH) else Path(str(start))
    identity = model_identity(folder)
    refused: list[RecordError] = []
    taught, measured = _parted(papers, annotations, dev, held_out, types, seed, refused)
    note_refused(refused)  # before it takes time: what was refused is taught as being nothing
    note(f"Learning from {plural(len(taught), 'paper')}, measuring with {len(measured):,}.")
    from extract.fine_tuning import fine_tune

    with ProgressBars(quiet=quiet) as progress:

        def report(step: int, score: float | None) -> None:
            progress("training", step, steps)
            if score is not None and not quiet:
                note(f"step {step:,} of {steps:,}: the network's F1 {score:.3f}")

        done = fine_tune(
            taught,
            measured,
            output,
            start=folder,
            from_scratch=start == _SCRATCH,
            steps=steps,
            seed=seed,
            about={
                "papers": [papers.name, annotations.name],
                "measured_with": [file.name for file in dev] if dev else held_out,
                "taught": len(taught),
                "held_out": len(measured),
                "from": _SCRATCH if start == _SCRATCH else identity,
            },
            report=report,
        )
    if as_json:
        print_json(_as_object(done, output, len(taught), len(measured), len(refused)))
    else:
        _print(done, output)
    return int(bool(refused))


def _check_output(output: Path) -> None:
    """See that a folder can be made there, and that none is replaced but a trained pipeline."""
    if not output.resolve().parent.is_dir():
        raise UsageError(f"There is no folder {str(output.resolve().parent)!r}; make it first.")
    if output.exists() and not _was_trained(output):
        raise UsageError(
            f"{str(output)!r} is there and is no pipeline that `paperkg train` wrote: name another "
            "folder."
        )


def _was_trained(output: Path) -> bool:
    try:
        meta = json.loads((output / "meta.json").read_text("utf-8"))
        return "training" in meta["paperkg"]
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _parted(
    papers: Path,
    annotations: Path,
    dev: tuple[Path, Path] | None,
    share: float,
    types: tuple[str, ...],
    seed: int,
    refused: list[RecordError],
) -> tuple[list[AnnotatedPaper], list[AnnotatedPaper]]:
    """The papers to learn from and those to measure with."""
    from extract.annotations import read_annotated_papers
    from extract.fine_tuning import hold_out

    annotated = read_annotated_papers(papers, annotations, refused.append, own_types=types)
    try:
        if dev is None:
            return hold_out(annotated, share, seed)
        held_out = read_annotated_papers(*dev, refused.append, own_types=types)
    except UsageError:
        note_refused(refused)  # which says why there are too few
        raise
    known = {one.paper.id for one in held_out}
    return [one for one in annotated if one.paper.id not in known], held_out


def _print(done: FineTuning, output: Path) -> None:
    print_table(
        ("held-out papers", "P", "R", "F1", "right", "found", "expected"),
        [
            (f"{name}, {when}", *_cells(s))
            for name, before, after in _scores(done)
            for when, s in (("before", before), ("after", after))
        ],
    )
    say(f"{output}: the weights of step {done.best_step:,}; `--model {output}` uses them.")
    if done.after.strict.f1 <= done.before.strict.f1:
        note("Note: on the held-out papers the new pipeline is no better than the one before.")


def _cells(score: Score) -> tuple[str, ...]:
    shares = (f"{share:.3f}" for share in (score.precision, score.recall, score.f1))
    return (*shares, f"{score.right:,}", f"{score.found:,}", f"{score.expected:,}")


def _scores(done: FineTuning) -> list[tuple[str, Score, Score]]:
    kinds = [
        (kind, done.before.per_type.get(kind), score)
        for kind, score in done.after.per_type.items()
        if score.found or score.expected
    ]
    return [
        ("mentions", done.before.strict, done.after.strict),
        *((kind, before or score, score) for kind, before, score in kinds),
    ]


def _as_object(
    done: FineTuning, output: Path, taught: int, held_out: int, refused: int
) -> dict[str, Any]:
    from extract.evaluation import as_object

    keys = ("span_strict", "span_untyped", "per_type")
    before, after = as_object(done.before), as_object(done.after)
    return {
        "model": str(output),
        "papers": taught,
        "held_out": held_out,
        "best_step": done.best_step,
        "before": {key: before[key] for key in keys},
        "after": {key: after[key] for key in keys},
        "refused": refused,
    }
