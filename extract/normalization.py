r"""One form for all spellings of a name: what is compared when names are resolved.

    `$\beta$-VAEs`  --plain_text-->  `β-VAEs`  --normalize-->  `beta vae`  --compact-->  `betavae`

Case, accents, LaTeX, hyphens and blanks, plural and British spelling go; digits, `+`, `*`, `#` and
`@` stay, because they tell names apart (`GPT-3`/`GPT-4`, `CODER`/`CODER++`, `C`/`C#`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from extract.inflection import base_form

_GREEK = {
    letter: unicodedata.name(letter).split()[-1].lower().replace("lamda", "lambda")
    for letter in "αβγδεζηθικλμνξοπρσςτυφχψω"
}
_LATEX_SYMBOLS = {name: letter for letter, name in _GREEK.items() if letter != "ς"} | {
    "ell": "ℓ",
    "infty": "∞",
    "times": "×",
    "star": "*",
    "ast": "*",
    "pm": "±",
    "varepsilon": "ε",
    "vartheta": "θ",
    "varphi": "φ",
    "varsigma": "σ",
    "varrho": "ρ",
    "Delta": "Δ",
    "Gamma": "Γ",
    "Lambda": "Λ",
    "Omega": "Ω",
    "Phi": "Φ",
    "Pi": "Π",
    "Psi": "Ψ",
    "Sigma": "Σ",
    "Theta": "Θ",
    "Xi": "Ξ",
    "ss": "ß",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "i": "i",
    "j": "j",
    "textasciitilde": "~",
}
_LATEX_ACCENTS = {
    '"': "\u0308",
    "'": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    "c": "\u0327",
    "v": "\u030c",
    "u": "\u0306",
    "H": "\u030b",
    "k": "\u0328",
    "r": "\u030a",
}
_ACCENT = re.compile(
    r"\\(?:([\"'`^~=.])|([cvuHkr])(?=[\s{]))\s*(?:\{\s*\\?([^\W\d_])\s*\}|\\?([^\W\d_]))"
)
# `\textbf{X}` is X, `\bf X` is X, but `\model-7B` is a name that the reader's macro stands for.
_COMMAND = re.compile(r"\\([a-zA-Z]+)\*?(\s*\{|(?![a-zA-Z])\s*)")
_FONT_SWITCHES = frozenset(
    [
        "bf",
        "bfseries",
        "cal",
        "displaystyle",
        "em",
        "it",
        "itshape",
        "large",
        "left",
        "normalfont",
        "protect",
        "right",
        "rm",
        "sc",
        "scshape",
        "sf",
        "small",
        "tt",
        "ttfamily",
        "xspace",
    ]
)
_SPACING = re.compile(r"\\[,;:!/ ]|~")
_MARKUP = re.compile(r"[\\$~^{}]")
_SPACE = re.compile(r"\s+")
_ACRONYM_PLURAL = re.compile(r"(?<=[A-Z0-9])s(?![^\W_])")
# `DARTS`, `3DGS`, `SimCLS`, `ConvNeXtS`: a capital S at the end is a letter of the name, no plural.
_CAPITAL_S = re.compile(
    r"(?<![^\W_])(?:[^\W_]{2,}[A-RT-Z]|[^\W_]*[0-9]|[^\W_]+[a-rt-z])S(?![^\W_])"
)
_POSSESSIVE = re.compile(r"(?<=\w)['’](?:s(?![^\W_]))?|['’]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_TRAILING_ZERO = re.compile(r"(?<=\d)(?:\.0+)+(?![\d.])")
# Vowel signs of Hebrew, Arabic, the scripts of India, Thai, ...: parts of a word, yet not of `\w`.
_MARKS = (
    "\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u0670\u06d6-\u06ed\u0900-\u0963\u0981-\u0dff"
    "\u0e31-\u0e4e\u0eb1-\u0ecd\u0f18-\u0fbc\u102b-\u103e\u17b4-\u17d3"
)
_TOKEN = re.compile(rf"(?:[^\W_]|[{_MARKS}]|(?<=\d)\.(?=\d))+[+*#]*|[@+#]")
_SPACE_BETWEEN_NUMBERS = re.compile(r"(?<=\d) (?=\d)")
_READABLE = re.compile(r"[!-#%-\[\]_`a-z|]+(?: [!-#%-\[\]_`a-z|]+)*")
_VERSION = re.compile(r"(?<=[a-z]{2})v(?=\d+(?:\.\d+)*$)")
# Most names: nothing but words, in small letters after their first, that hyphens and blanks part.
_PLAIN_WORDS = re.compile(r"(?:[A-Z]?[a-z]{2,}|[a-z])(?:[ -](?:[A-Z]?[a-z]{2,}|[a-z]))*")
# Forms on which another turn may do something: rare characters, `0s` of `0Ss`.
_UNSTABLE = re.compile(r"[^ -@\[-~]|[\d.,]s|[.,]")
_SLOW = re.compile(r"[^ -~]")


def plain_text(text: str) -> str:
    r"""A name as text to read: LaTeX resolved, compatibility characters and blanks made plain.

    Control and invisible characters (also marks of writing direction, and halves of surrogate
    pairs) are dropped. Unlike the display of abstracts this takes every brace and dollar for
    markup, which in names they are.

    >>> plain_text(r"$\\tau$-bench"), plain_text(r"\\textsc{Na\\\"ive}  Bayes")
    ('τ-bench', 'Naïve Bayes')
    """
    if _READABLE.fullmatch(text):
        return text
    if _SLOW.search(text):
        text = unicodedata.normalize("NFKC", text)
        text = "".join(c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    if _MARKUP.search(text):
        text = _SPACING.sub(" ", _ACCENT.sub(_accented, text))
        text = _COMMAND.sub(_command, text)
        text = re.sub(r"[\\$^{}]", "", text)
        text = unicodedata.normalize("NFC", text)
    return _SPACE.sub(" ", text).strip()


def _accented(match: re.Match[str]) -> str:
    mark = _LATEX_ACCENTS[match.group(1) or match.group(2)]
    return f"{match.group(3) or match.group(4)}{mark}"


def _command(match: re.Match[str]) -> str:
    """What a LaTeX command stands for: a symbol, a change of font (nothing), or its own name."""
    name, following = match.groups()
    if name in _LATEX_SYMBOLS:
        return _LATEX_SYMBOLS[name]
    return "" if following.endswith("{") or name in _FONT_SWITCHES else name + following


@lru_cache(maxsize=1 << 16)
def normalize(text: str) -> str:
    r"""The normal form of a name: lower case, singular, American, words separated by one blank.

    Words that end in a capital S (`DARTS`) are in capitals, since their S is no plural's and the
    next call could not know.

    Args:
        text: a name as written; any text is taken.

    Returns:
        The form; `normalize(normalize(text)) == normalize(text)`. Names without a letter, digit,
        or one of `+*#@` have the empty form.

    >>> normalize("Pre-trained Language Models"), normalize("CNNs"), normalize("SQuAD 2.0")
    ('pre trained language model', 'cnn', 'squad 2')
    """
    form = _normalized_once(text)
    # A form of nothing but such words in capitals would be read as a title in capitals.
    if _UNSTABLE.search(form) or form.isupper():
        while (following := _normalized_once(form)) != form:
            form = following
    return form


def _normalized_once(text: str) -> str:
    if _PLAIN_WORDS.fullmatch(text):
        return " ".join(map(base_form, text.lower().replace("-", " ").split(" ")))
    text = plain_text(text)
    if _SLOW.search(text):
        text = _without_accents(text)
    if "'" in text or "’" in text:
        text = _POSSESSIVE.sub("", text)
    if "&" in text:
        text = text.replace("&", " and ")
    text = _THOUSANDS.sub("", text)
    text = _TRAILING_ZERO.sub("", text)
    kept = _with_capital_s(text)
    text = _ACRONYM_PLURAL.sub("", text)
    words = _TOKEN.findall(text)
    return " ".join(
        word.upper() if kept and word.rstrip("+*#") in kept else base_form(word.casefold())
        for word in words
    )


def _with_capital_s(text: str) -> frozenset[str]:
    """The words that end in a capital S, unless the whole of a longer name is in capitals."""
    if (" " in text and text.isupper() and len(text) > 12) or "S" not in text:
        return frozenset()
    found = _CAPITAL_S.findall(text)
    return frozenset(w for w in found if not w.upper().endswith(("US", "IS", "ICS")))


def _without_accents(text: str) -> str:
    """Greek letters by their names, no accents on letters, dashes and quotes of ASCII."""
    text = "".join(
        f" {_GREEK[c.lower()]} " if c.lower() in _GREEK else "x" if c == "×" else c for c in text
    )
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if not "\u0300" <= c <= "\u036f")
    return unicodedata.normalize("NFKC", text.replace("’", "'"))


def compact(normal_form: str) -> str:
    """A normal form without its blanks, but with a mark between two numbers.

    Names are one by hyphen and blank where these agree (`auto-encoder`, `ResNet 50`); the mark
    keeps `Llama 2 7B` from `Llama 27B`.

    The v of a version at the end goes, too (`SQuAD v1.1`).

    >>> compact("resnet 50") == compact("resnet50"), compact("llama 2 7b")
    (True, 'llama2_7b')
    """
    if " " not in normal_form:
        return _VERSION.sub("", normal_form) if "v" in normal_form else normal_form
    joined = _SPACE_BETWEEN_NUMBERS.sub("_", normal_form).replace(" ", "")
    return _VERSION.sub("", joined) if "v" in joined else joined


def name_key(text: str) -> str:
    r"""What two spellings of one name have in common; never empty for a text that is not.

    Names without a letter or digit (`—`, an emoji) are their own key.

    >>> name_key("Auto-Encoders") == name_key("autoencoder"), name_key("→")
    (True, '\x00→')
    """
    return key_of_form(normalize(text), text)


def key_of_form(form: str, text: str) -> str:
    """The `name_key` of a text whose normal form is at hand."""
    return compact(form) or f"\0{text.strip()}"
