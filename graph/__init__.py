"""Concepts in, graph out: `from graph import KnowledgeGraph`.

A name is imported when it is first asked for, so that a command that needs no graph does not wait
for NetworkX.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.explanation import Explanation
    from graph import analysis
    from graph.elements import Community, Edge, Node, NodeKind, Path, Relation, Step
    from graph.html_document import HtmlDocument
    from graph.knowledge_graph import KnowledgeGraph
    from graph.push_report import Changes, PushReport
    from graph.statistics import Statistics
else:

    def __getattr__(name: str) -> Any:
        """A public name, from the module that has it."""
        from importlib import import_module

        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        if name == "analysis":
            return import_module("graph.analysis")
        modules = {
            "Explanation": "extract.explanation",
            "Changes": "graph.push_report",
            "HtmlDocument": "graph.html_document",
            "KnowledgeGraph": "graph.knowledge_graph",
            "PushReport": "graph.push_report",
            "Statistics": "graph.statistics",
        }
        return getattr(import_module(modules.get(name, "graph.elements")), name)


__all__ = [
    "Changes",
    "Community",
    "Edge",
    "Explanation",
    "HtmlDocument",
    "KnowledgeGraph",
    "Node",
    "NodeKind",
    "Path",
    "PushReport",
    "Relation",
    "Statistics",
    "Step",
    "analysis",
]
