"""The graph as a file for other programs: GraphML, GEXF, node-link JSON, a folder of CSV.

A folder for `neo4j-admin database import` has a module of its own, `graph.neo4j_admin_export`, and
keeps to none of the following but the order.

All text is UTF-8; nodes are in order of id, edges of source, relation and target, so that the
same graph gives the same bytes. Every node has `id`, `kind`, `name` and, for concepts, `type`;
every edge `source`, `target` and `relation`; the other fields are the properties that
`graph.elements` names, and `community` (id) of papers and concepts. A property that has the name
of one of these fields gets a `_` behind its own. Numbers that are not finite, which no format
writes the same way, are left out.

In every format, code points that are no characters (lone surrogates) become U+FFFD.

JSON: one object, `nodes`, `edges`, `communities` (`id`, `name`, `papers`, `concepts`), lists as
lists. `networkx.node_link_graph(data, edges="edges")` reads it.

GraphML, GEXF: `label` is the name (the id where that is empty), an edge's `weight` its
confidence, lists are joined by ` | `, empty texts are left out, `community_name` is added, control
characters that XML forbids become U+FFFD. Where a property is a number here and a text there it
is text throughout.

CSV (RFC 4180): `papers.csv`, `concepts.csv`, `results.csv`, `edges.csv`, `communities.csv`, always
all five, lists joined by ` | `. A text that a spreadsheet would run as a formula (it begins with
`=`, `+`, `-`, `@`, a tab or a line end, and is no number) has an apostrophe before it; NUL becomes
U+FFFD.
"""

from __future__ import annotations

import io
import json
import math
import os
import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx

from extract.errors import UsageError
from extract.files import write_all_atomically
from graph.elements import NodeKind
from graph.neo4j_admin_export import import_files
from graph.tables import as_text, table, without_lone_surrogates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from graph.elements import Community, Edge, Node, Value

    Writer = Callable[[Sequence[Node], Sequence[Edge], Sequence[Community]], bytes | str]


class Format(StrEnum):
    """What `export` can write."""

    GRAPHML = "graphml"
    GEXF = "gexf"
    JSON = "json"
    CSV = "csv"
    NEO4J_ADMIN = "neo4j-admin"


_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_OWN_FIELDS = frozenset({"id", "kind", "name", "type", "source", "target", "relation", "key"})
# What the writers of XML formats take for themselves, and do not write as it was given.
_OWN_FIELDS_IN_XML = frozenset(
    {"label", "weight", "start", "end", "pid", "parents", "slices", "spells", "viz"}
)


def export(
    path: Path | str,
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    communities: Sequence[Community],
    *,
    format: str | None = None,
) -> tuple[Path, ...]:
    """Write the graph in the format that is named, or that the name's ending tells.

    Args:
        path: a file; for the formats `csv` and `neo4j-admin` a folder, which is made where it does
            not exist.
        format: one of `Format`; None for that of the ending `.graphml`, `.gexf`, `.json` or `.csv`,
            and `csv` where `path` ends in `/` or is a folder.

    Returns:
        The files that were written, each whole or not at all.

    Raises:
        UsageError: another format or ending, an edge between nodes that are not given, what the
            format cannot hold, or a place that cannot be written.
        StoreError: for `neo4j-admin`, what no store takes.
    """
    target = Path(path)
    chosen = _format_of_path(path) if format is None else _format_of_name(format)
    _check_ends(nodes, edges)
    nodes = sorted(nodes, key=lambda node: node.id)
    edges = sorted(edges, key=lambda edge: (edge.source, edge.relation, edge.target))
    communities = sorted(communities, key=lambda community: community.id)
    contents: dict[Path, bytes | str | Iterable[str]]
    if chosen in (Format.CSV, Format.NEO4J_ADMIN):
        to_files = import_files if chosen is Format.NEO4J_ADMIN else _to_csv
        files = to_files(nodes, edges, communities)
        _make_folder(target)
        contents = {target / name: text for name, text in files.items()}
    else:
        contents = {target: _WRITERS[chosen](nodes, edges, communities)}
    write_all_atomically(contents)
    return tuple(contents)


def _to_json(nodes: Sequence[Node], edges: Sequence[Edge], communities: Sequence[Community]) -> str:
    """The graph as node-link JSON, one node, edge or community a line."""
    of_community = _membership(communities)
    lines: dict[str, list[dict[str, Value]]] = {
        "communities": [_community_fields(community) for community in communities],
        "edges": [_edge_fields(edge) | {"key": edge.relation} for edge in edges],
        "nodes": [_node_fields(node, of_community) for node in nodes],
    }
    parts = ['"directed":true,\n"graph":{},\n"multigraph":true']
    for name, items in lines.items():
        body = ",\n".join(json.dumps(i, sort_keys=True, ensure_ascii=False) for i in items)
        parts.append(f'"{name}":[\n{body}\n]')
    return without_lone_surrogates("{" + ",\n".join(sorted(parts)) + "}\n")


def _to_graphml(
    nodes: Sequence[Node], edges: Sequence[Edge], communities: Sequence[Community]
) -> bytes:
    """The graph as GraphML, a directed graph."""
    buffer = io.BytesIO()
    nx.write_graphml(_xml_graph(nodes, edges, communities), buffer)
    return buffer.getvalue()


def _to_gexf(
    nodes: Sequence[Node], edges: Sequence[Edge], communities: Sequence[Community]
) -> bytes:
    """The graph as GEXF 1.2, a directed graph, without the day on which it was written."""
    buffer = io.BytesIO()
    nx.write_gexf(_xml_graph(nodes, edges, communities), buffer)
    # The head comes before all text of ours: the first such attribute is NetworkX's own.
    return re.sub(rb' lastmodifieddate="[^"]*"', b"", buffer.getvalue(), count=1)


def _to_csv(
    nodes: Sequence[Node], edges: Sequence[Edge], communities: Sequence[Community]
) -> dict[str, str]:
    """The graph as tables: file name to text with a header row."""
    of_community = _membership(communities)
    first = ("id", "kind", "name", "type", "community")
    tables = {
        f"{kind.lower()}s.csv": _with_all_columns(
            [_node_fields(node, of_community) for node in nodes if node.kind is kind], first
        )
        for kind in NodeKind
    }
    tables["edges.csv"] = _with_all_columns(
        [_edge_fields(edge) for edge in edges], ("source", "relation", "target")
    )
    tables["communities.csv"] = _with_all_columns(
        [_community_fields(community) for community in communities],
        ("id", "name", "papers", "concepts"),
    )
    return tables


_WRITERS: dict[Format, Writer] = {
    Format.GEXF: _to_gexf,
    Format.GRAPHML: _to_graphml,
    Format.JSON: _to_json,
}


def _format_of_name(name: str) -> Format:
    try:
        return Format(name)
    except ValueError as exc:
        raise UsageError(
            f"There is no format {name!r}. The formats are {', '.join(Format)}."
        ) from exc


def _format_of_path(path: Path | str) -> Format:
    """The format that the name's ending tells."""
    target = Path(path)
    if target.is_dir() or str(path).endswith(("/", os.sep)):
        return Format.CSV
    by_ending = {f".{name}": name for name in (*sorted(_WRITERS), Format.CSV)}
    found = by_ending.get(target.suffix.lower())
    if found is None:
        ending = f"the ending {target.suffix!r}" if target.suffix else "no ending"
        raise UsageError(
            f"Cannot tell the format of {path}: it has {ending}. Give a name that ends in "
            f"{', '.join(f'.{name}' for name in sorted(_WRITERS))} or, for a folder of tables, "
            ".csv or /; or say which it is by --format."
        )
    return found


def _make_folder(path: Path) -> None:
    """Make the folder and those above it, unless it is there."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError as exc:
        raise UsageError(
            f"Cannot make the folder {path}: there is a file of that name. "
            "Tables are written into a folder; give another name."
        ) from exc
    except OSError as exc:
        raise UsageError(
            f"Cannot make the folder {path}: {exc.strerror}. Give a place that can be written."
        ) from exc


def _check_ends(nodes: Sequence[Node], edges: Sequence[Edge]) -> None:
    """Refuse an edge whose ends are not both there: other programs would invent the node."""
    known = {node.id for node in nodes}
    for edge in edges:
        for end in (edge.source, edge.target):
            if end not in known:
                raise UsageError(
                    f"The edge {edge.source} {edge.relation} {edge.target} ends at {end}, which "
                    "is not among the nodes. Export its node too, or leave the edge out."
                )


def _membership(communities: Sequence[Community]) -> dict[str, Community]:
    """The community of every member; of the first where it is in several."""
    of: dict[str, Community] = {}
    for community in communities:
        for id_ in (*community.concepts, *community.papers):
            of.setdefault(id_, community)
    return of


def _node_fields(node: Node, of_community: Mapping[str, Community]) -> dict[str, Value]:
    """A node as one flat record."""
    own: dict[str, Value] = {"id": node.id, "kind": node.kind.value, "name": node.name}
    if node.type is not None:
        own["type"] = node.type
    if node.id in of_community:
        own["community"] = of_community[node.id].id
    return _properties(node.properties, _OWN_FIELDS) | own


def _edge_fields(edge: Edge) -> dict[str, Value]:
    """An edge as one flat record."""
    own = {"source": edge.source, "target": edge.target, "relation": edge.relation.value}
    return _properties(edge.properties, _OWN_FIELDS) | own


def _community_fields(community: Community) -> dict[str, Value]:
    """A community as one flat record."""
    return {
        "id": community.id,
        "name": community.name,
        "papers": community.papers,
        "concepts": community.concepts,
    }


def _properties(properties: Mapping[str, Value], taken: frozenset[str]) -> dict[str, Value]:
    """Properties in order of name, those with a taken name under another; no infinity, no NaN."""
    return {
        f"{name}_" if name in taken else name: value
        for name, value in sorted(properties.items())
        if not (isinstance(value, float) and not math.isfinite(value))
    }


def _xml_graph(
    nodes: Sequence[Node], edges: Sequence[Edge], communities: Sequence[Community]
) -> nx.DiGraph | nx.MultiDiGraph:
    """The graph with attributes that GraphML and GEXF can hold."""
    of_community = _membership(communities)
    node_rows, edge_rows = [], []
    for node in nodes:
        row = _properties(_node_fields(node, of_community), _OWN_FIELDS_IN_XML)
        row["label"] = row.pop("name") or node.id
        if node.id in of_community:
            row["community_name"] = of_community[node.id].name
        node_rows.append(row)
    for edge in edges:
        row = _properties(_edge_fields(edge), _OWN_FIELDS_IN_XML)
        confidence = row.get("confidence")
        if isinstance(confidence, (int, float)):
            row["weight"] = float(confidence)
        edge_rows.append(row)
    pairs = {(edge.source, edge.target) for edge in edges}
    graph = nx.DiGraph() if len(pairs) == len(edges) else nx.MultiDiGraph()
    for attributes in _xml_attributes(node_rows):
        graph.add_node(attributes.pop("id"), **attributes)
    for number, attributes in enumerate(_xml_attributes(edge_rows)):
        if graph.is_multigraph():
            attributes["key"] = number  # GraphML's edge id, which is unique over the file
        graph.add_edge(attributes.pop("source"), attributes.pop("target"), **attributes)
    return graph


def _xml_attributes(rows: Sequence[Mapping[str, Value]]) -> Iterable[dict[str, Value]]:
    """Rows whose columns have one type each, without empty or forbidden text."""
    types: dict[str, set[type]] = {}
    for row in rows:
        for name, value in row.items():
            types.setdefault(name, set()).add(str if isinstance(value, tuple) else type(value))
    for row in rows:
        cells = {name: _xml_value(value, types[name]) for name, value in row.items()}
        yield {name: value for name, value in cells.items() if value != ""}


def _xml_value(value: Value, types: set[type]) -> Value:
    """A value in the one type that holds all of its column's `types`."""
    if types == {int, float}:
        return float(value)  # type: ignore[arg-type]  # the types say that it is a number
    if len(types) == 1 and str not in types:
        return value
    return _NOT_XML.sub("\ufffd", without_lone_surrogates(as_text(value)))


def _with_all_columns(rows: Sequence[Mapping[str, Value]], first: Sequence[str]) -> str:
    """Rows as CSV: the columns `first`, then all others by name."""
    others = sorted({name for row in rows for name in row}.difference(first))
    return table(rows, [*first, *others])
