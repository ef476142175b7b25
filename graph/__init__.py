"""Concepts in, graph out: `from graph import KnowledgeGraph`."""

from graph.elements import Community, Edge, Node, NodeKind, Path, Relation, Step
from graph.html_document import HtmlDocument
from graph.knowledge_graph import KnowledgeGraph
from graph.statistics import Statistics

__all__ = [
    "Community",
    "Edge",
    "HtmlDocument",
    "KnowledgeGraph",
    "Node",
    "NodeKind",
    "Path",
    "Relation",
    "Statistics",
    "Step",
]
