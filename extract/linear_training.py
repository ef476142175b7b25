"""Fit the linear classifiers of `extract.linear`: multinomial logistic regression by L-BFGS.

Needs numpy alone. The fit is convex and starts from zero: no seed, the same data, the same model.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from extract.files import write_atomically
from extract.gold import TRAINING_PARTS, annotated_papers, parts_of
from extract.linear import SCALE, LinearModel, models_as_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from extract.gold import AnnotatedPaper

    Vector = NDArray[np.float64]

_MEMORY = 8  # pairs of steps and gradient changes that L-BFGS keeps
_ARMIJO = 1e-4  # share of the promised decrease that a step must bring


@dataclass(frozen=True, slots=True)
class Example:
    """One thing to be classified.

    Attributes:
        features: the names of the features that hold.
        label: its class.
    """

    features: frozenset[str]
    label: str


def fit(
    examples: Sequence[Example],
    labels: Sequence[str],
    *,
    penalty: float = 12.0,
    least_count: int = 5,
    least_weight: float = 0.05,
    iterations: int = 60,
) -> LinearModel:
    """The classifier that makes the labels of `examples` most likely, less a penalty.

    Args:
        examples: what to learn from; every label is one of `labels`.
        labels: the classes, in the order in which ties are broken.
        penalty: half of it times the sum of squared weights is added to the loss; higher gives
            smaller weights.
        least_count: features that hold for fewer examples are left out.
        least_weight: features none of whose weights (log odds) is larger are left out.
        iterations: most steps of the optimiser.

    Raises:
        ValueError: there are no examples, or one has a label that is not among `labels`.
    """
    unknown = {example.label for example in examples} - set(labels)
    if not examples or unknown:
        raise ValueError(f"expected examples labelled {labels}, got {len(examples)}, {unknown=}")
    wanted = np.zeros((len(examples), len(labels)))
    wanted[np.arange(len(examples)), [labels.index(example.label) for example in examples]] = 1.0
    return fit_shares(
        [example.features for example in examples],
        wanted,
        labels,
        penalty=penalty,
        least_count=least_count,
        least_weight=least_weight,
        iterations=iterations,
    )


def fit_shares(
    examples: Sequence[frozenset[str]],
    shares: Vector,
    labels: Sequence[str],
    *,
    penalty: float,
    least_count: int,
    least_weight: float,
    iterations: int,
) -> LinearModel:
    """As `fit`, where an example may belong to several classes in parts.

    Args:
        examples: the features that hold for each; at least one example.
        shares: a row an example, a column a class: how much of it each class has, such as the
            probabilities that a teacher gives; rows sum to 1.
        labels: the classes.
        penalty, least_count, least_weight, iterations: as for `fit`.
    """
    counts = Counter(feature for features in examples for feature in features)
    names = sorted(feature for feature, count in counts.items() if count >= least_count)
    columns_of = {name: column for column, name in enumerate(names)}
    rows: list[int] = []
    columns: list[int] = []
    for row, features in enumerate(examples):
        known = [columns_of[name] for name in features if name in columns_of]
        rows.extend([row] * len(known))
        columns.extend(sorted(known))
    loss = _loss(np.array(rows), np.array(columns), shares, len(names), penalty)
    solution = _minimise(loss, np.zeros((len(names) + 1) * len(labels)), iterations)
    table = np.rint(solution.reshape(len(names) + 1, len(labels)) * SCALE).astype(int)
    weights = {
        name: tuple(int(value) for value in row)
        for name, row in zip(names, table[1:], strict=True)
        if abs(row).max() > least_weight * SCALE
    }
    return LinearModel(tuple(labels), tuple(int(value) for value in table[0]), weights)


def _loss(
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    wanted: Vector,
    width: int,
    penalty: float,
) -> Callable[[Vector], tuple[float, Vector]]:
    """The penalised negative log likelihood and its gradient, as a function of the weights.

    Row 0 of the weights is the bias, which is not penalised.
    """
    count, classes = wanted.shape

    def value(flat: Vector) -> tuple[float, Vector]:
        weights = flat.reshape(width + 1, classes)
        scores = np.stack(
            [
                np.bincount(rows, weights[1:, k][columns], minlength=count) + weights[0, k]
                for k in range(classes)
            ],
            axis=1,
        )
        scores -= scores.max(axis=1, keepdims=True)
        normal = np.log(np.exp(scores).sum(axis=1, keepdims=True))
        excess = np.exp(scores - normal) - wanted
        gradient = np.empty_like(weights)
        gradient[0] = excess.sum(axis=0)
        for k in range(classes):
            gradient[1:, k] = np.bincount(columns, excess[rows, k], minlength=width)
        gradient[1:] += penalty * weights[1:]
        # By rows first: with whole labels the sums are those of one number a row, bit for bit.
        total = -float(((scores - normal) * wanted).sum(axis=1).sum())
        return total + 0.5 * penalty * float((weights[1:] ** 2).sum()), gradient.ravel()

    return value


def _minimise(
    function: Callable[[Vector], tuple[float, Vector]], start: Vector, iterations: int
) -> Vector:
    """Limited-memory BFGS with backtracking (Nocedal and Wright 2006, algorithms 7.4 and 7.5)."""
    point = start
    value, gradient = function(point)
    memory: list[tuple[Vector, Vector]] = []
    for _ in range(iterations):
        direction = -_two_loops(gradient, memory)
        slope = float(direction @ gradient)
        step = 1.0 if memory else 1.0 / max(1.0, float(np.abs(gradient).sum()))
        new_value, new_gradient = function(point + step * direction)
        while new_value > value + _ARMIJO * step * slope and step > 1e-12:
            step /= 2
            new_value, new_gradient = function(point + step * direction)
        moved, turned = step * direction, new_gradient - gradient
        if float(moved @ turned) > 0:
            memory = [*memory[1 - _MEMORY :], (moved, turned)]
        point = point + moved
        done = value - new_value < 1e-7 * abs(value)
        value, gradient = new_value, new_gradient
        if done:
            break
    return point


def _two_loops(gradient: Vector, memory: list[tuple[Vector, Vector]]) -> Vector:
    """The gradient times the approximate inverse Hessian."""
    result = gradient.copy()
    factors = []
    for moved, turned in reversed(memory):
        factor = float(moved @ result) / float(moved @ turned)
        factors.append(factor)
        result -= factor * turned
    if memory:
        moved, turned = memory[-1]
        result *= float(moved @ turned) / float(turned @ turned)
    for (moved, turned), factor in zip(memory, reversed(factors), strict=True):
        correction = float(turned @ result) / float(moved @ turned)
        result += (factor - correction) * moved
    return result


def learn_from_gold(
    description: str,
    learn: Callable[[list[AnnotatedPaper], list[AnnotatedPaper]], Mapping[str, LinearModel]],
) -> None:
    """The command line of a module that learns weights: GOLD [--marked FOLDER] -o FILE.

    Args:
        description: the module's docstring, whose first line `--help` shows.
        learn: makes named models of the annotated papers of the training parts, and of papers that
            a teacher marked.

    Raises:
        UsageError: FILE cannot be written.
    """
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("gold", type=Path, help="folder of the annotated abstracts")
    parser.add_argument("--marked", type=Path, help="folder of abstracts that teachers marked")
    parser.add_argument("-o", "--output", type=Path, required=True, help="file for the weights")
    arguments = parser.parse_args()
    papers = [one for part in TRAINING_PARTS for one in annotated_papers(arguments.gold, part)]
    parts = [] if arguments.marked is None else parts_of(arguments.marked)
    marked = [one for part in parts for one in annotated_papers(arguments.marked, part)]
    write_atomically(arguments.output, models_as_json(learn(papers, marked)))
