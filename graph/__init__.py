"""Concepts in, graph out: `from graph import KnowledgeGraph`."""

from graph.elements import Community, Edge, Node, NodeKind, Path, Relation, Step
from graph.knowledge_graph import KnowledgeGraph
from graph.push_report import Changes, PushReport
from graph.statistics import Statistics

__all__ = [
    "Changes",
    "Community",
    "Edge",
    "KnowledgeGraph",
    "Node",
    "NodeKind",
    "Path",
    "PushReport",
    "Relation",
    "Statistics",
    "Step",
]
