"""How a paper relates to the concepts it names, and which sentence shows it.

The first version: a linear classifier a concept type over the words around the name, its position
and how often it occurs (`extract.role_features`), learned by `python -m extract.role_training`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from extract.context import Words, cut, place_features
from extract.linear import LinearModel, probability, read_models
from extract.records import Field, Mention, Paper, Role
from extract.role_features import COMMON_NAME, RoleSpan, group_features, paper_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = [
    "ANNOTATED",
    "KNOWN",
    "MODEL_FILE",
    "RoleSpan",
    "assign_roles",
    "best_evidence",
    "known_names",
]

MODEL_FILE = Path(__file__).with_name("data") / "roles.json"
KNOWN = "known"
"""Name of the entry of the model file that holds how well names are known."""
ANNOTATED = "annotated"
"""Likewise, counted in the papers alone that people annotated."""


_SHARE = 0.75
"""The classifiers are surer than they should be of names that the pipeline found itself: with so
much of their log odds the mean probability is the accuracy (0.79 on dev and dev_wide)."""


@cache
def _models() -> tuple[dict[str, LinearModel], dict[str, int], dict[str, int]]:
    """The classifiers by concept type, and in how many papers (at least) a name occurs.

    First in all papers that taught them, then in those that people annotated.
    """
    models = read_models(MODEL_FILE)
    known, annotated = (
        {name: COMMON_NAME[row[0] - 1] for name, row in models.pop(entry).weights.items()}
        for entry in (KNOWN, ANNOTATED)
    )
    return models, known, annotated


def known_names() -> Mapping[str, int]:
    """In how many annotated papers (at least) a name occurs, by `known_name`.

    Raises:
        ModelError: the shipped weights cannot be read.
    """
    return _models()[2]


def assign_roles(paper: Paper, spans: Sequence[RoleSpan]) -> tuple[tuple[str, float], ...]:
    """The role of each span: one role for all spans of a group that have the same type.

    Args:
        paper: the paper that the spans index.
        spans: all names found in the paper, in any order.

    Returns:
        A role that fits the type for each span, in the order of `spans`, with the probability (0 to
        1) that it is right where the span is; `mentions`, which is certain, for a type of the
        user's own. It does not depend on the order nor on the numbers of the groups.

    Raises:
        ModelError: the shipped weights cannot be read.
    """
    models, known, _ = _models()
    words = paper_words(paper, spans)
    groups: dict[tuple[str, int], list[RoleSpan]] = defaultdict(list)
    for span in spans:
        groups[span.type, span.group].append(span)
    largest: Counter[str] = Counter()
    for (kind, _), members in groups.items():
        largest[kind] = max(largest[kind], len(members))
    roles = {
        (kind, group): _likeliest(
            models[kind], group_features(words, members, largest[kind], known)
        )
        if kind in models
        else (str(Role.MENTIONS), 1.0)
        for (kind, group), members in groups.items()
    }
    return tuple(roles[span.type, span.group] for span in spans)


def _likeliest(model: LinearModel, features: Iterable[str]) -> tuple[str, float]:
    scores = model.scores(features)
    best = scores.index(max(scores))
    return model.labels[best], probability([round(_SHARE * score) for score in scores], best)


def best_evidence(paper: Paper, mentions: Sequence[Mention]) -> tuple[Field, int, int]:
    """The sentence that shows best which role a concept has in a paper.

    Args:
        paper: the paper.
        mentions: mentions of one concept with one role in that paper; at least one.

    Returns:
        Field, start and end (code points) of a sentence of the abstract, or of the whole title
        where that shows it better or nothing else does; ties go to the abstract, then to the
        earlier sentence.

    Raises:
        ValueError: there are no mentions.
        ModelError: the shipped weights cannot be read.
    """
    if not mentions:
        raise ValueError("best_evidence needs at least one mention, got none.")
    places = [_sentence_of(paper, mention) for mention in mentions]
    if len(set(places)) == 1:
        return places[0]
    margins = [_margin(paper, mention) for mention in mentions]
    # As text, "abstract" comes before "title", which is how ties are to be broken.
    return min(zip(margins, places, strict=True), key=lambda pair: (-pair[0], pair[1]))[1]


@lru_cache(maxsize=8)
def _words(text: str) -> Words:
    """The words of a text, kept while the concepts of one paper are looked at in turn."""
    return cut(text, ())


def _sentence_of(paper: Paper, mention: Mention) -> tuple[Field, int, int]:
    """The sentence of a mention; for one in the title the title."""
    if mention.field == "title":
        return "title", 0, len(paper.title)
    words = _words(paper.abstract)
    start, end = words.sentences[words.sentence(mention.start)]
    return "abstract", start, max(end, mention.end)


def _margin(paper: Paper, mention: Mention) -> int:
    """By how much the words around a mention speak for its role, against the next best role."""
    model = _models()[0].get(mention.type)
    if model is None or mention.role not in model.labels:
        return 0
    words = _words(paper.text(mention.field))
    features = place_features(words, mention.start, mention.end, mention.field)
    scores = model.scores(set(features))
    own = scores.pop(model.labels.index(mention.role))
    return own - max(scores)
