"""`query`: named queries and statements of one's own, over the library's graph or Neo4j."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cypher import PARAMETER_TYPES, Statement, StatementError, parse, statements
from extract.errors import UsageError
from graph.cli.credentials import credentials, server_options
from graph.cli.options import (
    csv_option,
    json_option,
    library_option,
    min_confidence_option,
    open_graph,
)
from graph.cli.printing import cell_text, note, print_json, print_rows, say
from graph.queries import answer
from graph.queries.parameters import bind, bind_own, check_names, statement_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graph.lookup import Match
    from graph.neo4j_queries import Neo4jQueries

_LARGEST_FILE = 1_000_000  # bytes


@click.command()
@click.argument("name", required=False)
@click.option(
    "--param", "parameters", multiple=True, metavar="K=V", help="A parameter; repeatable."
)
@click.option("--graph", "uri", metavar="URI", help="Ask this Neo4j server, not the library.")
@click.option("--list", "as_list", is_flag=True, help="Show all named queries, or all of NAME.")
@click.option(
    "--file",
    "file",
    type=click.Path(path_type=Path),
    help="Run the Cypher statement in this file on the server.",
)
@click.option("--write", is_flag=True, help="Let the statement of --file change the database.")
@json_option
@csv_option
@server_options
@min_confidence_option
@library_option
def query(
    name: str | None,
    parameters: tuple[str, ...],
    uri: str | None,
    as_list: bool,
    file: Path | None,
    write: bool,
    as_json: bool,
    as_csv: bool,
    database: str | None,
    password_file: Path | None,
    min_confidence: float | None,
    library: Path,
) -> None:
    """Run the named query NAME, or a Cypher statement of your own.

    Named queries give the same rows over the library and over Neo4j. Papers, concepts and
    communities are given by name or id.

    \b
    paperkg query --list
    paperkg query list_concept_papers --param concept=BERT --param role=uses
    paperkg query show_leaderboard --param dataset=ImageNet --param "metric=top-1 accuracy" --csv
    paperkg query list_companion_methods --param method=BERT --graph neo4j://localhost:7687
    paperkg query --file my.cypher --graph neo4j://localhost:7687 --param year=2024

    A statement of your own may only read, unless --write is given. Its parameters are numbers,
    lists and so on where they are such in JSON, else texts.
    """
    _check_options(name, file, uri, as_list=as_list, write=write, as_json=as_json, as_csv=as_csv)
    if min_confidence is not None and (as_list or uri is not None):
        raise UsageError(
            "--min-confidence cuts the graph of the library. For Neo4j push one that is cut: "
            f"`paperkg push URI --min-confidence {min_confidence:g}`."
        )
    if as_list:
        _list([statement_named(name)] if name else list(statements().values()), as_json=as_json)
        return
    given = _pairs(parameters)
    if file is not None:
        statement = _own_statement(file)
        with _server(uri or "", database, password_file) as server:
            bound = bind_own(statement, given, server.names)
            found = server.run(statement, bound.values, write=write)
        _note_matches(bound.matches)
        print_rows(found.rows, as_json=as_json, as_csv=as_csv)
        _note_changes(found.changes)
        return
    statement = statement_named(name or "")
    check_names(statement, given)
    if uri is not None:
        with _server(uri, database, password_file) as server:
            bound = bind(statement, given, server.names)
            rows = server.answer(statement, bound.values)
    else:
        with open_graph(library, min_confidence) as knowledge, knowledge.snapshot():
            bound = bind(statement, given, knowledge.names)
            rows = answer(knowledge.store, statement.name, bound.values)
    _note_matches(bound.matches)
    print_rows(rows, as_json=as_json, as_csv=as_csv)


def _check_options(
    name: str | None,
    file: Path | None,
    uri: str | None,
    *,
    as_list: bool,
    write: bool,
    as_json: bool,
    as_csv: bool,
) -> None:
    faults = {
        "Give the NAME of a query, or --file, or --list": not (name or file or as_list),
        "NAME and --file exclude each other": name is not None and file is not None,
        "--list and --file exclude each other": as_list and file is not None,
        "--json and --csv exclude each other": as_json and as_csv,
        "--list has no CSV; take --json": as_list and as_csv,
        "--file needs --graph URI: only Neo4j reads Cypher": file is not None and uri is None,
        "--write is for --file: named queries change nothing": write and file is None,
    }
    for fault, is_there in faults.items():
        if is_there:
            raise UsageError(f"{fault}. `paperkg query --help` has examples.")


def _pairs(parameters: Sequence[str]) -> dict[str, str]:
    given: dict[str, str] = {}
    for parameter in parameters:
        name, equals, value = parameter.partition("=")
        name = name.strip().removeprefix("$")
        if not equals or not name:
            raise UsageError(f"--param {parameter!r} is no parameter: expected NAME=VALUE.")
        if name in given:
            raise UsageError(f"The parameter {name!r} is given twice; a list is one JSON value.")
        given[name] = value
    return given


def _own_statement(file: Path) -> Statement:
    """The statement in a file.

    Raises:
        UsageError: it cannot be read, or its comment describes a parameter wrongly.
    """
    try:
        with file.open("rb") as stream:
            content = stream.read(_LARGEST_FILE + 1)
        text = content.decode("utf-8-sig")
    except OSError as exc:
        raise UsageError(f"Cannot read {file}: {exc.strerror}. Name a file with Cypher.") from exc
    except UnicodeDecodeError as exc:
        raise UsageError(f"{file} is not UTF-8 at byte {exc.start}: expected Cypher.") from exc
    if len(content) > _LARGEST_FILE:
        raise UsageError(f"{file} is larger than {_LARGEST_FILE:,} bytes: expected one statement.")
    if not text.strip():
        raise UsageError(f"{file} is empty: expected one Cypher statement.")
    try:
        return parse(file.name, text, origin=str(file))
    except StatementError as exc:
        raise UsageError(str(exc)) from exc


@contextlib.contextmanager
def _server(uri: str, database: str | None, password_file: Path | None) -> Iterator[Neo4jQueries]:
    # The driver takes a while to load, and most questions go to the library.
    from graph.neo4j_connection import Neo4jConnection, address_of
    from graph.neo4j_queries import Neo4jQueries

    address = address_of(uri)
    auth = credentials(address, password_file)
    with Neo4jConnection(address, auth, database=database) as connection:
        yield Neo4jQueries(connection)


def _list(found: Sequence[Statement], *, as_json: bool) -> None:
    if as_json:
        print_json([_statement_object(statement) for statement in found])
        return
    for statement in found:
        say(statement.name)
        say(f"  {statement.description}")
        for parameter in statement.parameters:
            default = "" if parameter.default is None else f"; {parameter.default!r} if not given"
            say(
                f"    {parameter.name} ({PARAMETER_TYPES[parameter.type]}),"
                f" such as {parameter.example!r}{default}"
            )


def _statement_object(statement: Statement) -> dict[str, Any]:
    return {
        "name": statement.name,
        "description": statement.description,
        "parameters": [
            {"name": parameter.name, "type": parameter.type, "example": parameter.example}
            for parameter in statement.parameters
        ],
    }


def _note_matches(matches: Sequence[Match]) -> None:
    """Say where a name fits more than the one thing that is taken, or is only part of a title."""
    for match in matches:
        if match.others or match.step == "words":
            others = ", ".join(f"{cell_text(node.name)} ({node.id})" for node in match.others[:5])
            more = f" and {len(match.others) - 5} more" if len(match.others) > 5 else ""
            also = f"; the name also fits {others}{more}" if others else ""
            note(f"Note: taking {cell_text(match.node.name)} ({match.node.id}){also}.")


def _note_changes(changes: Mapping[str, int]) -> None:
    if changes:
        counts = ", ".join(f"{name.replace('_', ' ')}: {n:,}" for name, n in changes.items())
        note(f"Changed: {counts}.")
