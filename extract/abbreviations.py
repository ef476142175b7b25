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

from extract.initialisms import (
    FUNCTION_WORDS,
    LONGEST_SHORT,
    Span,
    is_short_form,
    readings,
    spelled_by_letters,
    spelled_by_words,
    spells,
    trimmed,
    words_of,
)
from extract.records import Definition

_BRACKETS = re.compile(r"\(([^()]{2,200})\)|\[([^\[\]]{2,200})\]")
_WORD = re.compile(r"[^\W_]+")
_CHUNK = re.compile(r"\S+")
_LEAD = re.compile(
    r"\s*(?:(?:a\.?k\.?a\.?|i\.e\.,?|or|also|hereafter|henceforth|dubbed|termed|called|"
    r"(?:abbreviated|denoted|known|referred to)(?: as)?|short for|for short)[,:]?\s+)+",
    re.IGNORECASE,
)
# What may dress a short form: quotes, Markdown's stars, and a LaTeX command such as \textbf{...}.
_DRESS = r"[\s\"'`*_“”‘’„$]"
# Possessive, since nothing that one part gave back could be taken by the next: linear time.
_SHORT = re.compile(
    rf"{_DRESS}*+(?:\\[a-zA-Z]+\{{)?([^\W_](?:[\w\-–‑./&+@]|\s(?=\S))*+)\}}?{_DRESS}*+(?=$|[;,:])"
)
_HEADED = re.compile(r"\s*([^\W_][\w\-–&+/.]*+)\s*(?::|\s[-–—]+)\s+")
# A long form ends where a clause does: nothing left of these belongs to it.
_CLAUSE_END = re.compile(r"[.!?;:](?=\s)|[()\[\]]|\n\s*\n")
_NUMBER = re.compile(r"\d+")
_LONGEST_WINDOW = 400


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
        inside = Span(*bracket.span(group))
        definition = _short_inside(text, bracket.start(), inside) or _long_inside(
            text, bracket.start(), inside
        )
        if definition is not None:
            found.append(definition)
    return tuple(found)


def _short_inside(text: str, bracket: int, inside: Span) -> Definition | None:
    """`long form (SHORT)`: the bracket holds the short form."""
    lead = _LEAD.match(text, inside.start, inside.end)
    match = _SHORT.match(text, lead.end() if lead else inside.start, inside.end)
    if match is None or not is_short_form(match.group(1).rstrip()):
        return None
    short = match.group(1).rstrip()
    window = _before(text, bracket, short)
    span = _long_form(text, window, short, whole=False)
    if span is None:
        return None
    return Definition(short, text[span.start : span.end], match.start(1), span.start)


def _long_inside(text: str, bracket: int, inside: Span) -> Definition | None:
    """`SHORT (long form)`: the bracket holds the long form, which must be used up."""
    match = _short_form_before(text, bracket)
    if match is None:
        return None
    short = match.group(1).rstrip()
    lead = _LEAD.match(text, inside.start, inside.end)
    start = lead.end() if lead else inside.start
    end = min((m.start() for m in re.finditer(r"[;,:]", text[start : inside.end])), default=-1)
    window = trimmed(text, Span(start, inside.end if end < 0 else start + end))
    if sum(c.isalnum() for c in text[window.start : window.end]) <= len(short):
        return None
    span = _long_form(text, window, short, whole=True)
    if span is None:
        return None
    return Definition(short, text[span.start : span.end], match.start(1), span.start)


def _short_form_before(text: str, bracket: int) -> re.Match[str] | None:
    """The short form before a bracket; one small word may follow it (`GLUE benchmark`)."""
    start = max(0, bracket - 3 * LONGEST_SHORT)
    chunks = [c for c in _CHUNK.finditer(text, start, bracket) if c.start() > start or start == 0]
    found = None
    for chunk in reversed(chunks[-2:]):
        match = _SHORT.match(text, chunk.start(), chunk.end())
        if match is not None and is_short_form(match.group(1)):
            if not match.group(1).islower():
                return match
            found = found or match
        if not chunk.group().isalpha() or not chunk.group().islower():
            break
    return found


def _before_colon(text: str) -> Definition | None:
    """`SHORT: Long Form ...` at the start of a text.

    A title promises no definition, so each of its words must give its first letter, and they
    must give most letters (`CLEAR: Contrastive Learning ...` defines nothing); of several
    readings the one with most words is closest to that.
    """
    head = _HEADED.match(text)
    if head is None or not is_short_form(head.group(1)):
        return None
    short = head.group(1)
    size = sum(c.isalnum() for c in short)
    clause = _CLAUSE_END.search(text, head.end())
    end = clause.start() if clause else len(text)
    ends = [c.end() for c in _CHUNK.finditer(text, head.end(), min(end, head.end() + 400))]
    for stop in reversed(ends[1 : min(size + 5, 2 * size)]):
        span = trimmed(text, Span(head.end(), stop))
        if 2 * len(words_of(text, span)) <= size:
            continue
        for reading in readings(short):
            fits = spells(words_of(text, span), reading)
            if fits and _is_long_form(text, span, span, short, whole=True):
                return Definition(short, text[span.start : span.end], head.start(1), span.start)
    return None


def _before(text: str, bracket: int, short: str) -> Span:
    """The words before a bracket that may be the long form of `short`.

    Schwartz and Hearst: at most `min(n + 5, 2 n)` words for n characters, none from another
    clause.
    """
    size = sum(c.isalnum() for c in short)
    start = max(0, bracket - _LONGEST_WINDOW)
    for end in _CLAUSE_END.finditer(text, start, bracket):
        start = end.end()
    chunks = list(_CHUNK.finditer(text, start, bracket))[-min(size + 5, 2 * size) :]
    return trimmed(text, Span(chunks[0].start(), bracket)) if chunks else Span(bracket, bracket)


def _long_form(text: str, window: Span, short: str, *, whole: bool) -> Span | None:
    """The long form of `short` at the end of `window` (all of the window where `whole`)."""
    coined = any(c.isupper() for c in short)
    for reading in readings(short):
        for span in (
            spelled_by_words(text, window, reading, initials_only=True),
            spelled_by_words(text, window, reading) if coined else None,
            spelled_by_letters(text, window, reading) if coined else None,
        ):
            if span is not None and _is_long_form(text, span, window, short, whole=whole):
                return span
    return None


def _is_long_form(text: str, span: Span, window: Span, short: str, *, whole: bool) -> bool:
    long = text[span.start : span.end]
    words = _WORD.findall(long)
    if not words or words[0] in FUNCTION_WORDS or words[-1].lower() in FUNCTION_WORDS:
        return False
    if whole and text[window.start : span.start].strip().lower() not in {"", "the", "a", "an"}:
        return False
    if len(long.split()) == 1 and _is_coined_word(long):
        return False
    if not set(_NUMBER.findall(long)) <= set(_NUMBER.findall(short)):
        return False
    size = sum(c.isalnum() for c in short)
    return (
        len(long) > len(short)
        and len(long.split()) <= min(size + 5, 2 * size)
        and short.lower() not in {word.lower() for word in long.split()}
    )


def _is_coined_word(word: str) -> bool:
    """Whether a word is itself a short form: `CIFAR-100` is no long form of `CIFAR-10`."""
    parts = _WORD.findall(word)
    return any(any(c.isupper() for c in part[1:]) for part in parts) and len(parts) < 3
