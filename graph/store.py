"""What a graph store can do, whatever keeps the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from types import TracebackType

    from graph.elements import Edge, Node, NodeKind, Path, Relation


class GraphStore(Protocol):
    """A graph of papers, concepts and results that can be filled and asked.

    Stores differ by nature; this is what they all keep to:

    - What goes in comes out equal: names, types and properties, tuples as tuples. Properties are
      `graph.elements.Value`; the names `id`, `kind`, `name`, `type` (nodes) and `relation` (edges)
      are taken.
    - The same id is always the same kind of node. A relation joins the kinds that
      `graph.validation.ends_of` says.
    - Whoever asks for a node that is not there gets a `StoreError` that names it, never an empty
      answer. Errors of what lies underneath come as `StoreError` too.
    - Every answer is a tuple in a stated order; strings are compared by code points.
    """

    def __enter__(self) -> Self:
        """Make ready for use; an unusable store fails here, not at the first question."""

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Let go of connections; nothing that was written is lost or undone."""

    def upsert(self, nodes: Iterable[Node], edges: Iterable[Edge] = ()) -> None:
        """Write nodes, then edges; what is there already is replaced.

        Replaced means as a whole: a property that is not given is no longer there. A second call
        with the same arguments changes nothing. Edges of a node stay when the node is replaced.

        Raises:
            StoreError: a node is stored as another kind; an edge's end is neither stored nor among
                `nodes`, or is of a kind that the relation does not join; a property has a name that
                is taken or a value that is no `Value`. Part of what was given may be stored then;
                the same call without the fault completes it.
        """

    def remove(self, node_ids: Iterable[str], edges: Iterable[Edge] = ()) -> None:
        """Take out nodes with all their edges, and single edges; properties do not matter.

        What is not there is passed over, so that an interrupted removal can be repeated.
        """

    def nodes(self, kind: NodeKind | None = None) -> tuple[Node, ...]:
        """All nodes, or all of one kind, sorted by id."""

    def node(self, node_id: str) -> Node:
        """One node.

        Raises:
            StoreError: there is no node of that id.
        """

    def edges(self, relations: Collection[Relation] | None = None) -> tuple[Edge, ...]:
        """All edges, or those of some relations, sorted by source, relation and target."""

    def neighbours(
        self, node_id: str, relations: Collection[Relation] | None = None
    ) -> tuple[tuple[Edge, Node], ...]:
        """The edges that leave or reach a node, each with the node at its other end.

        Args:
            node_id: id of a stored node.
            relations: only edges of these; None for all.

        Returns:
            Sorted by relation and id of the other node.

        Raises:
            StoreError: there is no node of that id.
        """

    def shortest_paths(self, start: str, end: str, *, limit: int = 1) -> tuple[Path, ...]:
        """The shortest paths between two nodes over paper-concept edges, either way.

        Args:
            start: id of a stored node.
            end: id of a stored node; may be the same, which gives one path without steps.
            limit: at most so many, 1 or more. Of equally short paths those whose sequences of node
                ids come first are given; there may be millions.

        Returns:
            Paths of equal length, sorted by their sequences of node ids; none where the two are
            not connected. Where several edges join one pair the step is the one whose relation
            comes first in `Relation`.

        Raises:
            StoreError: there is no node of one of the ids.
            UsageError: `limit` is less than 1.
        """
