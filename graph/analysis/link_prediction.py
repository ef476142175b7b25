"""Which method will be tried on which dataset: links that the graph lacks and might get.

The score of a dataset for a method is `(w + 100 s) / (W + 100)`:

- w counts walks: method, a paper that works with it, a concept of that paper, another paper that
  has the concept, a dataset which that paper tries something on. A concept of n papers counts
  1 / sqrt(n): what every paper has leads everywhere. (Common neighbours do not discount it,
  resource allocation divides by n; T. Zhou, L. Lü, Y.-C. Zhang, "Predicting missing links via local
  information", 2009.) W counts the walks to all datasets.
- s is the dataset's share of all papers that try something on a dataset. Where few walks tell, what
  is common decides: Dirichlet smoothing, as of language models in search (C. Zhai, J. Lafferty, "A
  study of smoothing methods for language models", 2004). Its weight of 100 walks was chosen on
  splits of two corpora, among 3, 10, 30, 100 and 300 (30 to 300 do equally well), and so was the
  formula, among some sixty.

`graph.analysis.held_out` measures it against popularity, common neighbours and chance.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.errors import UsageError
from extract.records import ConceptType
from graph.analysis.trials import papers_with_trials
from graph.display import plural, shorten
from graph.elements import NodeKind
from graph.queries.rows import first, rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graph.analysis.trials import PaperTrials
    from graph.knowledge_graph import KnowledgeGraph
    from graph.queries.links import Graph
    from graph.queries.rows import Row

FEWEST_PAPERS = 3
"""Papers of a method and of a dataset, where no other number is asked for."""

_SMOOTHING = 100.0  # walks
_EVIDENCE = 5  # shared concepts that are named
_NAME_LENGTH = 60  # in a sentence


@dataclass(frozen=True, slots=True)
class Trials:
    """What links methods and datasets.

    Attributes:
        papers_of: method to the papers that work with it.
        datasets: dataset to how many papers try something on it.
        concepts: concept to how many papers name it.
        companions: concept to datasets, each with how many papers name the concept and try
            something on the dataset.
        tried: method to the datasets that a paper tries it on.
    """

    papers_of: Mapping[str, Sequence[PaperTrials]]
    datasets: Mapping[str, int]
    concepts: Mapping[str, int]
    companions: Mapping[str, Mapping[str, int]]
    tried: Mapping[str, frozenset[str]]

    def profile(self, method: str) -> dict[str, int]:
        """The concepts of the method's papers, each with how many of these have it."""
        return Counter(c for paper in self.papers_of.get(method, ()) for c in paper.concepts)


def trials_of(papers: Iterable[PaperTrials]) -> Trials:
    """What links methods and datasets in these papers; their order is of no account."""
    papers_of: dict[str, list[PaperTrials]] = defaultdict(list)
    companions: dict[str, Counter[str]] = defaultdict(Counter)
    tried: dict[str, set[str]] = defaultdict(set)
    datasets: Counter[str] = Counter()
    concepts: Counter[str] = Counter()
    for paper in sorted(papers, key=lambda paper: paper.paper):
        concepts.update(paper.concepts)
        datasets.update(paper.datasets)
        for method in paper.methods:
            papers_of[method].append(paper)
            tried[method].update(paper.datasets)
        if paper.datasets:
            for concept in paper.concepts:
                companions[concept].update(paper.datasets)
    frozen = {method: frozenset(found) for method, found in tried.items()}
    return Trials(papers_of, datasets, concepts, companions, frozen)


def scores(trials: Trials, method: str) -> dict[str, float]:
    """How likely each dataset is for a method: 0 to 1, 1 over all datasets together."""
    walks: dict[str, float] = defaultdict(float)
    for concept, papers in trials.profile(method).items():
        weight = papers / math.sqrt(trials.concepts[concept])
        for dataset, shared in trials.companions.get(concept, {}).items():
            walks[dataset] += weight * shared
    all_walks, all_papers = math.fsum(walks.values()), sum(trials.datasets.values())
    return {
        dataset: (walks.get(dataset, 0.0) + _SMOOTHING * papers / all_papers)
        / (all_walks + _SMOOTHING)
        for dataset, papers in trials.datasets.items()
    }


def missing_links(
    knowledge: KnowledgeGraph,
    *,
    method: str | None = None,
    dataset: str | None = None,
    least: int = FEWEST_PAPERS,
    limit: int = 20,
) -> list[Row]:
    """Which method will be tried on which dataset: pairs that no paper here has, most likely first.

    A prediction says: papers like those of the method use the dataset, yet none here has both. That
    may be a gap, a pair that makes no sense, or a paper that is not here. A score orders the
    datasets of one method; it is no probability. `hits_at` measures how far to trust it. Methods
    that more papers work with come first: in as many papers again they meet more datasets.

    Args:
        knowledge: the graph.
        method: only links of the method of this name, also where it has few papers.
        dataset: only links of the dataset of this name, likewise.
        least: fewest papers that work with the method, and that try something on the dataset.
        limit: most rows.

    Returns:
        Method and dataset with ids and names, score (0 to 1), `expected` (score times papers of the
        method; the highest first), how many papers work with the one and try something on the
        other, how many papers that work with the
        method name the dataset in another role, and as `shared` the concepts that lead from the one
        to the other, at most five, those that weigh most first; `statement` says all this in words,
        with the number of papers of either side that have each shared concept.

    Raises:
        NameNotFoundError: nothing has one of the names.
        UsageError: a name is not that of a method or a dataset, or a number is less than 1.
    """
    if least < 1 or limit < 1:
        raise UsageError(f"least is {least} and limit is {limit}; expected 1 or more.")
    with knowledge.snapshot():
        wanted_method = _find(knowledge, method, ConceptType.METHOD)
        wanted_dataset = _find(knowledge, dataset, ConceptType.DATASET)
        trials = trials_of(papers_with_trials(knowledge.store))
        graph = knowledge.networkx()
    methods = (
        [m for m, papers in sorted(trials.papers_of.items()) if len(papers) >= least]
        if wanted_method is None
        else [wanted_method]
    )
    ranked: list[tuple[float, str, str, float]] = []
    for m in methods:
        ranked += first(
            (
                (-rounded(score * len(trials.papers_of.get(m, ()))), m, d, rounded(score))
                for d, score in scores(trials, m).items()
                if d not in trials.tried.get(m, ())
                and (trials.datasets[d] >= least if wanted_dataset is None else d == wanted_dataset)
            ),
            limit,
            lambda entry: entry,
        )
    return [
        _row(graph, trials, m, d, score=score, expected=-expected)
        for expected, m, d, score in first(ranked, limit, lambda entry: entry)
    ]


def _find(knowledge: KnowledgeGraph, name: str | None, wanted: ConceptType) -> str | None:
    if name is None:
        return None
    node = knowledge.find(name, kind=NodeKind.CONCEPT).node
    if node.type != wanted:
        raise UsageError(
            f"{node.name!r} ({node.id}) is a {node.type}; name a {wanted} there. "
            "`paperkg search TEXT` shows ids, which begin with the type."
        )
    return node.id


def _row(
    graph: Graph, trials: Trials, method: str, dataset: str, *, score: float, expected: float
) -> Row:
    profile, papers = trials.profile(method), trials.papers_of.get(method, ())
    shared = {
        concept: count * trials.companions[concept][dataset] / math.sqrt(trials.concepts[concept])
        for concept, count in profile.items()
        if concept not in (method, dataset) and trials.companions.get(concept, {}).get(dataset)
    }
    leading = first(shared, _EVIDENCE, lambda c: (-rounded(shared[c]), c))
    both = profile.get(dataset, 0)
    names = {id_: graph.nodes[id_]["name"] for id_ in (method, dataset, *leading)}
    counts = [(profile[c], trials.companions[c][dataset]) for c in leading]
    row: Row = {
        "method_id": method,
        "method": names[method],
        "dataset_id": dataset,
        "dataset": names[dataset],
        "score": score,
        "expected": expected,
        "method_papers": len(papers),
        "dataset_papers": trials.datasets[dataset],
        "papers_that_name_both": both,
        "shared": [names[c] for c in leading],
    }
    return row | {"statement": _statement(row, counts)}


def _statement(row: Row, counts: Sequence[tuple[int, int]]) -> str:
    """What a prediction says, in a sentence or two."""
    method, dataset = (shorten(str(row[end]), _NAME_LENGTH) for end in ("method", "dataset"))
    method_papers, dataset_papers = row["method_papers"], row["dataset_papers"]
    assert isinstance(method_papers, int)
    assert isinstance(dataset_papers, int)
    said = (
        f"{plural(method_papers, 'paper')} {_verb(method_papers, 'work')} with {method}, "
        f"{plural(dataset_papers, 'paper')} {_verb(dataset_papers, 'evaluate')} or "
        f"{_verb(dataset_papers, 'train')} on {dataset}, none does both"
    )
    shared = row["shared"]
    assert isinstance(shared, list)
    if not shared:
        return f"{said}; they share no concept, and the score is only that of a common dataset."
    listed = ", ".join(
        f"{shorten(name, _NAME_LENGTH)} ({own} and {of_dataset})"
        for name, (own, of_dataset) in zip(shared, counts, strict=True)
    )
    return f"{said}. Both stand beside {listed}."


def _verb(count: int, verb: str) -> str:
    """The verb in the number that the count asks for.

    >>> _verb(1, "work"), _verb(2, "work")
    ('works', 'work')
    """
    return f"{verb}s" if count == 1 else verb
