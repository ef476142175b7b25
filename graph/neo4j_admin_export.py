"""The graph as files for `neo4j-admin database import full`, for graphs too large for Bolt.

The importer fills an empty database of a server that is stopped, many times faster than statements
can. A folder holds:

- `papers.csv`, `concepts.csv`, `results.csv`, `edges.csv`: a header row in the importer's own
  notation (`name:string`, `papers:long`, …), then a row for each node or edge. Texts are quoted, a
  quote in one is doubled; everything else in a text stands as it is, line ends and control
  characters included. An empty cell without quotes is a property that is not there.
- `import.sh`: the command that reads them, with the options that these very files need.
- `schema.cypher`: the constraint and the indexes, to be made once the server runs; the importer
  of the Community edition cannot. `paperkg push` makes them too.

What is imported is what `paperkg push` writes, so that a push afterwards finds nothing to change.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from extract.errors import UsageError
from graph.communities import mark_communities
from graph.elements import Node, NodeKind
from graph.neo4j_schema import AWAIT_INDEXES, CREATE_SCHEMA, LABEL, labels_of
from graph.validation import check_edges, check_nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from graph.elements import Community, Edge, Value

_NODE_FILES = {
    NodeKind.PAPER: "papers.csv",
    NodeKind.CONCEPT: "concepts.csv",
    NodeKind.RESULT: "results.csv",
}
_EDGE_FILE = "edges.csv"
_TYPES = {str: "string", bool: "boolean", int: "long", float: "double", tuple: "string[]"}
_PLAIN_NAME = re.compile(r"[^\W\d]\w*")  # the header row has marks of its own: `:`, `{`, `(`, …
_BUFFER_BYTES = 4 * 1024 * 1024  # the importer's, if it is not told; each cell must fit into it
_BYTES_A_CHARACTER = 4  # in UTF-8 at most

_COMMAND = """\
#!/bin/sh
# Reads the graph in this folder into a database of Neo4j 5, whose server must be stopped.
#
#     sh import.sh [DATABASE [OPTION...]]
#
# DATABASE is neo4j unless another is given. One that is there already is refused; the option
# --overwrite-destination=true deletes it first, WHATEVER IT HOLDS. NEO4J_ADMIN names the program
# where neo4j-admin is not on the PATH.
#
# Then start the server and run `paperkg push URI`: it makes the constraint and the indexes (those
# of schema.cypher) and says whether the graph is complete.
set -eu
cd -- "$(dirname -- "$0")"
database=${{1:-neo4j}}
[ $# -eq 0 ] || shift
report=$(mktemp)
trap 'rm -f -- "$report"' EXIT
"${{NEO4J_ADMIN:-neo4j-admin}}" database import full "$database" \\
{options} \\
  --report-file="$report" "$@"
"""


def import_files(
    nodes: Iterable[Node], edges: Iterable[Edge], communities: Iterable[Community]
) -> dict[str, Iterable[str]]:
    """All that stands in the folder.

    Args:
        nodes: in the order in which they are to be written.
        edges: likewise.
        communities: their members get the property `community`.

    Returns:
        The text of each file, in parts, by its name.

    Raises:
        StoreError: a node or an edge is one that no store takes.
        UsageError: a property has a name or a value that the importer's files cannot hold.
    """
    marked = mark_communities(nodes, communities)
    listed = list(edges)
    kinds = {node.id: node.kind for node in marked}
    check_nodes(marked, lambda _: None)
    check_edges(listed, kinds.get)
    joint = _unused_character(chain(marked, listed))
    files: dict[str, Iterable[str]] = {
        _NODE_FILES[kind]: _node_rows([node for node in marked if node.kind is kind], joint)
        for kind in NodeKind
    }
    files[_EDGE_FILE] = _edge_rows(listed, joint)
    files["import.sh"] = _command(joint, _longest_text(chain(marked, listed)))
    files["schema.cypher"] = "".join(
        f"{statement};\n" for statement in (*CREATE_SCHEMA, AWAIT_INDEXES)
    )
    return files


def _node_rows(nodes: Sequence[Node], joint: str) -> Iterator[str]:
    types = _column_types(nodes)
    typed = any(node.type is not None for node in nodes)
    fields = ["id:ID", ":LABEL", "name:string", *(["type:string"] if typed else [])]
    yield ",".join([*fields, *_property_fields(types)]) + "\n"
    for node in nodes:
        labels = joint.join((LABEL, *labels_of(node.kind, node.type)))
        own: list[Value | None] = [node.id, labels, node.name, *([node.type] if typed else [])]
        cells = chain(own, (node.properties.get(name) for name in types))
        yield ",".join([_cell(value, joint) for value in cells]) + "\n"


def _edge_rows(edges: Sequence[Edge], joint: str) -> Iterator[str]:
    types = _column_types(edges)
    yield ",".join([":START_ID", ":TYPE", ":END_ID", *_property_fields(types)]) + "\n"
    for edge in edges:
        own: list[Value | None] = [edge.source, edge.relation, edge.target]
        cells = chain(own, (edge.properties.get(name) for name in types))
        yield ",".join([_cell(value, joint) for value in cells]) + "\n"


def _column_types(elements: Iterable[Node | Edge]) -> dict[str, type]:
    """The type of each property, sorted by name: a column has one."""
    types: dict[str, type] = {}
    for element in elements:
        for name, value in element.properties.items():
            found = next(known for known in _TYPES if isinstance(value, known))
            if types.setdefault(name, found) is not found:
                raise UsageError(
                    f"The property {name!r} is {_TYPES[types[name]]} here and {_TYPES[found]}"
                    " there: neo4j-admin needs one type. Make it one, or use `paperkg push`."
                )
            if value in ((), ("",)):
                raise UsageError(
                    f"The property {name!r} is {value!r}, a list that neo4j-admin cannot read."
                    " Leave it out, or use `paperkg push`."
                )
    for name in types:
        if not _PLAIN_NAME.fullmatch(name):
            raise UsageError(
                f"A property is called {name!r}, which neo4j-admin would misread: expected letters,"
                " digits and _. Rename it, or use `paperkg push`."
            )
    return dict(sorted(types.items()))


def _property_fields(types: Mapping[str, type]) -> list[str]:
    return [f"{name}:{_TYPES[type_]}" for name, type_ in types.items()]


def _cell(value: Value | None, joint: str) -> str:
    """A value as the importer reads it.

    >>> [_cell(value, ";") for value in ('6" pipe', ("a", "b"), "", None, 2, 0.5, True)]
    ['"6"" pipe"', '"a;b"', '""', '', '2', '0.5', 'true']
    """
    if value is None:
        return ""
    if isinstance(value, tuple):
        value = joint.join(value)
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    return repr(value).lower()


def _unused_character(elements: Iterable[Node | Edge]) -> str:
    """What can stand between the texts of a list, since none of them holds it."""
    used = {
        character
        for element in elements
        for value in element.properties.values()
        if isinstance(value, tuple)
        for text in value
        for character in text
    }
    private_use = map(chr, range(0xE000, 0xF900))
    return next(c for c in chain(";|\x1f\x1e", private_use) if c not in used)


def _longest_text(elements: Iterable[Node | Edge]) -> int:
    """Characters of the longest name or property."""
    return max((len(text) for element in elements for text in _texts(element)), default=0)


def _texts(element: Node | Edge) -> Iterator[str]:
    if isinstance(element, Node):
        yield element.name
    for value in element.properties.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            yield ";".join(value)


def _command(joint: str, longest: int) -> str:
    """The command, where no text is longer than `longest` characters."""
    options = [
        *(f"--nodes={name}" for name in _NODE_FILES.values()),
        f"--relationships={_EDGE_FILE}",
        "--id-type=string",
        f"--array-delimiter=U+{ord(joint):04X}",
        "--multiline-fields=true",
    ]
    if longest * _BYTES_A_CHARACTER > _BUFFER_BYTES:
        options.append(f"--read-buffer-size={2 * longest * _BYTES_A_CHARACTER}")
    return _COMMAND.format(options=" \\\n".join(f"  {option}" for option in options))
