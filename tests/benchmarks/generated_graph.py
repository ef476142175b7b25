"""A large graph that does not exist, in the proportions of real ones; the same for the same seed.

Papers and most concepts belong to a topic. A paper has some concepts of its topic and some that the
whole field shares; both kinds are drawn by Zipf's law, so that the greatest concept is in a quarter
of the papers and half of the concepts are in one or two. Every edge from a paper to a concept has a
sentence; papers have dates (some of the year only, some none), and some state results.
"""

from __future__ import annotations

import itertools
import random
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.communities import mark_communities
from graph.elements import Community, Edge, Node, NodeKind, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph.elements import Value

_TYPES = ("Method", "Task", "Dataset", "Metric")
_SHARES_OF_TYPES = (66, 20, 8, 6)  # per cent, as on the seeds' graph
_RELATIONS: dict[str, tuple[tuple[Relation, ...], tuple[int, ...]]] = {
    "Method": (
        (Relation.USES, Relation.PROPOSES, Relation.STUDIES, Relation.MENTIONS, Relation.COMPARES),
        (53, 14, 13, 12, 8),
    ),
    "Task": ((Relation.ADDRESSES, Relation.MENTIONS, Relation.PROPOSES), (85, 13, 2)),
    "Dataset": (
        (Relation.EVALUATES, Relation.TRAINS, Relation.MENTIONS, Relation.PROPOSES),
        (75, 10, 10, 5),
    ),
    "Metric": ((Relation.REPORTS, Relation.MENTIONS), (90, 10)),
}
_EDGES_OF_A_RESULT = 4
_SHARED_BY_ALL = 0.4  # of a paper's concepts
_SYLLABLES = ("ba", "cor", "den", "fil", "gra", "hel", "ist", "jun", "kel", "lam", "mor", "net")
_VERBS = ("improve", "measure", "replace", "extend", "examine", "combine", "compare", "simplify")
_YEARS = range(2015, 2026)


@dataclass(frozen=True, slots=True)
class GeneratedGraph:
    """What `generate` makes; nodes and edges are sorted as `graph.projection.project` sorts."""

    nodes: Sequence[Node]
    edges: Sequence[Edge]
    communities: Sequence[Community]


@dataclass(frozen=True, slots=True)
class _Topic:
    """Concepts of one topic, most common first, with cumulated weights."""

    concepts: Sequence[int]
    cumulated: Sequence[float]


def generate(
    papers: int = 100_000,
    concepts: int = 120_000,
    edges: int = 800_000,
    *,
    results: int = 15_000,
    topics: int = 60,
    seed: int = 0,
) -> GeneratedGraph:
    """A graph of so many papers, concepts and edges, those of the results among the edges.

    Args:
        papers, concepts, edges: how many; of concepts at most as many as edges are left for them.
        results: nodes besides; each has four edges at most.
        topics: how many communities.
        seed: of all that is random.
    """
    rng = random.Random(seed)
    types = rng.choices(_TYPES, _SHARES_OF_TYPES, k=concepts)
    names = [_name(place) for place in range(concepts)]
    shared = _topic(range(min(concepts, max(1, concepts // 100))))
    local = [_topic(range(t, concepts, topics)) for t in range(topics)]
    topic_of = rng.choices(range(topics), [1 / (t + 5) for t in range(topics)], k=papers)
    members: dict[int, list[int]] = defaultdict(list)
    for paper, topic in enumerate(topic_of):
        members[topic].append(paper)
    stated = _results(rng, papers, types, results, edges // 10)
    wanted = edges - sum(len(result_edges) for _, result_edges in stated)
    pairs = _pairs(rng, topic_of, members, shared, local, concepts, wanted)
    paper_edges = [_edge(rng, paper, concept, types, names) for paper, concept in pairs]
    counts = [0] * concepts
    for _, concept in pairs:
        counts[concept] += 1
    ids = [f"{type_.lower()}/{name.lower()}" for type_, name in zip(types, names, strict=True)]
    nodes = [
        *(_paper(rng, paper, topic, local, names) for paper, topic in enumerate(topic_of)),
        *(_concept(rng, place, ids, names, types, counts) for place in range(concepts)),
        *(node for node, _ in stated),
    ]
    found = _communities(local, ids, names, members)
    by_place = {f"#{place}": id_ for place, id_ in enumerate(ids)}
    all_edges = [*paper_edges, *(edge for _, result_edges in stated for edge in result_edges)]
    return GeneratedGraph(
        nodes=sorted(mark_communities(nodes, found), key=lambda node: node.id),
        edges=sorted(
            (_with_id(edge, by_place) for edge in all_edges),
            key=lambda edge: (edge.source, edge.relation, edge.target),
        ),
        communities=found,
    )


def _with_id(edge: Edge, by_place: dict[str, str]) -> Edge:
    target = by_place.get(edge.target, edge.target)
    return Edge(edge.source, edge.relation, target, edge.properties)


def _name(place: int) -> str:
    """A name that no other concept has, of a few syllables.

    >>> _name(0), _name(12345)
    ('Baba-0', 'Laban-12345')
    """
    first, second = place % len(_SYLLABLES), place // len(_SYLLABLES) % len(_SYLLABLES)
    return f"{_SYLLABLES[first]}{_SYLLABLES[second]}-{place}".capitalize()


def _paper_id(place: int) -> str:
    return f"p{place:016x}"


def _topic(concepts: range) -> _Topic:
    weights = (1 / (rank + 1.5) for rank in range(len(concepts)))
    return _Topic(concepts, list(itertools.accumulate(weights)))


def _draw(rng: random.Random, topic: _Topic) -> int:
    return rng.choices(topic.concepts, cum_weights=topic.cumulated)[0]


def _pairs(
    rng: random.Random,
    topic_of: Sequence[int],
    members: dict[int, list[int]],
    shared: _Topic,
    local: Sequence[_Topic],
    concepts: int,
    wanted: int,
) -> list[tuple[int, int]]:
    """Distinct pairs of paper and concept, every concept in one of them at least."""
    found: set[tuple[int, int]] = set()
    for concept in range(concepts):
        home = members[concept % len(local)] or range(len(topic_of))
        found.add((rng.choice(home), concept))
    everywhere = range(len(topic_of))
    while len(found) < wanted:
        paper = rng.choice(everywhere)
        topic = shared if rng.random() < _SHARED_BY_ALL else local[topic_of[paper]]
        found.add((paper, _draw(rng, topic)))
    return sorted(found)


def _edge(
    rng: random.Random, paper: int, concept: int, types: Sequence[str], names: Sequence[str]
) -> Edge:
    relations, weights = _RELATIONS[types[concept]]
    relation = rng.choices(relations, weights)[0]
    other = names[rng.randrange(len(names))]
    evidence = (
        f"In paper {paper} we {rng.choice(_VERBS)} {names[concept]}, which {relation.lower()} more"
        f" than {other} does on the {rng.randrange(10_000)} cases that we looked at."
    )
    properties: dict[str, Value] = {
        "confidence": round(0.5 + rng.random() / 2, 4),
        "count": 1 + int(rng.random() ** 3 * 5),
        "evidence": evidence,
    }
    return Edge(_paper_id(paper), relation, f"#{concept}", properties)


def _paper(
    rng: random.Random, place: int, topic: int, local: Sequence[_Topic], names: Sequence[str]
) -> Node:
    about = [names[_draw(rng, local[topic])] for _ in range(6)]
    title = f"{about[0]} for {about[1]}: how to {rng.choice(_VERBS)} what {about[2]} leaves {place}"
    sentences = [
        f"We {rng.choice(_VERBS)} {name} and {rng.choice(_VERBS)} the model on task {place % 977}"
        f" with {rng.randrange(100)} steps of training."
        for name in about
    ]
    properties: dict[str, Value] = {
        "abstract": " ".join(sentences),
        "authors": (f"A. Author-{place % 5_003}", f"B. Author-{place % 4_001}"),
        "url": f"https://example.org/{place}",
        **_date(rng),
    }
    return Node(_paper_id(place), NodeKind.PAPER, title, None, properties)


def _date(rng: random.Random) -> dict[str, Value]:
    date = f"{rng.choice(_YEARS)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
    kind = rng.random()
    if kind < 0.05:
        return {}
    if kind < 0.20:
        return {"seen_on": date}
    return {"published": date[:4] if kind < 0.25 else date[:7] if kind < 0.30 else date}


def _concept(
    rng: random.Random,
    place: int,
    ids: Sequence[str],
    names: Sequence[str],
    types: Sequence[str],
    counts: Sequence[int],
) -> Node:
    name = names[place]
    # One concept in some two hundred has an alias that another has too.
    alias = f"AKA{place // 200}" if place % 100 == 0 else f"{name.lower()}s"
    properties: dict[str, Value] = {
        "aliases": (name, alias),
        "papers": counts[place],
        "ambiguous": place % 5_000 == 7,
    }
    if place % 400 == 3:
        properties["other_types"] = (rng.choice([t for t in _TYPES if t != types[place]]),)
    return Node(ids[place], NodeKind.CONCEPT, name, types[place], properties)


def _results(
    rng: random.Random, papers: int, types: Sequence[str], results: int, most_edges: int
) -> list[tuple[Node, list[Edge]]]:
    of_type = {
        type_: _topic_of_places([p for p, other in enumerate(types) if other == type_])
        for type_ in ("Method", "Dataset", "Metric")
    }
    return [
        _result(rng, place, rng.randrange(papers), of_type)
        for place in range(min(results, most_edges // _EDGES_OF_A_RESULT))
    ]


def _topic_of_places(places: list[int]) -> _Topic:
    return _Topic(places, _topic(range(len(places))).cumulated)


def _result(
    rng: random.Random, place: int, paper: int, of_type: dict[str, _Topic]
) -> tuple[Node, list[Edge]]:
    delta = rng.random() < 0.3
    value, unit = f"{rng.random() * 100:.1f}", rng.choice(("%", "points", ""))
    properties: dict[str, Value] = {
        "value": value,
        "number": float(value),
        "delta": delta,
        "quote": f"case {place} gives {value}",
        "confidence": round(0.5 + rng.random() / 2, 4),
    }
    if unit:
        properties["unit"] = unit
    node = Node(f"r{place:016x}", NodeKind.RESULT, f"{value}{unit}", None, properties)
    return node, [Edge(_paper_id(paper), Relation.STATES, node.id), *_sides(rng, node, of_type)]


def _sides(rng: random.Random, node: Node, of_type: dict[str, _Topic]) -> Iterator[Edge]:
    for relation, type_ in (
        (Relation.OF_METHOD, "Method"),
        (Relation.ON_DATASET, "Dataset"),
        (Relation.BY_METRIC, "Metric"),
    ):
        if of_type[type_].concepts and rng.random() < 0.9:
            yield Edge(node.id, relation, f"#{_draw(rng, of_type[type_])}")


def _communities(
    local: Sequence[_Topic],
    ids: Sequence[str],
    names: Sequence[str],
    members: dict[int, list[int]],
) -> list[Community]:
    found = []
    for number, topic in enumerate(local):
        if topic.concepts and members[number]:
            leading = ", ".join(names[place] for place in topic.concepts[:3])
            papers = tuple(map(_paper_id, members[number]))
            concepts = tuple(ids[place] for place in topic.concepts)
            found.append(Community(concepts[0], leading, papers, concepts))
    return sorted(found, key=lambda community: (-len(community.papers), community.id))
