r"""Numbers with their units, as abstracts write them: candidates for results.

Knows `28.4\%`, `$2.3\times$`, `3$\times$`, `5-10x`, `2.1% to 5.3%`, `from 90.6 to 65.4`, `12-fold`,
`two orders of magnitude`, `twice` and `halves`. Numbers that are parts of names and words (`GPT-4`,
`4-bit`, `$10^{-3}$`, `7B`) are no quantities.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from extract.records import fold

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written, or a word that stands for a factor.

    Attributes:
        start, end: of the whole, unit and range included, in code points.
        value: the number or range without hedge, plus and unit.
        unit: `%`, `x`, `points`, `ms`, ...; None where none is written.
        before: of `from A to B`, where `value` is B, the value A; else None.
    """

    start: int
    end: int
    value: str
    unit: str | None
    before: str | None = None


# All repeats are bounded or possessive: every pattern is linear on any text.
_DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,6}(?![\d,])|\d{1,30})(?:\.\d{1,30})?|\.\d{1,30}"
_SCALE = r"(?:\s?(?:million|billion|trillion|thousand)\b)?"
_BLANK = r"(?:\s|~|\\[,;:!]|\$|\\?[()]){0,6}"  # what LaTeX puts between a number and its unit
_UNITS = (
    ("%", r"\{?\\{0,2}[%％]\}?|percent\b|per\s?cent\b|pct\b"),
    ("x", r"[x×X](?![^\W_])|\\times(?![a-z])|\\x\b|-?\s?times\b|-?\s?folds?\b|\\text\{x\}"),
    (
        "points",
        r"-?\s?(?:absolute\s|relative\s|percentage[\s-]|percent\s|accuracy\s)?points?\b|-?pts?\b|"
        r"p\.?p\.?(?![^\W_])|%p\b",
    ),
    ("ms", r"-?(?:ms|milliseconds?|msec)\b"),
    ("s", r"-?(?:s|secs?|seconds?)\b"),
    ("minutes", r"-?(?:minutes?|mins?)\b"),
    ("hours", r"-?(?:hours?|hrs?|h)\b"),
    ("days", r"-?days?\b"),
    ("GPU hours", r"-?GPU[\s-]?hours?\b"),
    ("GPU days", r"-?GPU[\s-]?days?\b"),
    ("dB", r"-?d[Bb]\b"),
    ("GB", r"-?(?:GB|GiB|gigabytes?)\b"),
    ("MB", r"-?(?:MB|MiB|megabytes?)\b"),
    ("FPS", r"-?(?:FPS|fps|frames\sper\ssecond|frames/s(?:ec)?)\b"),
    ("mm", r"-?(?:mm|millimet(?:er|re)s?)\b"),
    ("cm", r"-?(?:cm|centimet(?:er|re)s?)\b"),
    ("km", r"-?(?:km|kilomet(?:er|re)s?)\b"),
    ("W", r"-?(?:W|watts?)\b"),
    ("bits/dim", r"-?bits?(?:/|\sper\s)dim(?:ension)?\b"),
    ("bits/char", r"-?bits?(?:/|\sper\s)char(?:acter)?\b"),
    ("orders of magnitude", r"-?orders?[\s-]of[\s-]magnitude\b"),
)
_UNIT = "|".join(f"(?P<u{index}>{pattern})" for index, (_, pattern) in enumerate(_UNITS))
_PLAIN_UNIT = r"\\{0,2}%|[x×X](?![^\W_])|\\times(?![a-z])|percent\b"
_NUMBER = re.compile(rf"(?P<value>{_DIGITS})(?P<scale>{_SCALE})")
_UNIT_AFTER = re.compile(rf"{_BLANK}(?:{_UNIT})(?:\$|\\\))?")
# 256 x 256 and 3 \times 10^{-4} are sizes and powers, not factors.
_PRODUCT_AFTER = re.compile(rf"{_BLANK}(?:[x×X]|\\times){_BLANK}\d")
_PRODUCT_BEFORE = re.compile(r"(?:\d|\$)[\s$]{0,3}(?:[x×X]|\\times)[\s$]{0,3}\Z")
_RANGE_AFTER = re.compile(
    rf"(?:{_BLANK}(?:{_PLAIN_UNIT}))?\$?\s?(?P<dash>-{{1,3}}|[–—∼~]|\\sim|\{{\\text\s?-\}}|\sto\s)\s?"
    rf"\$?\s?\+?(?P<second>{_DIGITS})(?P<scale>{_SCALE})"
)
_FROM_BEFORE = re.compile(
    r"\bfrom\s(?:(?:about|approximately|around|roughly|nearly|over|an?|the|its|initial|original|baseline"
    r"|previous)\s){0,3}"
    r"(?:\\approx|\\sim|[~$≈∼\s]){0,4}\Z"
)
_RANGING_BEFORE = re.compile(
    r"\b(?:rang\w{1,4}|var\w{1,5}|spann\w{1,3}|spans?|between|anywhere|improvements?|gains?)\s\Z"
)
_BETWEEN_BEFORE = re.compile(r"\bbetween\s[~$≈∼\s]{0,3}\Z")
_AND_AFTER = re.compile(
    rf"(?:{_BLANK}(?:{_PLAIN_UNIT}))?\s?(?P<dash>and)\s\$?(?P<second>{_DIGITS})(?P<scale>{_SCALE})"
)
_TO_AFTER = re.compile(
    rf"(?:{_BLANK}(?:{_UNIT}))?[)$]{{0,2}}\s(?P<gap>(?:[^\s\d.;]{{1,20}}\s){{0,5}}?to\s"
    r"(?:[a-z]{1,14}\s){0,3})(?:\\approx|\\sim|[~$≈∼\s]){0,4}"
    rf"(?P<second>{_DIGITS})(?P<scale>{_SCALE})"
)
_ARROW_AFTER = re.compile(
    rf"(?:{_BLANK}(?:{_PLAIN_UNIT}))?[)$]{{0,2}}\s?(?:→|->|=>|\$?\\(?:long)?(?:right)?(?:arrow|to)\b\$?)"
    rf"\s?\$?(?P<second>{_DIGITS})(?P<scale>{_SCALE})"
)
# "from 36.5% to 46.3% and 66.3% to 76.3%": a second change has no "from" of its own.
_AND_BEFORE = re.compile(r"[^.;]{0,60}\band\s(?:[^\s.;]{1,20}\s){0,2}")
_ADJACENT = re.compile(r"to\s")
_DEVIATION = re.compile(rf"{_BLANK}(?:±|\\pm|\+/-){_BLANK}(?:{_DIGITS})")
# \textbf{95.3}, \sim32: markup, no words that go on.
_MARKUP_BEFORE = re.compile(
    r"\\(?:sim|approx|simeq|geq?|leq?|pm|(?:textbf|textit|text|emph|mathbf|mathrm|boldsymbol)\{)\s?\Z"
)
_UNIT_AND_SLASH = re.compile(r"(?:[%％]|\d(?:[xX×]|\s?times))/\Z")
_FACTOR_BEFORE = re.compile(
    r"\bfactors?\sof\s(?:(?:about|around|almost|nearly|roughly|over|up\sto|at\sleast|more\sthan)\s)?"
    r"[$~≈∼\s]{0,3}\Z"
)
# A word goes on after the number: 7B, 4-bit, 3D, 10th, 2-layer.
_WORD_AFTER = re.compile(r"[^\W\d]|\^|-[^\W\d]|\\?_|,\d|\.\d")
_NUMERALS = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10",
}  # fmt: skip
_FACTORS = {
    "twice": "2", "thrice": "3", "doubl": "2", "tripl": "3", "quadrupl": "4", "halv": "0.5",
    "half": "0.5",
}  # fmt: skip
_WORDS = re.compile(
    r"\b(?:(?P<magnitude>an?|one|two|three|four|[1-6])[\s-](?:to[\s-](?:two|three|four)[\s-])?"
    r"orders?[\s-]of[\s-]magnitude"
    r"|(?P<numeral>two|three|four|five|six|seven|eight|nine|ten)(?:[\s-]?folds?|[\s-]times)"
    r"|(?<=\bfactor\sof\s)(?P<factor>two|three|four|five|six|seven|eight|nine|ten)"
    r"|(?P<adverb>twice|thrice)"
    # Not "triples" and "a double layer": a verb has an ending or an object.
    r"|(?P<verb>doubl|tripl|quadrupl|halv)(?:ing|ed|es?(?=\s(?:the|its|their)\b))"
    r"|by\s(?:(?:more\sthan|about|nearly|almost)\s)?(?P<byhalf>half)"
    r"|(?P<half>half)(?=\s(?:of\s)?(?:the|its|their|as)\b))\b",
    re.IGNORECASE,
)
_VALUE = re.compile(
    rf"(?P<sign>[-+\u2212])?(?P<digits>{_DIGITS})(?:\s?(?P<scale>thousand|million|billion|trillion|[kKMBT]))?",
    re.ASCII,
)
_POWERS = {
    "": 0, "k": 3, "thousand": 3, "m": 6, "million": 6, "b": 9, "billion": 9, "t": 12,
    "trillion": 12,
}  # fmt: skip
_LOOK_BACK = 60
_LONGEST_MARKUP = 14
_MOST = 2000


def find_quantities(text: str) -> tuple[Quantity, ...]:
    r"""The quantities of a text, in order, without overlap.

    A text with more than 2,000 numbers is a table rather than an abstract: the first 2,000 are
    looked at.

    >>> [(q.value, q.unit, q.before) for q in find_quantities("up 5-10x, from 90.6 to 65.4%")]
    [('5-10', 'x', None), ('65.4', '%', '90.6')]
    """
    found = sorted((*_written(text), *_worded(text)), key=lambda q: (q.start, -q.end))
    kept: list[Quantity] = []
    for quantity in found:
        if not kept or quantity.start >= kept[-1].end:
            kept.append(quantity)
    return tuple(kept)


def number_of(value: str) -> float | None:
    """The number that a written value stands for; None for a range and for what is no number.

    >>> number_of("87.5"), number_of("-1,200"), number_of("1.2 million"), number_of("5-10")
    (87.5, -1200.0, 1200000.0, None)
    """
    match = _VALUE.fullmatch(value)
    if match is None:
        return None
    sign = -1 if match["sign"] in ("-", "\u2212") else 1
    digits = match["digits"].replace(",", "")
    # As a whole: 1.1 million is 1100000, not 1100000.0000000001.
    return sign * float(f"{digits}e{_POWERS[(match['scale'] or '').lower()]}")


def comparable(value: str) -> float | str:
    """What two written values that say the same have in common: the number, else the words.

    >>> comparable("1,200") == comparable("1200.0"), comparable("5-10"), comparable("5 – 10")
    (True, '5 10', '5 10')
    """
    try:
        return float(value.replace(",", "").replace("\\", "").rstrip("%xX× "))
    except ValueError:
        return fold(value)


def _worded(text: str) -> Iterator[Quantity]:
    """Factors that are written as words."""
    for match in islice(_WORDS.finditer(text), _MOST):
        if match["magnitude"]:
            word = match["magnitude"].lower()
            power = 1 if word in ("a", "an", "one") else int(_NUMERALS.get(word, word))
            value = str(10**power)
        elif match["numeral"] or match["factor"]:
            value = _NUMERALS[(match["numeral"] or match["factor"]).lower()]
        else:
            word = match["adverb"] or match["verb"] or match["byhalf"] or match["half"]
            value = _FACTORS[word.lower()]
        yield Quantity(match.start(), match.end(), value, "x")


def _written(text: str) -> Iterator[Quantity]:
    """Numbers written in digits."""
    position = 0
    changed = -1  # end of the last change
    for _ in range(_MOST):
        match = _NUMBER.search(text, position)
        if match is None:
            return
        position = match.end()
        if not _stands_alone(text, match):
            position = _end_of_token(text, position)
            continue
        lead = text[max(0, match.start() - _LOOK_BACK) : match.start()]
        if _PRODUCT_AFTER.match(text, position) or _PRODUCT_BEFORE.search(lead[-12:]):
            continue
        again = changed >= 0 and _AND_BEFORE.fullmatch(text, changed, match.start()) is not None
        quantity = (
            _change(text, match, lead, again=again)
            or _range(text, match, lead)
            or _single(text, match, lead)
        )
        if quantity is not None:
            yield quantity
            position = quantity.end
            changed = position if quantity.before is not None else changed


def _end_of_token(text: str, position: int) -> int:
    """Where the word that a number is a part of ends."""
    while position < len(text) and (text[position].isalnum() or text[position] in "._"):
        position += 1
    return position


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether the number is not the end of a word, a name or an exponent."""
    before = text[max(0, match.start() - 2) : match.start()]
    lead = text[max(0, match.start() - _LONGEST_MARKUP) : match.start()]
    if not before or _MARKUP_BEFORE.search(lead):
        return True
    last, first = before[-1], before[:-1]
    if last == "/":
        return _UNIT_AND_SLASH.search(lead) is not None  # 2.5%/2.2%
    if last in "-–−{" and first:
        return not (first.isalnum() or first in ")]}^_{")
    return not (last.isalnum() or last in "._^\\")


def _change(text: str, match: re.Match[str], lead: str, *, again: bool) -> Quantity | None:
    """A change from one number to another, in words, as `36.6 to 27.4`, or by an arrow.

    Args:
        again: whether another change and an "and" stand before.
    """
    arrow = _ARROW_AFTER.match(text, match.end())
    if arrow and not _cut_off(text, arrow.end()):
        end, unit = _unit(text, arrow.end())
        before = match["value"] + match["scale"]
        return Quantity(match.start(), end, arrow["second"] + arrow["scale"], unit, before)
    origin = _FROM_BEFORE.search(lead)
    if origin and _RANGING_BEFORE.search(lead[: origin.start()]):
        return None
    change = _TO_AFTER.match(text, match.end())
    if change is None or _cut_off(text, change.end()):
        return None
    end, unit = _unit(text, change.end())
    if origin is None and (
        (unit is not None and not again)
        or "." not in match["value"]
        or not _ADJACENT.fullmatch(change["gap"])
    ):
        return None  # "by 5% to 10%" is a range
    after = change["second"] + change["scale"]
    before = match["value"] + match["scale"]
    return Quantity(match.start(), end, after, unit or _unit_of(change), before)


def _range(text: str, match: re.Match[str], lead: str) -> Quantity | None:
    """A range; one that is written with words gets a hyphen."""
    span = _RANGE_AFTER.match(text, match.end())
    if span is None and _BETWEEN_BEFORE.search(lead):
        span = _AND_AFTER.match(text, match.end())
    if span is None or _cut_off(text, span.end()):
        return None
    end, unit = _unit(text, span.end())
    dash = span["dash"] if span["dash"].strip("-–—") == "" else "-"
    value = match["value"] + dash + span["second"] + span["scale"]
    return Quantity(match.start(), end, value, unit)


def _single(text: str, match: re.Match[str], lead: str) -> Quantity | None:
    end, unit = _unit(text, match.end())
    if unit is None and not _cut_off(text, end) and _FACTOR_BEFORE.search(lead):
        unit = "x"
    if unit is None:
        deviation = _DEVIATION.match(text, end)
        if deviation:
            end, unit = _unit(text, deviation.end())
        elif _cut_off(text, end):
            return None
    value = match["value"] + match["scale"]
    negative = text[match.start() - 1 : match.start()] in ("-", "−")
    if unit == "orders of magnitude" and value in "123456":
        value, unit = str(10 ** int(value)), "x"
    return Quantity(match.start(), end, f"-{value}" if negative else value, unit)


def _cut_off(text: str, end: int) -> bool:
    """Whether a word goes on at `end` that is no unit."""
    return _UNIT_AFTER.match(text, end) is None and _WORD_AFTER.match(text, end) is not None


def _unit(text: str, end: int) -> tuple[int, str | None]:
    """The unit after a number, and where it ends."""
    match = _UNIT_AFTER.match(text, end)
    return (match.end(), _unit_of(match)) if match else (end, None)


def _unit_of(match: re.Match[str]) -> str | None:
    for index, (name, _) in enumerate(_UNITS):
        if match[f"u{index}"] is not None:
            return name
    return None
