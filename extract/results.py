"""Numeric results that an abstract states (being written)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.records import Mention, Paper, Result


def find_results(paper: Paper, mentions: Sequence[Mention]) -> tuple[Result, ...]:
    """The results of a paper."""
    return ()
