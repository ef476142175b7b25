"""`candidates`: pairs of concepts that may be one thing, for the user to judge."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from extract.decisions_file import find_decisions
from extract.embedding_candidates import LEAST_SCORE, find_candidates, load_embeddings
from extract.errors import UsageError
from graph.cli.options import decisions_option, json_option, library_option, open_graph
from graph.cli.printing import json_line, note, print_json, say
from graph.cli.rehearsing import concept_object
from graph.display import one_line, plural, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from extract.embedding_candidates import Candidate
    from extract.records import Concept

_CHARACTERS = 60
_CHARACTERS_OF_SENTENCE = 120
_CHARACTERS_BEHIND = 20  # of the sentence, behind the spelling


@dataclass(frozen=True, slots=True)
class _Use:
    """How papers use a concept: the number of papers, and their sentences by paper and relation."""

    papers: int
    sentences: tuple[str, ...]


@click.command()
@click.option("-n", "--limit", type=click.IntRange(1), default=50, show_default=True)
@click.option(
    "--least",
    type=click.FloatRange(0, 1),
    default=LEAST_SCORE,
    show_default=True,
    help="The least score, 0 to 1.",
)
@click.option("--type", "kind", help="Only concepts of this type, such as Method.")
@click.option("--toml", "as_toml", is_flag=True, help="Print entries for the decisions file.")
@library_option
@decisions_option
@json_option
def candidates(
    limit: int,
    least: float,
    kind: str | None,
    as_toml: bool,
    library: Path,
    decisions: Path | None,
    as_json: bool,
) -> None:
    """Pairs of concepts that may be one thing, though no rule finds it: best first.

    Word embeddings propose them by the cosine of their names. They know words, not facts: nothing
    is merged until you pin it. What a veto keeps apart, or you have pinned or forbidden, is left
    out. Needs pip install "paperkg[embeddings]".

    \b
    paperkg candidates --toml > maybe.toml    keep the right entries, add them to your decisions
    """
    if as_json and as_toml:
        raise UsageError("Give --json or --toml, not both.")
    embed = load_embeddings()
    with open_graph(library) as knowledge, knowledge.snapshot():
        concepts = _of_type(knowledge.concepts(), kind)
        wishes = find_decisions(library, decisions)
        if not wishes and decisions is None:
            wishes = knowledge.library.user_decisions()
        sentences = knowledge.library.evidence()
    found = find_candidates(concepts, embed, limit=limit, least=least, decisions=wishes)
    if as_toml:
        _print_toml(found)
        return
    uses = _uses(found, sentences)
    if as_json:
        print_json([_candidate_object(candidate, uses) for candidate in found])
        return
    for candidate in found:
        _print_candidate(candidate, uses)
    if found:
        note(
            "None of these is decided. paperkg pin A B makes two one, paperkg forbid A B keeps "
            "them apart; either way they are listed no more."
        )
    else:
        note(f"No two concepts reach {least:g}. Try a smaller --least.")


def _of_type(concepts: Sequence[Concept], kind: str | None) -> Sequence[Concept]:
    if kind is None:
        return concepts
    wanted = kind.strip().casefold()
    found = [concept for concept in concepts if concept.type.casefold() == wanted]
    if not found:
        types = sorted({concept.type for concept in concepts})
        raise UsageError(
            f"No concept is of type {kind!r}: the library has {', '.join(types) or 'none at all'}."
        )
    return found


def _uses(
    found: Iterable[Candidate], sentences: Mapping[tuple[str, str, str], str]
) -> dict[str, _Use]:
    """The use of each concept of the candidates, by its id."""
    wanted = {concept.id for candidate in found for concept in (candidate.a, candidate.b)}
    by_concept: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for paper, relation, concept in sorted(sentences):
        if concept in wanted:
            by_concept[concept].append((paper, sentences[paper, relation, concept]))
    return {
        concept: _Use(len({paper for paper, _ in shown}), tuple(text for _, text in shown))
        for concept, shown in by_concept.items()
    }


def _sentence(use: _Use, spelling: str) -> str:
    """The first sentence that holds the spelling, else the first."""
    holding = (text for text in use.sentences if spelling.lower() in text.lower())
    return next(holding, next(iter(use.sentences), ""))


def _excerpt(sentence: str, spelling: str) -> str:
    """A part of a sentence that shows the spelling, where it holds it, else its beginning."""
    line = one_line(sentence)
    place = line.lower().find(one_line(spelling).lower())
    start = place + len(spelling) - _CHARACTERS_OF_SENTENCE + _CHARACTERS_BEHIND
    if place < 0 or start <= 0:
        return shorten(line, _CHARACTERS_OF_SENTENCE)
    start = line.find(" ", start, place) + 1 or place
    return f"…{shorten(line[start:], _CHARACTERS_OF_SENTENCE - 1)}"


def _candidate_object(candidate: Candidate, uses: Mapping[str, _Use]) -> dict[str, Any]:
    sides = {}
    for side, concept, spelling in _sides(candidate):
        use = uses.get(concept.id, _Use(0, ()))
        sides[side] = {
            **concept_object(concept),
            "papers": use.papers,
            "spelling": spelling,
            "evidence": _sentence(use, spelling),
        }
    return {"score": candidate.score, "type": candidate.a.type, **sides}


def _print_candidate(candidate: Candidate, uses: Mapping[str, _Use]) -> None:
    names, lines = [], []
    for _, concept, spelling in _sides(candidate):
        use = uses.get(concept.id, _Use(0, ()))
        names.append(f"{shorten(concept.name, _CHARACTERS)} ({plural(use.papers, 'paper')})")
        if evidence := _sentence(use, spelling):
            lines.append(f"        {_excerpt(evidence, spelling)}")
    say(f"{candidate.score:.4f}  {' ~ '.join(names)}  {candidate.a.type}")
    for line in lines:
        say(line)


def _print_toml(found: Iterable[Candidate]) -> None:
    """Entries as `extract.decisions_file` reads them, each with its score as a note."""
    say("# Proposed by word embeddings. Remove what is not one thing, or make it [[forbid]].")
    for candidate in found:
        # A list of JSON strings is a TOML array, what terminals would obey being escaped.
        names = json_line(list(candidate.spellings)).rstrip()
        click.echo(f'\n[[pin]]\nnames = {names}\nnote = "embeddings: {candidate.score:.4f}"')


def _sides(candidate: Candidate) -> tuple[tuple[str, Concept, str], ...]:
    first, second = candidate.spellings
    return ("a", candidate.a, first), ("b", candidate.b, second)
