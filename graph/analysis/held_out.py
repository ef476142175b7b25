"""How good predicted links are: links of held-out papers, and simple scorers to beat."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.errors import UsageError
from graph.analysis.link_prediction import scores, trials_of
from graph.analysis.trials import papers_with_trials
from graph.queries.rows import rounded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from graph.analysis.link_prediction import Trials
    from graph.analysis.trials import PaperTrials
    from graph.knowledge_graph import KnowledgeGraph
    from graph.queries.rows import Row

    Scorer = Callable[[Trials, str], Mapping[str, float]]

_DATED = 0.9  # from this share of dated papers on, the latest are held out


@dataclass(frozen=True, slots=True)
class HeldOut:
    """How well scorers foretell the links of held-out papers.

    Attributes:
        split: how papers were held out, in words.
        known, held_out: papers that the scorers saw, and that they did not see.
        links: pairs of a method and a dataset that held-out papers have, and that no known paper
            has, though known papers have either.
        datasets: that a scorer could choose from.
        k: how many places count.
        rows: a row a scorer: `scorer`, `hits` (the share of the links whose dataset is among the
            first k that the scorer ranks for the method), `mean_reciprocal_rank` (0 to 1).
    """

    split: str
    known: int
    held_out: int
    links: int
    datasets: int
    k: int
    rows: tuple[Row, ...]


def hits_at(
    knowledge: KnowledgeGraph, k: int = 10, *, share: float = 0.2, seed: int = 0
) -> HeldOut:
    """How many links of held-out papers `missing_links` foretells, beside simple scorers.

    Papers are held out by date, the latest first, where nine of ten have one; else at random. For
    each link of a held-out paper the datasets that no known paper tries the method on are ranked;
    other held-out links of the method are passed over, and ties count as the mean of their places.
    The scorers to beat are the datasets' popularity, common neighbours (how many concepts stand
    beside both) and chance. Some 100 links leave an error of five points; compare over seeds.

    Args:
        knowledge: the graph.
        k: how many places count, 1 or more.
        share: of the papers to hold out, above 0 and below 1.
        seed: of the split and of chance.

    Raises:
        UsageError: a number is out of range, or held-out papers have no link to foretell.
    """
    if k < 1 or not 0 < share < 1:
        raise UsageError(f"k is {k}, expected 1 or more; share is {share}, expected 0 to 1.")
    with knowledge.snapshot():
        papers = papers_with_trials(knowledge.store)
    known, held_out, split = split_papers(papers, share=share, seed=seed)
    trials = trials_of(known)
    links = _links(trials, held_out)
    count = sum(map(len, links.values()))
    if not count:
        raise UsageError(
            f"There is nothing to foretell: the {len(held_out)} held-out of {len(papers)} papers "
            "have no new pair of a method and a dataset that other papers name. It takes more "
            "papers, or another --seed."
        )
    scorers: dict[str, Scorer] = {
        "missing links": scores,
        "popularity": lambda trials, _: trials.datasets,
        "common neighbours": common_neighbours,
        "chance": lambda trials, method: _chance(trials, method, seed),
    }
    rows: list[Row] = []
    for name, scorer in scorers.items():
        ranks = [rank for method in links for rank in _ranks(trials, method, links[method], scorer)]
        rows.append(
            {
                "scorer": name,
                "hits": rounded(sum(rank <= k for rank in ranks) / count),
                "mean_reciprocal_rank": rounded(sum(1 / rank for rank in ranks) / count),
            }
        )
    sizes = (len(known), len(held_out), count, len(trials.datasets))
    return HeldOut(split, *sizes, k, tuple(rows))


def split_papers(
    papers: Sequence[PaperTrials], *, share: float, seed: int
) -> tuple[list[PaperTrials], list[PaperTrials], str]:
    """Known papers, held-out papers, and how they were told apart.

    Args:
        papers: in any order.
        share: of them to hold out; one at least is known.
        seed: of the order of papers without date, and of those of one date.
    """
    order = sorted(papers, key=lambda paper: paper.paper)
    random.Random(seed).shuffle(order)
    dates = {paper.date for paper in papers if paper.date is not None}
    dated = sum(paper.date is not None for paper in papers)
    if len(dates) > 1 and dated >= _DATED * len(papers):
        order.sort(key=lambda paper: paper.date or "")
        split = "the latest by date"
    else:
        split = f"at random (seed {seed}; {dated:,} of {len(papers):,} papers have a date)"
    border = max(1, round(len(order) * (1 - share)))
    return order[:border], order[border:], split


def common_neighbours(trials: Trials, method: str) -> dict[str, float]:
    """For each dataset how many concepts stand in papers of the method and in papers of it."""
    found: dict[str, float] = dict.fromkeys(trials.datasets, 0.0)
    for concept in trials.profile(method):
        for dataset in trials.companions.get(concept, {}):
            found[dataset] += 1
    return found


def _chance(trials: Trials, method: str, seed: int) -> dict[str, float]:
    draw = random.Random(f"{seed} {method}")
    return {dataset: draw.random() for dataset in sorted(trials.datasets)}


def _links(trials: Trials, held_out: Sequence[PaperTrials]) -> dict[str, list[str]]:
    """New datasets of known methods, by method; sorted."""
    found: dict[str, set[str]] = defaultdict(set)
    for paper in held_out:
        for method in paper.methods:
            if method in trials.papers_of:
                new = trials.datasets.keys() & set(paper.datasets) - trials.tried[method]
                found[method].update(new)
    return {method: sorted(found[method]) for method in sorted(found) if found[method]}


def _ranks(trials: Trials, method: str, links: Sequence[str], scorer: Scorer) -> list[float]:
    """The place of each link's dataset among those that are neither known nor held out."""
    scored = {dataset: rounded(value) for dataset, value in scorer(trials, method).items()}
    passed_over = trials.tried[method] | set(links)
    others = [value for dataset, value in scored.items() if dataset not in passed_over]
    ranks = []
    for link in links:
        better = sum(value > scored[link] for value in others)
        ties = sum(value == scored[link] for value in others)
        ranks.append(1 + better + ties / 2)
    return ranks
