"""Dividing a weighted graph of papers and concepts by the Leiden algorithm."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import graspologic_native

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    Link = tuple[str, str, float]
    """Paper id, concept id, weight above 0."""

    _Neighbours = dict[str, dict[str, float]]

_FEWEST_PAPERS = 2  # one paper is no group
_RANDOMNESS = 0.001  # the library's own default
_ITERATIONS = 10  # on real corpora the last of these gain less than 0.001 of modularity
_MOST_TRIALS = 16
_LINKS_TRIED = 200_000  # links times trials; keeps small corpora good and large ones bearable


def partition(links: Sequence[Link], *, resolution: float, seed: int) -> list[set[str]]:
    """Divide papers and concepts into connected groups of at least two papers.

    Leiden with modularity, the best of up to 16 trials (fewer above 12,500 links, one above
    100,000). A group of one paper or none, which leaves the rest of the graph no better off, joins
    the group it is linked with most.

    Args:
        links: each pair once, in any order.
        resolution: above 0; higher gives more groups.
        seed: 0 to 2**64 - 1.

    Returns:
        Sets without overlap that cover all ids of the links, sorted by their least id. A group
        has one paper only where that paper shares no concept with another.
    """
    if not links:
        return []
    ordered = sorted(links)
    trials = max(1, min(_MOST_TRIALS, _LINKS_TRIED // len(ordered)))
    _, membership = graspologic_native.leiden(
        ordered,
        starting_communities=None,
        resolution=resolution,
        randomness=_RANDOMNESS,
        iterations=_ITERATIONS,
        use_modularity=True,
        seed=seed,
        trials=trials,
    )
    neighbours = _neighbours(ordered)
    groups = _connected_parts(membership, neighbours)
    _join_small(groups, {paper for paper, _, _ in ordered}, neighbours)
    return sorted(groups.values(), key=min)


def _neighbours(links: Sequence[Link]) -> _Neighbours:
    neighbours: _Neighbours = defaultdict(dict)
    for paper, concept, weight in links:
        neighbours[paper][concept] = weight
        neighbours[concept][paper] = weight
    return neighbours


def _connected_parts(membership: Mapping[str, int], neighbours: _Neighbours) -> dict[str, set[str]]:
    """The connected parts of each cluster by their least member; Leiden leaves one part each."""
    parts: dict[str, set[str]] = {}
    seen: set[str] = set()
    for start in sorted(membership):
        if start in seen:
            continue
        part = {start}
        waiting = [start]
        while waiting:
            node = waiting.pop()
            for other in neighbours[node]:
                if other not in part and membership[other] == membership[start]:
                    part.add(other)
                    waiting.append(other)
        seen |= part
        parts[start] = part
    return parts


def _join_small(
    groups: dict[str, set[str]], papers: Collection[str], neighbours: _Neighbours
) -> None:
    """Join groups of too few papers with the group of the heaviest links, ties by least member."""
    home = {member: name for name, group in groups.items() for member in group}
    for name in sorted(groups):
        group = groups[name]
        if sum(member in papers for member in group) >= _FEWEST_PAPERS:
            continue
        pull: dict[str, float] = defaultdict(float)
        for member in sorted(group):
            for other, weight in neighbours[member].items():
                if home[other] != name:
                    pull[home[other]] += weight
        if not pull:
            continue
        strongest = min(pull, key=lambda other: (-pull[other], other))
        groups[strongest] |= groups.pop(name)
        home.update(dict.fromkeys(group, strongest))
