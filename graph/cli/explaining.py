"""`explain`, `aliases` and `decisions`: what was taken for one thing, and why."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from extract.errors import UsageError
from extract.explanation import Explainer
from extract.library import DEFAULT_LIBRARY
from extract.merge_log import way
from extract.merging import Rule
from extract.names_list import read_pairs
from extract.vetoes import Veto
from graph.cli.options import json_option, library_option, open_graph
from graph.cli.printing import (
    json_line,
    note,
    note_refused,
    print_json,
    print_table,
    say,
    tab_line,
)
from graph.cli.rehearsing import concept_object
from graph.display import shorten
from graph.elements import NodeKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extract.errors import RecordError
    from extract.explanation import Explanation
    from extract.names_list import NamePair
    from extract.records import Concept, Decision

_CHARACTERS = 60
_TYPE_HELP = "Concept type of the names, or of each: Method, Method/Dataset."


@click.command()
@click.argument("names", nargs=-1, metavar="[A B]")
@click.option("--type", "kind", help=_TYPE_HELP + "  [default: as the library has them]")
@click.option(
    "--pairs",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Judge the pairs of a file instead: lines A<TAB>B<TAB>TYPE; - for standard input.",
)
@library_option
@json_option
def explain(
    names: tuple[str, ...],
    kind: str | None,
    pairs: Path | None,
    library: Path,
    as_json: bool,
) -> int:
    """Why the names A and B are, or are not, one concept.

    Names that the library has never seen are judged by the same rules, as if one more paper
    mentioned each. A parenthesis behind a name says which sense is meant. With --pairs --json one
    object a line is printed, in the order of the file. Exits with 1 where lines were refused.

    \b
    paperkg explain "GPT-3" "GPT3"
    paperkg explain "AR (associative recall)" "AR (autoregressive)"
    """
    if pairs is not None:
        if names:
            raise UsageError(f"Got names and --pairs {pairs}: give one of these, not both.")
        refused: list[RecordError] = []
        listed = read_pairs(pairs, refused.append)
        _explain_pairs(_explainer(library), listed, kind, as_json=as_json)
        note_refused(refused)
        return int(bool(refused))
    if len(names) != 2:
        raise UsageError(
            f"Got {len(names)} names, expected two. Put quotation marks round names with blanks, "
            "or give a file of pairs with --pairs."
        )
    found = _explainer(library).explain(names[0], names[1], _types(kind))
    if as_json:
        print_json(_explanation_object(found))
    else:
        _print_explanation(found, library)
    return 0


def _explainer(library: Path) -> Explainer:
    if not library.exists() and str(library) == DEFAULT_LIBRARY:
        note(
            f"Note: there is no library {library} here; names are judged by the rules and the "
            "alias table alone."
        )
        return Explainer()
    with open_graph(library) as knowledge:
        return Explainer.of(knowledge.library)


def _types(kind: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (kind or "").split("/") if part.strip())


def _explain_pairs(
    explainer: Explainer, pairs: Iterable[NamePair], kind: str | None, *, as_json: bool
) -> None:
    for pair in pairs:
        wanted = pair.type or kind
        found = explainer.explain(pair.a, pair.b, _types(wanted))
        if as_json:
            sys.stdout.write(json_line(_pair_object(found, wanted)))
        else:
            verdict = "one" if found.same else "two"
            sys.stdout.write(tab_line(verdict, found.a, found.b, found.rule))


def _pair_object(found: Explanation, kind: str | None) -> dict[str, Any]:
    return {
        "a": found.a,
        "b": found.b,
        "type": kind or "/".join(dict.fromkeys(found.types)),
        "same": found.same,
        "rule": found.rule,
        "score": found.score,
    }


def _explanation_object(found: Explanation) -> dict[str, Any]:
    return {
        **_pair_object(found, None),
        "seen": list(found.seen),
        "concepts": [[concept_object(concept) for concept in side] for side in found.concepts],
        "steps": [decision_object(step) for step in found.steps],
    }


def _print_explanation(found: Explanation, library: Path) -> None:
    verdict = "are one concept" if found.same else "are two concepts"
    say(f"{_cut(found.a)} and {_cut(found.b)} {verdict}: {found.rule}.")
    for name, concepts, seen in zip((found.a, found.b), found.concepts, found.seen, strict=True):
        listed = ", ".join(f"{_cut(c.name)} ({c.type}, {c.id})" for c in concepts)
        unseen = "" if seen else "; no paper of the library writes it so"
        say(f"  {_cut(name)}: {listed}{unseen}")
        if len(concepts) > 1 or any(concept.ambiguous for concept in concepts):
            say("      stands for several things; each paper's own words decide")
    for step in found.steps:
        sign = "=" if step.same else "≠"
        score = f", score {step.score:g}" if step.score is not None else ""
        papers = [paper for paper in step.papers if not paper.startswith("\0")]
        shown = f"  [{', '.join(papers)}]" if papers else ""
        say(f"  {_cut(step.a)} {sign} {_cut(step.b)}: {step.rule}{score}{shown}")
    _note_remedy(found, library)


def _note_remedy(found: Explanation, library: Path) -> None:
    """Say how to correct a verdict on names that the library has."""
    if Rule.PIN in found.rule or found.rule == Veto.FORBIDDEN:
        note("If that is wrong: remove the entry from the decisions file, and build.")
        return
    spellings = {alias.text for side in found.concepts for c in side for alias in c.aliases}
    if found.a != found.b and {found.a, found.b} <= spellings:
        command = ["paperkg", "forbid" if found.same else "pin", found.a, found.b]
        if str(library) != DEFAULT_LIBRARY:
            command += ["--library", str(library)]
        note(f"If that is wrong: {shlex.join(command)}")


@click.command()
@click.argument("name")
@library_option
@json_option
def aliases(name: str, library: Path, as_json: bool) -> None:
    """All spellings of the concept NAME, how often each is written, and why it belongs."""
    with open_graph(library) as knowledge, knowledge.snapshot():
        match = knowledge.find(name, kind=NodeKind.CONCEPT)
        by_id = {concept.id: concept for concept in knowledge.concepts()}
        decisions = knowledge.decisions()
    found = [by_id[node.id] for node in (match.node, *match.others) if node.id in by_id]
    if as_json:
        print_json([_with_rules(concept, decisions) for concept in found])
        return
    for concept in found:
        also = f"; also as {', '.join(concept.other_types)}" if concept.other_types else ""
        say(f"{_cut(concept.name)} ({concept.type}, {concept.id}{also})")
        if concept.ambiguous:
            say("  stands for several things that nothing tells apart here")
        print_table(
            ("mentions", "spelling", "rule"),
            [
                (alias["count"], _cut(alias["text"]), alias["rule"])
                for alias in _with_rules(concept, decisions)["aliases"]
            ],
        )


def _with_rules(concept: Concept, decisions: Iterable[Decision]) -> dict[str, Any]:
    """The concept's object, each spelling with the rules that lead to the most frequent one."""
    first = concept.aliases[0].text
    texts = {alias.text for alias in concept.aliases}
    merges = [d for d in decisions if d.same and d.a in texts and d.b in texts]
    found = concept_object(concept)
    for alias in found["aliases"]:
        steps = way(first, alias["text"], merges)
        alias["rule"] = " + ".join(dict.fromkeys(step.rule for step in steps))
    return found


@click.command()
@click.option("--rule", help="Only decisions by this rule, such as definition.")
@click.option("--apart", is_flag=True, help="Near misses that were kept apart, instead of merges.")
@library_option
@json_option
def decisions(rule: str | None, apart: bool, library: Path, as_json: bool) -> None:
    """The merge log: which names were taken for one thing, by which rule, with what to show.

    `pin`, `forbid` and `rename` correct it.
    """
    with open_graph(library) as knowledge, knowledge.snapshot():
        log = [d for d in knowledge.decisions() if d.same is not apart]
    rules = sorted({decision.rule for decision in log})
    if rule is not None and rule not in rules:
        raise UsageError(f"No decision is by the rule {rule!r}: there are {', '.join(rules)}.")
    found = [decision for decision in log if rule in (None, decision.rule)]
    found.sort(key=lambda d: (d.rule, d.a, d.b))
    if as_json:
        print_json([decision_object(decision) for decision in found])
        return
    print_table(
        ("rule", "name", "name", "score", "papers"),
        [
            (
                *(d.rule, _cut(d.a), _cut(d.b), "" if d.score is None else f"{d.score:g}"),
                " ".join(d.papers),
            )
            for d in found
        ],
    )


def decision_object(decision: Decision) -> dict[str, Any]:
    """A decision as JSON listings show it."""
    return {
        "a": decision.a,
        "b": decision.b,
        "same": decision.same,
        "rule": decision.rule,
        "score": decision.score,
        "papers": [paper for paper in decision.papers if not paper.startswith("\0")],
    }


def _cut(text: str) -> str:
    return shorten(text, _CHARACTERS)
