"""Learn the shipped result weights: `python -m extract.result_training GOLD --marked DIR -o FILE`.

GOLD is a folder of annotated abstracts (`extract.gold`); parts train, ext and wide teach, and what
a teacher marked (`extract.distillation.marking`). FILE is `extract/data/results.json`. Figures in
the comments are of cross-validation over the annotated parts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extract.linear_training import Example, fit, learn_from_gold
from extract.metric_names import (
    KNOWN_METRICS,
    MetricNames,
    learn_metric_names,
    metric_names,
    standard_name,
)
from extract.quantities import comparable
from extract.records import ConceptType, digest, fold
from extract.result_features import (
    LINKS,
    Reading,
    candidates,
    link_features,
    number_features,
    read_abstract,
    source_features,
)
from extract.results import (
    LINK_LABELS,
    METRIC_SOURCE,
    NAMED,
    NUMBER_LABELS,
    UNKNOWN,
    UNSTATED,
    best_candidate,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from extract.gold import AnnotatedPaper
    from extract.linear import LinearModel
    from extract.quantities import Quantity
    from extract.records import Mention


_FOLDS = 3
# With none hidden, value and metric agree 0.006 less often, on marked mentions and on found ones.
HIDDEN = 25
"""Percentage of the metrics of a paper that lose their mentions before models learn from it."""
_FEWEST_IMPLIED = 5  # results whose metric is implied: fewer do not teach how


@dataclass(frozen=True, slots=True)
class Lesson:
    """One annotated paper as a reader of results meets it: some metrics are not marked.

    Attributes:
        reading: the abstract.
        stated: the annotated results of each of its numbers.
        canonical: the canonical name of each surface and type.
        fold: from 0 to `_FOLDS` - 1; models of one kind are learned from other folds where they
            prepare another kind's examples.
    """

    reading: Reading
    stated: Mapping[int, list[dict[str, Any]]]
    canonical: Mapping[tuple[str, str], str]
    fold: int


def lesson(one: AnnotatedPaper, metrics: MetricNames, fold_number: int) -> Lesson:
    """Prepare an annotated paper.

    One in four of its metrics loses its mentions, so that the models know what to do where the
    network missed one: networks find about three in four.
    """
    kept = [
        mention
        for mention in one.mentions
        if mention.type != ConceptType.METRIC
        or _draw(f"{one.paper.id} {mention.text}", 100) >= HIDDEN
    ]
    reading = read_abstract(one.paper, kept, metrics)
    canonical = {
        (mention.text, mention.type): name
        for mention, name in zip(one.mentions, one.canonical, strict=True)
    }
    return Lesson(reading, _matched(one, reading), canonical, fold_number)


def _draw(text: str, limit: int) -> int:
    """A number from 0 to `limit` - 1 that looks like chance and is the same everywhere."""
    return int(digest(text), 16) % limit


def number_label(results: Sequence[dict[str, Any]]) -> str:
    """The one of `NUMBER_LABELS` that annotated results give a number."""
    if not results:
        return NUMBER_LABELS[0]
    return NUMBER_LABELS[2 if results[0]["delta"] else 1]


def link_examples(one: Lesson, link: str) -> Iterator[Example]:
    """Each result of a paper with each name that it may be tied to."""
    for index, results in one.stated.items():
        wanted = wanted_names(results, link)
        names = candidates(one.reading, index, link)
        for name in names:
            answer = LINK_LABELS[not wanted.isdisjoint(known_as(one, name))]
            yield Example(link_features(one.reading, index, link, name, names), answer)


def wanted_names(results: Sequence[dict[str, Any]], link: str) -> set[str]:
    """The folded names that annotated results of one number are tied to."""
    return {fold(result[link]) for result in results if result[link] is not None}


def known_as(one: Lesson, name: Mention) -> set[str]:
    """The folded names by which annotated results may call a name."""
    return {fold(name.text), fold(one.canonical.get((name.text, name.type), name.text))}


def _matched(one: AnnotatedPaper, reading: Reading) -> dict[int, list[dict[str, Any]]]:
    """The annotated results of each number: same value, within the quote where that is found."""
    matched: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for result in one.results:
        begin = one.paper.abstract.find(result["quote"])
        finish = begin + len(result["quote"]) if begin >= 0 else len(one.paper.abstract)
        same = [
            index
            for index, quantity in enumerate(reading.quantities)
            if _same_value(reading.text[quantity.start : quantity.end], quantity, result["value"])
        ]
        quoted = [i for i in same if begin <= reading.quantities[i].start < finish]
        if quoted or same:
            matched[min(quoted or same, key=lambda i: (len(matched.get(i, ())), i))].append(result)
    return matched


def _same_value(written: str, quantity: Quantity, value: str) -> bool:
    """Whether an annotated value is that of a number; some factors are annotated as words."""
    worded = quantity.unit == "x" and fold(written).split()[:1] == fold(value).split()[:1]
    return worded or comparable(quantity.value) == comparable(value)


def learn_results(
    papers: Sequence[AnnotatedPaper], marked: Sequence[AnnotatedPaper] = ()
) -> dict[str, LinearModel]:
    """The classifiers of numbers, those of the links and the names of metrics, by name.

    Args:
        papers: annotated by people.
        marked: by a teacher, which tells well what is a result (F1 of values 0.91 -> 0.93), but not
            what it is tied to: learning that too, twice as many metrics were wrong.
    """
    known = learn_metric_names(papers)
    names = metric_names(known)
    lessons = make_lessons(papers)
    models = {
        link: fit(
            [example for one in lessons for example in link_examples(one, link)],
            LINK_LABELS,
            penalty=3.0,
            least_count=3,
        )
        for link in LINKS
    }
    return {
        **models,
        "number": _number_model([*lessons, *(lesson(one, names, 0) for one in marked)]),
        METRIC_SOURCE: _source_model(lessons, names),
        KNOWN_METRICS: known,
    }


def make_lessons(papers: Sequence[AnnotatedPaper]) -> list[Lesson]:
    """Every paper read with the metric names of papers of other folds: its own are no surprise."""
    folds = [_draw(one.paper.id, _FOLDS) for one in papers]
    metrics = [
        metric_names(
            learn_metric_names(
                [one for one, number in zip(papers, folds, strict=True) if number != k]
            )
        )
        for k in range(_FOLDS)
    ]
    return [lesson(one, metrics[number], number) for one, number in zip(papers, folds, strict=True)]


def _number_model(lessons: Sequence[Lesson]) -> LinearModel:
    """What a number is."""
    examples = [
        Example(number_features(one.reading, index), number_label(one.stated.get(index, ())))
        for one in lessons
        for index in range(len(one.reading.quantities))
    ]
    return fit(examples, NUMBER_LABELS, penalty=4.0, least_count=3)


def _source_model(lessons: Sequence[Lesson], metrics: MetricNames) -> LinearModel:
    """Where the metric of a result stands; margins are those of models of other folds."""
    prepared = [
        fit(
            [e for one in lessons if one.fold != number for e in link_examples(one, "metric")],
            LINK_LABELS,
            penalty=3.0,
            least_count=3,
        )
        for number in range(_FOLDS)
    ]
    features: list[frozenset[str]] = []
    answers: list[str] = []
    for one in lessons:
        for index, results in one.stated.items():
            best, margin = best_candidate(one.reading, index, "metric", prepared[one.fold])
            difference = number_label(results) == NUMBER_LABELS[2]
            features.append(source_features(one.reading, index, best, margin, difference))
            answers.append(metric_source(one, index, results, metrics))
    labels = source_labels(answers)
    return fit(
        [
            Example(names, answer if answer in labels else UNKNOWN)
            for names, answer in zip(features, answers, strict=True)
        ],
        labels,
        penalty=4.0,
        least_count=3,
    )


def source_labels(answers: Iterable[str]) -> list[str]:
    """The labels of `METRIC_SOURCE`: three fixed ones, then metrics that are implied often."""
    common = Counter(answer for answer in answers if answer not in (NAMED, UNSTATED))
    implied = sorted(name for name, count in common.items() if count >= _FEWEST_IMPLIED)
    return [NAMED, UNSTATED, UNKNOWN, *implied]


def metric_source(
    one: Lesson, index: int, results: Sequence[dict[str, Any]], metrics: MetricNames
) -> str:
    """`NAMED` where a candidate is the annotated metric, else what that is called."""
    wanted = wanted_names(results, "metric")
    if not wanted:
        return UNSTATED
    if any(
        not wanted.isdisjoint(known_as(one, name))
        for name in candidates(one.reading, index, "metric")
    ):
        return NAMED
    return standard_name(metrics, next(r["metric"] for r in results if r["metric"] is not None))


def main() -> None:
    """The command line: GOLD -o FILE."""
    learn_from_gold(__doc__ or "", learn_results)


if __name__ == "__main__":
    main()
