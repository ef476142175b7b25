"""Abbreviations that a text defines: `low-rank adaptation (LoRA)`, `LLMs (large language models)`.

The method is that of A. S. Schwartz and M. A. Hearst, "A simple algorithm for identifying
abbreviation definitions in biomedical text", Pacific Symposium on Biocomputing 8 (2003), 451-462,
with one step before it: where the letters of the short form are the initials of the words before
the bracket, those words are the long form. (The original takes the shortest text that fits, and
so reads `supervised learning` for the SSL of `self supervised learning`.)
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extract.records import Definition

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
# A long form ends where a clause does: nothing left of these belongs to it.
_CLAUSE_END = re.compile(r"[.!?;:](?=\s)|[()\[\]]|\n\s*\n")
_LONGEST_SHORT = 12
_LONGEST_WINDOW = 400


class _Span(NamedTuple):
    start: int
    end: int


def find_definitions(text: str) -> tuple[Definition, ...]:
    """Find the abbreviations that a text defines in brackets.

    Both orders are read, `long form (SHORT)` and `SHORT (long form)`; a plural s of the short
    form (`LLMs`) need not be in the long form. Only the forms as they stand are returned, nothing
    is normalised.

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
    for bracket in _BRACKETS.finditer(text):
        group = 1 if bracket.group(1) is not None else 2
        inside = _Span(*bracket.span(group))
        definition = _short_inside(text, bracket.start(), inside) or _long_inside(
            text, bracket.start(), inside
        )
        if definition is not None:
            found.append(definition)
    return tuple(found)


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
    chunks = list(_CHUNK.finditer(text, max(0, bracket - 2 * _LONGEST_SHORT), bracket))
    if not chunks or chunks[-1].start() == bracket - 2 * _LONGEST_SHORT:
        return None
    match = _SHORT.match(text[:bracket], chunks[-1].start())
    if match is None or not _is_short_form(match.group(1).rstrip()):
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
    left = len(inner) - len(inner.lstrip(" \t\r\n\"'“”‘’`*,–—-"))
    return _Span(span.start + left, span.start + max(left, len(inner.rstrip(" \t\r\n\"'“”‘’`*,"))))


def _long_form(text: str, window: _Span, short: str, *, whole: bool) -> _Span | None:
    """The long form of `short` at the end of `window` (all of the window where `whole`)."""
    letters = "".join(c for c in short if c.isalnum())
    readings = [letters]
    if len(letters) > 2 and letters[-1] == "s" and letters[-2].isupper():
        readings.insert(0, letters[:-1])
    lower_case = not any(c.isupper() for c in short)
    for reading in readings:
        span = _by_initials(text, window, reading.lower())
        if span is None and not lower_case:
            span = _by_letters(text, window, reading.lower())
        if span is not None and _is_long_form(text, span, window, short, whole=whole):
            return span
    return None


def _by_initials(text: str, window: _Span, letters: str) -> _Span | None:
    """The last words whose initials spell `letters`; function words between them may be skipped.

    A word of digits counts as one letter (`Conference 2024`), and so does a digit of the short
    form that starts a word.
    """
    at = len(letters) - 1
    words = list(_WORD.finditer(text, window.start, window.end))
    for word in reversed(words):
        lowered = word.group().lower()
        if lowered[0] == letters[at]:
            at -= 1
            if at < 0:
                return _Span(word.start(), window.end)
        elif lowered not in _FUNCTION_WORDS or at == len(letters) - 1:
            return None
    return None


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
    if not words or words[0].lower() in _FUNCTION_WORDS or words[-1].lower() in _FUNCTION_WORDS:
        return False
    if whole and text[window.start : span.start].strip().lower() not in {"", "the", "a", "an"}:
        return False
    size = sum(c.isalnum() for c in short)
    return (
        len(long) > len(short)
        and len(long.split()) <= min(size + 5, 2 * size)
        and short.lower() not in {word.lower() for word in long.split()}
    )
