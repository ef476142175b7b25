"""Abbreviations that a paper uses beside their long form without writing one in brackets."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.initialisms import initials, is_spelled_by, readings
from extract.normalization import name_key
from extract.records import Definition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from extract.records import Mention

_LONGEST_GAP = len(", the ")
_FEWEST_LETTERS = 3


def implied_definitions(mentions: Iterable[Mention]) -> tuple[Definition, ...]:
    """Find short and long forms of one thing among the mentions of one paper.

    Three signs are taken; both forms must have one type:

    - the title is `SHORT: Long Form`, and all letters of the short form are in the long one, in
      order, fewer than two a word;
    - they stand side by side (`GLA, a gated linear attention`), and the words of the long form
      spell the short one;
    - they stand anywhere, the initials of the long form are the letters of the short one, three or
      more, and the paper has no other long form like that. (On the gold papers of shared/gold, 35
      of 37 such pairs are one concept; over different papers fewer than half are.)

    Args:
        mentions: of one paper, in any order.

    Returns:
        Definitions sorted by their forms; offsets are those of the mentions, in their fields.
    """
    ordered = sorted(
        set(mentions), key=lambda m: (m.field != "title", m.start, m.end, m.text, m.type, m.role)
    )
    found = {*_in_title(ordered), *_side_by_side(ordered), *_by_initials(ordered)}
    first = {(d.short, d.long): d for d in sorted(found, key=_place, reverse=True)}
    return tuple(first[forms] for forms in sorted(first))


def _place(definition: Definition) -> tuple[int, int]:
    return definition.short_start, definition.long_start


def _in_title(mentions: Sequence[Mention]) -> Iterator[Definition]:
    titles = [mention for mention in mentions if mention.field == "title"]
    for short in titles[:1]:
        for long in titles[1:]:
            if (
                short.start == 0
                and long.start == short.end + len(": ")
                and short.type == long.type
                and _is_coined(short.text)
                and " " in long.text
                and _has_letters_in_order(long.text, short.text)
            ):
                yield Definition(short.text, long.text, short.start, long.start)


def _side_by_side(mentions: Sequence[Mention]) -> Iterator[Definition]:
    for first, second in pairwise(mentions):
        near = first.field == second.field and 0 < second.start - first.end <= _LONGEST_GAP
        if near and first.type == second.type:
            for short, long in ((first, second), (second, first)):
                if _is_coined(short.text) and is_spelled_by(short.text, long.text):
                    yield Definition(short.text, long.text, short.start, long.start)


def _by_initials(mentions: Sequence[Mention]) -> Iterator[Definition]:
    longs: dict[tuple[str, str], dict[str, Mention]] = defaultdict(dict)
    for mention in mentions:
        if " " in mention.text or "-" in mention.text:
            for letters in initials(mention.text):
                longs[letters, mention.type].setdefault(mention.text, mention)
    for short in mentions:
        if not _is_coined(short.text) or sum(c.isalnum() for c in short.text) < _FEWEST_LETTERS:
            continue
        for letters in readings(short.text):
            fitting = longs.get((letters, short.type), {})
            if len({name_key(text) for text in fitting}) == 1:
                for long in fitting.values():
                    yield Definition(short.text, long.text, short.start, long.start)


def _is_coined(text: str) -> bool:
    """One word with two capitals or more, not a name's successor (`VSE++`)."""
    return not set(" +*").intersection(text) and sum(c.isupper() for c in text) > 1


def _has_letters_in_order(long: str, short: str) -> bool:
    """Whether the long form has all letters of the short one in order, and begins like it."""
    starts = [word for word in long.lower().replace("-", " ").split() if word[0].isalpha()]
    letters = iter(c for c in long.lower() if c.isalnum())
    return (
        # Few words hold the letters of many short forms by chance (`CLEAR: Contrastive Learning`).
        2 * len(starts) > sum(c.isalpha() for c in short)
        and starts[0][0] == short[0].lower()
        and all(c in letters for c in short.lower() if c.isalpha())
    )
