"""How a paper relates to the concepts it names, and which sentence shows it.

The first version: a linear classifier a concept type over the words around the name, its position
and how often it occurs (`extract.role_features`), learned by `python -m extract.role_training`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from extract.linear import LinearModel, read_models
from extract.records import ROLES_BY_TYPE, Field, Mention, Paper, Role
from extract.role_features import (
    COMMON_NAME,
    RoleSpan,
    group_features,
    paper_words,
    span_features,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

MODEL_FILE = Path(__file__).with_name("data") / "roles.json"
KNOWN = "known"
"""Name of the entry of the model file that holds how well names are known."""


@cache
def _models() -> tuple[dict[str, LinearModel], dict[str, int]]:
    """The classifiers by concept type, and in how many papers (at least) a name occurs."""
    models = read_models(MODEL_FILE)
    known = models.pop(KNOWN)
    return models, {name: COMMON_NAME[row[0] - 1] for name, row in known.weights.items()}


def assign_roles(paper: Paper, spans: Sequence[RoleSpan]) -> tuple[str, ...]:
    """The role of each span: one role for all spans of a group that have the same type.

    Args:
        paper: the paper that the spans index.
        spans: all names found in the paper, in any order.

    Returns:
        A role that fits the type for each span, in the order of `spans`; `mentions` for a type of
        the user's own. It does not depend on the order nor on the numbers of the groups.

    Raises:
        ModelError: the shipped weights cannot be read.
    """
    models, known = _models()
    words = paper_words(paper, spans)
    groups: dict[tuple[str, int], list[RoleSpan]] = defaultdict(list)
    for span in spans:
        groups[span.type, span.group].append(span)
    largest: Counter[str] = Counter()
    for (kind, _), members in groups.items():
        largest[kind] = max(largest[kind], len(members))
    roles = {
        (kind, group): models[kind].best(group_features(words, members, largest[kind], known))
        if kind in models
        else str(Role.MENTIONS)
        for (kind, group), members in groups.items()
    }
    return tuple(roles[span.type, span.group] for span in spans)


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
    models, _ = _models()
    spans = [RoleSpan(m.field, m.start, m.end, m.text, m.type, 0) for m in mentions]
    words = paper_words(paper, spans)
    places: list[tuple[int, bool, int, int]] = []
    for mention, span in zip(mentions, spans, strict=True):
        margin = 0
        if mention.type in models and mention.role in ROLES_BY_TYPE[mention.type]:
            model = models[mention.type]
            scores = model.scores(set(span_features(words, span)))
            own = scores.pop(model.labels.index(mention.role))
            margin = own - max(scores)
        in_title = span.field == "title"
        cut = words[span.field]
        start, end = cut.sentences[cut.sentence(span.start)]
        if in_title:
            start, end = 0, len(paper.title)
        places.append((-margin, in_title, start, end))
    _, in_title, start, end = min(places)
    return ("title" if in_title else "abstract"), start, end
