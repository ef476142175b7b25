"""Learn how likely mentions are right: `python -m extract.confidence_training GOLD -m MODEL`.

GOLD is a folder of annotated abstracts (`extract.gold`), of which the development parts teach: on
texts that the network was trained on it is surer than it should be. MODEL is the folder of the
pipeline; `confidence.json` is written there, and the figures that are printed are of a
cross-validation by paper, so that no mention is judged by what it taught.
"""

from __future__ import annotations

import argparse
import math
import sys
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from extract.calibration import calibration
from extract.confidence import LABELS, MENTION, confidence, confidence_model, mention_features
from extract.evaluation import Score
from extract.files import write_atomically
from extract.gold import DEVELOPMENT_PARTS, annotated_papers
from extract.linear import SCALE, LinearModel, models_as_json
from extract.linear_training import fit_shares
from extract.model_identity import CONFIDENCE_FILE, MODEL_FOLDER
from extract.pipeline import LEAST_CONFIDENCE, is_well_known, load_extractor
from extract.records import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from extract.gold import AnnotatedPaper
    from extract.pipeline import Extractor

FOLDS = 10

# Chosen by cross-validation on the development parts: .1334 Brier against .1347 at 8, .1377 at 2.
_PENALTY = 20.0
_ITERATIONS = 100


@dataclass(frozen=True, slots=True)
class JudgedMention:
    """A mention that the pipeline found, and whether it is right.

    Attributes:
        paper: id of the paper.
        features: as `extract.confidence.mention_features` gives them.
        right: 1 or 0 by annotation.
        well_known: whether it is kept whatever its confidence.
    """

    paper: str
    features: frozenset[str]
    right: float
    well_known: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """What confidences are worth.

    Attributes:
        brier: mean squared distance between confidence and truth, 0 (best) to 1.
        at_cuts: by cut, the share of right mentions among those of that confidence or more, and
            the share of all mentions that these are.
    """

    brier: float
    at_cuts: dict[float, tuple[float, float]]


def judged_mentions(
    extractor: Extractor, annotated: Iterable[AnnotatedPaper]
) -> Iterator[JudgedMention]:
    """What the pipeline finds in annotated papers, each right where it was annotated so."""
    for one in annotated:
        marked = extractor.mark(one.paper)
        expected = {(m.field, m.start, m.end, m.type) for m in one.mentions}
        for span, features in zip(marked.spans, mention_features(marked), strict=True):
            place = marked.text.place(span.start, span.end)
            if place is not None:
                right = (*place, span.type) in expected
                surface = one.paper.text(place[0])[place[1] : place[2]]
                known = is_well_known(surface)
                yield JudgedMention(one.paper.id, features, float(right), known)


def learn_confidence(judged: Sequence[JudgedMention]) -> LinearModel:
    """The model that tells how likely mentions are right; it needs at least one."""
    right = np.array([mention.right for mention in judged])
    return fit_shares(
        [mention.features for mention in judged],
        np.stack([1.0 - right, right], axis=1),
        LABELS,
        penalty=_PENALTY,
        least_count=5,
        least_weight=0.005,
        iterations=_ITERATIONS,
    )


def rescaled(model: LinearModel, judged: Sequence[JudgedMention]) -> LinearModel:
    """The model with slope and height that fit `judged` best, by Newton's method."""
    if not judged:
        return model
    odds = np.array([_odds(model, mention.features) for mention in judged])
    right = np.array([mention.right for mention in judged])
    inputs = np.stack([odds, np.ones(len(odds))], axis=1)
    solution = np.array([1.0, 0.0])
    for _ in range(20):
        shares = 1.0 / (1.0 + np.exp(-inputs @ solution))
        gradient = inputs.T @ (shares - right)
        curvature = (inputs * (shares * (1.0 - shares))[:, None]).T @ inputs
        solution = solution - np.linalg.solve(curvature + 1e-6 * np.eye(2), gradient)
    slope, height = (float(value) for value in solution)

    def row(weights: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(round(slope * weight) for weight in weights)

    wrong, right_bias = row(model.bias)
    return LinearModel(
        model.labels,
        (wrong, right_bias + round(height * SCALE)),
        {feature: row(weights) for feature, weights in model.weights.items()},
    )


def _odds(model: LinearModel, features: frozenset[str]) -> float:
    wrong, right = model.scores(features)
    return (right - wrong) / SCALE


def cross_validated(judged: Sequence[JudgedMention], *, folds: int = FOLDS) -> list[float]:
    """The confidence of each mention by a model that its paper did not teach.

    Papers are dealt out to folds in the order of the digests of their ids.
    """
    papers = sorted({mention.paper for mention in judged}, key=digest)
    fold_of = {paper: number % folds for number, paper in enumerate(papers)}
    models = []
    for fold in range(folds):
        others = [mention for mention in judged if fold_of[mention.paper] != fold] or judged
        models.append(learn_confidence(others))
    return [confidence(models[fold_of[m.paper]], m.features) for m in judged]


def figures(confidences: Sequence[float], right: Sequence[float]) -> Figures:
    """What these confidences were worth; one number or more.

    >>> figures([0.9, 0.6], [1.0, 0.0]).at_cuts[0.7]
    (1.0, 0.5)
    """
    measured = calibration(list(zip(confidences, right, strict=True)))
    assert measured is not None
    at_cuts = {
        cut.least: (
            math.nan if cut.precision is None else round(cut.precision, 4),
            round(cut.coverage, 4),
        )
        for cut in measured.cuts
    }
    return Figures(round(measured.brier, 4), at_cuts)


def span_f1(judged: Sequence[JudgedMention], confidences: Sequence[float], annotated: int) -> float:
    """Strict span F1 of the mentions that the pipeline keeps.

    Args:
        judged: all that it marks.
        confidences: of each.
        annotated: how many mentions should be found; those that are not among `judged` too.

    >>> span_f1([JudgedMention("p", frozenset(), right) for right in (1.0, 0.0)], [0.9, 0.1], 1)
    1.0
    """
    kept = [
        mention
        for mention, sure in zip(judged, confidences, strict=True)
        if sure >= LEAST_CONFIDENCE or mention.well_known
    ]
    return round(Score(sum(m.right == 1.0 for m in kept), len(kept), annotated).f1, 4)


def write_confidence(gold: Path, model: Path) -> list[str]:
    """Learn the confidences of the pipeline in a folder and write them there.

    Args:
        gold: folder of annotated abstracts; the development parts teach.
        model: folder of the pipeline.

    Returns:
        Lines for the reader: cross-validated figures of each part.

    Raises:
        ModelError: the folder holds no pipeline.
        UsageError: the folder cannot be written.
    """
    extractor = load_extractor(model)
    papers = {part: list(annotated_papers(gold, part)) for part in DEVELOPMENT_PARTS}
    by_part = {part: list(judged_mentions(extractor, own)) for part, own in papers.items()}
    judged = [mention for found in by_part.values() for mention in found]
    learned = learn_confidence(judged)
    write_atomically(model / CONFIDENCE_FILE, models_as_json({MENTION: learned}))
    for loaded in (confidence_model, load_extractor):
        loaded.cache_clear()  # they keep the pipeline with the confidences that it had before
    shares = iter(cross_validated(judged))
    lines = []
    for part, found in by_part.items():
        if found:
            own = list(islice(shares, len(found)))
            f1 = span_f1(found, own, sum(len(one.mentions) for one in papers[part]))
            line = _line(part, figures(own, [mention.right for mention in found]))
            lines.append(f"{line}; strict span F1 {f1:.4f}")
    return lines


def _line(part: str, found: Figures) -> str:
    cuts = "; ".join(
        f"from {cut}: precision {precision:.3f}, coverage {coverage:.3f}"
        for cut, (precision, coverage) in found.at_cuts.items()
    )
    return f"{part}: Brier {found.brier:.4f}; {cuts}"


def main() -> None:
    """The command line: GOLD -m MODEL."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path, help="folder of the annotated abstracts")
    parser.add_argument("-m", "--model", type=Path, default=MODEL_FOLDER, help="the pipeline")
    arguments = parser.parse_args()
    for line in write_confidence(arguments.gold, arguments.model):
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
