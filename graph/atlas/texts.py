"""What the side panel quotes, paper by paper: abstracts with mentions, evidence, results."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.atlas.table import confidence
from graph.display import harmless, shorten
from graph.elements import NodeKind, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from extract.records import Field, Mention
    from graph.atlas.table import Numbering
    from graph.elements import Edge, Node, Value

BLOCK = 250
"""Papers whose texts the page decodes together."""

MANY_PAPERS = 20_000
"""Above it abstracts stay out and evidence is capped, or the page would be too large to send."""

_SENTENCES = 4  # of one paper, where evidence is capped
_SENTENCE_LENGTH = 200  # characters of one of them
_AUTHORS_LENGTH = 600  # characters; some papers have thousands of authors
_TITLE_LENGTH = 6_000
_LINKED = (Relation.OF_METHOD, Relation.ON_DATASET, Relation.BY_METRIC)


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a paper's text that names a concept.

    Attributes:
        field: which text.
        start, end: in code points of that text.
        concept: id of the concept.
    """

    field: Field
    start: int
    end: int
    concept: str


def marks_of(
    mentions: Iterable[Mention], concept_of: Mapping[tuple[str, str, str], str]
) -> dict[str, list[Mark]]:
    """The marks of all papers; mentions that no concept stands for are passed over.

    Args:
        mentions: of any number of papers, in any order.
        concept_of: concept id by (paper id, surface text, mention type).
    """
    marks: dict[str, list[Mark]] = defaultdict(list)
    for mention in mentions:
        concept = concept_of.get((mention.paper, mention.text, mention.type))
        if concept is not None:
            marks[mention.paper].append(Mark(mention.field, mention.start, mention.end, concept))
    return marks


def text_blocks(
    numbering: Numbering,
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    marks: Mapping[str, Sequence[Mark]],
) -> Iterator[list[list[Any]]]:
    """Texts of all papers in the order of their ids, `BLOCK` papers at a time.

    Args:
        numbering: of papers and concepts.
        nodes, edges: the whole graph, for its results.
        marks: by paper id; those that overlap one before them are passed over.

    Yields:
        Lists with a record a paper; `browser/texts.js` reads them: title, marks in it, abstract
        (None where it stays out), marks in it, facts, sentences, for each of the paper's edges the
        place of its sentence (-1: none), results. Marks are start, length and concept in turn, in
        units of UTF-16, as JavaScript counts.
    """
    papers = [node for node in numbering.nodes if node.kind is NodeKind.PAPER]
    abridged = len(papers) > MANY_PAPERS
    edges_of: dict[str, list[Edge]] = defaultdict(list)
    for edge in numbering.edges:
        edges_of[edge.source].append(edge)
    results_of = _results(numbering, nodes, edges)
    for start in range(0, len(papers), BLOCK):
        yield [
            [
                *_texts(paper, () if abridged else marks.get(paper.id, ()), numbering, abridged),
                _facts(paper),
                *_evidence(edges_of[paper.id], abridged),
                results_of.get(paper.id, []),
            ]
            for paper in papers[start : start + BLOCK]
        ]


def _texts(
    paper: Node, marks: Sequence[Mark], numbering: Numbering, abridged: bool
) -> tuple[str, list[int], str | None, list[int]]:
    """Title and abstract, each with its marks."""
    abstract = str(paper.properties.get("abstract", ""))
    title, title_marks = marked(
        paper.name[:_TITLE_LENGTH], [mark for mark in marks if mark.field == "title"], numbering
    )
    if abridged:
        return title, title_marks, None, []
    of_abstract = [mark for mark in marks if mark.field == "abstract"]
    return title, title_marks, *marked(abstract, of_abstract, numbering)


def marked(text: str, marks: Sequence[Mark], numbering: Numbering) -> tuple[str, list[int]]:
    """The text made harmless, and its marks as the page counts.

    Returns:
        The text, and for each mark start and length in units of UTF-16 and the concept's place.
    """
    parts: list[str] = []
    units: list[int] = []
    done = length = 0
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.concept)):
        if not done <= mark.start < mark.end <= len(text) or mark.concept not in numbering.places:
            continue
        before, inside = harmless(text[done : mark.start]), harmless(text[mark.start : mark.end])
        length += _units(before)
        units += [length, _units(inside), numbering.places[mark.concept]]
        length += _units(inside)
        parts += [before, inside]
        done = mark.end
    parts.append(harmless(text[done:]))
    return "".join(parts), units


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _facts(paper: Node) -> list[str]:
    """Authors, date of publication, date it was seen, DOI, arXiv id and address; empty: unknown."""
    authors = paper.properties.get("authors", ())
    names = ", ".join(authors) if isinstance(authors, tuple) else str(authors)
    return [
        shorten(names, _AUTHORS_LENGTH),
        *(
            shorten(str(paper.properties.get(key, "")), 400)
            for key in ("published", "seen_on", "doi", "arxiv_id", "url")
        ),
    ]


def _evidence(edges: Sequence[Edge], abridged: bool) -> tuple[list[str], list[int]]:
    """The sentences of a paper's edges, each once, and the place of each edge's sentence."""
    room = _SENTENCES if abridged else len(edges)
    sentences: dict[str, int] = {}
    place_of: dict[int, int] = {}
    surest_first = sorted(range(len(edges)), key=lambda i: (-confidence(edges[i]), i))
    for i in surest_first:
        text = str(edges[i].properties.get("evidence", ""))
        sentence = shorten(text, _SENTENCE_LENGTH) if abridged else harmless(text)
        if sentence and (sentence in sentences or len(sentences) < room):
            place_of[i] = sentences.setdefault(sentence, len(sentences))
    return list(sentences), [place_of.get(i, -1) for i in range(len(edges))]


def _results(
    numbering: Numbering, nodes: Sequence[Node], edges: Sequence[Edge]
) -> dict[str, list[list[Any]]]:
    """Results by paper id: value, whether a difference, baseline, quote, and what they are of."""
    results = {node.id: node for node in nodes if node.kind is NodeKind.RESULT}
    papers = {edge.target: edge.source for edge in edges if edge.relation is Relation.STATES}
    concepts: dict[str, dict[Relation, int]] = defaultdict(dict)
    for edge in edges:
        if edge.relation in _LINKED and edge.target in numbering.places:
            concepts[edge.source][edge.relation] = numbering.places[edge.target]
    found: dict[str, list[list[Any]]] = defaultdict(list)
    for id_ in sorted(results):
        if id_ in papers:
            properties = results[id_].properties
            found[papers[id_]].append(
                [
                    shorten(results[id_].name, 60),
                    int(properties.get("delta") is True),
                    _line(properties, "baseline"),
                    _line(properties, "quote"),
                    [concepts[id_].get(relation, -1) for relation in _LINKED],
                ]
            )
    return found


def _line(properties: Mapping[str, Value], key: str) -> str:
    return shorten(str(properties.get(key, "")), 600)
