"""What a teacher thinks of one paper: tags, and mentions and results as people annotate them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from extract.consistency import NETWORK, FoundSpan
from extract.distillation.examples import LINKED, ROLES, TYPES, Concept, Number, Places
from extract.distillation.teacher import number_scores, role_scores
from extract.pipeline import local_concepts, marked_text
from extract.reading_text import reading_text
from extract.records import Mention
from extract.result_features import candidates, read_abstract
from extract.results import NAMED, UNSTATED, likeliest_source
from extract.tag_scores import scores_of
from extract.tagger import span_bounds, viterbi

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt
    from spacy.tokens import Doc

    from extract.confidence import MarkedText
    from extract.distillation.encoder import Teacher
    from extract.metric_names import MetricNames
    from extract.reading_text import ReadingText
    from extract.records import Field, Paper
    from extract.result_features import Reading

_LEAST_LIKELY = 0.5  # a number is a result, and a name is tied to it, from here on


@dataclass(frozen=True, slots=True)
class Opinion:
    """A paper as the teacher reads it.

    Attributes:
        paper: the paper.
        rows: log probabilities, shape (tokens, `TAGS`).
        annotation: as `extract.gold` reads it: mentions with their roles, and results.
    """

    paper: Paper
    rows: npt.NDArray[np.float16]
    annotation: dict[str, Any]


@torch.no_grad()
def opinion(
    model: Teacher,
    sources: Sequence[str],
    metrics: MetricNames,
    paper: Paper,
    doc: Doc,
    states: torch.Tensor,
    rows: npt.NDArray[np.float16] | None = None,
) -> Opinion:
    """Let the teacher's heads speak, and the rules that stand around every network.

    Args:
        model: the teacher.
        sources: its labels of where the metric of a result stands.
        metrics: known names of metrics.
        paper: the paper.
        doc: the tokens of its `reading_text`.
        states: the teacher's, of these tokens.
        rows: log probabilities of the tags by another teacher, which are taken for its own.
    """
    text = reading_text(paper)
    if rows is None:
        logs = torch.log_softmax(model.heads["tags"](states).float(), -1)
        rows = logs.clamp(min=-30).half().numpy()
    places = Places(text, doc)
    marked = _marked(text, doc, np.exp(rows.astype(np.float32)))
    mentions = _with_roles(model, states, paper, marked, places)
    strings = {
        mention.text: {
            "text": mention.text,
            "type": mention.type,
            "canonical": name,
            "role": mention.role,
        }
        for mention, name in mentions
    }
    reading = read_abstract(paper, [mention for mention, _ in mentions], metrics)
    annotation = {
        "id": paper.id,
        "mentions": list(strings.values()),
        "results": _results(model, sources, states, reading, places),
    }
    return Opinion(paper, rows, annotation)


def _marked(text: ReadingText, doc: Doc, rows: npt.NDArray[np.float32]) -> MarkedText:
    """The names, with one type for one string."""
    (tags,) = viterbi([rows], len(TYPES))
    found = (
        FoundSpan(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]), TYPES[kind], NETWORK)
        for start, end, kind in span_bounds(tags)
    )
    return marked_text(text, found, scores_of(doc, rows, TYPES))


def _with_roles(
    model: Teacher, states: torch.Tensor, paper: Paper, marked: MarkedText, places: Places
) -> list[tuple[Mention, str]]:
    """The mentions with the likeliest role of their concept, and with its longest name."""
    group_of = local_concepts(marked)
    members: dict[tuple[str, int], list[tuple[Field, int, int]]] = defaultdict(list)
    for span in marked.spans:
        place = marked.text.place(span.start, span.end)
        if place is not None:
            members[span.type, group_of(span)].append(place)
    if not members:
        return []
    concepts = [
        Concept(TYPES.index(kind), 0, tuple(places.token(*place) for place in own))
        for (kind, _), own in members.items()
    ]
    best = role_scores(model, states, concepts).argmax(-1).tolist()
    mentions = []
    for ((kind, _), own), role in zip(members.items(), best, strict=True):
        surfaces = [paper.text(field)[start:end] for field, start, end in own]
        name = max(surfaces, key=lambda surface: (len(surface), surface))
        for (field, start, end), surface in zip(own, surfaces, strict=True):
            where = (paper.id, field, start, end, surface)
            mentions.append((Mention(*where, kind, ROLES[role], 1.0, NETWORK), name))
    return mentions


def _results(
    model: Teacher,
    sources: Sequence[str],
    states: torch.Tensor,
    reading: Reading,
    places: Places,
) -> list[dict[str, Any]]:
    """The numbers that are rather results than not, with what they are rather tied to than not."""
    if not reading.quantities:
        return []
    tokens = [places.token("abstract", q.start, q.end) for q in reading.quantities]
    numbers = [Number(token, 0, None, ()) for token in tokens]
    shares = torch.softmax(number_scores(model, states, numbers), -1)
    results = []
    for index, (quantity, token) in enumerate(zip(reading.quantities, tokens, strict=True)):
        none, value, difference = shares[index].tolist()
        if none >= _LEAST_LIKELY:
            continue
        start, end = reading.words.sentences[reading.words.sentence(quantity.start)]
        tied = {link: _tied(model, states, reading, index, token, link, places) for link in LINKED}
        results.append(
            {
                **{link: name for link, (name, odds) in tied.items() if odds > 0.0},
                "value": quantity.value,
                "unit": quantity.unit,
                "delta": difference > value and quantity.before is None,
                "quote": reading.text[start : max(end, quantity.end)],
                "metric": _metric(model, sources, states[token], tied["metric"][0]),
            }
        )
    return [{**dict.fromkeys(LINKED), **result} for result in results]


def _tied(
    model: Teacher,
    states: torch.Tensor,
    reading: Reading,
    index: int,
    token: int,
    link: str,
    places: Places,
) -> tuple[str | None, float]:
    """The likeliest of the names that a number may be tied to, and its log odds."""
    names = candidates(reading, index, link)
    if not names:
        return None, 0.0
    own = torch.tensor([places.token(name.field, name.start, name.end) for name in names])
    scores = model.link_scores(states, torch.full_like(own, token), own)[:, LINKED.index(link)]
    best = int(scores.argmax())
    return names[best].text, float(scores[best])


def _metric(
    model: Teacher, sources: Sequence[str], state: torch.Tensor, likeliest: str | None
) -> str | None:
    """What the metric of a result is called; None where the text does not tell."""
    scores = dict(zip(sources, model.heads["sources"](state).tolist(), strict=True))
    source = likeliest_source(scores, named=likeliest is not None)
    if source == NAMED:
        return likeliest
    return None if source == UNSTATED else source
