"""Learn the shipped result weights: `python -m extract.result_training GOLD -o FILE`.

GOLD is a folder of annotated abstracts (`extract.gold`); parts train, ext and wide teach. FILE is
`extract/data/results.json`.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from extract.linear_training import Example, fit, learn_from_gold
from extract.records import fold
from extract.result_features import (
    LINKS,
    Reading,
    candidates,
    link_features,
    number_features,
    read_abstract,
)
from extract.results import LINK_LABELS, NUMBER_LABELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extract.gold import AnnotatedPaper
    from extract.linear import LinearModel
    from extract.quantities import Quantity


def result_examples(one: AnnotatedPaper) -> Iterator[tuple[str, Example]]:
    """What one annotated paper teaches: name of the model, and an example for it."""
    reading = read_abstract(one.paper, one.mentions)
    canonical = {
        (mention.text, mention.type): name
        for mention, name in zip(one.mentions, one.canonical, strict=True)
    }
    stated = _matched(one, reading)
    for index in range(len(reading.quantities)):
        results = stated[index]
        label = "none"
        if results:
            label = "difference" if results[0]["delta"] else "value"
        yield "number", Example(number_features(reading, index), label)
        for link in LINKS if results else ():
            wanted = {fold(result[link]) for result in results if result[link] is not None}
            names = candidates(reading, index, link)
            for name in names:
                known = {fold(name.text), fold(canonical[name.text, name.type])}
                answer = LINK_LABELS[not known.isdisjoint(wanted)]
                yield link, Example(link_features(reading, index, name, names), answer)


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
            matched[min(quoted or same, key=lambda i: (len(matched[i]), i))].append(result)
    return matched


def _same_value(written: str, quantity: Quantity, value: str) -> bool:
    """Whether an annotated value is that of a number; some factors are annotated as words."""
    worded = quantity.unit == "x" and fold(written).split()[:1] == fold(value).split()[:1]
    return worded or _number(quantity.value) == _number(value)


def _number(value: str) -> float | str:
    try:
        return float(value.replace(",", "").rstrip("%xX× "))
    except ValueError:
        return fold(value.replace("%", ""))


def learn_results(papers: Iterable[AnnotatedPaper]) -> dict[str, LinearModel]:
    """The classifier of numbers and those of the links, by name."""
    examples: dict[str, list[Example]] = defaultdict(list)
    for one in papers:
        for name, example in result_examples(one):
            examples[name].append(example)
    models = {"number": fit(examples["number"], NUMBER_LABELS, penalty=4.0, least_count=3)}
    for link in LINKS:
        models[link] = fit(examples[link], LINK_LABELS, penalty=3.0, least_count=3)
    return models


def main() -> None:
    """The command line: GOLD -o FILE."""
    learn_from_gold(__doc__ or "", learn_results)


if __name__ == "__main__":
    main()
