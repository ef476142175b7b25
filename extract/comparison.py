"""One annotated paper against what was found in it: what is right, found and expected.

The definitions are those by which this project's scores are given: a mention is right where field,
start, end and type are; the concepts of a paper are matched one to one by the mentions they share,
so that merging everything does not pay; results are compared as multisets.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence, Set

    from extract.gold import AnnotatedPaper
    from extract.predictions import PredictedMention, PredictedPaper
    from extract.records import Mention

Span = tuple[int, int, str]
"""Start, end in title, line feed, abstract, and type."""

RESULT_PARTS = ("value", "value+metric", "value+metric+dataset")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What comparing one paper gives.

    Attributes:
        counts: by figure and by `right`, `found` or `expected`; overlaps have `touched` (of those
            found) and `reached` (of those expected) in the place of `right`.
        roles: type, expected and found role of each expected concept that was found.
        links: canonical name and concept found, for each right mention.
        mentions, results, roles_judged: confidence of each finding that has one, and whether it is
            right; a role is judged where its concept is right, a result by its value.
        bad_offsets: mentions whose text does not stand where they say.
    """

    counts: Counter[tuple[str, str]]
    roles: tuple[tuple[str, str, str | None], ...]
    links: tuple[tuple[str, str | None], ...]
    mentions: tuple[tuple[float, bool], ...]
    results: tuple[tuple[float, bool], ...]
    roles_judged: tuple[tuple[float, bool], ...]
    bad_offsets: int


def compare(one: AnnotatedPaper, predicted: PredictedPaper | None) -> Comparison:
    """Compare one paper; None: nothing was found, so that all is missed."""
    title = len(one.paper.title) + 1
    expected: dict[Span, tuple[Mention, str]] = {
        (*_place(m, title), m.type): (m, canonical)
        for m, canonical in zip(one.mentions, one.canonical, strict=True)
    }
    mentions = predicted.mentions if predicted else ()
    found: dict[Span, PredictedMention] = {(*_place(m, title), m.type): m for m in mentions}
    counts: Counter[tuple[str, str]] = Counter()
    _count_mentions(counts, expected.keys(), found.keys())
    hits = sorted(expected.keys() & found.keys())
    names_known = all(canonical for _, canonical in expected.values())
    if names_known:
        _count_concepts(counts, expected, found, hits)
    roles, roles_judged = _roles(expected, found, hits)
    counts["roles", "expected"] = len(roles)
    counts["roles", "right"] = sum(role == other for _, role, other in roles)
    whole = f"{one.paper.title}\n{one.paper.abstract}"
    return Comparison(
        counts=counts,
        roles=roles,
        links=tuple((expected[h][1], found[h].concept) for h in hits) if names_known else (),
        mentions=tuple(
            (m.confidence, span in expected)
            for span, m in found.items()
            if m.confidence is not None
        ),
        results=_count_results(counts, one, predicted) if one.knows_results else (),
        roles_judged=roles_judged,
        bad_offsets=sum(whole[slice(*_place(m, title))] != m.text for m in mentions),
    )


def plain(text: str | None) -> str:
    """Letters and digits in lower case, one blank for all between; empty for None."""
    return " ".join(re.findall(r"[^\W_]+", text or "")).lower()


def _place(mention: Mention | PredictedMention, title: int) -> tuple[int, int]:
    shift = 0 if mention.field == "title" else title
    return mention.start + shift, mention.end + shift


def _count_mentions(
    counts: Counter[tuple[str, str]], expected: Iterable[Span], found: Iterable[Span]
) -> None:
    gold, ours = set(expected), set(found)
    _count(counts, "strict", gold, ours)
    _count(counts, "untyped", {span[:2] for span in gold}, {span[:2] for span in ours})
    for kind in {span[2] for span in gold | ours}:
        gold_of_kind, ours_of_kind = (
            {span for span in side if span[2] == kind} for side in (gold, ours)
        )
        _count(counts, f"type {kind}", gold_of_kind, ours_of_kind)
    counts["overlap", "touched"] = sum(_touches(span, gold) for span in ours)
    counts["overlap", "reached"] = sum(_touches(span, ours) for span in gold)


def _count(
    counts: Counter[tuple[str, str]], figure: str, gold: Set[object], ours: Set[object]
) -> None:
    counts[figure, "right"] = len(gold & ours)
    counts[figure, "found"] = len(ours)
    counts[figure, "expected"] = len(gold)


def _touches(span: Span, others: Iterable[Span]) -> bool:
    start, end, kind = span
    return any(kind == other[2] and start < other[1] and other[0] < end for other in others)


def _count_concepts(
    counts: Counter[tuple[str, str]],
    expected: Mapping[Span, tuple[Mention, str]],
    found: Mapping[Span, PredictedMention],
    hits: Sequence[Span],
) -> None:
    pairs = Counter(((s[2], expected[s][1]), (s[2], found[s].concept)) for s in hits)
    used: set[tuple[str, object]] = set()
    matched = 0
    # Those that share most mentions first; ties by name, so that no order of mentions matters.
    for (gold, ours), _ in sorted(pairs.items(), key=lambda pair: (-pair[1], str(pair[0]))):
        if not {("gold", gold), ("ours", ours)} & used:
            used |= {("gold", gold), ("ours", ours)}
            matched += 1
    counts["concepts", "right"] = matched
    counts["concepts", "found"] = len({(span[2], m.concept) for span, m in found.items()})
    counts["concepts", "expected"] = len({(s[2], name) for s, (_, name) in expected.items()})


def _roles(
    expected: Mapping[Span, tuple[Mention, str]],
    found: Mapping[Span, PredictedMention],
    hits: Sequence[Span],
) -> tuple[tuple[tuple[str, str, str | None], ...], tuple[tuple[float, bool], ...]]:
    """The roles of each expected concept, by its first right mention, and their confidences."""
    first: dict[tuple[str, str], Span] = {}
    for span in hits:
        mention, canonical = expected[span]
        if mention.role and canonical:
            first.setdefault((span[2], canonical), span)
    roles, judged = [], []
    for span in first.values():
        role, ours = expected[span][0].role, found[span]
        roles.append((span[2], role, ours.role))
        if ours.role_confidence is not None:
            judged.append((ours.role_confidence, role == ours.role))
    return tuple(roles), tuple(judged)


def _count_results(
    counts: Counter[tuple[str, str]], one: AnnotatedPaper, predicted: PredictedPaper | None
) -> tuple[tuple[float, bool], ...]:
    gold = [
        (_number(r["value"]), plain(r.get("metric")), plain(r.get("dataset"))) for r in one.results
    ]
    results = predicted.results if predicted else ()
    ours = [(_number(r.value), plain(r.metric), plain(r.dataset)) for r in results]
    for parts, name in enumerate(RESULT_PARTS, 1):
        expected = Counter(key[:parts] for key in gold)
        found = Counter(key[:parts] for key in ours)
        counts[name, "right"] = (expected & found).total()
        counts[name, "found"] = found.total()
        counts[name, "expected"] = expected.total()
    left = Counter(key[0] for key in gold)
    judged = []
    # Of several with one value the surest is the one that is meant.
    for result in sorted(results, key=lambda r: -(r.confidence or 0.0)):
        number = _number(result.value)
        right = left[number] > 0
        left[number] -= right
        if result.confidence is not None:
            judged.append((result.confidence, right))
    return tuple(judged)


def _number(value: object) -> float | str:
    """The number that a value as written stands for; its words where it is none."""
    text = str(value).replace(",", "").replace("\\", "").strip().rstrip("%").rstrip("xX×").strip()
    try:
        return float(text)
    except ValueError:
        return plain(text)
