"""From papers, mentions, results and concepts to the nodes and edges that they imply."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

from extract.errors import UsageError
from extract.quantities import number_of
from extract.records import ConceptType, digest
from extract.roles import best_evidence
from extract.unify import concept_of_mention, unify_roles
from graph.elements import Edge, Node, NodeKind, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from extract.records import Concept, Mention, Paper, Result
    from graph.elements import Value

    ConceptOf = Mapping[tuple[str, str, str], str]
    """Concept id by (paper id, surface text, mention type)."""

    _Grouped = dict[tuple[str, Relation, str], list[Mention]]
    """Mentions by the edge that they make: paper id, relation, concept id."""

    _BySurface = dict[tuple[str, str], dict[str, str]]
    """Concept id by mention type, by (paper id, surface text)."""

_Identified = TypeVar("_Identified", "Paper", "Concept")

_TITLE_LENGTH = 80  # of what stands for a title that is not there


def project(
    papers: Iterable[Paper],
    mentions: Iterable[Mention],
    results: Iterable[Result],
    concepts: Iterable[Concept],
    concept_of: ConceptOf,
    *,
    evidence: Mapping[tuple[str, str, str], str] | None = None,
) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    """The graph of a corpus: a function of its arguments, whatever their order.

    There is one node for each paper (also one that names no concept), concept and result. There is
    one edge from a paper to a concept for each relation that holds between them: mentions of one
    type have one role, the strongest (`extract.unify.unify_roles`), so that two edges mean that
    the paper uses the concept as two types of thing. An edge's properties:

    - `confidence`, 0 to 1: the greatest of its mentions. They come from one model and one text and
      err together; to combine them as if they were independent would overstate.
    - `count`: how many places of the paper name the concept so.
    - `evidence`: the sentence or the title that shows it best (`extract.roles.best_evidence`).

    A result belongs to its paper (`STATES`) and to the concepts whose surface its method, dataset
    and metric are in that paper; what is no mention there has no edge.

    Args:
        papers: all papers that mentions and results are from.
        mentions: with offsets into the paper's text; the same mention twice counts once.
        results: of these papers; the same result twice is one node.
        concepts: all that `concept_of` leads to.
        concept_of: concept id by (paper id, surface text, mention type), for every mention.
        evidence: sentences by (paper id, relation, concept id), as a projection of the same
            arguments chose them before; to choose them is nine tenths of the work. Those that are
            missing are chosen now.

    Returns:
        Nodes sorted by id; edges sorted by source, relation and target.

    Raises:
        UsageError: a mention or result is of no paper that is given, a mention has no concept or
            a role that does not fit its type, or one id stands for two things.
    """
    paper_of = _by_id(papers)
    concept_by_id = _by_id(concepts)
    listed = list(mentions)
    grouped = _group(listed, paper_of, concept_by_id, concept_of)
    stated = _distinct_results(results, paper_of)
    by_surface = _concepts_by_surface(listed, concept_of)
    papers_of = _papers_of_concepts(grouped)
    chosen = evidence or {}
    nodes = [
        *map(_paper_node, paper_of.values()),
        *(_concept_node(concept, papers_of[concept.id]) for concept in concept_by_id.values()),
        *(_result_node(node_id, result) for node_id, result in stated.items()),
    ]
    edges = [
        *(
            _concept_edge(key, found, chosen.get(key) or _sentence(paper_of[key[0]], found))
            for key, found in grouped.items()
        ),
        *(
            edge
            for node_id, result in stated.items()
            for edge in _result_edges(node_id, result, by_surface)
        ),
    ]
    return (
        tuple(sorted(nodes, key=lambda node: node.id)),
        tuple(sorted(edges, key=lambda edge: (edge.source, edge.relation, edge.target))),
    )


def result_id(result: Result) -> str:
    """The id of a result's node: `r` and a digest of all that it states, and where."""
    parts = [
        result.paper,
        result.field,
        result.start,
        result.quote,
        result.value,
        result.unit,
        result.delta,
        result.baseline,
        result.method,
        result.dataset,
        result.metric,
    ]
    return "r" + digest(json.dumps(parts))


def _by_id(things: Iterable[_Identified]) -> dict[str, _Identified]:
    found: dict[str, _Identified] = {}
    for thing in things:
        if found.setdefault(thing.id, thing) != thing:
            raise UsageError(
                f"Two different things have the id {thing.id!r}: merge them or give one another id."
            )
    return found


def _group(
    mentions: Sequence[Mention],
    papers: Mapping[str, Paper],
    concepts: Mapping[str, Concept],
    concept_of: ConceptOf,
) -> _Grouped:
    grouped: _Grouped = defaultdict(list)
    for mention in unify_roles(mentions, concept_of):
        concept = concept_of_mention(mention, concept_of)
        _see_that_paper_is_there(mention.paper, papers, f"mention {mention.text!r}")
        if concept not in concepts:
            raise UsageError(
                f"The mention {mention.text!r} of paper {mention.paper} leads to the concept"
                f" {concept!r}, which is not among those given."
            )
        grouped[mention.paper, Relation(mention.role.upper()), concept].append(mention)
    return grouped


def _distinct_results(results: Iterable[Result], papers: Mapping[str, Paper]) -> dict[str, Result]:
    found: dict[str, Result] = {}
    for result in results:
        _see_that_paper_is_there(result.paper, papers, f"result {result.quote!r}")
        node_id = result_id(result)
        if node_id not in found or found[node_id].confidence < result.confidence:
            found[node_id] = result
    return found


def _see_that_paper_is_there(paper: str, papers: Mapping[str, Paper], owner: str) -> None:
    if paper not in papers:
        raise UsageError(f"The {owner} is of paper {paper!r}, which is not among those given.")


def _concepts_by_surface(mentions: Iterable[Mention], concept_of: ConceptOf) -> _BySurface:
    found: _BySurface = defaultdict(dict)
    for mention in mentions:
        concept = concept_of_mention(mention, concept_of)
        found[mention.paper, mention.text][mention.type] = concept
    return found


def _papers_of_concepts(grouped: _Grouped) -> dict[str, int]:
    papers: dict[str, set[str]] = defaultdict(set)
    for paper, _, concept in grouped:
        papers[concept].add(paper)
    return defaultdict(int, {concept: len(found) for concept, found in papers.items()})


def _paper_node(paper: Paper) -> Node:
    properties: dict[str, Value | None] = {
        "abstract": paper.abstract,
        "doi": paper.doi,
        "arxiv_id": paper.arxiv_id,
        "published": paper.published,
        "seen_on": paper.seen_on,
        "authors": paper.authors,
        "url": paper.url,
    }
    name = paper.title or _beginning(paper.abstract)
    return Node(paper.id, NodeKind.PAPER, name, None, _known(properties))


def _beginning(abstract: str) -> str:
    """What stands for the title of a paper that has none."""
    text = " ".join(abstract.split())
    return text if len(text) <= _TITLE_LENGTH else text[: _TITLE_LENGTH - 1].rstrip() + "…"


def _concept_node(concept: Concept, papers: int) -> Node:
    properties: dict[str, Value | None] = {
        "aliases": tuple(alias.text for alias in concept.aliases),
        "papers": papers,
        "other_types": tuple(map(str, concept.other_types)),
        "ambiguous": concept.ambiguous,
    }
    return Node(concept.id, NodeKind.CONCEPT, concept.name, str(concept.type), _known(properties))


def _result_node(node_id: str, result: Result) -> Node:
    properties: dict[str, Value | None] = {
        "value": result.value,
        "number": number_of(result.value),
        "unit": result.unit,
        "delta": result.delta,
        "baseline": result.baseline,
        "quote": result.quote,
        "confidence": result.confidence,
    }
    return Node(node_id, NodeKind.RESULT, _with_unit(result), None, _known(properties))


def _with_unit(result: Result) -> str:
    unit = result.unit or ""
    gap = " " if unit[:1].isalpha() and unit.lower() != "x" else ""
    return f"{result.value}{gap}{unit}"


def _known(properties: Mapping[str, Value | None]) -> dict[str, Value]:
    return {name: value for name, value in properties.items() if value not in (None, ())}


def _concept_edge(
    key: tuple[str, Relation, str], mentions: Sequence[Mention], evidence: str
) -> Edge:
    properties: dict[str, Value] = {
        "confidence": max(mention.confidence for mention in mentions),
        "count": len({(mention.field, mention.start, mention.end) for mention in mentions}),
        "evidence": evidence,
    }
    return Edge(*key, properties)


def _sentence(paper: Paper, mentions: Sequence[Mention]) -> str:
    field, start, end = best_evidence(paper, mentions)
    return paper.text(field)[start:end]


def _result_edges(node_id: str, result: Result, by_surface: _BySurface) -> Iterator[Edge]:
    yield Edge(result.paper, Relation.STATES, node_id)
    for relation, surface, type_ in (
        (Relation.OF_METHOD, result.method, ConceptType.METHOD),
        (Relation.ON_DATASET, result.dataset, ConceptType.DATASET),
        (Relation.BY_METRIC, result.metric, ConceptType.METRIC),
    ):
        concepts = by_surface.get((result.paper, surface or ""))
        if concepts:
            # A mention of the expected type where there is one: `accuracy` may also be a task.
            yield Edge(node_id, relation, concepts.get(type_) or concepts[min(concepts)])
