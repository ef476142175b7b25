"""What a push to a server is asked for and reports: all of it that needs no server's driver."""

from __future__ import annotations

from dataclasses import dataclass

DEFAULT_BATCH_SIZE = 10_000
"""Nodes or edges in a transaction; between 5,000 and 20,000 the speed is the same."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a push did to nodes, or to edges.

    Attributes:
        created: were not there.
        changed: were there with other labels or properties.
        removed: were there and are not in the graph any more.
        unchanged: were there as they should be.
        kept: nodes that are not in the graph any more, but that edges of other programs hold on
            to: they stay, without the label `Paperkg` and without our edges. 0 for edges.
    """

    created: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    kept: int = 0


@dataclass(frozen=True, slots=True)
class PushReport:
    """What a push did, or would do."""

    nodes: Changes
    edges: Changes
