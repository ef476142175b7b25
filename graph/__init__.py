"""Concepts in, graph out: `from graph import KnowledgeGraph`.

A name is imported when it is first asked for, so that a command that needs no graph does not wait
for NetworkX.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.explanation import Explanation
    from graph.elements import Community, Edge, Node, NodeKind, Path, Relation, Step
    from graph.knowledge_graph import KnowledgeGraph
    from graph.statistics import Statistics
else:

    def __getattr__(name: str) -> Any:
        """A public name, from the module that has it."""
        from importlib import import_module

        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        modules = {
            "Explanation": "extract.explanation",
            "KnowledgeGraph": "graph.knowledge_graph",
            "Statistics": "graph.statistics",
        }
        return getattr(import_module(modules.get(name, "graph.elements")), name)


__all__ = [
    "Community",
    "Edge",
    "Explanation",
    "KnowledgeGraph",
    "Node",
    "NodeKind",
    "Path",
    "Relation",
    "Statistics",
    "Step",
]
