"""What is looked at to tell the role of a concept in a paper: words around, position and counts.

Features are strings as in `extract.context`: those of all places of a concept, and a few of the
concept as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.context import Words, cut, fold_words, place_features

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from extract.records import Field, Paper

_FIELDS: tuple[Field, Field] = ("title", "abstract")
_LONGEST_NAME = 12  # words of a name that are looked at
_LONGEST_TITLE = 40  # words of a title that are looked at
COMMON_NAME = (2, 5, 25)
"""From so many other papers on, a name is somewhat, rather or very well known."""


@dataclass(frozen=True, slots=True)
class RoleSpan:
    """One place where a concept is named, before its role is known.

    Attributes:
        field: which text `start` and `end` index, in code points.
        type: a `ConceptType`, or a type of the user's own.
        group: spans of one group are one concept in this paper, however it is written there.
    """

    field: Field
    start: int
    end: int
    text: str
    type: str
    group: int


def paper_words(paper: Paper, spans: Iterable[RoleSpan]) -> dict[Field, Words]:
    """Both fields of a paper cut into words, every span one word such as `<method>`."""
    places = [(span.field, (span.start, span.end, span.type.lower())) for span in spans]
    return {
        field: cut(paper.text(field), [place for where, place in places if where == field])
        for field in _FIELDS
    }


def known_name(text: str) -> str:
    """The key under which it is counted in how many papers a name occurs."""
    return " ".join(fold_words(text)[:_LONGEST_NAME])


def group_features(
    words: Mapping[Field, Words],
    spans: Sequence[RoleSpan],
    largest: int,
    name_counts: Mapping[str, int],
) -> frozenset[str]:
    """What holds of one concept in the paper.

    Args:
        words: both fields of the paper, as `paper_words` gives them.
        spans: all places of the concept, of one type; at least one.
        largest: the number of places of the concept of that type that has most.
        name_counts: in how many other papers a name occurs, by `known_name`.
    """
    features: set[str] = set()
    for span in spans:
        features.update(place_features(words[span.field], span.start, span.end, span.field))
    for text in {span.text for span in spans}:
        features.update(_name_features(text))
    features.update(_count_features(words["abstract"], spans, largest))
    known = max(name_counts.get(known_name(span.text), 0) for span in spans)
    features.add(f"KNOWN={sum(known >= least for least in COMMON_NAME)}")
    in_title = any(span.field == "title" for span in spans)
    for word in words["title"].words[:_LONGEST_TITLE]:
        features.add(f"TW{in_title:d}={word}")
    return frozenset(features)


def _count_features(abstract: Words, spans: Sequence[RoleSpan], largest: int) -> Iterator[str]:
    """How often and where in the abstract the concept is named."""
    in_title = any(span.field == "title" for span in spans)
    offsets = [span.start for span in spans if span.field == "abstract"]
    places = sorted({abstract.sentence(offset) for offset in offsets})
    count = len(abstract.sentences)
    yield f"N={min(len(spans), 6)}"
    yield f"NS{in_title:d}={min(len(places), 4)}"
    yield f"SHARE={4 * len(spans) // largest}"
    if places:
        yield f"FIRST{in_title:d}={min(places[0], 3)}"
        yield f"FIRSTPART{in_title:d}={5 * places[0] // count}"
        yield f"LASTPART{in_title:d}={5 * places[-1] // count}"


def _name_features(text: str) -> Iterator[str]:
    """What the name itself says: its words, its capitals and its digits."""
    words = fold_words(text)[:_LONGEST_NAME]
    yield f"HEAD={''.join(words[-1:])}"
    yield f"NAME={' '.join(words)}"
    for word in words:
        yield f"W={word}"
    capitals = sum(character.isupper() for character in text)
    titled = capitals <= len(words) and text[:1].isupper()
    shape = "lower" if not capitals else "title" if titled else "mixed"
    yield f"SHAPE{min(len(words), 3)}={shape}"
    yield f"DIGIT={any(character.isdigit() for character in text):d}{shape}"
