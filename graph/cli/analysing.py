"""`analyse`: what the graph says as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from extract.errors import UsageError
from graph import analysis
from graph.analysis.betweenness import SAMPLE
from graph.analysis.comparable_results import BOARDS, PLACES
from graph.analysis.lift import FEWEST_SHARED
from graph.analysis.link_prediction import FEWEST_PAPERS
from graph.analysis.named_queries import MOST_PAPERS_ON_THE_WAY
from graph.analysis.rising import FEWEST_RISING
from graph.cli.options import csv_option, json_option, library_option, open_graph
from graph.cli.printing import cell_text, note, note_others, print_json, print_rows, say
from graph.cli.printing_analyses import print_held_out, report_object, say_report
from graph.elements import NodeKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.knowledge_graph import KnowledgeGraph
    from graph.queries.rows import Row

_AT_LEAST_ONE = click.IntRange(1)
_Command = TypeVar("_Command", bound="Callable[..., Any] | click.Command")


def _limit_option(default: int) -> Callable[[_Command], _Command]:
    return click.option(
        "--limit", type=_AT_LEAST_ONE, default=default, show_default=True, help="Most rows."
    )


def _least_option(default: int, what: str) -> Callable[[_Command], _Command]:
    return click.option(
        "--least", type=_AT_LEAST_ONE, default=default, show_default=True, help=f"Fewest {what}."
    )


@click.group()
def analyse() -> None:
    """Ask what the graph says as a whole; `paperkg analyse WHAT --help` says what numbers mean.

    \b
    paperkg analyse matrix --chart matrix.html
    paperkg analyse missing-links --method BERT
    paperkg analyse betweenness --csv
    """


@analyse.command()
@click.option("--methods", type=_AT_LEAST_ONE, default=15, show_default=True, help="Most rows.")
@click.option("--datasets", type=_AT_LEAST_ONE, default=15, show_default=True, help="Most columns.")
@click.option(
    "--chart",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write a heat map: an HTML file.",
)
@json_option
@csv_option
@library_option
def matrix(
    methods: int, datasets: int, chart: Path | None, as_json: bool, as_csv: bool, library: Path
) -> None:
    """How many papers try which method on which dataset.

    A number counts the papers that work with the method (propose, use, compare or study it) and
    evaluate or train on the dataset. An abstract seldom says that the one was run on the other.
    """
    _check_format(as_json=as_json, as_csv=as_csv)
    with open_graph(library) as knowledge:
        found = analysis.method_dataset_matrix(knowledge, methods=methods, datasets=datasets)
    if chart is not None:
        found.heat_map().save(chart)
    rows = found.rows()
    if not (as_json or as_csv):
        rows = [{k: v or None for k, v in row.items()} for row in _for_people(rows)]
    print_rows(rows, as_json=as_json, as_csv=as_csv)
    if chart is not None:
        note(f"Wrote {chart}.")


@analyse.command("co-occurrence")
@click.argument("concept", required=False)
@_least_option(FEWEST_SHARED, "papers that have both")
@_limit_option(20)
@json_option
@csv_option
@library_option
def co_occurrence(
    concept: str | None, least: int, limit: int, as_json: bool, as_csv: bool, library: Path
) -> None:
    """Which concepts stand in the same papers more often than chance would have it.

    Of all pairs, or of those with CONCEPT. Ordered by lift: how many times more papers have both
    than if each were strewn over the papers by itself; 1 is chance. Rare concepts reach a high lift
    by accident: --least leaves them out.
    """
    _check_format(as_json=as_json, as_csv=as_csv)
    with open_graph(library) as knowledge, knowledge.snapshot():
        _note_names(knowledge, concept)
        rows = analysis.co_occurring_concepts(knowledge, concept, least=least, limit=limit)
    if not (as_json or as_csv):
        rows = _for_people(rows)
    print_rows(rows, as_json=as_json, as_csv=as_csv)


@analyse.command()
@click.option(
    "--sample",
    type=_AT_LEAST_ONE,
    default=SAMPLE,
    show_default=True,
    help="Nodes to count paths from; more are more exact, and take longer.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Of the sample.")
@_limit_option(20)
@json_option
@csv_option
@library_option
def betweenness(
    sample: int, seed: int, limit: int, as_json: bool, as_csv: bool, library: Path
) -> None:
    """Which concepts hold the graph together.

    Betweenness is the share of the shortest paths between all other papers and concepts that go
    through a concept, 0 to 1, estimated from a sample of nodes. What is high holds apart things
    together: common concepts do, and so does now and then one with few papers. What two given
    communities share is another question: `paperkg query list_bridge_concepts`.
    """
    _check_format(as_json=as_json, as_csv=as_csv)
    with open_graph(library) as knowledge:
        rows = analysis.bridging_concepts(knowledge, limit=limit, sample=sample, seed=seed)
    if not (as_json or as_csv):
        rows = _for_people(rows)
    print_rows(rows, as_json=as_json, as_csv=as_csv)


@analyse.command("community-reports")
@_limit_option(12)
@json_option
@library_option
def community_reports(limit: int, as_json: bool, library: Path) -> None:
    """What the communities are about: leading concepts, typical papers, some of their results.

    Leading concepts are those that the community's papers have and others lack. Results are what
    its most central papers state, one each; they are not the best ones. `paperkg communities`
    lists all members.
    """
    with open_graph(library) as knowledge:
        found = analysis.community_reports(knowledge, limit=limit)
    if as_json:
        print_json([report_object(report) for report in found])
        return
    for report in found:
        say_report(report)
    if not found:
        note("No communities: too few papers share concepts.")


@analyse.command("missing-links")
@click.option("--method", metavar="NAME", help="Only links of this method.")
@click.option("--dataset", metavar="NAME", help="Only links of this dataset.")
@_least_option(FEWEST_PAPERS, "papers of the method, and of the dataset")
@click.option("--evaluate", is_flag=True, help="Measure the predictions on held-out papers.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of --evaluate.")
@_limit_option(10)
@json_option
@csv_option
@library_option
def missing_links(
    method: str | None,
    dataset: str | None,
    least: int,
    evaluate: bool,
    seed: int,
    limit: int,
    as_json: bool,
    as_csv: bool,
    library: Path,
) -> None:
    """Which method will be tried on which dataset: pairs that no paper here has.

    A prediction says that papers like those of the method use the dataset, and none has both. It
    may be a gap, a pair that makes no sense, or a paper that is not here. The score (0 to 1) orders
    the datasets of one method; it is no probability. Pairs stand in the order of score times papers
    of the method.

    --evaluate holds papers out (the latest ones, where dates are known), and counts how many of
    their new pairs have the dataset among the first ten for the method: hits@10.
    """
    _check_format(as_json=as_json, as_csv=as_csv)
    if evaluate and (method or dataset):
        raise UsageError(
            "--evaluate measures all methods and datasets: leave --method and --dataset."
        )
    with open_graph(library) as knowledge, knowledge.snapshot():
        if evaluate:
            print_held_out(analysis.hits_at(knowledge, seed=seed), as_json=as_json, as_csv=as_csv)
            return
        _note_names(knowledge, method, dataset)
        rows = analysis.missing_links(
            knowledge, method=method, dataset=dataset, least=least, limit=limit
        )
    if as_json or as_csv or not rows:
        print_rows(rows, as_json=as_json, as_csv=as_csv)
        return
    note("Predictions, not findings: no paper here has these pairs. --evaluate measures them.")
    for place, row in enumerate(rows, 1):
        pair = f"{cell_text(row['method'])} → {cell_text(row['dataset'])}"
        say(f"{place}. {pair}  score {row['score']}")
        say(f"   {row['statement']}")


@analyse.command()
@click.option("--dataset", metavar="NAME", help="Only on this dataset.")
@click.option("--metric", metavar="NAME", help="Only by this metric.")
@click.option(
    "--boards", type=_AT_LEAST_ONE, default=BOARDS, show_default=True, help="Most leaderboards."
)
@click.option(
    "--places", type=_AT_LEAST_ONE, default=PLACES, show_default=True, help="Most places on each."
)
@json_option
@csv_option
@library_option
def leaderboards(
    dataset: str | None,
    metric: str | None,
    boards: int,
    places: int,
    as_json: bool,
    as_csv: bool,
    library: Path,
) -> None:
    """Results that can be compared: one dataset, one metric, one unit, two papers or more.

    A place is one among what these abstracts state, no claim that a method is better: results may
    differ in data, size or protocol, a program read them, and the quote may be about a baseline.
    """
    _check_format(as_json=as_json, as_csv=as_csv)
    with open_graph(library) as knowledge, knowledge.snapshot():
        _note_names(knowledge, dataset, metric)
        rows = analysis.leaderboards(
            knowledge, dataset=dataset, metric=metric, boards=boards, places=places
        )
    if not (as_json or as_csv):
        columns = ("dataset", "metric", "place", "value", "method", "quote")
        rows = [{column: row[column] for column in columns} for row in rows]
    print_rows(rows, as_json=as_json, as_csv=as_csv)


@analyse.command()
@click.option("--earlier", metavar="DATE", help="A year, month or day.")
@click.option("--later", metavar="DATE", help="Another.  [default: the last two with ten papers]")
@_least_option(FEWEST_RISING, "papers in the later period")
@_limit_option(20)
@json_option
@csv_option
@library_option
def rising(
    earlier: str | None,
    later: str | None,
    least: int,
    limit: int,
    as_json: bool,
    as_csv: bool,
    library: Path,
) -> None:
    """Concepts whose share of the papers grew from one date to another.

    A share is how many of a period's papers name the concept, 0 to 1. Of few papers shares say
    little, and the papers that were collected need not be like those that were written.
    """
    _check_format(as_json=as_json, as_csv=as_csv)
    with open_graph(library) as knowledge:
        rows = analysis.rising_concepts(
            knowledge, earlier=earlier, later=later, least=least, limit=limit
        )
    if not (as_json or as_csv):
        rows = _for_people(rows)
    print_rows(rows, as_json=as_json, as_csv=as_csv)


@analyse.command("similar-papers")
@click.argument("paper")
@_limit_option(10)
@json_option
@csv_option
@library_option
def similar_papers(paper: str, limit: int, as_json: bool, as_csv: bool, library: Path) -> None:
    """Papers that share most with PAPER (a title, words of it, or an id).

    Similarity is a sum over shared concepts, rare ones counting for more; it orders the papers of
    one answer, and means nothing across answers.
    """
    _check_format(as_json=as_json, as_csv=as_csv)
    with open_graph(library) as knowledge, knowledge.snapshot():
        match = knowledge.names.find_paper(paper)
        if match.others or match.step == "words":
            note(f"Note: taking {cell_text(match.node.name)} ({match.node.id}).")
        rows = analysis.similar_papers(knowledge, match.node.id, limit=limit)
    print_rows(rows, as_json=as_json, as_csv=as_csv)


@analyse.command()
@click.argument("start")
@click.argument("end")
@click.option(
    "--most",
    type=_AT_LEAST_ONE,
    default=MOST_PAPERS_ON_THE_WAY,
    show_default=True,
    help="Most papers of a concept on the way.",
)
@_limit_option(3)
@json_option
@csv_option
@library_option
def paths(
    start: str, end: str, most: int, limit: int, as_json: bool, as_csv: bool, library: Path
) -> None:
    """The shortest paths from START to END that avoid hubs, a row for each step.

    `paperkg path` takes whatever is shortest, often through a concept that all papers share.
    """
    _check_format(as_json=as_json, as_csv=as_csv)
    with open_graph(library) as knowledge, knowledge.snapshot():
        _note_names(knowledge, start, end, kind=None)
        rows = analysis.paths_around_hubs(knowledge, start, end, most=most, limit=limit)
    if not (as_json or as_csv):
        columns = ("path", "step", "from", "relation", "to", "evidence")
        rows = [{column: row[column] for column in columns} for row in rows]
    print_rows(rows, as_json=as_json, as_csv=as_csv)


def _for_people(rows: list[Row]) -> list[Row]:
    """Without the ids of concepts, which are for programs."""
    return [{k: v for k, v in row.items() if not k.endswith("_id")} for row in rows]


def _check_format(*, as_json: bool, as_csv: bool) -> None:
    if as_json and as_csv:
        raise UsageError("--json and --csv exclude each other.")


def _note_names(
    knowledge: KnowledgeGraph, *names: str | None, kind: NodeKind | None = NodeKind.CONCEPT
) -> None:
    """Say where a name fits more than the one thing that is taken."""
    for name in names:
        if name is not None:
            note_others(knowledge.find(name, kind=kind))
