"""Whether confidences mean what they say: the Brier score, and precision and coverage at cuts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

CUTS = (0.5, 0.7, 0.9)


@dataclass(frozen=True, slots=True)
class Cut:
    """What is left when all below a confidence is cut.

    Attributes:
        least: the least confidence that stays, 0 to 1.
        precision: the share of right ones among those that stay; None where none stays.
        coverage: the share of all that stays.
    """

    least: float
    precision: float | None
    coverage: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far the confidences of some findings can be trusted.

    Attributes:
        findings: how many there are.
        right: the share of right ones.
        brier: the mean of (confidence - 1 if right else 0) squared, 0 (sure and right) to 1; always
            saying `right` gives right * (1 - right) (G. W. Brier, Monthly Weather Review 78, 1950).
        cuts: at rising confidences.
    """

    findings: int
    right: float
    brier: float
    cuts: tuple[Cut, ...]


def calibration(
    judged: Sequence[tuple[float, float]], cuts: Sequence[float] = CUTS
) -> Calibration | None:
    """Measure confidences against what turned out right; None where there is nothing.

    Args:
        judged: the confidence of each finding, 0 to 1, and whether it is right: 1 or 0.
        cuts: the least confidences to look at.
    """
    if not judged:
        return None
    total = len(judged)
    return Calibration(
        total,
        sum(right for _, right in judged) / total,
        sum((confidence - right) ** 2 for confidence, right in judged) / total,
        tuple(_cut(judged, least) for least in cuts),
    )


def _cut(judged: Sequence[tuple[float, float]], least: float) -> Cut:
    kept = [right for confidence, right in judged if confidence >= least]
    return Cut(least, sum(kept) / len(kept) if kept else None, len(kept) / len(judged))
