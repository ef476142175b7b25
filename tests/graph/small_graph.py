"""A small graph written by hand, texts that attack, and a random graph, for the tests here."""

from __future__ import annotations

import random

from graph.elements import Community, Edge, Node, NodeKind, Relation, Value

HOSTILE = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "\"double\" & 'single' quotes",
    "see <a href='http://example.invalid/'>this</a> href",
    "line\u2028and paragraph\u2029separators",
    "a\x00null and \x1b[31mcolour",
    "half of a pair \ud83d alone",
    "\u202egnirts desrever\u202c",
    "emoji \U0001f469\u200d\U0001f52c at work",
    "word " * 1000,
    "=1+1",
    "{{ 7 * 7 }} {% raw %}",
    "]]> --> <!--",
)


def paper(number: int, title: str | None = None) -> Node:
    """A paper with the usual properties."""
    return Node(
        f"p{number:016x}",
        NodeKind.PAPER,
        f"Paper number {number}" if title is None else title,
        properties={"abstract": "We pour tea.\nIt cools.", "authors": ("Ada L.", "Emmy N.")},
    )


def concept(name: str, type_: str = "Method") -> Node:
    """A concept in two papers."""
    id_ = f"{type_.lower()}/{name.lower().replace(' ', '-')}"
    properties: dict[str, Value] = {
        "aliases": (name, name.lower()),
        "papers": 2,
        "ambiguous": False,
    }
    return Node(id_, NodeKind.CONCEPT, name, type_, properties)


def edge(source: Node, relation: Relation, target: Node, confidence: float = 0.5) -> Edge:
    """An edge with evidence."""
    evidence = f"We brew {target.name} with care."
    properties: dict[str, Value] = {"confidence": confidence, "count": 2, "evidence": evidence}
    return Edge(source.id, relation, target.id, properties)


def small_graph() -> tuple[list[Node], list[Edge], list[Community]]:
    """Five papers, four concepts, a result; one paper without any edge; two communities."""
    papers = [paper(number) for number in range(5)]
    kettle, oolong = concept("Kettle"), concept("Oolong-12", "Dataset")
    warmth, brewing = concept("Warmth", "Metric"), concept("Brewing", "Task")
    result = Node("r01", NodeKind.RESULT, "-3.5 %", properties={"value": "-3.5", "unit": "%"})
    edges = [
        edge(papers[0], Relation.PROPOSES, kettle, 0.9),
        edge(papers[0], Relation.EVALUATES, oolong),
        edge(papers[1], Relation.USES, kettle),
        edge(papers[1], Relation.EVALUATES, oolong),
        edge(papers[2], Relation.REPORTS, warmth),
        edge(papers[2], Relation.ADDRESSES, brewing),
        edge(papers[3], Relation.ADDRESSES, brewing),
        edge(papers[3], Relation.USES, kettle, 0.2),
        Edge(papers[0].id, Relation.STATES, result.id),
        Edge(result.id, Relation.OF_METHOD, kettle.id),
    ]
    communities = [
        Community(
            kettle.id, "Kettle, Oolong", (papers[0].id, papers[1].id), (kettle.id, oolong.id)
        ),
        Community(
            brewing.id, "Brewing, Warmth", (papers[2].id, papers[3].id), (brewing.id, warmth.id)
        ),
    ]
    return [*papers, kettle, oolong, warmth, brewing, result], edges, communities


def random_graph(
    papers: int, concepts: int, groups: int, seed: int = 0
) -> tuple[list[Node], list[Edge], list[Community]]:
    """A graph in which most edges stay in their group, and few concepts have most of them."""
    rng = random.Random(seed)
    types = ("Method", "Method", "Dataset", "Metric", "Task", "Instrument")
    paper_nodes = [paper(number) for number in range(papers)]
    concept_nodes = [concept(f"Concept {i}", types[i % len(types)]) for i in range(concepts)]
    edges = {}
    for i, source in enumerate(paper_nodes):
        for _ in range(rng.randint(1, 8)):
            group = i % groups if rng.random() < 0.8 else rng.randrange(groups)
            members = concept_nodes[group::groups]
            target = members[int(len(members) * rng.random() ** 3)]
            edges[source.id, target.id] = edge(source, Relation.USES, target, rng.random())
    communities = [
        Community(
            concept_nodes[group].id,
            f"Group {group}",
            tuple(node.id for node in paper_nodes[group::groups]),
            tuple(node.id for node in concept_nodes[group::groups]),
        )
        for group in range(groups)
    ]
    return [*paper_nodes, *concept_nodes], list(edges.values()), communities
