"""How far a figure would swing with other papers: the bootstrap over papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

LEVEL = 0.95
SAMPLES = 1000
_AT_ONCE = 2_000_000  # weights held in memory at a time: 16 MB


def bootstrap_intervals(
    counts: NDArray[np.float64],
    figures: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    *,
    samples: int = SAMPLES,
    seed: int = 0,
) -> list[tuple[float, float]]:
    """The interval of each figure between the 2.5th and the 97.5th percentile of its samples.

    A sample draws as many papers as there are, each time any of them (B. Efron, The Annals of
    Statistics 7, 1979: the percentile interval).

    Args:
        counts: one row a paper, one column for each thing that is counted.
        figures: computes figures (a column each) from sums of counts (a row a sample).
        samples: how many samples are drawn.
        seed: of the random draws; the same seed gives the same intervals.

    Returns:
        Lower and upper end for each figure; nothing where there is no paper.
    """
    papers = len(counts)
    if not papers:
        return []
    generator = np.random.default_rng(seed)
    drawn: list[NDArray[np.float64]] = []
    left = samples
    while left:
        rows = min(left, max(1, _AT_ONCE // papers))
        weights = generator.multinomial(papers, np.full(papers, 1 / papers), size=rows)
        drawn.append(figures(weights @ counts))
        left -= rows
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(np.concatenate(drawn), (tail, 1 - tail), axis=0)
    return [(float(a), float(b)) for a, b in zip(low, high, strict=True)]
