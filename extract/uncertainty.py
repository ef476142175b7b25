"""Which papers the pipeline is least sure of, so that labelling them teaches most."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extract.records import Extraction, Mention


def uncertainty(mentions: Iterable[Mention]) -> float:
    """The share of mentions of a paper that is expected to be wrong, from 0 on, below 1.

    It is the sum of 1 - confidence over the mentions, divided by their number and one more: without
    the one, papers with a single doubtful mention would come before those with many. A paper
    without mentions has 0.

    Returns:
        Rounded to six digits, so that it does not depend on the order of the mentions.
    """
    doubts = [1.0 - mention.confidence for mention in mentions]
    return round(sum(sorted(doubts)) / (len(doubts) + 1), 6)


def least_certain(extractions: Iterable[Extraction], limit: int) -> list[Extraction]:
    """The papers of the highest uncertainty, at most so many; ties by the paper's id."""
    ranked = sorted(extractions, key=lambda e: (-uncertainty(e.mentions), e.paper.id))
    return ranked[:limit]
