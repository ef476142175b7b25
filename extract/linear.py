"""A linear classifier over named features, kept as whole numbers in a JSON file.

Scores are sums of integers, so they do not depend on the order of the features nor on the machine.
`extract.linear_training` makes such files.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extract.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

SCALE = 1000
"""Integer weights are this many times the logarithmic odds that they stand for."""


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Multinomial logistic regression.

    Attributes:
        labels: the classes; where scores tie the first wins.
        bias: one score a class, in thousandths of log odds.
        weights: of each feature, one score a class, likewise.
    """

    labels: tuple[str, ...]
    bias: tuple[int, ...]
    weights: Mapping[str, tuple[int, ...]]

    def scores(self, features: Iterable[str]) -> list[int]:
        """The score of every class; features that the model does not know count nothing.

        >>> model = LinearModel(("no", "yes"), (0, -10), {"L1=on": (0, 25)})
        >>> model.scores(["L1=on", "R1=dataset"])
        [0, 15]
        """
        known = [row for row in map(self.weights.get, features) if row is not None]
        return [sum(column) for column in zip(self.bias, *known, strict=True)]

    def best(self, features: Iterable[str]) -> str:
        """The class with the highest score."""
        scores = self.scores(features)
        return self.labels[scores.index(max(scores))]


def probability(scores: list[int], index: int) -> float:
    """The share of class `index` in the scores, 0 to 1, rounded to four digits.

    >>> probability([0, 0], 1)
    0.5
    """
    top = max(scores)
    shares = [math.exp((score - top) / SCALE) for score in scores]
    return round(shares[index] / sum(shares), 4)


def read_models(path: Path) -> dict[str, LinearModel]:
    """The models of a file, by name.

    Raises:
        ModelError: the file is missing or is no file of such models.
    """
    try:
        record: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
        return {
            name: LinearModel(
                tuple(entry["labels"]),
                tuple(entry["bias"]),
                {feature: tuple(row) for feature, row in entry["weights"].items()},
            )
            for name, entry in record.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as exc:
        raise ModelError(
            f"{path} cannot be read as linear models ({exc!r}). It is a part of paperkg: "
            "install paperkg again, or make the file anew as CONTRIBUTING.md says."
        ) from exc


def models_as_json(models: Mapping[str, LinearModel]) -> str:
    """The text of a file of models, one feature a line, sorted: the same models, the same bytes."""
    parts = []
    for name in sorted(models):
        model = models[name]
        rows = ",\n".join(
            f"{json.dumps(feature)}:{json.dumps(row, separators=(',', ':'))}"
            for feature, row in sorted(model.weights.items())
        )
        parts.append(
            f'{json.dumps(name)}: {{"labels": {json.dumps(model.labels)}, '
            f'"bias": {json.dumps(model.bias)}, "weights": {{\n{rows}\n}}}}'
        )
    return "{" + ",\n".join(parts) + "}\n"
