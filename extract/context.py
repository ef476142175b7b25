"""The surroundings of a place in a title or an abstract, as features for the classifiers.

A feature is a string that holds or does not hold: letters for the kind, `=`, and the value.
`L1=on` says that the word before is `on`; `SB=outperforms` that the word stands before it in the
sentence. Every name in the text counts as one word, such as `<method>`: what is said about a
name matters, not which other names stand beside it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.sentences import sentence_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# Every quantifier is possessive: the scan is linear on any text.
_WORD = re.compile(r"[^\W_]++(?:[-'’][^\W_]++)*+|[^\w\s]|_")
_DIGITS = re.compile(r"\d++")
_WINDOW = 3  # words on either side whose distance is told
_NEAR = 7  # words on either side that are told to be near
_SENTENCE = 40  # words on either side that are told to be in the sentence
# From so many sentences on a text has an order: background, proposal, experiments. The first
# sentence of a shorter one may be anything.
_ORDERED = 4


@dataclass(frozen=True, slots=True)
class Words:
    """A text cut into words and sentences.

    Attributes:
        words: lower case, digits made `0`; punctuation marks are words of their own, and so is
            every masked place.
        starts: where each word begins, in code points, ascending.
        sentences: start and end of each sentence, in code points.
        bounds: index of the first word of each sentence, then the number of words.
    """

    words: tuple[str, ...]
    starts: tuple[int, ...]
    sentences: tuple[tuple[int, int], ...]
    bounds: tuple[int, ...]

    def sentence(self, offset: int) -> int:
        """Index of the sentence that `offset` is in."""
        return max(0, bisect_right(self.sentences, offset, key=lambda span: span[0]) - 1)

    def word(self, offset: int) -> int:
        """Index of the first word that begins at `offset` or later."""
        return bisect_left(self.starts, offset)


def fold_words(text: str) -> list[str]:
    """The words of a text in lower case, with `0` for every run of digits.

    >>> fold_words("ResNet-50 on CIFAR-10")
    ['resnet-0', 'on', 'cifar-0']
    """
    return [_DIGITS.sub("0", word.lower()) for word in _WORD.findall(text)]


def cut(text: str, places: Iterable[tuple[int, int, str]]) -> Words:
    """Cut a text into words and sentences.

    Args:
        text: a title or an abstract.
        places: start, end and name of what counts as one word, written `<name>`; of two that
            overlap the one that begins first counts.
    """
    words: list[str] = []
    starts: list[int] = []
    position = 0
    for start, end, name in sorted(places):
        if start < position:
            continue
        _append_words(text, position, start, words, starts)
        words.append(f"<{name}>")
        starts.append(start)
        position = end
    _append_words(text, position, len(text), words, starts)
    sentences = sentence_spans(text)
    bounds = (*(bisect_left(starts, start) for start, _ in sentences), len(words))
    return Words(tuple(words), tuple(starts), sentences, bounds)


def _append_words(text: str, start: int, end: int, words: list[str], starts: list[int]) -> None:
    for match in _WORD.finditer(text, start, end):
        words.append(_DIGITS.sub("0", match[0].lower()))
        starts.append(match.start())


def place_features(words: Words, start: int, end: int, zone: str) -> Iterator[str]:
    """What holds of the place from `start` to `end`, by the words around it and its position.

    Args:
        words: the text, in which the place is masked.
        start: where the place begins, in code points.
        end: where it ends.
        zone: `title` or `abstract`, or a name of one's own: titles are read otherwise.
    """
    first, last = words.word(start), words.word(end)
    index = words.sentence(start)
    low, high = words.bounds[index], words.bounds[index + 1]
    mark = "T" if zone == "title" else ""
    before = words.words[max(low, first - _SENTENCE) : first]
    after = words.words[last : min(high, last + _SENTENCE)]
    yield from _window_features(mark, before, after)
    if zone == "title":
        yield f"T={'first' if first == low else 'last' if last == high else 'inside'}"
        return
    count = len(words.sentences)
    if count >= _ORDERED:
        yield f"P={min(index, 2)}"
        yield f"Q={min(count - 1 - index, 2)}"
        yield f"R={5 * index // count}"
    yield f"C={'subject' if first - low <= 1 else 'end' if high - last <= 1 else 'inside'}"


def _window_features(mark: str, before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    for distance in range(1, _WINDOW + 1):
        yield f"{mark}L{distance}={before[-distance] if distance <= len(before) else ''}"
        yield f"{mark}R{distance}={after[distance - 1] if distance <= len(after) else ''}"
    yield f"{mark}LL={' '.join(before[-2:])}"
    yield f"{mark}RR={' '.join(after[:2])}"
    yield f"{mark}LR={''.join(before[-1:])} {''.join(after[:1])}"
    for word in before[-_NEAR:]:
        yield f"{mark}B={word}"
    for word in after[:_NEAR]:
        yield f"{mark}A={word}"
    for word in before:
        yield f"{mark}SB={word}"
    for word in after:
        yield f"{mark}SA={word}"
