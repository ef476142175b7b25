"""Learn the shipped role weights: `python -m extract.role_training GOLD --marked FOLDER -o FILE`.

GOLD is a folder of annotated abstracts (`extract.gold`); parts train, ext and wide teach, and what
a teacher marked (`extract.distillation.marking`). FILE is `extract/data/roles.json`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from extract.linear import LinearModel
from extract.linear_training import Example, fit, learn_from_gold
from extract.records import ROLES_BY_TYPE, ConceptType
from extract.role_features import (
    COMMON_NAME,
    RoleSpan,
    group_features,
    known_name,
    paper_words,
)
from extract.roles import ANNOTATED, KNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from extract.gold import AnnotatedPaper

# Best on a fifth of the training parts when the rest taught: rare roles of the rarer types need
# larger weights.
_PENALTIES = {
    ConceptType.METHOD: 12.0,
    ConceptType.DATASET: 2.0,
    ConceptType.METRIC: 2.0,
    ConceptType.TASK: 12.0,
}


def name_counts(papers: Iterable[AnnotatedPaper]) -> Counter[str]:
    """In how many of the papers each name is annotated, by `known_name`."""
    return Counter(
        name for one in papers for name in {known_name(mention.text) for mention in one.mentions}
    )


def role_examples(one: AnnotatedPaper, counts: Mapping[str, int]) -> Iterator[tuple[str, Example]]:
    """What one annotated paper teaches: type, and features with role, of each of its concepts.

    Args:
        one: the paper.
        counts: `name_counts` of all papers, this one among them.
    """
    numbers: dict[str, int] = {}
    spans = [
        RoleSpan(m.field, m.start, m.end, m.text, m.type, numbers.setdefault(name, len(numbers)))
        for m, name in zip(one.mentions, one.canonical, strict=True)
    ]
    others = {name: counts[name] - 1 for name in {known_name(span.text) for span in spans}}
    words = paper_words(one.paper, spans)
    groups: dict[tuple[str, int], list[RoleSpan]] = defaultdict(list)
    roles: dict[tuple[str, int], str] = {}
    for span, mention in zip(spans, one.mentions, strict=True):
        groups[span.type, span.group].append(span)
        roles[span.type, span.group] = mention.role
    for (kind, group), members in groups.items():
        largest = max(len(other) for (name, _), other in groups.items() if name == kind)
        features = group_features(words, members, largest, others)
        yield kind, Example(features, roles[kind, group])


def learn_roles(
    papers: Sequence[AnnotatedPaper], marked: Sequence[AnnotatedPaper] = ()
) -> dict[str, LinearModel]:
    """The classifiers by type, and under `KNOWN` and `ANNOTATED` how well names are known.

    Args:
        papers: annotated by people.
        marked: by a teacher.
    """
    every = [*papers, *marked]
    counts = name_counts(every)
    examples: dict[str, list[Example]] = defaultdict(list)
    for one in every:
        for kind, example in role_examples(one, counts):
            examples[kind].append(example)
    models = {
        str(kind): fit(
            examples[kind], [str(role) for role in roles], penalty=_PENALTIES[ConceptType(kind)]
        )
        for kind, roles in ROLES_BY_TYPE.items()
    }
    return {
        **models,
        KNOWN: _known(KNOWN, counts),
        ANNOTATED: _known(ANNOTATED, name_counts(papers)),
    }


def _known(entry: str, counts: Mapping[str, int]) -> LinearModel:
    """How many steps of `COMMON_NAME` the count of each name reaches."""
    steps = {name: (sum(c >= least for least in COMMON_NAME),) for name, c in counts.items()}
    return LinearModel((entry,), (0,), {name: row for name, row in steps.items() if row[0]})


def main() -> None:
    """The command line: GOLD -o FILE."""
    learn_from_gold(__doc__ or "", learn_roles)


if __name__ == "__main__":
    main()
