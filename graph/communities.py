"""Groups of papers and concepts that belong together, each with a name that tells what it is about.

Papers and the concepts that at least two of them share are one weighted graph, which the Leiden
algorithm divides (V. A. Traag, L. Waltman, N. J. van Eck, "From Louvain to Leiden: guaranteeing
well-connected communities", 2019). Concepts of a single paper say nothing about what belongs
together; they go with their paper.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from extract.errors import UsageError
from extract.records import fold
from graph.elements import PAPER_CONCEPT_RELATIONS, Community, NodeKind
from graph.partition import partition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from graph.elements import Edge, Node

_ELSEWHERE = 2.0  # papers outside that a concept is credited with before any is seen
_NAMES = 3  # in the name of a community
_NAME_LENGTH = 60  # characters of one of them
_SAME = 85.0  # from this similarity on a name only repeats another


def find_communities(
    nodes: Iterable[Node], edges: Iterable[Edge], *, resolution: float = 1.0, seed: int = 0
) -> tuple[Community, ...]:
    """Divide papers and concepts into communities.

    A paper and a concept are linked with the weight `c / sqrt(n)`, where c is the confidence of
    their edge (the greatest of several, 1 where it is not known) and n the number of papers linked
    with the concept. So what most papers share binds little, and what two papers happen to share
    does not decide everything. Leiden maximises the modularity of these links.

    A concept is the more telling the more papers of the community have it and the fewer others:
    `i * (i / (t + 2))**2`, where i is the sum of its confidences in the community's papers and t
    that in all; the 2 keeps what a few papers happen to share behind what many do. The central
    papers have the telling concepts.

    The answer depends on the graph alone, neither on the order of the input nor on the process.

    Args:
        nodes: the nodes that the edges end at, or more.
        edges: of any relations; those between papers and concepts count, if their confidence is
            above 0.
        resolution: above 0; 1 is modularity as usually defined. Higher gives more and smaller
            communities.
        seed: 0 to 2**64 - 1; of Leiden's random choices.

    Returns:
        Communities that do not overlap, each connected, of two papers or more; most papers first,
        ties by id. A paper that shares no concept with another belongs to none, nor do its
        concepts.

    Raises:
        UsageError: resolution or seed is out of range, or an edge ends at no node that is given.
    """
    if not 0 < resolution < math.inf:
        raise UsageError(f"The resolution must be a number above 0, got {resolution!r}.")
    if not 0 <= seed < 2**64:
        raise UsageError(f"The seed must be a whole number from 0 to 2**64 - 1, got {seed!r}.")
    names = {node.id: node.name for node in nodes if node.kind is not NodeKind.RESULT}
    corpus = _corpus(edges, names)
    groups = partition(list(_links(corpus)), resolution=resolution, seed=seed)
    found = (_community(group, corpus, names) for group in groups)
    return tuple(sorted(found, key=lambda c: (-len(c.papers), c.id)))


def mark_communities(nodes: Iterable[Node], communities: Iterable[Community]) -> tuple[Node, ...]:
    """The nodes, in their order, with the property `community` on members and on no others."""
    home = {
        member: community.id
        for community in communities
        for member in (*community.papers, *community.concepts)
    }
    return tuple(_marked(node, home.get(node.id)) for node in nodes)


@dataclass(frozen=True, slots=True)
class _Corpus:
    """Confidences by paper and concept, and by concept and paper; keys sorted."""

    concepts_of: Mapping[str, Mapping[str, float]]
    papers_of: Mapping[str, Mapping[str, float]]

    def is_shared(self, concept: str) -> bool:
        return len(self.papers_of[concept]) > 1


def _corpus(edges: Iterable[Edge], names: Mapping[str, str]) -> _Corpus:
    confidences: dict[tuple[str, str], float] = {}
    for edge in edges:
        if edge.relation in PAPER_CONCEPT_RELATIONS:
            pair = (edge.source, edge.target)
            confidences[pair] = max(_confidence(edge), confidences.get(pair, 0.0))
    concepts_of: dict[str, dict[str, float]] = defaultdict(dict)
    papers_of: dict[str, dict[str, float]] = defaultdict(dict)
    for (paper, concept), confidence in sorted(confidences.items()):
        absent = [end for end in (paper, concept) if end not in names]
        if absent:
            raise UsageError(f"An edge ends at {absent[0]!r}, which is not among the nodes given.")
        if confidence > 0:
            concepts_of[paper][concept] = confidence
            papers_of[concept][paper] = confidence
    return _Corpus(concepts_of, papers_of)


def _confidence(edge: Edge) -> float:
    confidence = edge.properties.get("confidence", 1.0)
    if isinstance(confidence, int | float) and math.isfinite(confidence):
        return float(confidence)
    raise UsageError(
        f"The confidence of the edge from {edge.source!r} to {edge.target!r} is {confidence!r}:"
        " expected a number from 0 to 1."
    )


def _links(corpus: _Corpus) -> Iterator[tuple[str, str, float]]:
    for concept, papers in corpus.papers_of.items():
        if corpus.is_shared(concept):
            for paper, confidence in papers.items():
                yield paper, concept, confidence / math.sqrt(len(papers))


def _community(group: AbstractSet[str], corpus: _Corpus, names: Mapping[str, str]) -> Community:
    papers = group & corpus.concepts_of.keys()
    own = {c for p in papers for c in corpus.concepts_of[p] if not corpus.is_shared(c)}
    telling = {c: _telling(c, papers, corpus) for c in (group - papers) | own}
    central = {
        paper: math.fsum(
            confidence * telling.get(concept, 0.0)
            for concept, confidence in corpus.concepts_of[paper].items()
            if corpus.is_shared(concept)
        )
        for paper in papers
    }
    concepts = _ranked(telling)
    name = community_name([names[concept] for concept in concepts])
    return Community(concepts[0], name, _ranked(central), concepts)


def _telling(concept: str, papers: AbstractSet[str], corpus: _Corpus) -> float:
    confidences = corpus.papers_of[concept]
    inside = math.fsum(c for paper, c in confidences.items() if paper in papers)
    return inside * (inside / (math.fsum(confidences.values()) + _ELSEWHERE)) ** 2


def _ranked(scores: Mapping[str, float]) -> tuple[str, ...]:
    return tuple(sorted(scores, key=lambda member: (-scores[member], member)))


def community_name(concepts: Sequence[str]) -> str:
    """The first three names that do not repeat one another, joined by commas.

    Args:
        concepts: display names, most telling first; the first is always taken.

    Returns:
        White space is made single blanks; a name of more than 60 characters is cut.

    >>> community_name(["diffusion model", "diffusion models", "latent diffusion model", "FID"])
    'diffusion model, FID'
    """
    chosen: list[str] = []
    for concept in concepts:
        if not any(_repeats(concept, other) for other in chosen):
            chosen.append(concept)
        if len(chosen) == _NAMES:
            break
    return ", ".join(map(_shortened, chosen))


def _repeats(a: str, b: str) -> bool:
    """Whether all words of one name are in the other, or nearly so."""
    return fuzz.token_set_ratio(fold(a), fold(b)) >= _SAME


def _shortened(name: str) -> str:
    text = " ".join(name.split())
    return text if len(text) <= _NAME_LENGTH else text[: _NAME_LENGTH - 1].rstrip() + "…"


def _marked(node: Node, community: str | None) -> Node:
    if community is None and "community" not in node.properties:
        return node
    properties = {name: value for name, value in node.properties.items() if name != "community"}
    if community is not None:
        properties["community"] = community
    return replace(node, properties=properties)
