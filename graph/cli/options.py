"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from extract.library import DEFAULT_LIBRARY
from extract.model_identity import MODEL_FOLDER, model_identity
from graph.cli.printing import note
from graph.display import plural

if TYPE_CHECKING:
    from graph.knowledge_graph import KnowledgeGraph

library_option = click.option(
    "--library",
    type=click.Path(dir_okay=False, path_type=Path),
    default=DEFAULT_LIBRARY,
    show_default=True,
    help="The file that remembers everything.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
csv_option = click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
decisions_option = click.option(
    "--decisions",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Your pins, forbids and renames.  [default: paperkg.decisions.toml beside the library]",
)


def _checked_model(context: click.Context, parameter: click.Parameter, model: Path) -> Path:
    """See that a folder that was named holds a pipeline before anything is read or written."""
    if model != MODEL_FOLDER:
        model_identity(model)
    return model


model_option = click.option(
    "--model",
    type=click.Path(path_type=Path),
    default=MODEL_FOLDER,
    callback=_checked_model,
    help="A pipeline that `paperkg train` wrote.  [default: the one that paperkg ships]",
)
own_types_option = click.option(
    "--type",
    "types",
    multiple=True,
    metavar="NAME",
    help="A type of your own in the annotations, such as Gene; may be given several times.",
)
gazetteer_option = click.option(
    "--gazetteer",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Names of yours, found wherever they stand: TSV, CSV or JSON Lines of name, type and, if "
    "you like, canonical name.",
)
min_confidence_option = click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    metavar="X",
    help="Leave out what is less sure than X, 0 to 1.",
)
processes_option = click.option(
    "--processes",
    type=click.IntRange(1),
    metavar="N",
    help="How many processes extract.  [default: one a processor where papers are many]",
)
quiet_option = click.option("-q", "--quiet", is_flag=True, help="No progress bars.")


def open_graph(library: Path, min_confidence: float | None = None) -> KnowledgeGraph:
    """Open a library for a question; say so where the graph lacks papers or has too many."""
    from graph.knowledge_graph import KnowledgeGraph

    knowledge = KnowledgeGraph.open(library, min_confidence=min_confidence or 0.0)
    try:
        _note_its_age(knowledge, library)
    except BaseException:
        knowledge.close()
        raise
    return knowledge


def _note_its_age(knowledge: KnowledgeGraph, library: Path) -> None:
    waiting = knowledge.pending()
    if waiting:
        note(
            f"Note: {plural(waiting, 'paper')} of {library} not in the graph yet; "
            f"`paperkg build --library {library}` completes it."
        )
    elif not knowledge.is_current():
        note(
            f"Note: The graph is older than the library {library} or this paperkg; "
            f"`paperkg build --library {library}` makes it anew."
        )
