"""Abbreviations that a text defines: `low-rank adaptation (LoRA)`, `LLMs (large language models)`.

The method is that of A. S. Schwartz and M. A. Hearst, "A simple algorithm for identifying
abbreviation definitions in biomedical text", Pacific Symposium on Biocomputing 8 (2003), 451-462,
with steps before it: where the letters of the short form are the initials of the words before the
bracket, or their initials and further letters (`low-rank adaptation` is LoRA), those words are the
long form. (The original takes the shortest text that fits, and so reads `supervised learning` for
the SSL of `self supervised learning`.)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from extract.records import Definition

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BRACKETS = re.compile(r"\(([^()]{2,200})\)|\[([^\[\]]{2,200})\]")
_WORD = re.compile(r"[^\W_]+")
_CHUNK = re.compile(r"\S+")
_FUNCTION_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "of",
        "on",
        "only",
        "or",
        "over",
        "the",
        "through",
        "to",
        "under",
        "using",
        "via",
        "with",
    ]
)
_LEAD = re.compile(
    r"\s*(?:(?:a\.?k\.?a\.?|i\.e\.,?|or|also|hereafter|henceforth|dubbed|termed|called|"
    r"(?:abbreviated|denoted|known|referred to)(?: as)?|short for|for short)[,:]?\s+)+",
    re.IGNORECASE,
)
# What may dress a short form: quotes, Markdown's stars, and a LaTeX command such as \textbf{...}.
_DRESS = r"[\s\"'`*_“”‘’„$]"
_SHORT = re.compile(
    rf"{_DRESS}*(?:\\[a-zA-Z]+\{{)?([^\W_](?:[\w\-–‑./&+@]|\s(?=\S))*\+*)\}}?{_DRESS}*(?=$|[;,:])"
)
_HEADED = re.compile(r"\s*([^\W_][\w\-–&+/.]*\+*)\s*(?::|\s[-–—]+)\s+")
# A long form ends where a clause does: nothing left of these belongs to it.
_CLAUSE_END = re.compile(r"[.!?;:](?=\s)|[()\[\]]|\n\s*\n")
# `masked autoencoder framework (MAE)`: the head noun of a long form may be left out.
_HEADS = re.compile(
    r"(?:algorithm|approach|benchmark|dataset|framework|method|model|network|strategy|system|"
    r"technique)s?"
)
_WORDS_OF_DIGITS = {"2": ("to", "two"), "3": ("three",), "4": ("for", "four")}
_LONGEST_SHORT = 12
_LONGEST_WINDOW = 400


class _Span(NamedTuple):
    start: int
    end: int


def find_definitions(text: str) -> tuple[Definition, ...]:
    """Find the abbreviations that a text defines.

    Read are `long form (SHORT)`, `SHORT (long form)` and, at the start of the text, as titles
    have it, `SHORT: Long Form`. A plural s of the short form (`LLMs`) need not be in the long
    form. Both forms are returned as they stand, nothing is normalised.

    Args:
        text: a title, an abstract, or both; any text is taken.

    Returns:
        The definitions in the order of the text, with `text[d.short_start:][:len(d.short)] ==
        d.short`, the same for the long form; at most one a bracket.

    >>> [d.long for d in find_definitions("We train large language models (LLMs) in a loop.")]
    ['large language models']
    >>> [(d.short, d.long) for d in find_definitions("We tune MAE (masked autoencoders).")]
    [('MAE', 'masked autoencoders')]
    """
    found = []
    headed = _before_colon(text)
    if headed is not None:
        found.append(headed)
    for bracket in _BRACKETS.finditer(text):
        group = 1 if bracket.group(1) is not None else 2
        inside = _Span(*bracket.span(group))
        definition = _short_inside(text, bracket.start(), inside) or _long_inside(
            text, bracket.start(), inside
        )
        if definition is not None:
            found.append(definition)
    return tuple(found)


def initials(long: str) -> frozenset[str]:
    """The first letters of a long form's words, with and without those of function words.

    >>> sorted(initials("mixture-of-experts"))
    ['me', 'moe']
    """
    words = [word.lower() for word in _WORD.findall(long)]
    return frozenset(
        (
            "".join(word[0] for word in words),
            "".join(word[0] for word in words if word not in _FUNCTION_WORDS),
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
    window = _Span(0, len(long))
    words = _words(long, window)
    return (
        len(words) > 1
        and _is_short_form(short)
        and any(
            _starts(words[0], reading[0]) and _spells(words, reading) for reading in readings(short)
        )
    )


def _short_inside(text: str, bracket: int, inside: _Span) -> Definition | None:
    """`long form (SHORT)`: the bracket holds the short form."""
    lead = _LEAD.match(text, inside.start, inside.end)
    match = _SHORT.match(text[: inside.end], lead.end() if lead else inside.start)
    if match is None or not _is_short_form(match.group(1).rstrip()):
        return None
    short = match.group(1).rstrip()
    window = _before(text, bracket, short)
    span = _long_form(text, window, short, whole=False)
    if span is None:
        return None
    return Definition(short, text[span.start : span.end], match.start(1), span.start)


def _long_inside(text: str, bracket: int, inside: _Span) -> Definition | None:
    """`SHORT (long form)`: the bracket holds the long form, which must be used up."""
    match = _short_form_before(text, bracket)
    if match is None:
        return None
    short = match.group(1).rstrip()
    lead = _LEAD.match(text, inside.start, inside.end)
    start = lead.end() if lead else inside.start
    end = min((m.start() for m in re.finditer(r"[;,:]", text[start : inside.end])), default=-1)
    window = _trimmed(text, _Span(start, inside.end if end < 0 else start + end))
    if sum(c.isalnum() for c in text[window.start : window.end]) <= len(short):
        return None
    span = _long_form(text, window, short, whole=True)
    if span is None:
        return None
    return Definition(short, text[span.start : span.end], match.start(1), span.start)


def _short_form_before(text: str, bracket: int) -> re.Match[str] | None:
    """The short form before a bracket; one small word may follow it (`GLUE benchmark`)."""
    start = max(0, bracket - 3 * _LONGEST_SHORT)
    chunks = [c for c in _CHUNK.finditer(text, start, bracket) if c.start() > start or start == 0]
    for chunk in reversed(chunks[-2:]):
        match = _SHORT.match(text[: chunk.end()], chunk.start())
        if match is not None and _is_short_form(match.group(1)):
            return match
        if not chunk.group().isalpha() or not chunk.group().islower():
            return None
    return None


def _before_colon(text: str) -> Definition | None:
    """`SHORT: Long Form ...` at the start of a text.

    A title promises no definition, so each of its words must give its first letter; of
    several readings the one with most words is closest to that.
    """
    head = _HEADED.match(text)
    if head is None or not _is_short_form(head.group(1)):
        return None
    short = head.group(1)
    size = sum(c.isalnum() for c in short)
    clause = _CLAUSE_END.search(text, head.end())
    end = clause.start() if clause else len(text)
    ends = [c.end() for c in _CHUNK.finditer(text, head.end(), min(end, head.end() + 400))]
    for stop in reversed(ends[1 : min(size + 5, 2 * size)]):
        span = _trimmed(text, _Span(head.end(), stop))
        for reading in readings(short):
            fits = _spells(_words(text, span), reading)
            if fits and _is_long_form(text, span, span, short, whole=True):
                return Definition(short, text[span.start : span.end], head.start(1), span.start)
    return None


def _is_short_form(short: str) -> bool:
    """A short form: 2 to 12 characters, one or two words, a capital, not a number or a citation."""
    letters = [c for c in short if c.isalnum()]
    return (
        len(letters) >= 2
        and len(short) <= _LONGEST_SHORT
        and len(short.split()) <= 2
        and any(c.isalpha() for c in letters)
        and (
            any(c.isupper() for c in short) or (len(short.split()) == 1 and 3 <= len(letters) <= 5)
        )
    )


def _before(text: str, bracket: int, short: str) -> _Span:
    """The words before a bracket that may be the long form of `short`.

    Schwartz and Hearst: at most `min(n + 5, 2 n)` words for n characters, none from another
    clause.
    """
    size = sum(c.isalnum() for c in short)
    start = max(0, bracket - _LONGEST_WINDOW)
    for end in _CLAUSE_END.finditer(text, start, bracket):
        start = end.end()
    chunks = list(_CHUNK.finditer(text, start, bracket))[-min(size + 5, 2 * size) :]
    return _trimmed(text, _Span(chunks[0].start(), bracket)) if chunks else _Span(bracket, bracket)


def _trimmed(text: str, span: _Span) -> _Span:
    """The span without white space, quotes and dashes at its ends."""
    inner = text[span.start : span.end]
    left = len(inner) - len(inner.lstrip(" \t\r\n\"'“”‘’`*~,–—-"))
    return _Span(span.start + left, span.start + max(left, len(inner.rstrip(" \t\r\n\"'“”‘’`*~,"))))


def _long_form(text: str, window: _Span, short: str, *, whole: bool) -> _Span | None:
    """The long form of `short` at the end of `window` (all of the window where `whole`)."""
    coined = any(c.isupper() for c in short)
    for reading in readings(short):
        for span in (
            _by_words(text, window, reading, initials_only=True),
            _by_words(text, window, reading) if coined else None,
            _by_letters(text, window, reading) if coined else None,
        ):
            if span is not None and _is_long_form(text, span, window, short, whole=whole):
                return span
    return None


def readings(short: str) -> list[str]:
    """The letters, in small letters, that a long form of `short` must have; the likeliest first.

    The plural s may be missing there, and a digit may count the letter before it (`M3P`:
    multitask multilingual multimodal pre-training).
    """
    letters = "".join(c for c in short if c.isalnum())
    readings = [letters]
    if len(letters) > 2 and letters[-1] == "s" and letters[-2].isupper():
        readings.insert(0, letters[:-1])
    counted = re.sub(r"([^\W\d_])([234])", lambda m: m.group(1) * int(m.group(2)), readings[0])
    if counted != readings[0]:
        readings.append(counted)
    return [reading.lower() for reading in readings]


class _Word(NamedTuple):
    start: int
    text: str
    optional: bool


def _words(text: str, window: _Span) -> list[_Word]:
    """The words, small; function words and later parts of hyphenated words need give no letter."""
    return [
        _Word(
            match.start(),
            match.group().lower(),
            match.group().lower() in _FUNCTION_WORDS
            or (match.start() > window.start and text[match.start() - 1] in "-–‑"),
        )
        for match in _WORD.finditer(text, window.start, window.end)
    ]


def _by_words(
    text: str, window: _Span, letters: str, *, initials_only: bool = False
) -> _Span | None:
    """The most last words that spell `letters` by their initials, or these and more letters.

    More words spell closer to initials.
    """
    words = _words(text, window)
    for at in range(len(words)):
        if _starts(words[at], letters[0]) and _spells(
            words[at:], letters, initials_only=initials_only
        ):
            return _Span(words[at].start, window.end)
    return None


def _spells(words: Sequence[_Word], letters: str, *, initials_only: bool = False) -> bool:
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
            if may_skip and (is_last or not initials_only or word.text in _FUNCTION_WORDS):
                following.add(given)
            if given < len(letters) and _starts(word, letters[given]):
                following.add(given + 1)
                if not initials_only:
                    following.update(_inside(word.text, letters, given + 1))
        reached = following
    return len(letters) in reached


def _starts(word: _Word, letter: str) -> bool:
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


def _by_letters(text: str, window: _Span, letters: str) -> _Span | None:
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
    span = _trimmed(text, _Span(position, window.end))
    return span if _uses_every_word(text, span, matched) else None


def _uses_every_word(text: str, span: _Span, matched: list[int]) -> bool:
    """Whether a letter was found in every word but function words and the last.

    Without this `it takes approximately 10 minutes (AI)` would be a definition.
    """
    return all(
        chunk.group().lower() in _FUNCTION_WORDS
        or any(chunk.start() <= position < chunk.end() for position in matched)
        for chunk in list(_CHUNK.finditer(text, span.start, span.end))[:-1]
    )


def _is_long_form(text: str, span: _Span, window: _Span, short: str, *, whole: bool) -> bool:
    long = text[span.start : span.end]
    words = _WORD.findall(long)
    if not words or words[0] in _FUNCTION_WORDS or words[-1].lower() in _FUNCTION_WORDS:
        return False
    if whole and text[window.start : span.start].strip().lower() not in {"", "the", "a", "an"}:
        return False
    size = sum(c.isalnum() for c in short)
    return (
        len(long) > len(short)
        and len(long.split()) <= min(size + 5, 2 * size)
        and short.lower() not in {word.lower() for word in long.split()}
    )
