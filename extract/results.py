"""Numeric results that an abstract states, tied to the names that the abstract gives them.

Linear classifiers tell which numbers are results, which name a number belongs to, and whether its
metric is named, implied or not stated (`extract.result_features`), learned by
`python -m extract.result_training`; units, factors in words, changes and quotes by rule.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from extract.errors import ModelError
from extract.linear import LinearModel, probability, read_models
from extract.metric_names import KNOWN_METRICS, MetricNames, metric_names, standard_name
from extract.records import Mention, Result
from extract.result_features import (
    LINKS,
    Reading,
    candidates,
    link_features,
    number_features,
    read_abstract,
    source_features,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from extract.quantities import Quantity
    from extract.records import Paper

MODEL_FILE = Path(__file__).with_name("data") / "results.json"
NUMBER_LABELS = ("none", "value", "difference")
"""What a number is: no result, a result, or a difference or ratio against a baseline."""
LINK_LABELS = ("no", "yes")
METRIC_SOURCE = "metric source"
"""The model that tells where the metric of a result stands."""
NAMED, UNSTATED, UNKNOWN = "named", "unstated", "unknown"
"""Labels of `METRIC_SOURCE`: a name in the text; nowhere; implied by the text in a rare way. Its
other labels are the standard names of metrics that text implies ("three times faster": speed)."""
LEAST_CONFIDENCE = 0.4
"""Numbers that are less likely results are none (best F1 on the training parts: 0.35 to 0.5)."""

_GENERIC_BASELINE = re.compile(
    r"\b(?:over|than|to|against|with|from|outperform\w{0,3}|surpass\w{0,3}|exceed\w{0,3}|"
    r"beat\w{0,3}|improv\w{1,3})\s(?:the\s|a\s|an\s|all\s|our\s){0,2}"
    r"((?:(?:previous|prior|current|existing|strong|strongest|best|other|competing|recent|"
    r"standard|published|second-best|original|vanilla)\s){0,3}"
    r"(?:state[\s-]of[\s-]the[\s-]art|sota|baselines?|methods|approaches|works?|models|systems)"
    r"(?:\s(?:baselines?|methods?|models?|approach(?:es)?|results?|systems?|techniques?))?)\b",
    re.IGNORECASE,
)
# Abstracts give few hyper-parameters, too few to learn their names from.
_SETTING = re.compile(
    r"\b(?:learning[\s-]rates?|weight[\s-]decay|(?:mini-?)?batch[\s-]sizes?|drop-?out(?:[\s-]rate)?|"
    r"momentum|temperature|step[\s-]size|(?:random[\s-])?seeds?|(?:hidden|beam)[\s-](?:size|width)|"
    r"window[\s-]size|patience|label[\s-]smoothing)\s?(?:\s(?:of|is|was|to|set\sto|value)|=|:)?\s?\$?\Z",
    re.IGNORECASE,
)
_LONGEST_SETTING = 40  # code points before a number
_CLAUSE_BREAK = re.compile(
    r"[;:,]\s(?:(?:and|but|while|whereas)\s)?|\s(?:while|whereas|but)\s|(?P<and>\sand\s)"
    r"|(?P<open>\s\()|(?P<close>(?<!\\)\))"
)
_LONGEST_QUOTE = 300
# Each name is judged alone, so that the only likely one may have less than even odds (log odds in
# thousandths; the training parts are fitted best between -0.3 and -1.2).
_LEAST_MARGIN = -600


def result_models(path: Path) -> dict[str, LinearModel]:
    """The weights that `extract.result_training` wrote to a file.

    Raises:
        ModelError: the file cannot be read, or lacks a model.
    """
    models = read_models(path)
    missing = {*LINKS, "number", METRIC_SOURCE, KNOWN_METRICS} - models.keys()
    if missing:
        raise ModelError(
            f"{path} lacks {', '.join(sorted(missing))}: it is of another version of "
            "paperkg. Install paperkg again, or make the file anew as CONTRIBUTING.md says."
        )
    return models


@cache
def _models() -> dict[str, LinearModel]:
    return result_models(MODEL_FILE)


@cache
def _metrics() -> MetricNames:
    return metric_names(_models()[KNOWN_METRICS])


def metric_name(text: str) -> str:
    """The standard name of a metric, such as `F1` for `F1-scores`; `text` where none is known.

    Args:
        text: a metric as an abstract spells it, or the name of its concept.

    Raises:
        ModelError: the shipped weights cannot be read.
    """
    return standard_name(_metrics(), text)


def find_results(paper: Paper, mentions: Sequence[Mention]) -> tuple[Result, ...]:
    """The explicit numeric results of an abstract, in the order of the text.

    Args:
        paper: the paper.
        mentions: all its mentions with their roles, in any order.

    Returns:
        One result a number; what is not stated, or too far off to be sure, is None. Ranges are
        one value. `quote` stands verbatim in the abstract. `confidence` is the probability that
        the number is a result at all, `LEAST_CONFIDENCE` or more.

    Raises:
        ModelError: the shipped weights cannot be read.
    """
    reading = read_abstract(paper, mentions, _metrics())
    results = []
    for index in range(len(reading.quantities)):
        scores = _models()["number"].scores(number_features(reading, index))
        confidence = round(1.0 - probability(scores, NUMBER_LABELS.index("none")), 4)
        if confidence >= LEAST_CONFIDENCE and not _is_setting(reading, index):
            value, difference = scores[1:]
            changed = reading.quantities[index].before is not None
            delta = difference > value and not changed
            results.append(_result(paper, reading, index, delta, confidence))
    return tuple(results)


def _is_setting(reading: Reading, index: int) -> bool:
    """Whether the name of a hyper-parameter stands right before a number."""
    start = reading.quantities[index].start
    return bool(_SETTING.search(reading.text[max(0, start - _LONGEST_SETTING) : start]))


def _result(
    paper: Paper, reading: Reading, index: int, difference: bool, confidence: float
) -> Result:
    quantity = reading.quantities[index]
    method, dataset, baseline = (
        _likely(reading, index, link) for link in ("method", "dataset", "baseline")
    )
    metric, metric_text = _metric(reading, index, difference)
    if baseline is not None and method is not None and baseline.text == method.text:
        baseline = None
    sentence = reading.words.sentences[reading.words.sentence(quantity.start)]
    others = [q.start for q in reading.quantities[max(0, index - 5) : index + 6] if q != quantity]
    start, end = _quote(paper.abstract, sentence, quantity, (metric, baseline), others)
    unit = quantity.unit
    if unit is None and difference and metric_text is not None:
        unit = "points"
    return Result(
        paper=paper.id,
        method=method.text if method else None,
        dataset=dataset.text if dataset else None,
        metric=metric_text,
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


def _likely(reading: Reading, index: int, link: str) -> Mention | None:
    """The name that the number most likely belongs to; None where none is likely."""
    best, margin = best_candidate(reading, index, link, _models()[link])
    return best if margin > _LEAST_MARGIN else None


def best_candidate(
    reading: Reading, index: int, link: str, model: LinearModel
) -> tuple[Mention | None, int]:
    """The likeliest of a number's candidates and its margin, in thousandths of log odds."""
    names = candidates(reading, index, link)
    best, best_margin = None, 0
    for name in names:
        no, yes = model.scores(link_features(reading, index, link, name, names))
        if best is None or yes - no > best_margin:
            best, best_margin = name, yes - no
    return best, best_margin


def _metric(reading: Reading, index: int, difference: bool) -> tuple[Mention | None, str | None]:
    """The name that the metric of a number has in the text, and what it is called.

    A metric that the text only implies has its standard name.
    """
    best, margin = best_candidate(reading, index, "metric", _models()["metric"])
    model = _models()[METRIC_SOURCE]
    scores = model.scores(source_features(reading, index, best, margin, difference))
    answers = dict(zip(model.labels, scores, strict=True))
    source = likeliest_source(answers, named=best is not None)
    if source == NAMED and best is not None:
        return best, best.text
    return None, None if source == UNSTATED else source


def likeliest_source(scores: Mapping[str, float], *, named: bool) -> str:
    """The label of `METRIC_SOURCE` with the highest score; never `UNKNOWN`.

    Args:
        scores: of all labels.
        named: whether there is a name that could be `NAMED`.
    """
    told = (label for label in scores if label != UNKNOWN and (named or label != NAMED))
    return max(told, key=scores.__getitem__)


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
