"""What metrics are called: one standard name for the spellings of each, and names in running text.

Annotators of the training parts gave each metric that they marked a canonical name (`F1` for
`F1-scores`, `parameter count` for `trainable parameters`); `extract.result_training` counts them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.inflection import singular
from extract.linear import LinearModel
from extract.normalization import normalize
from extract.records import ConceptType, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from extract.gold import AnnotatedPaper

KNOWN_METRICS = "metric names"
"""The entry of `data/results.json` that holds them."""

_WORD = re.compile(r"\w+")
_JOINT = re.compile(r"(?<=\w)[\s-](?=\w)")
_LAST_WORD = re.compile(r"[a-z]{4,}$")
# A spelling that fewer of the papers that hold it mark is not looked for in text. What is found may
# be a metric: whether a number belongs to it, the classifiers say.
_LEAST_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class MetricNames:
    """Metric names as the training parts have them.

    Attributes:
        standard: normal form (`extract.normalization`) -> the canonical name that most papers
            with such a spelling give it.
        spellings: first word -> lower-case spellings that begin with it and often name a metric
            where they stand, longest first.
    """

    standard: Mapping[str, str]
    spellings: Mapping[str, tuple[str, ...]]


def standard_name(names: MetricNames, text: str) -> str:
    """The canonical name of a metric.

    Of one that is not known, an end that the canonical name of a known one shortens is shortened,
    and the last word is in the singular; what is counted stays as it is.

    >>> names = MetricNames({normalize("F1 score"): "F1"}, {})
    >>> standard_name(names, "F1-scores"), standard_name(names, "weighted F1-score")
    ('F1', 'weighted F1')
    >>> standard_name(names, "response times"), standard_name(names, "number of steps")
    ('response time', 'number of steps')
    """
    known = names.standard.get(normalize(text))
    if known is not None:
        return known
    for start in (match.end() for match in _JOINT.finditer(text)):
        known = names.standard.get(normalize(text[start:]))
        if known is not None and fold(text[start:]).startswith(f"{fold(known)} "):
            return text[:start] + known
    return text if " of " in text else _LAST_WORD.sub(lambda match: singular(match[0]), text)


def find_metric_names(names: MetricNames, text: str) -> Iterator[tuple[int, int]]:
    """Start and end of the known spellings in a text, at word boundaries, longest first.

    >>> names = MetricNames({}, {"f1": ("f1 score", "f1")})
    >>> list(find_metric_names(names, "an F1 score, not F12, of F1"))
    [(3, 11), (25, 27)]
    """
    reached = 0
    for word in _WORD.finditer(text):
        start = word.start()
        if start < reached:
            continue
        for spelling in names.spellings.get(word[0].lower(), ()):
            end = start + len(spelling)
            bounded = end >= len(text) or not (text[end].isalnum() or text[end] == "_")
            if bounded and text[start:end].lower() == spelling:
                yield start, end
                reached = end
                break


def metric_names(model: LinearModel) -> MetricNames:
    """Read the entry `KNOWN_METRICS`, as `learn_metric_names` makes it."""
    standard: dict[str, str] = {}
    spellings: dict[str, list[str]] = defaultdict(list)
    for spelling, (number, found) in model.weights.items():
        standard[normalize(spelling)] = model.labels[number]
        first = _WORD.match(spelling)
        if found and first:
            spellings[first[0]].append(spelling)
    return MetricNames(
        standard,
        {
            word: tuple(sorted(group, key=lambda s: (-len(s), s)))
            for word, group in spellings.items()
        },
    )


def learn_metric_names(papers: Sequence[AnnotatedPaper]) -> LinearModel:
    """Count what annotators call the metrics that they mark.

    Returns:
        The names as labels; the weights of a lower-case spelling are the number of its name, and 1
        where it is looked for in text, else 0.
    """
    names_of: dict[str, Counter[str]] = defaultdict(Counter)
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    spellings: set[str] = set()
    for one in papers:
        marked = _marked_metrics(one)
        pairs = {(text.lower(), name) for text, name in marked}
        pairs |= {(name.lower(), name) for _, name in marked}
        spellings |= {spelling for spelling, _ in pairs}
        for form, name in {(normalize(spelling), name) for spelling, name in pairs}:
            names_of[form][fold(name)] += 1
            forms[fold(name)][name] += 1
    standard = {form: _most(forms[_most(names)]) for form, names in names_of.items() if form}
    spelled = sorted(spelling for spelling in spellings if normalize(spelling) in standard)
    looked_for = _often_metrics(papers, spelled)
    labels = tuple(sorted({standard[normalize(spelling)] for spelling in spelled}))
    number = {name: index for index, name in enumerate(labels)}
    weights = {s: (number[standard[normalize(s)]], int(s in looked_for)) for s in spelled}
    return LinearModel(labels, (0,) * len(labels), weights)


def _marked_metrics(one: AnnotatedPaper) -> set[tuple[str, str]]:
    """Spelling and canonical name of the metrics of a paper."""
    return {
        (mention.text, name)
        for mention, name in zip(one.mentions, one.canonical, strict=True)
        if mention.type == ConceptType.METRIC
    }


def _most(counts: Counter[str]) -> str:
    return max(counts, key=lambda name: (counts[name], name))


def _often_metrics(papers: Iterable[AnnotatedPaper], spellings: Sequence[str]) -> frozenset[str]:
    """The spellings that enough of the papers whose abstract holds them mark as a metric."""
    every = metric_names(LinearModel(("",), (0,), dict.fromkeys(spellings, (0, 1))))
    held: Counter[str] = Counter()
    marked: Counter[str] = Counter()
    for one in papers:
        text = one.paper.abstract
        own = {spelling.lower() for spelling, _ in _marked_metrics(one)}
        for spelling in {text[start:end].lower() for start, end in find_metric_names(every, text)}:
            held[spelling] += 1
            marked[spelling] += spelling in own
    return frozenset(s for s in spellings if marked[s] >= max(1, _LEAST_SHARE * held[s]))
