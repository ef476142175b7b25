"""What is found in annotated papers against the annotations: the figures of `paperkg eval`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from extract.bootstrap import LEVEL, SAMPLES, bootstrap_intervals
from extract.calibration import Calibration, calibration
from extract.comparison import RESULT_PARTS, Comparison, compare, plain
from extract.records import ConceptType, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from extract.gold import AnnotatedPaper
    from extract.predictions import PredictedPaper

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1, each 0 to 1; 0 where there is nothing to divide by."""

    right: int
    found: int
    expected: int

    @property
    def precision(self) -> float:
        """The share of right ones among those found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of right ones among those expected."""
        return self.right / self.expected if self.expected else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return harmonic_mean(self.precision, self.recall)


@dataclass(frozen=True, slots=True)
class Clustering:
    """B-cubed precision and recall of right mentions in concepts, against their canonical names.

    A. Bagga and B. Baldwin, Entity-based cross-document coreferencing using the vector space model,
    1998.
    """

    precision: float
    recall: float
    mentions: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return harmonic_mean(self.precision, self.recall)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures over all papers.

    Attributes:
        papers: how many are annotated; missing: those of which nothing was predicted at all.
        bad_offsets: mentions whose text does not stand where they say.
        strict, untyped: mentions with and without regard to their type.
        overlap: F1 where a mention of the right type counts as soon as it overlaps.
        per_type: mentions of one type.
        concepts: of a paper, matched one to one.
        role_accuracy: the share of right roles of the expected concepts that were found.
        roles: of the same, by role.
        resolution: whether one name's mentions became one concept over all papers.
        results: by what has to agree.
        confidences: of mentions, roles and results; None where they have none.
        intervals: 95 % intervals of the main figures, by name; empty where none was asked for.
    """

    papers: int
    missing: int
    bad_offsets: int
    strict: Score
    untyped: Score
    overlap: float
    per_type: dict[str, Score]
    concepts: Score
    role_accuracy: float
    roles: dict[str, Score]
    resolution: Clustering
    results: dict[str, Score]
    confidences: dict[str, Calibration | None]
    intervals: dict[str, Interval] = field(default_factory=dict)


def harmonic_mean(a: float, b: float) -> float:
    """The harmonic mean of two numbers from 0 on; 0 where both are 0."""
    return 2 * a * b / (a + b) if a + b else 0.0


def evaluate(
    annotated: Sequence[AnnotatedPaper],
    predicted: Iterable[PredictedPaper],
    *,
    samples: int = SAMPLES,
    seed: int = 0,
) -> Evaluation:
    """Compare what was found with what is annotated.

    Args:
        annotated: the papers that count.
        predicted: matched by id, else by title (letters and digits in lower case); others may be
            among them.
        samples: of the bootstrap for the intervals; 0: no intervals.
        seed: of the bootstrap.
    """
    by_id: dict[str, PredictedPaper] = {}
    by_title: dict[str, PredictedPaper] = {}
    for paper in predicted:
        by_id.setdefault(paper.id, paper)
        by_title.setdefault(plain(paper.title), paper)
    by_title.pop("", None)
    matched = [by_id.get(a.paper.id) or by_title.get(plain(a.paper.title)) for a in annotated]
    compared = [compare(one, paper) for one, paper in zip(annotated, matched, strict=True)]
    counts: Counter[tuple[str, str]] = Counter()
    for one in compared:
        counts.update(one.counts)
    return Evaluation(
        papers=len(annotated),
        missing=matched.count(None),
        bad_offsets=sum(one.bad_offsets for one in compared),
        strict=_score(counts, "strict"),
        untyped=_score(counts, "untyped"),
        overlap=_overlap(counts),
        per_type={kind: _score(counts, f"type {kind}") for kind in _types(counts)},
        concepts=_score(counts, "concepts"),
        role_accuracy=_share(counts["roles", "right"], counts["roles", "expected"]),
        roles=_roles(compared),
        resolution=_b_cubed([link for one in compared for link in one.links]),
        results={name: _score(counts, name) for name in RESULT_PARTS},
        confidences={
            "mentions": calibration([pair for one in compared for pair in one.mentions]),
            "roles": calibration([pair for one in compared for pair in one.roles_judged]),
            "results": calibration([pair for one in compared for pair in one.results]),
        },
        intervals=_intervals(compared, _types(counts), samples, seed) if samples else {},
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _score(counts: Counter[tuple[str, str]], figure: str) -> Score:
    return Score(counts[figure, "right"], counts[figure, "found"], counts[figure, "expected"])


def _overlap(counts: Counter[tuple[str, str]]) -> float:
    return harmonic_mean(
        _share(counts["overlap", "touched"], counts["strict", "found"]),
        _share(counts["overlap", "reached"], counts["strict", "expected"]),
    )


def _types(counts: Counter[tuple[str, str]]) -> list[str]:
    """The four types first, then the user's own."""
    own = {figure[5:] for figure, _ in counts if figure.startswith("type ")} - set(ConceptType)
    return [*map(str, ConceptType), *sorted(own)]


def _roles(compared: Sequence[Comparison]) -> dict[str, Score]:
    pairs = [(expected, found) for one in compared for _, expected, found in one.roles]
    right = Counter(expected for expected, found in pairs if expected == found)
    expected = Counter(expected for expected, _ in pairs)
    found = Counter(found for _, found in pairs)
    return {
        str(role): Score(right[role], found[role], expected[role])
        for role in Role
        if found[role] or expected[role]
    }


def _b_cubed(links: Sequence[tuple[str, str | None]]) -> Clustering:
    if not links:
        return Clustering(0.0, 0.0, 0)
    both = Counter(links)
    canonical = Counter(name for name, _ in links)
    concepts = Counter(concept for _, concept in links)
    total = len(links)
    return Clustering(
        sum(n * n / concepts[concept] for (_, concept), n in both.items()) / total,
        sum(n * n / canonical[name] for (name, _), n in both.items()) / total,
        total,
    )


def _intervals(
    compared: Sequence[Comparison], types: Sequence[str], samples: int, seed: int
) -> dict[str, Interval]:
    """The intervals of the main figures; their names are those of the figures in `as_object`."""
    keys = sorted({key for one in compared for key in one.counts})
    column = {key: number for number, key in enumerate(keys)}
    rows = np.array([[one.counts[key] for key in keys] for one in compared], dtype=np.float64)
    scores = {
        "span_strict": "strict",
        "span_untyped": "untyped",
        **{f"per_type.{kind}": f"type {kind}" for kind in types},
        "paper_concept": "concepts",
        **{f"results.{name}": name for name in RESULT_PARTS},
    }

    def figures(sums: NDArray[np.float64]) -> NDArray[np.float64]:
        def total(figure: str, part: str) -> NDArray[np.float64]:
            number = column.get((figure, part))
            return np.zeros(len(sums)) if number is None else sums[:, number]

        columns = []
        for figure in scores.values():
            right, found, expected = (total(figure, p) for p in ("right", "found", "expected"))
            columns += [_ratio(right, found), _ratio(right, expected)]
            columns.append(_ratio(2 * right, found + expected))
        touched = _ratio(total("overlap", "touched"), total("strict", "found"))
        reached = _ratio(total("overlap", "reached"), total("strict", "expected"))
        columns.append(_ratio(2 * touched * reached, touched + reached))
        columns.append(_ratio(total("roles", "right"), total("roles", "expected")))
        return np.stack(columns, axis=1)

    names = [f"{name}.{part}" for name in scores for part in ("p", "r", "f1")]
    names += ["span_overlap_f1", "role_accuracy"]
    found = bootstrap_intervals(rows, figures, samples=samples, seed=seed)
    return dict(zip(names, found, strict=bool(found)))


def _ratio(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def as_object(evaluation: Evaluation) -> dict[str, Any]:
    """The figures as one JSON object, rounded to four digits."""
    e = evaluation
    return {
        "papers": e.papers,
        "papers_missing": e.missing,
        "bad_offsets": e.bad_offsets,
        "span_strict": _score_object(e.strict),
        "span_untyped": _score_object(e.untyped),
        "span_overlap_f1": round(e.overlap, 4),
        "per_type": {kind: _score_object(score) for kind, score in e.per_type.items()},
        "paper_concept": _score_object(e.concepts),
        "role_accuracy": round(e.role_accuracy, 4),
        "resolution_b3": {
            "p": round(e.resolution.precision, 4),
            "r": round(e.resolution.recall, 4),
            "f1": round(e.resolution.f1, 4),
            "mentions": e.resolution.mentions,
        },
        "results": {name: _score_object(score) for name, score in e.results.items()},
        "roles": {role: _score_object(score) for role, score in e.roles.items()},
        "confidence": {name: _calibration_object(c) for name, c in e.confidences.items()},
        "intervals": {
            "level": LEVEL,
            **{name: [round(end, 4) for end in ends] for name, ends in e.intervals.items()},
        },
    }


def _score_object(score: Score) -> dict[str, float | int]:
    return {
        "p": round(score.precision, 4),
        "r": round(score.recall, 4),
        "f1": round(score.f1, 4),
        "gold": score.expected,
        "pred": score.found,
    }


def _calibration_object(measured: Calibration | None) -> dict[str, Any] | None:
    if measured is None:
        return None
    return {
        "findings": measured.findings,
        "right": round(measured.right, 4),
        "brier": round(measured.brier, 4),
        "cuts": [
            {
                "least": cut.least,
                "precision": None if cut.precision is None else round(cut.precision, 4),
                "coverage": round(cut.coverage, 4),
            }
            for cut in measured.cuts
        ],
    }
