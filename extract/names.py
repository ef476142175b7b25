"""The distinct names of a corpus: spellings of one name taken together, look-alikes apart."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.lexicon import ordinary_forms
from extract.normalization import key_of_form, plain_text
from extract.phrases import without_light_heads
from extract.records import ConceptType
from extract.vetoes import case_veto

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Name:
    """Spellings that differ by rule only: case, hyphen, plural, British or American.

    Attributes:
        index: its place in the list of names.
        key: what the spellings have in common (`name_key`).
        texts: the spellings, most frequent first, ties by text.
        count: mentions; 0 for a name that only a definition or the alias table holds.
        type: concept type of most mentions, ties by text; empty where there is none.
        words: words of the normal form that is cut into most of them.
    """

    index: int
    key: str
    texts: tuple[str, ...]
    count: int
    type: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inventory:
    """The names of a corpus, and the name of every spelling."""

    names: tuple[Name, ...]
    by_text: Mapping[str, Name]


def take_inventory(
    mentions: Mapping[str, Mapping[str, int]],
    forms: Mapping[str, str],
    same_in_any_case: Collection[str],
    forbidden: Iterable[tuple[str, str]] = (),
) -> Inventory:
    """Group spellings into names.

    Args:
        mentions: spelling -> how many mentions of each type are written so.
        forms: spelling -> its normal form (`normalize`), for every spelling that needs a name, also
            those that no mention has.
        same_in_any_case: keys whose spellings are one name however they are capitalised, since
            they are well known.
        forbidden: pairs of spellings that are not one name, whatever else is said.

    Returns:
        Names sorted by key, then by most frequent spelling.
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for text, form in forms.items():
        groups[key_of_form(form, text)].append(text)
    names: list[Name] = []
    apart = frozenset(forbidden)
    for key in sorted(groups):
        texts = groups[key]
        if len(texts) > 1:
            texts.sort(key=lambda t: (-_count(mentions, t), t))
        parts = _split(texts, mentions, apart, any_case=key in same_in_any_case)
        for part in parts:
            names.append(_name(len(names), key, part, mentions, forms))
    return Inventory(tuple(names), {text: name for name in names for text in name.texts})


def _count(mentions: Mapping[str, Mapping[str, int]], text: str) -> int:
    return sum(mentions[text].values()) if text in mentions else 0


def _name(
    index: int,
    key: str,
    texts: Sequence[str],
    mentions: Mapping[str, Mapping[str, int]],
    forms: Mapping[str, str],
) -> Name:
    types: Mapping[str, int] = mentions.get(texts[0], {})
    words = tuple(forms[texts[0]].split())
    if len(texts) > 1:
        types = _summed([mentions.get(text, {}) for text in texts])
        words = max((tuple(forms[text].split()) for text in texts), key=lambda w: (len(w), w))
    return Name(index, key, tuple(texts), sum(types.values()), vote(types), words)


def _summed(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for found in counts:
        for kind, count in found.items():
            total[kind] = total.get(kind, 0) + count
    return total


def vote(counts: Mapping[str, int]) -> str:
    """What counts most, ties by text; empty where nothing counts."""
    if len(counts) < 2:
        return next(iter(counts), "")
    return min(counts, key=lambda kind: (-counts[kind], kind))


def _split(
    texts: list[str],
    mentions: Mapping[str, Mapping[str, int]],
    forbidden: Collection[tuple[str, str]],
    *,
    any_case: bool,
) -> list[list[str]]:
    """Parts none of which holds two spellings that capitals or the user forbid to be one name.

    The most frequent spelling chooses first; every other joins the first part that it fits.
    """
    if len(texts) == 1 or (any_case and not forbidden):
        return [texts]
    parts: list[list[str]] = []
    # Of each part the spellings by their letters: capitals tell apart the same letters only.
    alike: list[dict[str, list[str]]] = []
    for text in texts:
        letters = text.lower().rstrip("s")
        for part, by_letters in zip(parts, alike, strict=True):
            rivals = () if any_case else by_letters.get(letters, ())
            if not (
                (forbidden and any((min(text, b), max(text, b)) in forbidden for b in part))
                or any(_are_apart(text, b, mentions) for b in rivals)
            ):
                break
        else:
            part, by_letters = [], {}
            parts.append(part)
            alike.append(by_letters)
        part.append(text)
        by_letters.setdefault(letters, []).append(text)
    return parts


def _are_apart(a: str, b: str, mentions: Mapping[str, Mapping[str, int]]) -> bool:
    """Whether capitals, or two coined spellings with no type in common, tell them apart."""
    if (letters := _same_letters(a, b)) and case_veto(*letters):
        return True
    types_a, types_b = mentions.get(a), mentions.get(b)
    if not types_a or not types_b or not types_a.keys().isdisjoint(types_b):
        return False
    return a.lower() == b.lower() and not a[1:].islower() and not b[1:].islower() and " " not in a


def _same_letters(a: str, b: str) -> tuple[str, str] | None:
    """Two spellings that differ in case only, a plural s aside (`GENERator`, `Generators`)."""
    for first, second in ((a, b), (a.removesuffix("s"), b), (a, b.removesuffix("s"))):
        if first != second and first.lower() == second.lower():
            return first, second
    return None


def words_without_heads(name: Name) -> tuple[str, ...]:
    """The words of a name without head nouns that add nothing to it (`extract.phrases`)."""
    if len(name.words) < 2 or not name.type:
        return name.words
    # What a coined name does not lose, no name does; that spares most names the look at the rest.
    if without_light_heads(name.words, name.type, coined=True) == name.words:
        return name.words
    coined = is_coined(name, name.words[:-1])
    return without_light_heads(name.words, name.type, coined=coined)


def is_coined(name: Name, words: Collection[str]) -> bool:
    """Whether the first words of a name are one that somebody coined, as `CLIP` of `CLIP model`.

    That is so where a word is not an ordinary one, holds a digit, or is spelled with capitals
    after its first letter; in names of data sets also where all longer words have capitals
    (`Visual Genome dataset`), which in titles all names have.

    Args:
        name: the whole name.
        words: its first words, of the normal form.
    """
    ordinary = ordinary_forms()
    if any(len(word) > 2 and (not word.isalpha() or word not in ordinary) for word in words):
        return True
    spelled = _WORD.findall(plain_text(name.texts[0]))[: len(words)]
    if any(not word.islower() and not word[1:].islower() and len(word) > 1 for word in spelled):
        return True
    longer = [word for word in spelled if len(word) > 3]
    if name.type != ConceptType.DATASET:
        return False
    return len(spelled) > 1 and bool(longer) and all(word[0].isupper() for word in longer)
