"""Concepts in, graph out: `from graph import KnowledgeGraph`."""

from graph.elements import Community, Edge, Node, NodeKind, Path, Relation, Step
from graph.knowledge_graph import KnowledgeGraph
from graph.statistics import Statistics

__all__ = [
    "Community",
    "Edge",
    "KnowledgeGraph",
    "Node",
    "NodeKind",
    "Path",
    "Relation",
    "Statistics",
    "Step",
]
