"""How the words of a long form spell a short one: `low-rank adaptation`, `LoRA`.

Three ways, the strictest first: the initials of the words are the letters; every word gives its
first letter and maybe more; or the algorithm of Schwartz and Hearst (see `extract.abbreviations`),
which takes letters from anywhere as long as the first starts a word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from extract.lexicon import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORD = re.compile(r"[^\W_]+")
_COUNTED = re.compile(r"([^\W\d_])([234])(?!\d)")
_CHUNK = re.compile(r"\S+")
FUNCTION_WORDS = word_set(
    "a an and as at by for from in into of on only or over the through to under using via with"
)
# `masked autoencoder framework (MAE)`: the head noun of a long form may be left out.
_HEADS = re.compile(
    r"(?:algorithm|approach|benchmark|dataset|framework|method|model|network|strategy|system|"
    r"technique)s?"
)
_WORDS_OF_DIGITS = {"2": ("to", "two"), "3": ("three",), "4": ("for", "four")}
LONGEST_SHORT = 12
_HYPHENS = "-–‑"


class Span(NamedTuple):
    """A stretch of a text, in code points."""

    start: int
    end: int


class Word(NamedTuple):
    """A word in small letters, where it starts, and whether it need not give a letter."""

    start: int
    text: str
    optional: bool


def initials(long: str) -> frozenset[str]:
    """The first letters of a long form's words, with and without those of function words.

    >>> sorted(initials("mixture-of-experts"))
    ['me', 'moe']
    """
    words = [word.lower() for word in _WORD.findall(long)]
    return frozenset(
        (
            "".join(word[0] for word in words),
            "".join(word[0] for word in words if word not in FUNCTION_WORDS),
        )
    )


def readings(short: str) -> list[str]:
    """The letters, in small letters, that a long form of `short` must have; the likeliest first.

    The plural s may be missing there, and a digit may count the letter before it (`M3P`:
    multitask multilingual multimodal pre-training).
    """
    letters = "".join(c for c in short if c.isalnum())
    readings = [letters]
    if len(letters) > 2 and letters[-1] == "s" and letters[-2].isupper():
        readings.insert(0, letters[:-1])
    counted = _COUNTED.sub(lambda m: m.group(1) * int(m.group(2)), readings[0])
    if counted != readings[0]:
        readings.append(counted)
    return [reading.lower() for reading in readings]


def is_short_form(short: str) -> bool:
    """A short form: 2 to 12 characters, one or two words, a capital, not a number or a citation."""
    letters = [c for c in short if c.isalnum()]
    return (
        len(letters) >= 2
        and len(short) <= LONGEST_SHORT
        and len(short.split()) <= 2
        and any(c.isalpha() for c in letters)
        and (
            any(c.isupper() for c in short) or (len(short.split()) == 1 and 3 <= len(letters) <= 5)
        )
    )


def is_spelled_by(short: str, long: str) -> bool:
    """Whether all words of a long form, hyphens cut, spell a short form.

    Args:
        short: the short form, such as `LoRA`; what is no short form is spelled by nothing.
        long: two words or more.

    >>> is_spelled_by("LoRA", "low-rank adaptation"), is_spelled_by("BLIP", "image captioning")
    (True, False)
    """
    window = Span(0, len(long))
    words = words_of(long, window)
    return (
        len(words) > 1
        and is_short_form(short)
        and any(
            _starts(words[0], reading[0]) and spells(words, reading) for reading in readings(short)
        )
    )


def is_spelled_closely(short: str, long: str) -> bool:
    """Whether words, more than half as many as letters, spell a short form.

    >>> is_spelled_closely("HyDE", "hypothetical document embeddings")
    True
    """
    words = long.replace("-", " ").split()
    letters = sum(c.isalpha() for c in short)
    return " " in long and 2 * len(words) > letters and is_spelled_by(short, long)


def spelled_by_words(
    text: str, window: Span, letters: str, *, initials_only: bool = False
) -> Span | None:
    """The most last words that spell `letters` by their initials, or these and more letters.

    More words spell closer to initials. A stretch that begins inside a hyphenated word is taken
    last, and never with `initials_only`: MLLM is `multi-modal large language model` as a whole.
    """
    words = words_of(text, window)
    fitting = [
        word.start
        for at, word in enumerate(words)
        if _starts(word, letters[0]) and spells(words[at:], letters, initials_only=initials_only)
    ]
    whole = [start for start in fitting if start == window.start or text[start - 1] not in _HYPHENS]
    best = whole or ([] if initials_only else fitting)
    return Span(best[0], window.end) if best else None


def spelled_by_letters(text: str, window: Span, letters: str) -> Span | None:
    """Schwartz and Hearst: match the letters from the right, the first at the start of a word."""
    position = window.end
    matched = []
    for index in range(len(letters) - 1, -1, -1):
        position -= 1
        while position >= window.start and (
            text[position].lower() != letters[index]
            or (index == 0 and position > window.start and text[position - 1].isalnum())
        ):
            position -= 1
        if position < window.start:
            return None
        matched.append(position)
    while position > window.start and not text[position - 1].isspace():
        position -= 1
    span = trimmed(text, Span(position, window.end))
    return span if _uses_every_word(text, span, matched) else None


def words_of(text: str, window: Span) -> list[Word]:
    """The words, small; function words and later parts of hyphenated words need give no letter."""
    return [
        Word(
            match.start(),
            match.group().lower(),
            match.group().lower() in FUNCTION_WORDS
            or (match.start() > window.start and text[match.start() - 1] in _HYPHENS),
        )
        for match in _WORD.finditer(text, window.start, window.end)
    ]


def spells(words: Sequence[Word], letters: str, *, initials_only: bool = False) -> bool:
    """Whether words spell `letters`, each with its first letter and maybe more of its letters.

    The first word must give a letter, and the last one unless it is a head noun; with
    `initials_only` every word must but function words.
    """
    # The numbers of letters that the words so far can have given.
    reached = {0}
    for number, word in enumerate(words):
        following = set()
        for given in reached:
            is_last = number == len(words) - 1
            may_skip = number > 0 and (
                _HEADS.fullmatch(word.text) is not None if is_last else word.optional
            )
            if may_skip and (is_last or not initials_only or word.text in FUNCTION_WORDS):
                following.add(given)
            if given < len(letters) and _starts(word, letters[given]):
                following.add(given + 1)
                if not initials_only:
                    following.update(_inside(word.text, letters, given + 1))
        reached = following
    return len(letters) in reached


def _starts(word: Word, letter: str) -> bool:
    """Whether a letter stands for a word: its first, the x of `extreme`, the 2 of `to`."""
    return (
        word.text[0] == letter
        or (letter == "x" and word.text.startswith("ex"))
        or word.text in _WORDS_OF_DIGITS.get(letter, ())
    )


def _inside(word: str, letters: str, given: int) -> Iterator[int]:
    """How many letters are given if a word gives more, in order, after its first."""
    place = 1
    while given < len(letters):
        place = word.find(letters[given], place) + 1
        if place == 0:
            return
        given += 1
        yield given


def _uses_every_word(text: str, span: Span, matched: list[int]) -> bool:
    """Whether a letter was found in every word but function words and the last.

    Without this `it takes approximately 10 minutes (AI)` would be a definition.
    """
    return all(
        chunk.group().lower() in FUNCTION_WORDS
        or any(chunk.start() <= position < chunk.end() for position in matched)
        for chunk in list(_CHUNK.finditer(text, span.start, span.end))[:-1]
    )


def trimmed(text: str, span: Span) -> Span:
    """The span without white space, quotes and dashes at its ends."""
    inner = text[span.start : span.end]
    left = len(inner) - len(inner.lstrip(" \t\r\n\"'“”‘’`*~,–—-"))
    return Span(span.start + left, span.start + max(left, len(inner.rstrip(" \t\r\n\"'“”‘’`*~,"))))
