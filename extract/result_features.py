"""What is looked at to tell whether a number is a result, and of what: words and distances.

Features are strings as in `extract.context`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from extract.context import Words, cut, fold_words, place_features
from extract.metric_names import MetricNames, find_metric_names
from extract.quantities import Quantity, find_quantities
from extract.records import ConceptType, Mention, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from extract.records import Paper

LINKS: Mapping[str, ConceptType] = {
    "method": ConceptType.METHOD,
    "dataset": ConceptType.DATASET,
    "metric": ConceptType.METRIC,
    "baseline": ConceptType.METHOD,
}
"""What a result is tied to, and the type of the names that can be it."""

KNOWN = "known"
"""Step of the mentions that only the table of metric names knows."""

_REACH = 8  # names of a type that are looked at on either side of a number
_SENTENCES_BACK = 2  # how many sentences before that of the number a name may stand in
_NEAR = 4  # greatest distance in words at which the words between are told
_LONGEST_FORM = 6  # words of a number as written: "two-fold" is often no factor, "0 x" is one
_LONGEST_SENTENCE = 200  # words of a sentence that are searched for "respectively"
_DISTANCES = (1, 2, 3, 5, 8, 12, 18, 30)
_YEAR = re.compile(r"(?:19|20)\d\d")
_BREAKS = frozenset([",", ";", "and", "while", "(", ")", ":", "whereas", "but", "respectively"])


@dataclass(frozen=True, slots=True)
class Reading:
    """An abstract as it is read for results.

    Attributes:
        text: the abstract.
        words: the abstract, names and numbers one word each.
        quantities: its numbers, in order, without those inside names.
        numbers: index in `words` of each quantity.
        names: the mentions of each type in the abstract, in order.
        elsewhere: methods of the title and those that the paper proposes, one mention a name.
    """

    text: str
    words: Words
    quantities: tuple[Quantity, ...]
    numbers: tuple[int, ...]
    names: Mapping[str, tuple[Mention, ...]]
    elsewhere: tuple[Mention, ...]


def read_abstract(paper: Paper, mentions: Sequence[Mention], metrics: MetricNames) -> Reading:
    """Find the numbers of an abstract and cut it into words.

    Args:
        paper: the paper.
        mentions: its mentions, in any order.
        metrics: names that count as mentions of the step `KNOWN` where no mention overlaps them.
    """
    own = sorted((m for m in mentions if m.field == "abstract"), key=_place)
    quantities = tuple(_outside(find_quantities(paper.abstract), own))
    if quantities:
        own = sorted([*own, *_known_metrics(paper, own, metrics)], key=_place)
    places = [(m.start, m.end, m.type.lower()) for m in own]
    places.extend((q.start, q.end, f"number{q.unit or ''}") for q in quantities)
    words = cut(paper.abstract, places) if quantities else Words((), (), (), (0,))
    names = {
        str(kind): tuple(mention for mention in own if mention.type == kind) for kind in ConceptType
    }
    numbers = tuple(words.word(quantity.start) for quantity in quantities)
    return Reading(paper.abstract, words, quantities, numbers, names, _elsewhere(mentions))


def _place(mention: Mention) -> tuple[int, int, str]:
    return mention.start, -mention.end, mention.type


def _known_metrics(
    paper: Paper, names: Sequence[Mention], metrics: MetricNames
) -> Iterator[Mention]:
    """The known metric names of the abstract that overlap no mention."""
    covered = _reached(names)
    starts = [name.start for name in names]
    for start, end in find_metric_names(metrics, paper.abstract):
        before = bisect_left(starts, end)
        if before == 0 or covered[before - 1] <= start:
            text = paper.abstract[start:end]
            yield Mention(
                *(paper.id, "abstract", start, end, text),
                *(ConceptType.METRIC, Role.MENTIONS, 0.0, KNOWN),
            )


def _reached(names: Sequence[Mention]) -> list[int]:
    """How far each name and those before it reach."""
    return list(accumulate((name.end for name in names), max))


def _outside(quantities: Iterable[Quantity], names: Sequence[Mention]) -> Iterator[Quantity]:
    """The quantities that overlap no name, unless the name is the unit: `60 FPS`."""
    covered = _reached(names)
    starts = [name.start for name in names]
    for quantity in quantities:
        before = bisect_left(starts, quantity.end)
        inside = bisect_right(starts, quantity.start)
        clear = inside == 0 or covered[inside - 1] <= quantity.start
        if clear and (inside == before or covered[before - 1] <= quantity.end):
            yield quantity


def _elsewhere(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    first: dict[str, Mention] = {}
    for mention in sorted(mentions, key=lambda m: (m.field == "abstract", m.start, m.end)):
        wanted = mention.role == Role.PROPOSES or mention.field == "title"
        if mention.type == ConceptType.METHOD and wanted:
            first.setdefault(mention.text, mention)
    return tuple(first.values())[:_REACH]


def number_features(reading: Reading, index: int) -> frozenset[str]:
    """What holds of one number: the words around it, its unit and its shape."""
    quantity = reading.quantities[index]
    value = quantity.value
    features = set(place_features(reading.words, quantity.start, quantity.end, "abstract"))
    form = fold_words(reading.text[quantity.start : quantity.end])
    whole, _, decimals = value.partition(".") if form[:1] == ["0"] else ("", "", "")
    features.add(f"FORM={' '.join(form[:_LONGEST_FORM])}")
    features.add(f"UNIT={quantity.unit}")
    features.add(f"WHOLE={min(len(whole), 6)}")
    features.add(f"DECIMALS={min(len(decimals), 4)}{quantity.unit}")
    features.add(f"YEAR={bool(_YEAR.fullmatch(value)):d}")
    features.add(f"RANGE={bool(re.search('[-–—]', value[1:])):d}{quantity.before is not None:d}")
    features.add(f"COMMA={',' in value:d}")
    features.update(f"UNIT={quantity.unit} {beside}" for beside in _beside(reading, index))
    features.update(_gaps(reading, index))
    sentence = reading.words.sentence(quantity.start)
    for kind in ConceptType:
        held = any(
            reading.words.sentence(name.start) == sentence
            for name in _around(reading.names[kind], quantity)
        )
        features.add(f"WITH{kind}={held:d}")
    return frozenset(features)


def _gaps(reading: Reading, index: int) -> Iterator[str]:
    """Unit of the number before and of that after, and the few words between."""
    place = reading.numbers[index]
    for side, other in (("BEFORE", index - 1), ("AFTER", index + 1)):
        if not 0 <= other < len(reading.numbers):
            continue
        low, high = sorted((place, reading.numbers[other]))
        if high - low > _DISTANCES[-2]:
            continue
        unit = reading.quantities[other].unit
        yield f"UNIT{side}={unit} {reading.quantities[index].unit}"
        if high - low <= _NEAR:
            yield f"GAP{side}={unit} {' '.join(reading.words.words[low + 1 : high])}"


def _beside(reading: Reading, index: int) -> Iterator[str]:
    """The two words before a number and the two after it."""
    words, place = reading.words.words, reading.numbers[index]
    for distance, word in enumerate(reversed(words[max(0, place - 2) : place]), 1):
        yield f"L{distance}={word}"
    for distance, word in enumerate(words[place + 1 : place + 3], 1):
        yield f"R{distance}={word}"


def _step(margin: int) -> int:
    """Which step of half a unit of log odds, from -8 to 8, a score is on."""
    return max(-8, min(8, margin // 500))


def source_features(
    reading: Reading, index: int, best: Mention | None, margin: int, difference: bool
) -> frozenset[str]:
    """What holds of a number and of the metric that is most likely its own.

    Args:
        reading: the abstract.
        index: which of its quantities.
        best: the metric that the number most likely belongs to.
        margin: the score of its being so less that of its not.
        difference: whether the number is a difference or ratio.
    """
    unit = reading.quantities[index].unit
    features = set(number_features(reading, index))
    features.add(f"DIFFERENCE={difference:d}")
    if best is None:
        return frozenset({*features, f"LIKELY=none {unit}", f"LIKELY=none {difference:d}"})
    features.add(f"LIKELY={_step(margin)}")
    features.add(f"LIKELY={_step(margin)} {unit}")
    features.add(f"LIKELY={_step(margin)} {difference:d}")
    features.add(f"STEP={best.step == KNOWN:d} {_step(margin) // 2}")
    for word in fold_words(best.text)[-_LONGEST_FORM:]:
        features.add(f"BEST={word}")
        features.add(f"BEST={word} {unit}")
        features.update(f"BEST={word} {beside}" for beside in _beside(reading, index))
    return frozenset(features)


def _around(names: Sequence[Mention], quantity: Quantity) -> Sequence[Mention]:
    middle = bisect_left(names, quantity.start, key=lambda name: name.start)
    return names[max(0, middle - _REACH) : middle + _REACH]


def candidates(reading: Reading, index: int, link: str) -> list[Mention]:
    """The names that the number may be tied to, in the order of the text."""
    quantity = reading.quantities[index]
    sentence = reading.words.sentence(quantity.start)
    near = [
        name
        for name in _around(reading.names[LINKS[link]], quantity)
        if 0 <= sentence - reading.words.sentence(name.start) <= _SENTENCES_BACK
    ]
    if link == "method":
        texts = {name.text for name in near}
        near.extend(name for name in reading.elsewhere if name.text not in texts)
    return near


def link_features(
    reading: Reading, index: int, link: str, name: Mention, names: Sequence[Mention]
) -> frozenset[str]:
    """What holds of a number and a name that it may be tied to.

    Args:
        reading: the abstract.
        index: which of its quantities.
        link: one of `LINKS`.
        name: one of `names`.
        names: all `candidates` for the link.
    """
    quantity = reading.quantities[index]
    role = "unmarked" if name.step == KNOWN else name.role
    features = {f"ROLE={role}", f"CHOICE={min(len(names), 4)}", f"UNIT={quantity.unit}"}
    if link == "metric":
        for word in fold_words(name.text)[-_LONGEST_FORM:]:
            features.add(f"NAME={word}")
            features.add(f"NAME={word} UNIT={quantity.unit}")
            features.update(f"NAME={word} {beside}" for beside in _beside(reading, index))
    if name.field == "title":
        return frozenset({*features, f"TITLE={name.start == 0:d}{name.role}"})
    words = reading.words
    back = words.sentence(quantity.start) - words.sentence(name.start)
    if back < 0 or back > _SENTENCES_BACK:
        return frozenset({*features, f"FAR={name.role}"})
    side = "before" if name.start < quantity.start else "after"
    features.add(f"BACK={back}")
    features.add(f"BACKROLE={back}{role}")
    features.add(f"NEAREST{back}={_nearer(name, names, quantity)}{side}")
    features.update(f"{feature}" for feature in _between(reading, index, name, f"{side}{back}"))
    features.add(f"ORDER={_same_rank(reading, index, name)}")
    return frozenset(features)


def _nearer(name: Mention, names: Sequence[Mention], quantity: Quantity) -> int:
    """How many names of the same side are nearer, at most 3."""
    before = name.start < quantity.start
    if before:
        return min(3, sum(name.start < other.start < quantity.start for other in names))
    return min(3, sum(quantity.start < other.start < name.start for other in names))


def _between(reading: Reading, index: int, name: Mention, side: str) -> Iterator[str]:
    """What stands between a number and a name, and beside the name."""
    words = reading.words.words
    number, start = reading.numbers[index], reading.words.word(name.start)
    low, high = min(number, start), max(number, start)
    steps = sum(high - low > distance for distance in _DISTANCES)
    between = words[low + 1 : min(high, low + 1 + _DISTANCES[-1])]
    others = bisect_left(reading.numbers, high) - bisect_left(reading.numbers, low + 1)
    yield f"D{side}={steps}"
    yield f"NUMBERS{side}={min(others, 3)}"
    yield f"D{side}{min(others, 1)}={min(steps, 4)}"
    if high - low <= _NEAR:
        yield f"WORDS{side}={' '.join(between)}"
    for word in _BREAKS.intersection(between):
        yield f"BREAK{side}={word}"
    yield f"NB{side}={words[start - 1] if start else ''}"
    yield f"NA{side}={''.join(words[start + 1 : start + 2])}"
    yield f"QB{side}={words[number - 1] if number else ''}"
    yield f"QA{side}={''.join(words[number + 1 : number + 2])}"


def _same_rank(reading: Reading, index: int, name: Mention) -> str:
    """Whether number and name have the same rank in two equally long lists of the sentence."""
    words = reading.words
    sentence = words.sentence(name.start)
    start, end = words.sentences[sentence]
    low, high = words.bounds[sentence], words.bounds[sentence + 1]
    first = bisect_left(reading.numbers, low)
    last = bisect_left(reading.numbers, high)
    names = reading.names[name.type]
    first_name = bisect_left(names, start, key=lambda other: other.start)
    last_name = bisect_left(names, end, key=lambda other: other.start)
    if not first <= index < last or last - first != last_name - first_name or last - first < 2:
        return "none"
    own = bisect_left(names, name.start, key=lambda other: other.start)
    listed = "respectively" in words.words[low : min(high, low + _LONGEST_SENTENCE)]
    return f"{own - first_name == index - first:d}{listed:d}"
