"""Where the atlas draws everything: islands of papers and shared concepts, dots by the papers."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.atlas.forces import arrange_many
from graph.elements import PAPER_CONCEPT_RELATIONS, Community, NodeKind
from graph.layout import Arrangement, arrange, lay_out

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.elements import Edge, Node
    from graph.layout import Island, Points

_FIRST_RING = 13.0  # from a paper to the dots of its own concepts; neighbours are at 44
_RING_STEP = 6.0  # from dot to dot, and from ring to ring
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
_MANY_NODES = 20_000  # above it the slower, finer layout is for tiny islands only
_LARGEST_FINE = 400  # members of an island with the finer layout
_LARGEST_FINE_OF_MANY = 12


@dataclass(frozen=True, slots=True)
class AtlasLayout:
    """Where everything is.

    Attributes:
        positions: of papers and concepts by id, in whole units; neighbours are some 44 apart.
        islands: the communities' discs, largest first; `community` is empty for connected parts
            that are in none.
        belt: width of the belt round every island that is free of other islands' belts.
    """

    positions: Mapping[str, tuple[int, int]]
    islands: tuple[Island, ...]
    belt: float


def lay_out_atlas(
    nodes: Sequence[Node], edges: Sequence[Edge], communities: Sequence[Community], seed: int = 0
) -> AtlasLayout:
    """Place papers and concepts; results have no place.

    Papers and the concepts that two or more of them share are laid out by `graph.layout.lay_out`,
    an island a community, and one for papers that share nothing; a concept of one paper is a dot
    beside that paper. Below 20,000 nodes
    islands of up to 400 members get the fine force layout, larger ones the coarse one of
    `graph.atlas.forces`; above, so that 100,000 papers take seconds, all get the coarse one.

    Args:
        nodes: of any kind, ids unique.
        edges: those between papers and concepts that are among `nodes` count.
        communities: members that are not among `nodes` do no harm.
        seed: of both force layouts.
    """
    kinds = {node.id: node.kind for node in nodes if node.kind is not NodeKind.RESULT}
    links = [
        edge
        for edge in edges
        if edge.relation in PAPER_CONCEPT_RELATIONS
        and edge.source in kinds
        and edge.target in kinds
    ]
    papers_of: dict[str, set[str]] = defaultdict(set)
    for link in links:
        papers_of[link.target].add(link.source)
    own = {concept: papers for concept, papers in papers_of.items() if len(papers) == 1}
    main = [node for node in nodes if node.id in kinds and node.id not in own]
    shared = [link for link in links if link.target not in own]
    linked = {end for link in shared for end in (link.source, link.target)}
    lone = tuple(node.id for node in main if node.id not in linked)
    layout = lay_out(
        main,
        shared,
        # On an island of their own, else a ring of them round all would make the rest small.
        [*communities, Community("", "", lone, ())],
        seed,
        arrangement=_arrangement(len(main)),
    )
    positions = {id_: (round(x), round(y)) for id_, (x, y) in sorted(layout.positions.items())}
    positions |= _dots(own, positions)
    return AtlasLayout(positions, layout.islands, layout.belt)


def _arrangement(main: int) -> Arrangement:
    """How islands are laid out in a graph of so many main nodes."""
    largest_fine = _LARGEST_FINE if main <= _MANY_NODES else _LARGEST_FINE_OF_MANY

    def arrangement(
        members: Sequence[str], weights: Mapping[str, Mapping[str, float]], seed: int
    ) -> Points:
        chosen = arrange if len(members) <= largest_fine else arrange_many
        return chosen(members, weights, seed)

    return arrangement


def _dots(
    own: Mapping[str, set[str]], positions: Mapping[str, tuple[int, int]]
) -> dict[str, tuple[int, int]]:
    """Concepts of one paper on rings round it, in the order of their ids."""
    concepts_of: dict[str, list[str]] = defaultdict(list)
    for concept in sorted(own):
        (paper,) = own[concept]
        concepts_of[paper].append(concept)
    dots: dict[str, tuple[int, int]] = {}
    for rank, paper in enumerate(sorted(concepts_of)):
        x, y = positions[paper]
        # Turned from paper to paper, so that no direction stands out.
        offsets = _ring_offsets(len(concepts_of[paper]), rank * _GOLDEN_ANGLE)
        for concept, (dx, dy) in zip(concepts_of[paper], offsets, strict=True):
            dots[concept] = round(x + dx), round(y + dy)
    return dots


def _ring_offsets(count: int, turn: float) -> list[tuple[float, float]]:
    """`count` places on as many rings as they need, evenly spread on each.

    >>> [(round(x), round(y)) for x, y in _ring_offsets(4, 0.0)]
    [(13, 0), (0, 13), (-13, 0), (0, -13)]
    """
    offsets: list[tuple[float, float]] = []
    radius = _FIRST_RING
    while len(offsets) < count:
        here = min(count - len(offsets), int(2 * math.pi * radius / _RING_STEP))
        for slot in range(here):
            angle = turn + 2 * math.pi * slot / here
            offsets.append((radius * math.cos(angle), radius * math.sin(angle)))
        radius += _RING_STEP
    return offsets
