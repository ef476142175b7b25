"""What a name means in a graph that a Neo4j server holds: the same as in a library."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from extract.errors import UsageError
from graph.elements import Node, NodeKind
from graph.lookup import Names
from graph.neo4j_schema import LABEL, TEXT_INDEX_NAME
from graph.words import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from graph.lookup import Match

    Ask = Callable[[str, Mapping[str, Any]], list[dict[str, Any]]]
    """Runs a statement that only reads and gives its rows."""

# Some numbers are ids of papers too, which no index has; and other scripts than these the full-text
# index takes apart in ways of its own.
_NUMBER = re.compile(r"10\.|\d{4}\.\d{4}|[a-z-]+(\.[a-z]{2})?/\d{7}", re.IGNORECASE)
_INDEXED = re.compile("[ -~\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]*")
_SLACK = 10  # characters by which a name may be longer than twice what was typed
_FIELDS = (
    "RETURN node.id AS id, node.name AS name, node.type AS type, node.aliases AS aliases,"
    " node.papers AS papers, node.community AS community, node.doi AS doi,"
    " node.arxiv_id AS arxiv_id, node:Paper AS is_paper, node:Concept AS is_concept"
)
_CANDIDATES = f"""
CALL () {{
  MATCH (node:{LABEL}) WHERE node.id IN $ids RETURN node
  UNION
  CALL db.index.fulltext.queryNodes('{TEXT_INDEX_NAME}', $phrases) YIELD node
  WITH node
  WHERE any(name IN [node.name] + coalesce(node.aliases, []) WHERE size(name) <= $longest)
  RETURN node
}}
{_FIELDS}
"""
_BY_WORDS = f"""
CALL db.index.fulltext.queryNodes('{TEXT_INDEX_NAME}', $phrases) YIELD node
WITH node WHERE node:Paper
{_FIELDS}
"""
_EVERYTHING = f"MATCH (node:{LABEL}) WHERE NOT node:Result {_FIELDS}"


class ServerNames:
    """Finds papers and concepts by name, as `graph.lookup` does; keeps no state but the server's.

    A few candidates come from the full-text index. Where they do not hold the name all names are
    read: the index takes words apart otherwise than people do, and suggestions need them all. One
    difference to a library is left: a stored name in compatible forms of Unicode (a mathematical
    B for a B) is found by its plain letters only where nothing has the name in these.
    """

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def find(self, name: str, *, kind: NodeKind | None = None) -> Match:
        """The paper or concept of that name, as `KnowledgeGraph.find`."""
        try:
            return _names(self._candidates(name)).find(name, kind=kind)
        except UsageError:
            return _names(self._everything()).find(name, kind=kind)

    def find_paper(self, name: str) -> Match:
        """The paper of that title, or that has the words, as `KnowledgeGraph.names` finds it."""
        try:
            return _names([*self._candidates(name), *self._by_words(name)]).find_paper(name)
        except UsageError:
            return _names(self._everything()).find_paper(name)

    def _candidates(self, name: str) -> list[Node]:
        wanted = name.strip()
        if not wanted or not _is_indexed(wanted):
            return []
        phrase = _phrase(wanted)
        parameters = {
            "ids": [wanted, wanted.lower()],
            "phrases": f"name:{phrase} aliases:{phrase}",
            "longest": 2 * len(wanted) + _SLACK,
        }
        return _nodes(self._ask(_CANDIDATES, parameters))

    def _by_words(self, name: str) -> list[Node]:
        words = words_of(" ".join(name.split()))
        if not words or not _is_indexed(name.strip()):
            return []
        phrases = " AND ".join(f"name:{_phrase(word)}" for word in words)
        return _nodes(self._ask(_BY_WORDS, {"phrases": phrases}))

    def _everything(self) -> list[Node]:
        return _nodes(self._ask(_EVERYTHING, {}))


def _is_indexed(name: str) -> bool:
    return bool(_INDEXED.fullmatch(name)) and not _NUMBER.match(name)


def _phrase(text: str) -> str:
    r"""A phrase as Lucene's query syntax has it.

    >>> print(_phrase('the "C" language'))
    "the \"C\" language"
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _nodes(rows: Iterable[Mapping[str, Any]]) -> list[Node]:
    """Nodes with as much of their properties as names need."""
    return [
        Node(
            row["id"],
            _kind(row),
            row["name"] or "",
            row["type"],
            {
                name: tuple(value) if isinstance(value, list) else value
                for name in ("aliases", "papers", "community", "doi", "arxiv_id")
                if (value := row[name]) is not None
            },
        )
        for row in rows
    ]


def _kind(row: Mapping[str, Any]) -> NodeKind:
    if row["is_paper"]:
        return NodeKind.PAPER
    return NodeKind.CONCEPT if row["is_concept"] else NodeKind.RESULT


def _names(nodes: Iterable[Node]) -> Names:
    by_id = {node.id: node for node in nodes}
    return Names(lambda kind: [n for n in by_id.values() if kind is None or n.kind is kind])
