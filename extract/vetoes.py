"""Reasons why two names must not be one concept, whatever their likeness scores.

Each veto judges two names by themselves. It forbids; that no veto stands does not mean that two
names are one.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from extract.inflection import base_form
from extract.lexicon import ordinary_forms, ordinary_words, word_set
from extract.normalization import compact, normalize, plain_text

if TYPE_CHECKING:
    from collections.abc import Sequence


class Veto(StrEnum):
    """Why two names are apart."""

    FORBIDDEN = "forbidden by the user"
    LISTED = "two things in the gazetteer"
    NUMBER = "different numbers"
    SYMBOL = "different symbols"
    SIZE = "different sizes or variants"
    OPPOSITE = "opposites"
    EXTRA_WORD = "one content word more"
    COINED = "one coined name inside the other"
    CASE = "capitals at different places"
    ORDINARY_WORD = "an ordinary word and a coined name"


_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_DIGIT_FOR_WORD = re.compile(r"(?<=[a-z]{3})[24](?=[a-z]{3})")
_SYMBOLS = re.compile(r"[+*#]+")
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8"}
_SIZES = word_set(
    "nano micro tiny mini small medium base large big huge giant ultra xs xl xxl pro max plus lite "
    "light turbo flash instruct chat s m b l h g"
)
_LIGHT_WORDS = word_set(
    "a an and the of in for level neural "
    "algorithm approach architecture benchmark challenge collection corpus dataset framework "
    "library mechanism method measure metric package paradigm problem procedure score software "
    "suite system task technique toolkit value"
)
_OPPOSITES = (
    "absolute relative|abstractive extractive|acoustic linguistic|additive multiplicative|"
    "adversarial benign|ascent descent|asymmetric symmetric|asynchronous synchronous|"
    "audio video|audio visual|audio vision|autoregressive nonautoregressive|backward forward|"
    "batch layer|"
    "black white|bottom top|bounded unbounded|causal noncausal|centralized decentralized|"
    "character word|classification regression|closed open|coarse fine|conditional unconditional|"
    "constituency dependency|constrained unconstrained|content style|continuous discrete|"
    "convex nonconvex|cross self|dataset model|decoder encoder|decoding encoding|deep shallow|"
    "dense sparse|depthwise pointwise|deterministic stochastic|differentiable nondifferentiable|"
    "direct indirect|directed undirected|discriminative generative|discriminator generator|"
    "domain instance|downsampling upsampling|dynamic static|early late|easy hard|ensemble single|"
    "explicit implicit|exploitation exploration|expert novice|extrinsic intrinsic|false true|"
    "few many|few one|few zero|fine pre|first last|first second|fixed variable|free guided|"
    "frozen tuned|full low|fully weakly|fully semi|global local|graph tree|hard soft|"
    "heterogeneous homogeneous|high low|homogeneous inhomogeneous|horizontal vertical|"
    "in out|inductive transductive|inner outer|input output|inter intra|internal external|"
    "invariant equivariant|key query|labeled unlabeled|lazy eager|left right|lexical semantic|"
    "linear nonlinear|lower upper|macro micro|major minor|many one|max mean|max min|"
    "maximum minimum|"
    "max average|mean median|mean sum|monolingual multilingual|monolingual bilingual|"
    "bilingual multilingual|monocular binocular|multi single|multi uni|narrow wide|near far|"
    "negative positive|new old|noisy clean|nonparametric parametric|normal abnormal|"
    "objective subjective|odd even|off on|offline online|online batch|open closed|"
    "optimistic pessimistic|ordered unordered|over under|overfitting underfitting|paired unpaired|"
    "parallel sequential|partial full|passive active|post pre|posterior prior|precision recall|"
    "primal dual|private public|proximal distal|quantum classical|random deterministic|"
    "real fake|real synthetic|recurrent recursive|regular irregular|reverse forward|rigid nonrigid|"
    "row column|seen unseen|sender receiver|sensitivity specificity|short long|shallow deep|"
    "soft hard|source target|spatial temporal|spatial spectral|speech text|speech speaker|"
    "stationary nonstationary|strong weak|student teacher|structured unstructured|"
    "supervised unsupervised|supervised selfsupervised|semi self|syntactic semantic|"
    "synchronous asynchronous|text image|text video|text speech|text visual|text vision|train test|"
    "training test|"
    "training inference|trained untrained|univariate multivariate|unimodal multimodal|"
    "unidirectional bidirectional|untargeted targeted|user item|visual textual|vision textual|"
    "vision audio|vision language|"
    "weighted unweighted|width depth|with without"
)
_OPPOSITE_PAIRS = frozenset(
    frozenset(map(base_form, pair.split())) for pair in _OPPOSITES.split("|")
)
_PREFIXES = word_set(
    "anti auto bi co counter cross de hyper inter intra meta micro macro mono multi non post pre "
    "re self semi sub super tri un under uni"
)
_NEGATIONS = word_set("un non in anti de dis im ir a") | _PREFIXES
_ACRONYM_PLURAL = re.compile(r"(?<=[A-Z0-9])s$")
_VERSION_LETTER = re.compile(r"V(?=\d)|(?<=\d)[BKM](?![^\W_])")
_TWO_CAPITALS = re.compile(r"[A-Z]{2}")


def veto(a: str, b: str) -> Veto | None:
    """The first reason why two names must not be one concept; None where there is none.

    Symmetric. Says nothing of abbreviations and their long forms: `LLM` and `large language
    model` share no word and so fall under no veto.

    Args:
        a: a name as written.
        b: another.

    >>> veto("GPT-3", "GPT-4"), veto("language model", "large language model")
    (<Veto.NUMBER: 'different numbers'>, <Veto.EXTRA_WORD: 'one content word more'>)
    >>> veto("CLIP model", "CLIP-Model") is None
    True
    """
    return case_veto(a, b) or normal_veto(normalize(a), normalize(b))


@lru_cache(maxsize=1 << 16)
def normal_veto(a: str, b: str) -> Veto | None:
    """`veto` on normal forms, where capitals are gone."""
    if a == b or compact(a) == compact(b):
        return None
    if numbers(a) != numbers(b):
        return Veto.NUMBER
    if sorted(_SYMBOLS.findall(a)) != sorted(_SYMBOLS.findall(b)):
        return Veto.SYMBOL
    words_a, words_b = _judged_words(a), _judged_words(b)
    only_a = _without(words_a, words_b)
    only_b = _without(words_b, words_a)
    if _are_sizes(only_a, only_b, words_a):
        return Veto.SIZE
    if _hold_opposites(words_a, words_b, only_a, only_b):
        return Veto.OPPOSITE
    return _more_words(words_a, words_b, only_a, only_b)


def _judged_words(normal_form: str) -> list[str]:
    words = joined_prefixes(normal_form.lower().split())
    return ["network" if word == "net" else word for word in words]


def joined_prefixes(words: Sequence[str]) -> list[str]:
    """Words with prefixes joined to what they stand before: `pre trained` is `pretrained`.

    >>> joined_prefixes(["self", "supervised", "pre", "training"])
    ['selfsupervised', 'pretraining']
    """
    joined: list[str] = []
    prefix = ""
    for word in words:
        if word in _PREFIXES:
            prefix += word
        else:
            joined.append(prefix + word)
            prefix = ""
    return [*joined, prefix] if prefix else joined


def _are_sizes(only_a: list[str], only_b: list[str], words_a: list[str]) -> bool:
    """Whether two names differ by sizes only; `large language model` is not a size of anything."""
    shared = [word for word in words_a if word not in only_a]
    if not shared or not (only_a or only_b) or not _SIZES.issuperset(only_a + only_b):
        return False
    return bool(only_a and only_b) or not ordinary_forms().issuperset(shared)


def _hold_opposites(
    words_a: list[str], words_b: list[str], only_a: list[str], only_b: list[str]
) -> bool:
    """Opposites in one place, or one direction and the other (`image-to-text`, `text-to-image`)."""
    if len(words_a) != len(words_b):
        return len(only_a) == len(only_b) == 1 and are_opposite(only_a[0], only_b[0])
    if not only_a and "to" in words_a:
        return words_a != words_b
    return any(x in only_a and are_opposite(x, y) for x, y in zip(words_a, words_b, strict=True))


def _more_words(
    words_a: list[str], words_b: list[str], only_a: list[str], only_b: list[str]
) -> Veto | None:
    content_a = [word for word in only_a if word not in _LIGHT_WORDS]
    content_b = [word for word in only_b if word not in _LIGHT_WORDS]
    if bool(content_a) != bool(content_b):
        # The same letters cut otherwise (`auto encoder`, `autoencoder`) are no content word more.
        return None if "".join(sorted(words_a)) == "".join(sorted(words_b)) else Veto.EXTRA_WORD
    if len(content_a) == len(content_b) == 1 and len(words_a) == len(words_b):
        short, long = sorted((content_a[0], content_b[0]), key=len)
        coined = not {short, long} & ordinary_forms()
        if coined and len(short) > 1 and len(long) > len(short) and short in long:
            return Veto.COINED
    return None


def _without(words: list[str], others: list[str]) -> list[str]:
    """The words that are not among the others, counting repetitions."""
    rest = list(others)
    left = []
    for word in words:
        if word in rest:
            rest.remove(word)
        else:
            left.append(word)
    return left


@lru_cache(maxsize=1 << 16)
def numbers(normal_form: str) -> tuple[str, ...]:
    """The numbers of a name in order, Roman ones from II on among them.

    The digit of `seq2seq` or `text2image` is no number.

    >>> numbers("llama 2 7b"), numbers("mimic iii"), numbers("text2image")
    (('2', '7'), ('3',), ())
    """
    text = " ".join(_ROMAN.get(word, word) for word in normal_form.split())
    return tuple(_NUMBER.findall(_DIGIT_FOR_WORD.sub("", text)))


@lru_cache(maxsize=1 << 16)
def are_opposite(a: str, b: str) -> bool:
    """Whether two base forms are opposites: listed ones, or one word with different prefixes.

    >>> are_opposite("encoder", "decoder"), are_opposite("invariant", "variant")
    (True, True)
    """
    if frozenset((a, b)) in _OPPOSITE_PAIRS:
        return True
    if a == b:
        return False
    return bool(_roots(a) & _roots(b))


def _roots(word: str) -> frozenset[str]:
    """The word, and the ordinary words that it is a prefix and a word of."""
    return frozenset(
        word[length:]
        for length in range(len(word) - 3)
        if length == 0 or (word[:length] in _NEGATIONS and word[length:] in ordinary_forms())
    )


@lru_cache(maxsize=1 << 16)
def case_veto(a: str, b: str) -> Veto | None:
    """Whether the capitals alone forbid that two spellings of the same letters are one name.

    Where both have capitals inside a word they must not be at different places (`DeiT`, `DEit`;
    one may have more than the other: `LLaMA`, `LLama`). A name with two capitals in a row
    and small letters, or a short one in capitals, is no ordinary word (`ConES`, `Cones`).

    >>> case_veto("GENERator", "generator")
    <Veto.ORDINARY_WORD: 'an ordinary word and a coined name'>
    >>> case_veto("DropConnect", "dropconnect") is None
    True
    """
    a, b = _without_marks(plain_text(a)), _without_marks(plain_text(b))
    if a == b or (a.islower() and b.islower()):
        return None
    if _letters(a).lower() != _letters(b).lower():
        return None
    inner_a, starts_a = _inner_capitals(a)
    inner_b, starts_b = _inner_capitals(b)
    inner_a, inner_b = inner_a - starts_b, inner_b - starts_a
    if inner_a and inner_b and not (inner_a <= inner_b or inner_b <= inner_a):
        return Veto.CASE
    for coined, plain in ((a, b), (b, a)):
        if plain[1:].islower() and plain.lower() in ordinary_words() and _is_coined(coined):
            return Veto.ORDINARY_WORD
    return None


@lru_cache(maxsize=1 << 16)
def words_by_capitals(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The ordinary words of a name that its capitals coin, and those that they leave ordinary.

    Args:
        text: a name as written.

    Returns:
        Both in small letters. What one name coins and another leaves ordinary tells them apart,
        whatever stands beside it: `RECALL`, `recall mechanism`.

    >>> words_by_capitals("ONE-SHOT")[0] == words_by_capitals("one-shot methods")[1] - {"methods"}
    True
    """
    coined, plain = set(), set()
    for spelled in _WORD.findall(plain_text(text)):
        word = spelled if spelled.islower() else _without_marks(spelled)
        if word.lower() not in ordinary_words():
            continue
        if word[1:].islower():
            plain.add(word.lower())
        elif _is_coined(word):
            coined.add(word.lower())
    return frozenset(coined), frozenset(plain)


def _without_marks(text: str) -> str:
    """Without the plural s of an acronym; the letters of versions and sizes small (`V2`, `7B`)."""
    return _VERSION_LETTER.sub(lambda m: m.group().lower(), _ACRONYM_PLURAL.sub("", text))


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def _inner_capitals(text: str) -> tuple[frozenset[int], frozenset[int]]:
    """Places of capitals inside words, and of first letters of words; blanks not counted."""
    inner, starts = set(), set()
    place = 0
    at_start = True
    for character in text:
        if not character.isalnum():
            at_start = True
            continue
        if at_start:
            starts.add(place)
        elif character.isupper():
            inner.add(place)
        place += 1
        at_start = False
    return frozenset(inner), frozenset(starts)


def _is_coined(text: str) -> bool:
    """Capitals that no ordinary word has: `ConES`, `SiT`, `REACT`, but not `TRANSFORMER`."""
    if text.isupper():
        return len(text) <= 6
    return bool(_TWO_CAPITALS.search(text)) or (
        len(text) <= 4 and sum(c.isupper() for c in text) > 1
    )
