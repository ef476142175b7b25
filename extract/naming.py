"""What a concept is called: its display name and its id."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from extract.inflection import singular
from extract.initial_matches import all_initials, letters_of_short
from extract.lexicon import ordinary_words
from extract.normalization import name_key, plain_text
from extract.records import ConceptType, digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

_LONGEST_SLUG = 80
_SPELLED_OUT = {
    "+": "-plus",
    "#": "-sharp",
    "@": "-at-",
    "*": "-star",
    "&": "-and-",
    "%": "-percent",
}
_PLAIN = re.compile(r"[\w\s-]*")
_WORDS_AND_NUMBERS = re.compile(r"[a-z0-9]+(?:[ -][a-z0-9]+)*")
_NO_SLUG = re.compile(r"(?<!\d)\.|\.(?!\d)|[^a-z0-9.]+")
_HYPHENS = re.compile(r"-+")
_PLURAL_OF_INITIALISM = re.compile(r"(?<![^\W_])(?=[0-9]*[A-Z])([A-Z0-9]+)s$")
# `CNNs`, `R@1`, `seq2seq`: no reader is told by these alone.
_INITIALISM = re.compile(r"^(?:[A-Z][A-Z0-9&@-]+s?|[a-z]+[24][a-z]+)$")
_FOUR_LETTERS = re.compile(r"[^\W\d_]{4}")
_LEAST_SHARE = 0.1
_MOST_WORDS = 4


def display_name(
    counts: Mapping[str, int], kind: str = "", *, key_of: Callable[[str], str] = name_key
) -> str:
    """The form that readers expect among the spellings of one concept.

    An established term goes by its long form in the singular and in small letters (`large
    language model`, though `LLMs` is more frequent), a name that somebody coined by its most
    frequent form (`BERT`), unless that is mere initials of a few words that are written, too
    (`Gated Linear Attention`; data sets go by their initials).

    Args:
        counts: spelling -> how often it is written so; 0 for forms that only a definition has.
        kind: the concept type.
        key_of: gives the `name_key` of each of them, for callers that have these at hand.

    Returns:
        One of the spellings, free of LaTeX and control characters; where only plurals of an
        ordinary term or an initialism occur (`CNNs`), their singular.

    >>> display_name({"LLMs": 9, "large language models": 4, "Large Language Model": 1})
    'large language model'
    >>> display_name({"BERT": 9, "Bidirectional Encoder Representations from Transformers": 1})
    'BERT'
    """
    if len(counts) == 1:
        text = next(iter(counts))
        return _shown(plain_text(text) or text.strip())
    groups: dict[str, dict[str, int]] = {}
    for text in sorted(counts):
        group = groups.setdefault(key_of(text), {})
        plain = plain_text(text) or text.strip()
        group[plain] = group.get(plain, 0) + counts[text]
    terms = [group for group in groups.values() if _is_term(group)]
    others = [group for group in groups.values() if not _is_term(group)]
    initials = all(_INITIALISM.match(text) for group in others for text in group)
    if terms and (initials or _size(_largest(terms)) >= _size(_largest(others))):
        term = _largest(terms)
        lower = {text: n for text, n in term.items() if text == text.lower()}
        return _shown(_best(lower))
    spelled_out = [] if kind == ConceptType.DATASET else _spelled_out(others)
    if spelled_out:
        return _singular_form(_best(_largest(spelled_out)), proper=False)
    return _shown(_best(_largest(others)))


def _spelled_out(groups: Sequence[Mapping[str, int]]) -> list[Mapping[str, int]]:
    """The long forms of which all other forms are the initials, if they are used as names."""
    longs = [group for group in groups if 1 < len(_best(group).split()) <= _MOST_WORDS]
    shorts = [text for group in groups if group not in longs for text in group]
    initials = {letters for group in longs for letters in all_initials(_best(group))}
    total = sum(map(_size, groups))
    used = [group for group in longs if _size(group) > _LEAST_SHARE * total]
    mere = all(_INITIALISM.match(text) and text.lower() not in ordinary_words() for text in shorts)
    return used if mere and all(letters_of_short(text) & initials for text in shorts) else []


def _size(group: Mapping[str, int]) -> int:
    return sum(group.values())


def _largest(groups: Sequence[Mapping[str, int]]) -> Mapping[str, int]:
    return min(groups, key=lambda group: (-_size(group), sorted(group)))


def _is_term(group: Mapping[str, int]) -> bool:
    """Whether spellings of one name are of an established term: often enough in small letters.

    Titles write everything with capitals, so a third is enough.
    """
    lower = {text: n for text, n in group.items() if text == text.lower()}
    return 3 * _size(lower) >= _size(group) and any(_FOUR_LETTERS.search(text) for text in lower)


def _best(counts: Mapping[str, int]) -> str:
    """Singular before plural, then the most frequent (plurals counted), with more hyphens, by text.

    The plural of a coined name is known by what is beside it (`ViTs` by `ViT`, but not `BEATs`).
    """
    if len(counts) == 1:
        return next(iter(counts))
    plurals = {text for text in counts if _singular_form(text) != text}
    known = any(not text.endswith("s") or text in plurals for text in counts)

    def is_plural(text: str) -> bool:
        last = text[text.rfind(" ") + 1 :]
        coined = last.endswith("s") and any(c.isupper() or c.isdigit() for c in last[1:])
        return (known and coined) or text in plurals

    written = Counter[str]()
    for text, count in counts.items():
        written[_singular_form(text)] += count
    return min(
        counts,
        key=lambda t: (is_plural(t), -written[_singular_form(t)], -counts[t], -t.count("-"), t),
    )


def _shown(text: str) -> str:
    """The singular, unless the last word is not the name's head (`number of parameters`)."""
    return text if " of " in text else _singular_form(text)


def _singular_form(text: str, *, proper: bool = True) -> str:
    """The text with its last word in the singular, where that is a plural for certain.

    It is one if it is the plural of an ordinary word in small letters, or of an initialism: a word
    in capitals that is no ordinary word (`BEATs`) and has no small letters (`LoLCATs`).

    Args:
        text: a name.
        proper: whether what has a capital may be a proper name, such as `Natural Questions`.

    >>> _singular_form("graph neural networks"), _singular_form("CNNs"), _singular_form("Keras")
    ('graph neural network', 'CNN', 'Keras')
    """
    head, last = text[: text.rfind(" ") + 1], text[text.rfind(" ") + 1 :]
    if initialism := _PLURAL_OF_INITIALISM.search(last):
        return text if initialism.group(1).lower() in ordinary_words() else text[:-1]
    small = last.lower()
    if small != last and (proper or small[1:] != last[1:]):
        return text
    single = singular(small)
    return head + last[:1] + single[1:] if {single, small} <= ordinary_words() else text


def slug(text: str) -> str:
    """A readable part of an id: ASCII letters, digits, full stops and hyphens, at most 80.

    Names that lose letters (other scripts) or are too long end in a hash of the whole, names
    without any ASCII letter or digit are that hash.

    >>> slug("GPT-3.5"), slug("β-VAE"), slug("C++"), slug("悟道")
    ('gpt-3.5', 'beta-vae', 'c-plus-plus', 'x927d274aa0fc')
    """
    lower = text.lower()
    if len(lower) <= _LONGEST_SLUG and _WORDS_AND_NUMBERS.fullmatch(lower):
        return lower.replace(" ", "-")
    plain = plain_text(text)
    if not _PLAIN.fullmatch(plain):
        for symbol, word in _SPELLED_OUT.items():
            plain = plain.replace(symbol, word)
    ascii_text, lost = _ascii(plain)
    pieces = _NO_SLUG.sub("-", ascii_text.lower())
    short = _HYPHENS.sub("-", pieces).strip("-.")
    if not short:
        return f"x{digest(text)[:12]}"
    if lost or len(short) > _LONGEST_SLUG:
        return f"{short[:_LONGEST_SLUG].rstrip('-.')}-{digest(text)[:8]}"
    return short


def _ascii(text: str) -> tuple[str, bool]:
    """The text without accents, Greek letters by name; and whether any letter was lost."""
    if text.isascii():
        return text, False
    out = []
    lost = False
    for character in text:
        name = unicodedata.name(character, "")
        if name.startswith("GREEK ") and "LETTER" in name:
            out.append(
                f" {name.split('LETTER ')[1].split()[0].lower().replace('lamda', 'lambda')} "
            )
            continue
        base = "".join(c for c in unicodedata.normalize("NFKD", character) if c.isascii())
        lost = lost or (not base and character.isalnum())
        out.append(base or " ")
    return "".join(out), lost


def concept_ids(names: Iterable[tuple[str, str, int, str]]) -> list[str]:
    """One id for each concept: `type/name`, unique, the same whatever the order of concepts.

    Args:
        names: type, display name, number of mentions and a text that is unique among concepts of
            one name; of concepts whose names make one slug, that with most mentions has the slug
            itself and the others a hash of their text behind it.

    Returns:
        The ids, in the order of the names.

    >>> concept_ids([("Method", "BERT", 9, "a"), ("Dataset", "MS COCO", 2, "b")])
    ['method/bert', 'dataset/ms-coco']
    """
    listed = list(names)
    order = sorted(range(len(listed)), key=lambda i: (-listed[i][2], listed[i][1], listed[i][3]))
    folders = {kind: slug(kind) for kind in {kind for kind, _, _, _ in listed}}
    taken: set[str] = set()
    ids = [""] * len(listed)
    for i in order:
        kind, name, _, text = listed[i]
        candidate = f"{folders[kind]}/{slug(name)}"
        if candidate in taken:
            candidate = f"{candidate}-{digest(text)[:6]}"
        while candidate in taken:
            candidate += "x"
        taken.add(candidate)
        ids[i] = candidate
    return ids
