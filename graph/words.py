"""Words of a text as `search_papers` sees them, in Neo4j and in memory."""

from __future__ import annotations

import unicodedata

_MOST_WORDS = 50
# Unicode's rules for the ends of words (UAX 29), which Neo4j's index follows: these join letters and
# digits to one word where they stand between them, as in `3.5`, `don't` or `U.S.`
_JOINTS = frozenset(
    ".,:;'\"\u00b7\u0387\u037e\u055f\u0589\u05f4\u060c\u060d\u066b\u066c\u07f8\u2018\u2019\u2024"
    "\u2027\u202f\u2044\ufe10\ufe13\ufe14\ufe50\ufe52\ufe54\ufe55\uff07\uff0c\uff0e\uff1a\uff1b"
)


def words_of(text: str) -> list[str]:
    """The first 50 different words of a text, in lower case; each has a letter or digit.

    >>> words_of("GPT-3 & gpt-3 (few shot)")
    ['gpt-3', '(few', 'shot)']
    """
    typed = dict.fromkeys(text.lower().split(" "))
    return [word for word in typed if any(map(_is_letter_or_digit, word))][:_MOST_WORDS]


def holds(text: str, word: str) -> bool:
    """Whether a word stands in a text, both in lower case, not as part of a longer one.

    >>> holds("from gpt-3 to gpt-3.5", "gpt-3"), holds("gpt-3.5", "gpt-3"), holds("roberta", "bert")
    (True, False, False)
    """
    place = text.find(word)
    while place >= 0:
        if _begins(text, place) and _ends(text, place + len(word)):
            return True
        place = text.find(word, place + 1)
    return False


def _begins(text: str, place: int) -> bool:
    if place == 0:
        return True
    before = text[place - 1]
    if _joins(before):
        return False
    return place == 1 or before not in _JOINTS or not _joins(text[place - 2])


def _ends(text: str, place: int) -> bool:
    if place >= len(text):
        return True
    after = text[place]
    if _joins(after):
        return False
    return place + 1 >= len(text) or after not in _JOINTS or not _joins(text[place + 1])


def _joins(character: str) -> bool:
    """Whether it makes one word with a letter or digit beside it."""
    if character.isalnum():
        return True
    category = unicodedata.category(character)
    return category[0] in "LNM" or category in ("Pc", "Cf") or "\u02c2" <= character <= "\u02df"


def _is_letter_or_digit(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN"
