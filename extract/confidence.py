"""How likely it is that a mention is right: its place, its borders and its type.

A logistic model over what is known of a mention when it is found: how sure the network was
(`extract.tag_scores`), what it made of the same string elsewhere in the paper, whether the name
is known from training, its form and its place. Its weights, `confidence.json`, lie in the model's
folder, since they hold for one network only; `python -m extract.confidence_training` learns them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from extract.errors import ModelError
from extract.linear import LinearModel, probability, read_models
from extract.model_identity import CONFIDENCE_FILE, MODEL_FOLDER
from extract.role_features import known_name
from extract.roles import known_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from extract.consistency import FoundSpan
    from extract.reading_text import ReadingText
    from extract.records import Definition
    from extract.tag_scores import TagScores

MENTION = "mention"
"""Name of the model in its file."""
LABELS = ("wrong", "right")

_UNMEASURED = LinearModel(LABELS, (0, 0), {})
_WORD = re.compile(r"[^\W_]++(?:[-'’][^\W_]++)*+|[^\w\s]|_")
_AROUND = 40  # characters on either side in which the next word is looked for
_LOWEST, _HIGHEST = -4.0, 8.0  # log odds beyond which nothing more is told


@dataclass(frozen=True, slots=True)
class MarkedText:
    """What the pipeline marked in one paper, before roles and confidences are known.

    Attributes:
        text: title and abstract as the network read them.
        definitions: abbreviations defined there.
        found: what the network and the gazetteers marked.
        spans: these after one string got one answer (`extract.consistency`), sorted.
        scores: how sure the network was; None where it does not tell.
        canonical: what the user's list calls the thing at a place (start, end), where it does.
    """

    text: ReadingText
    definitions: tuple[Definition, ...]
    found: tuple[FoundSpan, ...]
    spans: tuple[FoundSpan, ...]
    scores: TagScores | None
    canonical: Mapping[tuple[int, int], str] = field(default_factory=dict)


@cache
def confidence_model(folder: Path = MODEL_FOLDER) -> LinearModel:
    """The model of the pipeline in a folder; the shipped one where the folder has none.

    A shipped pipeline that was trained a moment ago has none either: all its mentions have 0.5.

    Raises:
        ModelError: the file is there and cannot be read, or holds no such model.
    """
    file = folder / CONFIDENCE_FILE
    if not file.exists():
        return _UNMEASURED if folder == MODEL_FOLDER else confidence_model(MODEL_FOLDER)
    model = read_models(file).get(MENTION)
    if model is None or model.labels != LABELS:
        raise ModelError(
            f"{file} holds no model {MENTION!r} with the classes {', '.join(LABELS)}. "
            "`python -m extract.confidence_training` makes such a file."
        )
    return model


def confidence(model: LinearModel, features: frozenset[str]) -> float:
    """The probability that a mention is right, above 0 and below 1, in four digits."""
    return min(max(probability(model.scores(features), LABELS.index("right")), 0.0001), 0.9999)


def mention_features(marked: MarkedText) -> list[frozenset[str]]:
    """What is known of each span of `marked.spans`, as features for the model."""
    text = marked.text.text
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    sure: dict[tuple[str, str], list[float]] = defaultdict(list)
    own: dict[tuple[int, int, str], float | None] = {}
    for span in marked.found:
        surface = text[span.start : span.end]
        votes[surface][span.type] += 1
        odds = marked.scores.entity(span.start, span.end, span.type) if marked.scores else None
        own[span.start, span.end, span.type] = odds
        if odds is not None:
            sure[surface, span.type].append(odds)
    places = Counter(text[span.start : span.end] for span in marked.spans)
    halves = {half for d in marked.definitions for half in (d.short, d.long)}
    features = []
    for span in marked.spans:
        surface = text[span.start : span.end]
        odds = own.get((span.start, span.end, span.type))
        features.append(
            frozenset(
                (
                    f"STEP={span.step}",
                    f"TYPE={span.type}",
                    f"DEFINED={surface in halves:d}",
                    *_network_features(marked.scores, span, odds),
                    *_vote_features(votes[surface], span.type, places[surface]),
                    *_elsewhere_features(sure[surface, span.type]),
                    *_name_features(surface, span.type, known_names()),
                    *_place_features(marked.text, span, surface),
                )
            )
        )
    return features


def _network_features(
    scores: TagScores | None, span: FoundSpan, odds: float | None
) -> Iterator[str]:
    """How sure the network was of this place."""
    if scores is None:
        return
    yield from _steps("ODDS", odds, 0.5)
    yield from _steps(f"ODDS{span.type}", odds, 1.0)
    if odds is None:
        yield from _steps("BEGIN", scores.beginning(span.start, span.type), 1.0)
    before, after = scores.outside(span.start, span.end)
    yield from _steps("BEFORE", before, 1.0)
    yield from _steps("AFTER", after, 1.0)
    yield from _steps("SHARE", scores.type_share(span.start, span.type), 1.0)


def _elsewhere_features(odds: Sequence[float]) -> Iterator[str]:
    """How sure the network was of all places of the string in this paper that it marked so."""
    if odds:
        yield from _steps("BEST", max(odds), 1.0)
        yield from _steps("MEAN", sum(odds) / len(odds), 0.5)


def _vote_features(votes: Mapping[str, int], type_: str, places: int) -> Iterator[str]:
    """How many places of the string were found by themselves, and as what."""
    agreeing = votes.get(type_, 0)
    yield f"PLACES={min(places, 5)}"
    yield f"FOUND={4 * agreeing // places}"
    yield f"AGAINST={min(sum(votes.values()) - agreeing, 2)}"


def _name_features(surface: str, type_: str, known: Mapping[str, int]) -> Iterator[str]:
    """What the name itself says."""
    words = _WORD.findall(surface)
    level = known.get(known_name(surface), 0)
    capitals = sum(character.isupper() for character in surface)
    titled = capitals <= len(words) and surface[:1].isupper()
    shape = "lower" if not capitals else "title" if titled else "mixed"
    yield f"KNOWN={level}"
    yield f"KNOWN{type_}={level}"
    yield f"LENGTH={min(len(words), 6)}"
    yield f"LENGTH{type_}={min(len(words), 4)}"
    yield f"SHAPE={shape}{any(character.isdigit() for character in surface):d}"
    yield f"SHAPE{type_}={shape}"
    yield f"HEAD={''.join(words[-1:]).lower()}"
    yield f"FIRST={''.join(words[:1]).lower()}"


def _place_features(text: ReadingText, span: FoundSpan, surface: str) -> Iterator[str]:
    """Where it stands, and between which words."""
    start, end = span.start, span.end
    before = _WORD.findall(text.text[max(0, start - _AROUND) : start])
    after = _WORD.findall(text.text[end : end + _AROUND])
    yield f"TITLE={start < text.abstract_start:d}"
    yield f"IN_TITLE={surface in text.text[: text.abstract_start]:d}"
    yield f"LEFT={''.join(before[-1:]).lower()}"
    yield f"RIGHT={''.join(after[:1]).lower()}"


def _steps(name: str, odds: float | None, width: float) -> Iterator[str]:
    """A feature for each step that `odds` reaches: the model adds up what each step is worth."""
    if odds is None:
        yield f"{name}?"
        return
    step = _LOWEST
    while step <= min(odds, _HIGHEST):
        yield f"{name}>={step:g}"
        step += width
