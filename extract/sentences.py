"""Where the sentences of a title or an abstract begin and end, by punctuation alone.

A linear scan without a model: fast enough for every paper, and the same on every machine.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Every quantifier is possessive and every match succeeds: the scan is linear on any text.
_BREAK = re.compile(
    r"""(?P<marks>[.!?…]++[)\]}"'”’»]*+)(?P<gap>\s*+)   # Latin marks, with what closes after them
      | (?P<wide>[。！？]++[」』”’）]*+)                   # marks of Chinese and Japanese: no blank
      | (?P<blank>\s++)                                 # may hold line ends: paragraphs and lists
    """,
    re.VERBOSE,
)
_WORD_BEFORE = re.compile(r"[^\s(\[{“\"'/,;:—]+\Z")
_WORD_AFTER = re.compile(r"[(\[{“\"'‘«]*+([^\W\d_]++)")
_LIST_MARK = re.compile(r"(?:[-*•‣▪–—]\s|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)]\s)")
_ENUMERATOR = re.compile(r"\(?(?:\d{1,2}|[ivx]{1,4})\Z")

# Longest word that is looked at on either side of a mark; no abbreviation is longer.
_LOOK = 40

# After these a capital letter goes on with the sentence, unless its word is an opener.
_ABBREVIATIONS = frozenset(
    ["al", "approx", "ca", "dr", "esp", "inc", "jr", "mr", "mrs", "prof", "resp"]
)
# Before a number these are abbreviations too.
# fmt: off
_BEFORE_NUMBER = frozenset(
    [
        "ch", "chap", "eq", "eqs", "fig", "figs", "no", "nos", "p", "pp", "ref", "refs", "sec",
        "sect", "secs", "tab", "vol",
    ]
)
# fmt: on
# These cannot be followed by a new sentence at all.
_NEVER_LAST = frozenset(["e.g", "eg", "i.e", "ie", "cf", "viz", "vs"])
# Words that open a sentence and are hardly ever a part of a name.
# fmt: off
_OPENERS = frozenset(
    [
        "a", "additionally", "an", "although", "and", "as", "at", "because", "besides", "both",
        "but", "by", "consequently", "despite", "due", "each", "existing", "experiments",
        "extensive", "finally", "first", "for", "from", "furthermore", "given", "here",
        "hence", "how", "however", "if", "in", "instead", "it", "its", "lastly", "moreover",
        "most", "nevertheless", "on", "our", "recent", "recently", "second", "several",
        "similarly", "since", "specifically", "such", "that", "the", "their", "then", "there",
        "therefore", "these", "they", "this", "those", "though", "through", "thus", "to",
        "together", "towards", "two", "under", "unlike", "using", "we", "what", "when",
        "where", "whereas", "whether", "while", "with", "without", "yet",
    ]
)
# fmt: on


def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """The sentences of `text` as pairs of start and end.

    Line breaks inside a sentence are taken for wrapped lines; an empty line ends a sentence, and
    so does a line end before a list mark such as `1)` or a bullet.

    Returns:
        Offsets in code points, in order, without overlap; together they cover everything that is
        not white space, and no sentence begins or ends with white space.

    >>> text = "LoRA works, cf. Fig. 2. Model v1.5 is better!"
    >>> [text[start:end] for start, end in sentence_spans(text)]
    ['LoRA works, cf. Fig. 2.', 'Model v1.5 is better!']
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for end in _ends(text):
        _append_stripped(spans, text, start, end)
        start = end
    _append_stripped(spans, text, start, len(text))
    return tuple(spans)


def _append_stripped(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    length = len(piece.strip())
    if length:
        start += len(piece) - len(piece.lstrip())
        spans.append((start, start + length))


def _ends(text: str) -> Iterator[int]:
    """Offsets at which a sentence is over."""
    start = len(text) - len(text.lstrip())
    for match in _BREAK.finditer(text):
        gap = match["gap"] or match["blank"] or ""
        if (
            match["wide"] is not None
            or ("\n" in gap and _line_ends_sentence(text, gap, match.end()))
            or (match["marks"] is not None and _mark_ends_sentence(text, start, match))
        ):
            start = match.end()
            yield start


def _line_ends_sentence(text: str, gap: str, after: int) -> bool:
    """Whether white space with a line end separates paragraphs or stands before a list mark."""
    return gap.count("\n") > 1 or _LIST_MARK.match(text, after) is not None


def _mark_ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a full stop, question or exclamation mark ends the sentence begun at `start`."""
    position, after = match.span()
    following = _WORD_AFTER.match(text, after, after + _LOOK)
    word = following[1] if following else ""
    before = _WORD_BEFORE.search(text[max(start, position - _LOOK) : position])
    previous = before[0] if before else ""
    if not match["gap"]:
        return match["marks"] in (".", "?", "!") and _glued(previous, word)
    if word and not _may_open(text[after : after + _LOOK], word):
        return False
    opens = position - len(previous) - start <= 1
    if opens and match["marks"] in (".", ".)") and _ENUMERATOR.match(previous):
        return False  # "1. First ...": the mark belongs to the list
    if match["marks"] != ".":
        return True
    return not _is_abbreviation(previous, word, text[after : after + 1])


def _is_abbreviation(previous: str, word: str, following: str) -> bool:
    """Whether the full stop after `previous`, before `word`, is a part of an abbreviation."""
    folded = previous.lower()
    if folded in _NEVER_LAST:
        return True
    if folded in _BEFORE_NUMBER:
        return following.isdigit() or following == "("
    initial = len(previous) == 1 and previous.isupper()
    parts = previous.rsplit("-", 1)[-1].split(".")
    dotted = len(parts) > 1 and all(len(part) == 1 for part in parts)  # U.S., non-i.i.d.
    return (folded in _ABBREVIATIONS or initial or dotted) and word.lower() not in _OPENERS


def _glued(previous: str, word: str) -> bool:
    """Whether `methods.However` is two sentences whose blank got lost."""
    return (
        previous[-2:].isalpha()
        and previous[-1:].islower()
        and word == word.capitalize()
        and word.lower() in _OPENERS
    )


def _may_open(text: str, word: str) -> bool:
    """Whether a sentence may begin with `word`: a capital letter, or a name such as `word2vec`.

    Args:
        text: what follows the mark, `word` first.
    """
    if not word[0].islower():
        return True
    return any(letter.isdigit() or letter.isupper() for letter in text.split(maxsplit=1)[0])
