"""Short names that no text defines, and the one long name of the corpus that spells them.

In a large corpus long names with the initials of a short one turn up by chance, the more so the
shorter it is. So a match counts only where chance would hardly give one, which for three letters
is so among thirty names of as many words, and for six among a hundred thousand.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from extract.initialisms import FUNCTION_WORDS, is_short_form, is_spelled_closely, readings
from extract.normalization import plain_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from extract.names import Name

_FEWEST_LETTERS = 2
_FEWEST_OTHERWISE = 4
_LIKELY_LETTERS = 15
"""One in so many words begins with a given letter: measured, the rate at which the names in 5,000
arXiv abstracts of 2025 have the three initials of a short name there is 1 in 15 to the third."""

_SPELLED_BY_CHANCE = 3e-4
"""The rate at which they spell a short name of four letters with more than their initials."""

_MOST_BY_CHANCE = 0.01
"""How many long names may spell a short one by chance, on average."""

_CAMEL = re.compile(r"[^\W_][^\W_A-Z]*")
_HYPHENS = ("-", "–", "‑")
_NO_HYPHENS = str.maketrans(dict.fromkeys(_HYPHENS, " "))
_DIGIT = re.compile(r"\d")
_ACRONYM_PLURAL = re.compile(r"(?<=[A-Z]{2})s(?![^\W_])")
_PLAIN = re.compile(r"[A-Za-z0-9 ./+*-]*")
_RUN = re.compile(r"[A-Za-z0-9]+")
# Words, words inside `OpenBookQA`, acronyms, and pieces with a digit.
_PIECE = re.compile(r"[^\W_]*\d[^\W_]*|[A-Z]{2,}(?![a-z])|[A-Z]?[^\W\d_A-Z]+|[A-Z]")


def find_initial_matches(
    names: Sequence[Name], settled: Collection[int]
) -> list[tuple[int, tuple[int, ...]]]:
    """Find the long names that spell a short name.

    Args:
        names: with `index` as their place in the list.
        settled: indices of short names whose meaning is known otherwise.

    Returns:
        Index of the short name and of all long names of its type that have its initials, or, among
        few names, spell it otherwise; only where chance would hardly give one. Sorted.
    """
    shorts: dict[tuple[str, str], list[Name]] = defaultdict(list)
    for name in names:
        if name.count and name.index not in settled and len(name.words) < 3:
            for letters in letters_of_short(name.texts[0]):
                shorts[letters, name.type].append(name)
    found: dict[int, set[int]] = defaultdict(set)
    for name, letters in _spelled(names, shorts):
        for short in shorts[letters, name.type]:
            if fits(short.texts[0], letters, name.texts[0]):
                found[short.index].add(name.index)
    return sorted((short, tuple(sorted(longs))) for short, longs in found.items())


def _spelled(
    names: Sequence[Name], shorts: Mapping[tuple[str, str], Sequence[Name]]
) -> Iterator[tuple[Name, str]]:
    """Long names, with the letters that they spell."""
    # Names of so many words that even the longest short form would be spelled by chance are none.
    sizes = Counter(len(name.words) for name in names if name.count)
    longest = max((len(letters) for letters, _ in shorts), default=0)
    starts = {(letters[0], kind) for letters, kind in shorts}
    starts |= {("e", kind) for first, kind in starts if first == "x"}
    few = sizes.total() * _SPELLED_BY_CHANCE <= _MOST_BY_CHANCE
    for name in names:
        size = sizes[len(name.words)]
        if (
            not name.count
            or _is_likely(size, longest)
            or (name.key[0].lower(), name.type) not in starts
        ):
            continue
        if not few and _is_likely(size, _most_letters(name.texts[0])):
            continue
        for letters in all_initials(name.texts[0]):
            if (letters, name.type) in shorts and not _is_likely(size, len(letters)):
                yield name, letters
        if few and len(name.words) > 1:
            for (letters, kind), bearers in shorts.items():
                spelled = (is_spelled_closely(short.texts[0], name.texts[0]) for short in bearers)
                if kind == name.type and len(letters) >= _FEWEST_OTHERWISE and any(spelled):
                    yield name, letters


def _is_likely(size: int, letters: int) -> bool:
    """Whether chance would give one of `size` names the same so many initials."""
    return bool(size > _MOST_BY_CHANCE * _LIKELY_LETTERS**letters)


def _most_letters(text: str) -> int:
    """How many letters a name can spell at most: one a word, all capitals, and all with a digit."""
    if not _PLAIN.fullmatch(text):
        return len(text)
    return sum(
        1
        if run.islower() and run.isalpha()
        else len(run)
        if _DIGIT.search(run)
        else 1 + sum(map(str.isupper, run))
        for run in _RUN.findall(text)
    )


def letters_of_short(text: str) -> frozenset[str]:
    """The letters, small, that the words of a long form may begin with; none for other names.

    A short form that somebody coined has two capitals, or one and a digit. They are all of its
    letters and digits (a digit may count the letter before it), or its capitals only.

    >>> sorted(letters_of_short("nDCG")), sorted(letters_of_short("K400"))
    (['dcg', 'ndcg'], ['k400'])
    >>> sorted(letters_of_short("ObsProp")), sorted(letters_of_short("Adam"))
    (['obsprop', 'op'], [])
    """
    if text[1:].islower() and not _DIGIT.search(text):
        return frozenset()
    text = plain_text(text)
    letters = "".join(filter(str.isalnum, text))
    capitals = "".join(filter(str.isupper, letters))
    if len(capitals) < 2 and not (capitals and _DIGIT.search(letters)):
        return frozenset()
    if set(" +*#").intersection(text) or not is_short_form(text):
        return frozenset()
    found = set(readings(text))
    if len(capitals) > 1 and not _DIGIT.search(letters):
        found.add(capitals.lower())
    return frozenset(found)


def fits(short: str, letters: str, long: str) -> bool:
    """Whether the letters that a long form's words begin with are those of a short form.

    Its pieces with a digit must be in the short form. Where the letters are the capitals of that
    only, what follows each must go on with the word.

    >>> fits("ObsProp", "op", "observable propagation"), fits("OrPe", "op", "online planning")
    (True, False)
    """
    own, others = (
        [piece.lower() for piece in _PIECE.findall(plain_text(text))] for text in (short, long)
    )
    if others[: len(own)] == own:
        # `ImageNet-A` is no long form of `ImageNet`.
        return False
    if any(_DIGIT.search(piece) and piece not in short.lower() for piece in others):
        return False
    if len(letters) >= len("".join(own)) - short.endswith("s"):
        return True
    pieces = _CAMEL.findall(plain_text(short))
    words = [w for w in _PIECE.findall(plain_text(long)) if w.lower() not in FUNCTION_WORDS]
    return len(pieces) == len(words) and all(
        word.lower().startswith(piece.lower()) for piece, word in zip(pieces, words, strict=True)
    )


def all_initials(long: str) -> frozenset[str]:
    """The first letters of a name's words, small, with and without those of function words.

    Words inside words count; acronyms are taken whole, too, and pieces with a digit always.
    Later parts of hyphenated words may be left out.

    >>> sorted(all_initials("OpenBookQA")), sorted(all_initials("mixture of VAEs"))
    (['obq', 'obqa'], ['mov', 'movae', 'mv', 'mvae'])
    >>> sorted(all_initials("Kinetics-400")), sorted(all_initials("accuracy"))
    (['k400'], [])
    """
    text = _ACRONYM_PLURAL.sub("", plain_text(long))
    pieces = list(_PIECE.finditer(text))
    content = [m for m in pieces if m.group().lower() not in FUNCTION_WORDS]
    heads = [
        m for m in content if not (_is_word(m) and text[m.start() - 1 : m.start()] in _HYPHENS)
    ]
    # `KoMMLU` is no long form, `OpenBookQA` is one.
    fewest = 2 if len(text.translate(_NO_HYPHENS).split()) > 1 or _DIGIT.search(text) else 3
    # Of equal length they are the same pieces.
    parts = {len(part): part for part in (heads, content, pieces) if len(part) >= fewest}
    whole = "".join(m.group() for m in pieces).lower()
    spelled = set()
    for part in parts.values():
        found = {"".join(map(_start, part)), "".join(map(_first, part))}
        if any(m.group()[:2].lower() == "ex" for m in part):  # `extreme classification` is XC
            found.add("".join("x" if m.group()[:2].lower() == "ex" else _start(m) for m in part))
        # `Qwen2.5-Coder` begins with `Qwen2.5` and is no long form of it.
        spelled |= {x for x in found if part is not heads or not whole.startswith(x)}
    return frozenset(spelled - {whole})


def _is_word(piece: re.Match[str]) -> bool:
    text = piece.group()
    return text.isalpha() and text[1:] == text[1:].lower()


def _first(piece: re.Match[str]) -> str:
    """The first letter, small; a piece with a digit as a whole."""
    text = piece.group().lower()
    return text if _DIGIT.search(text) else text[0]


def _start(piece: re.Match[str]) -> str:
    """The first letter of a word, small; an acronym or a piece with a digit as a whole."""
    return piece.group()[0].lower() if _is_word(piece) else piece.group().lower()
