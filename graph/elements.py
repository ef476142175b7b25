"""Nodes, edges and what is found among them: the only types at the border of a store."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from extract.records import Community as Community  # made here, kept by the library

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = str | int | float | bool | tuple[str, ...]
"""What a property may be; a property that is not known is left out, never None."""


class NodeKind(StrEnum):
    """The three kinds of node."""

    PAPER = "Paper"
    CONCEPT = "Concept"
    RESULT = "Result"


class Relation(StrEnum):
    """The closed list of edge types: paper to concept, paper to result, result to concept."""

    PROPOSES = "PROPOSES"
    USES = "USES"
    EVALUATES = "EVALUATES"
    ADDRESSES = "ADDRESSES"
    REPORTS = "REPORTS"
    TRAINS = "TRAINS"
    COMPARES = "COMPARES"
    STUDIES = "STUDIES"
    MENTIONS = "MENTIONS"
    STATES = "STATES"
    OF_METHOD = "OF_METHOD"
    ON_DATASET = "ON_DATASET"
    BY_METRIC = "BY_METRIC"


PAPER_CONCEPT_RELATIONS = frozenset(Relation) - {
    Relation.STATES,
    Relation.OF_METHOD,
    Relation.ON_DATASET,
    Relation.BY_METRIC,
}
"""The relations that paths and communities go by."""


@dataclass(frozen=True, slots=True)
class Node:
    """A paper, a concept or a result.

    Attributes:
        id: `p…` (paper), `TYPE/name` (concept) or `r…` (result); unique over the graph.
        kind: which of the three.
        name: display name: the title, the concept's name, the result's value with unit.
        type: the concept's type (`Method`, …, or one of the user's own); None for other kinds.
        properties: Paper: abstract, doi, arxiv_id, published, seen_on, authors, url.
            Concept: aliases, papers (number of papers), other_types, ambiguous.
            Result: value (as written), number (what it stands for; a range stands for none), unit,
            delta, baseline, quote, confidence.
            After communities are found, Paper and Concept also carry `community`, the id of the
            community's leading concept.
    """

    id: str
    kind: NodeKind
    name: str
    type: str | None = None
    properties: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edge:
    """A directed, typed edge; `(source, relation, target)` is unique over the graph.

    Attributes:
        source: id of the node it leaves.
        relation: its type.
        target: id of the node it reaches.
        properties: on paper-concept edges: confidence (0 to 1), count (mentions in the paper),
            evidence (the sentence or the title that says so, verbatim).
    """

    source: str
    relation: Relation
    target: str
    properties: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """One edge of a path, walked from `source` to `target`, whichever way the edge points.

    Attributes:
        source, target: the two nodes, in the direction of the walk.
        relation: the edge's type.
        paper: id of the paper that the edge belongs to.
        evidence: the sentence or title of that paper that says so, verbatim.
    """

    source: Node
    relation: Relation
    target: Node
    paper: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Path:
    """A walk from one node to another; no steps where both are the same node."""

    start: Node
    end: Node
    steps: tuple[Step, ...]
