"""A small graph with everything that the named queries look at, written by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.elements import Edge, Node, NodeKind, Relation
from graph.networkx_store import NetworkXStore

if TYPE_CHECKING:
    from graph.elements import Value

CONCEPTS = {
    "method/bert": "BERT",
    "method/kettle": "Kettle",
    "method/teapot": "Teapot",
    "method/rag": "RAG",
    "dataset/glue": "GLUE",
    "dataset/mnli": "MNLI",
    "metric/accuracy": "accuracy",
    "metric/f1": "F1",
    "task/rag": "region adjacency",
    "task/tea": "tea making",
}
# Paper, relation, concept, confidence.
LINKS = [
    ("p1", "PROPOSES", "method/kettle", 0.9),
    ("p1", "COMPARES", "method/bert", 0.8),
    ("p1", "EVALUATES", "dataset/glue", 0.7),
    ("p1", "REPORTS", "metric/accuracy", 0.6),
    ("p1", "ADDRESSES", "task/tea", 0.5),
    ("p2", "USES", "method/bert", 0.9),
    ("p2", "MENTIONS", "method/bert", 0.4),
    ("p2", "USES", "method/teapot", 0.9),
    ("p2", "EVALUATES", "dataset/glue", 0.7),
    ("p2", "ADDRESSES", "task/tea", 0.5),
    ("p3", "STUDIES", "method/kettle", 0.9),
    ("p3", "COMPARES", "method/teapot", 0.9),
    ("p3", "EVALUATES", "dataset/mnli", 0.7),
    ("p4", "USES", "method/bert", 0.9),
    ("p4", "USES", "method/teapot", 0.2),
    ("p4", "PROPOSES", "method/rag", 0.3),
    ("p4", "MENTIONS", "task/rag", 0.3),
]
PAPERS = {
    "p1": ("On kettles", {"published": "2024-03-12", "community": "method/bert"}),
    "p2": ("BERT at tea", {"seen_on": "2024-11-02", "community": "method/bert"}),
    "p3": ("Kettles again", {"published": "2025", "community": "method/teapot"}),
    "p4": ("Teapots", {"published": "2025-01-01", "community": "method/teapot"}),
    "p5": ("Nothing at all", {"url": "https://example.org/5"}),
}
# Paper, value, number, unit, method, dataset, metric, whether it is a difference.
RESULTS = [
    ("p1", "91.5", 91.5, "%", "method/kettle", "dataset/glue", "metric/accuracy", False),
    ("p1", "9.25", 9.25, "%", "method/bert", "dataset/glue", "metric/accuracy", False),
    ("p1", "100", 100.0, "%", None, "dataset/glue", "metric/accuracy", False),
    ("p1", "5-10", None, "%", "method/bert", "dataset/glue", "metric/accuracy", False),
    ("p1", "2.1", 2.1, "points", "method/kettle", "dataset/glue", "metric/accuracy", True),
    ("p2", "0.3", 0.3, None, "method/bert", "dataset/glue", "metric/f1", False),
]


def store() -> NetworkXStore:
    """The graph."""
    nodes = [
        *(Node(id_, NodeKind.PAPER, title, None, more) for id_, (title, more) in PAPERS.items()),
        *map(_concept, CONCEPTS),
    ]
    edges = [
        Edge(
            source,
            Relation(relation),
            target,
            {"confidence": sure, "count": 1, "evidence": f"{source} {relation} {target}"},
        )
        for source, relation, target, sure in LINKS
    ]
    for place, (paper, value, number, unit, *ends, delta) in enumerate(RESULTS):
        id_ = f"r{place}"
        properties: dict[str, Value | None] = {
            "value": value,
            "number": number,
            "unit": unit,
            "delta": delta,
            "quote": f"it is {value}",
            "confidence": 0.75,
        }
        known = {name: value for name, value in properties.items() if value is not None}
        nodes.append(Node(id_, NodeKind.RESULT, value, None, known))
        edges.append(Edge(paper, Relation.STATES, id_))
        for relation, end in zip(("OF_METHOD", "ON_DATASET", "BY_METRIC"), ends, strict=True):
            if end:
                edges.append(Edge(id_, Relation(relation), end))
    filled = NetworkXStore()
    filled.upsert(nodes, edges)
    return filled


def _concept(id_: str) -> Node:
    papers = len({paper for paper, _, concept, _ in LINKS if concept == id_})
    properties: dict[str, Value] = {
        "papers": papers,
        "aliases": (CONCEPTS[id_],),
        "ambiguous": False,
    }
    if id_ in ("method/bert", "method/teapot", "task/tea"):
        properties["community"] = "method/teapot" if id_ == "method/teapot" else "method/bert"
    if id_ == "method/teapot":
        properties["other_types"] = ("Task",)
    if id_.endswith("/rag"):
        properties["aliases"] = ("RAG", CONCEPTS[id_])
    if id_ == "metric/f1":
        properties["ambiguous"] = True
    return Node(
        id_, NodeKind.CONCEPT, CONCEPTS[id_], id_.partition("/")[0].capitalize(), properties
    )
