"""What analyses that are no mere rows look like: community reports, and scorers measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph.cli.printing import cell_text, note, print_json, print_rows, print_table, say
from graph.display import plural

if TYPE_CHECKING:
    from graph.analysis import CommunityReport, HeldOut
    from graph.analysis.comparable_results import Stated


def print_held_out(found: HeldOut, *, as_json: bool, as_csv: bool) -> None:
    """Print how well each scorer foretells held-out links."""
    if as_json:
        columns = ("split", "known", "held_out", "links", "datasets", "k")
        print_json({name: getattr(found, name) for name in columns} | {"scorers": found.rows})
        return
    if as_csv:
        print_rows(found.rows, as_json=False, as_csv=True)
        return
    note(
        f"{plural(found.held_out, 'paper')} held out, {found.split}, {found.known:,} known: "
        f"{plural(found.links, 'new link')}, {plural(found.datasets, 'dataset')} to choose from."
    )
    print_table(
        ("scorer", f"hits@{found.k}", "mean reciprocal rank"),
        [
            [row["scorer"], *(f"{row[name]:.3f}" for name in ("hits", "mean_reciprocal_rank"))]
            for row in found.rows
        ],
    )


def say_report(report: CommunityReport) -> None:
    """Print what a community is about, for people."""
    community = report.community
    size = f"{plural(len(community.papers), 'paper')}, {plural(len(community.concepts), 'concept')}"
    say(f"{cell_text(community.name)} ({size})")
    say(f"  leading concepts: {', '.join(cell_text(node.name) for node in report.leading)}")
    for node in report.typical:
        say(f"  typical paper: {cell_text(node.name) or node.id}")
    for result in report.results:
        said = _result_object(result)
        say(f"  result: {said['method']}, {said['metric']} {said['value']} on {said['dataset']}")
        say(f"    “{result.quote}”")


def report_object(report: CommunityReport) -> dict[str, Any]:
    """The same for JSON."""
    community = report.community
    return {
        "id": community.id,
        "name": community.name,
        "papers": len(community.papers),
        "concepts": len(community.concepts),
        "leading_concepts": [
            {"id": node.id, "name": node.name, "type": node.type} for node in report.leading
        ],
        "typical_papers": [{"id": node.id, "title": node.name} for node in report.typical],
        "results": [_result_object(result) for result in report.results],
    }


def _result_object(result: Stated) -> dict[str, Any]:
    ends = {"method": result.method, "dataset": result.dataset, "metric": result.metric}
    return {name: end[1] if end else None for name, end in ends.items()} | {
        "value": result.value,
        "delta": result.delta,
        "paper_id": result.paper,
        "title": result.title,
        "quote": result.quote,
    }
