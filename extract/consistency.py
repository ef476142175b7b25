"""One answer for one string: what is found once in a paper is marked wherever it stands.

The gold guidelines ask for it (every occurrence of a listed string is a mention, longest string
first), and it gains on every set measured (shared/notes and the table in the model card).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from extract.records import Definition
    from extract.tag_scores import TagScores


NETWORK = "ner"
"""The step of what the network marked."""

# The product of the tags' probabilities is lower than a name's own, the more so the longer it is.
# Chosen on dev and dev_wide; anything between 0.1 and 0.2 is within 0.2 points of F1.
_LEAST_PROBABILITY = 0.15


@dataclass(frozen=True, slots=True, order=True)
class FoundSpan:
    """A typed stretch of one text and the step that found it."""

    start: int
    end: int
    type: str
    step: str


def mark_everywhere(
    text: str,
    spans: Iterable[FoundSpan],
    definitions: Sequence[Definition] = (),
    listed: Sequence[FoundSpan] = (),
    scores: TagScores | None = None,
) -> list[FoundSpan]:
    """Mark all occurrences of the strings that `spans` found, each with one type.

    Where the network tells how sure it is, a string's type is that of the largest mean probability
    over all places of the string, and a string whose mean is low is not marked at all. Else its
    type is that of most of its spans, the earliest where they tie. Where strings overlap the
    longest wins. A definition whose one half was found gives its other half the same
    type.

    Args:
        text: what the offsets of spans and definitions index.
        spans: may overlap; a span found by a step keeps that step, others get `repeat` or
            `definition`.
        listed: what the user's own list found, without overlap; it stays as it is, and nothing that
            overlaps it is marked.
        scores: how sure the network was of each place.

    Returns:
        Spans without overlap, sorted.
    """
    found = {(span.start, span.end): span for span in sorted(spans, reverse=True)}
    types = _types_by_vote(text, found.values())
    if scores is not None:
        types = _types_by_probability(text, found.values(), types, scores)
    types |= {text[span.start : span.end]: span.type for span in listed}
    defined = _other_halves(types, definitions)
    taken = bytearray(len(text))
    for span in listed:
        taken[span.start : span.end] = b"\1" * (span.end - span.start)
    marked = list(listed)
    for surface in sorted({*types, *defined}, key=lambda s: (-len(s), s)):
        for start in _places(text, surface):
            end = start + len(surface)
            if any(taken[start:end]):
                continue
            taken[start:end] = b"\1" * (end - start)
            step = found[start, end].step if (start, end) in found else "repeat"
            if surface in types:
                marked.append(FoundSpan(start, end, types[surface], step))
            else:
                marked.append(FoundSpan(start, end, defined[surface], "definition"))
    return sorted(marked)


def balanced_end(text: str, start: int, end: int) -> int:
    """Where a name ends that runs into or out of brackets: before the one without its other half.

    >>> text = "CoDial (Code for Dialogue) and GPT(-J)"
    >>> [text[0 : balanced_end(text, 0, end)] for end in (6, 25, 26)]
    ['CoDial', 'CoDial', 'CoDial (Code for Dialogue)']
    """
    opened: list[int] = []
    for place in range(start, end):
        if text[place] in "([{":
            opened.append(place)
        elif text[place] in ")]}":
            if not opened:
                opened = [place]
                break
            opened.pop()
    return start + len(text[start : opened[0]].rstrip()) if opened else end


def _places(text: str, surface: str) -> Iterator[int]:
    """Where `surface` stands between word boundaries (a pattern for each is slower)."""
    start = text.find(surface)
    while start >= 0:
        end = start + len(surface)
        if not (_is_word(text[start - 1 : start]) or _is_word(text[end : end + 1])):
            yield start
            start = text.find(surface, end)
        else:
            start = text.find(surface, start + 1)


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _types_by_vote(text: str, spans: Iterable[FoundSpan]) -> dict[str, str]:
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for span in sorted(spans):
        votes[text[span.start : span.end]][span.type] += 1
    # `most_common` keeps the order of first sight among equals.
    return {surface: counter.most_common(1)[0][0] for surface, counter in votes.items()}


def _types_by_probability(
    text: str, spans: Iterable[FoundSpan], voted: Mapping[str, str], scores: TagScores
) -> dict[str, str]:
    """The type of each string by the network's probabilities; unlikely strings are left out.

    What another step than the network found keeps the type that was voted.
    """
    elsewhere = {text[span.start : span.end] for span in spans if span.step != NETWORK}
    types = {}
    for surface, type_ in voted.items():
        places = ((start, start + len(surface)) for start in _places(text, surface))
        shares = [found for place in places if (found := scores.shares(*place)) is not None]
        if surface in elsewhere or not shares:
            types[surface] = type_
            continue
        means = [float(sum(column)) / len(shares) for column in zip(*shares, strict=True)]
        if max(means) >= _LEAST_PROBABILITY:
            types[surface] = scores.types[means.index(max(means))]
    return types


def _other_halves(types: dict[str, str], definitions: Sequence[Definition]) -> dict[str, str]:
    other = {}
    for definition in definitions:
        for known, unknown in (
            (definition.short, definition.long),
            (definition.long, definition.short),
        ):
            if known in types and unknown not in types:
                other[unknown] = types[known]
    return other
