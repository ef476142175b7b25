"""Abbreviations that a paper uses beside their long form without writing one in brackets."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.initialisms import initials, is_spelled_closely, readings
from extract.normalization import name_key, normalize
from extract.records import Definition
from extract.vetoes import Veto, normal_veto, numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from extract.records import Mention

_FEWEST_LETTERS = 3


def implied_definitions(mentions: Iterable[Mention]) -> tuple[Definition, ...]:
    """Find short and long forms of one thing among the mentions of one paper.

    Three signs are taken; both forms must have one type:

    - the title is `SHORT: Long Form`, and all letters of the short form are in the long one, in
      order, fewer than two a word;
    - they stand side by side (`GLA, a gated linear attention`, `gated linear attention (GLA`), and
      the words of the long form, two or more and more than half as many as letters, spell the
      short one;
    - they stand anywhere, the initials of the long form are the letters of the short one, three or
      more, and the paper has no other long form like that. (On the gold papers of shared/gold, 35
      of 37 such pairs are one concept; over different papers fewer than half are.)

    No sign holds against the vetoes: `CIFAR-100` is no long form of `CIFAR-10`.

    Args:
        mentions: of one paper, in any order.

    Returns:
        Definitions sorted by their forms; offsets are those of the mentions, in their fields.
    """
    distinct = set(mentions)
    if len(distinct) < 2 or not any(_is_coined(mention.text) for mention in distinct):
        return ()
    ordered = sorted(
        distinct, key=lambda m: (m.field != "title", m.start, m.end, m.text, m.type, m.role)
    )
    found = {*_in_title(ordered), *_side_by_side(ordered), *_by_initials(ordered)}
    allowed = [d for d in found if not _is_vetoed(d)]
    first = {(d.short, d.long): d for d in sorted(allowed, key=_place, reverse=True)}
    return tuple(first[forms] for forms in sorted(first))


def _place(definition: Definition) -> tuple[int, int]:
    return definition.short_start, definition.long_start


def _is_vetoed(definition: Definition) -> bool:
    short, long = normalize(definition.short), normalize(definition.long)
    reason = normal_veto(short, long)
    if reason is Veto.NUMBER:
        # One number may be no version: it counts letters (`M3P`) or belongs to a word (`3D`).
        return bool(numbers(short) and numbers(long))
    if reason is Veto.EXTRA_WORD:
        # `TiDaL: Tidal Data Lake` has the letters of the name again, `CLIP: CLIP Adapter` itself.
        return definition.short in definition.long
    return reason is not None


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
        if first.field != second.field or first.type != second.type:
            continue
        gap = second.start - first.end
        for short, long, apposed in (
            (first, second, _fits_article(gap, second.text)),
            (second, first, gap == len(" (")),
        ):
            if apposed and _is_coined(short.text) and is_spelled_closely(short.text, long.text):
                yield Definition(short.text, long.text, short.start, long.start)


def _fits_article(gap: int, text: str) -> bool:
    """Whether a gap is as long as a comma and the article that the text behind it would have.

    The texts between mentions are not at hand, but their lengths tell an apposition from a list:
    `, a ` stands before no vowel, and `, an `, as long as ` and `, before no consonant; `: ` and
    `, ` are shorter.
    """
    vowel = text[:1].lower()
    return (
        gap == len(", the ")
        or (gap == len(", a ") and vowel not in "aio")
        or (gap == len(", an ") and vowel in "aeiouh")
    )


def _by_initials(mentions: Sequence[Mention]) -> Iterator[Definition]:
    shorts = [mention for mention in mentions if _is_initialism(mention.text)]
    wanted = {(letters, short.type) for short in shorts for letters in readings(short.text)}
    longs: dict[tuple[str, str], dict[str, Mention]] = defaultdict(dict)
    for mention in mentions if shorts else ():
        if " " in mention.text or "-" in mention.text:
            for letters in initials(mention.text):
                if (letters, mention.type) in wanted:
                    longs[letters, mention.type].setdefault(mention.text, mention)
    for short in shorts:
        for letters in readings(short.text):
            fitting = longs.get((letters, short.type), {})
            if len({name_key(text) for text in fitting}) == 1:
                for long in fitting.values():
                    yield Definition(short.text, long.text, short.start, long.start)


def _is_coined(text: str) -> bool:
    """One word with two capitals or more, not a name's successor (`VSE++`)."""
    return (
        not any(sign in text for sign in " +*")
        and text != text.lower()
        and sum(map(str.isupper, text)) > 1
    )


def _is_initialism(text: str) -> bool:
    return _is_coined(text) and sum(c.isalnum() for c in text) >= _FEWEST_LETTERS


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
