"""Numeric results that an abstract states, tied to the names that the abstract gives them.

The first version: a linear classifier tells which numbers are results, others which name a number
belongs to (`extract.result_features`), learned by `python -m extract.result_training`; units,
factors in words, changes and quotes by rule.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from extract.linear import LinearModel, probability, read_models
from extract.records import Mention, Result
from extract.result_features import (
    Reading,
    candidates,
    link_features,
    number_features,
    read_abstract,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.quantities import Quantity
    from extract.records import Paper

MODEL_FILE = Path(__file__).with_name("data") / "results.json"
NUMBER_LABELS = ("none", "value", "difference")
"""What a number is: no result, a result, or a difference or ratio against a baseline."""
LINK_LABELS = ("no", "yes")

_GENERIC_BASELINE = re.compile(
    r"\b(?:over|than|to|against|with|from|outperform\w{0,3}|surpass\w{0,3}|exceed\w{0,3}|"
    r"beat\w{0,3}|improv\w{1,3})\s(?:the\s|a\s|an\s|all\s|our\s){0,2}"
    r"((?:(?:previous|prior|current|existing|strong|strongest|best|other|competing|recent|"
    r"standard|published|second-best|original|vanilla)\s){0,3}"
    r"(?:state[\s-]of[\s-]the[\s-]art|sota|baselines?|methods|approaches|works?|models|systems)"
    r"(?:\s(?:baselines?|methods?|models?|approach(?:es)?|results?|systems?|techniques?))?)\b",
    re.IGNORECASE,
)
_CLAUSE_BREAK = re.compile(
    r"[;:,]\s(?:(?:and|but|while|whereas)\s)?|\s(?:while|whereas|but)\s|(?P<and>\sand\s)"
    r"|(?P<open>\s\()|(?P<close>(?<!\\)\))"
)
_LONGEST_QUOTE = 300
# Each name is judged alone, so that the only likely one may have less than even odds (log odds in
# thousandths; the training parts are fitted best between -0.3 and -1.2).
_LEAST_MARGIN = -600


@cache
def _models() -> dict[str, LinearModel]:
    return read_models(MODEL_FILE)


def find_results(paper: Paper, mentions: Sequence[Mention]) -> tuple[Result, ...]:
    """The explicit numeric results of an abstract, in the order of the text.

    Args:
        paper: the paper.
        mentions: all its mentions with their roles, in any order.

    Returns:
        One result a number; what is not stated, or too far off to be sure, is None. Ranges are
        one value. `quote` stands verbatim in the abstract.

    Raises:
        ModelError: the shipped weights cannot be read.
    """
    reading = read_abstract(paper, mentions)
    results = []
    for index, quantity in enumerate(reading.quantities):
        model = _models()["number"]
        scores = model.scores(number_features(reading, index))
        best = scores.index(max(scores))
        if model.labels[best] != "none":
            confidence = round(1.0 - probability(scores, model.labels.index("none")), 4)
            difference = model.labels[best] == "difference" and quantity.before is None
            results.append(_result(paper, reading, index, difference, confidence))
    return tuple(results)


def _result(
    paper: Paper, reading: Reading, index: int, difference: bool, confidence: float
) -> Result:
    quantity = reading.quantities[index]
    method, dataset, metric = (_linked(reading, index, k) for k in ("method", "dataset", "metric"))
    baseline = _linked(reading, index, "baseline")
    if baseline is not None and method is not None and baseline.text == method.text:
        baseline = None
    sentence = reading.words.sentences[reading.words.sentence(quantity.start)]
    others = [q.start for q in reading.quantities[max(0, index - 5) : index + 6] if q != quantity]
    start, end = _quote(paper.abstract, sentence, quantity, (metric, baseline), others)
    unit = quantity.unit
    if unit is None and difference and metric is not None:
        unit = "points"
    return Result(
        paper=paper.id,
        method=method.text if method else None,
        dataset=dataset.text if dataset else None,
        metric=metric.text if metric else None,
        value=quantity.value,
        unit=unit,
        baseline=quantity.before
        or (baseline.text if baseline else None)
        or (_generic_baseline(paper.abstract[start:end]) if difference else None),
        delta=difference,
        quote=paper.abstract[start:end],
        field="abstract",
        start=start,
        confidence=confidence,
    )


def _linked(reading: Reading, index: int, link: str) -> Mention | None:
    """The name that the number most likely belongs to; None where none is likely."""
    model = _models()[link]
    names = candidates(reading, index, link)
    best, best_margin = None, _LEAST_MARGIN
    for name in names:
        no, yes = model.scores(link_features(reading, index, name, names))
        if yes - no > best_margin:
            best, best_margin = name, yes - no
    return best


def _generic_baseline(clause: str) -> str | None:
    match = _GENERIC_BASELINE.search(clause)
    return match[1] if match else None


def _quote(
    text: str,
    sentence: tuple[int, int],
    quantity: Quantity,
    names: Sequence[Mention | None],
    others: Sequence[int],
) -> tuple[int, int]:
    """The clause that holds the number, and its names where no other number stands between.

    Args:
        text: the abstract.
        sentence: start and end of the sentence.
        quantity: the number.
        names: what the clause should hold as well.
        others: where the other numbers begin.
    """
    start, end = quantity.start, quantity.end
    for name in names:
        if name is None or name.field != "abstract":
            continue
        first, last = min(quantity.start, name.start), max(quantity.end, name.end)
        inside = sentence[0] <= first and last <= sentence[1] and last - first <= _LONGEST_QUOTE
        if inside and not any(first < other < last for other in others):
            start, end = min(start, first), max(end, last)
    low = max(sentence[0], start - _LONGEST_QUOTE)
    for match in _CLAUSE_BREAK.finditer(text, low, start):
        if match["and"] and not any(low <= other < match.start() for other in others):
            continue  # "On MNIST and SVHN it reaches 99%" is one clause
        if match["open"] is None or ")" not in text[match.end() : start]:
            low = match.end()
    high = max(end, min(sentence[1], end + _LONGEST_QUOTE))
    for match in _CLAUSE_BREAK.finditer(text, end, high):
        if match["and"] and not any(match.end() <= other < high for other in others):
            continue
        if match["close"] is None or "(" not in text[low : match.start()]:
            high = match.start()
            break
    clause = text[low:high]
    low += len(clause) - len(clause.lstrip())
    return low, max(end, low + len(clause.strip().rstrip(".")))
