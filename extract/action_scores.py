"""How sure the network is: the probabilities of its actions, beside the entities that it marks.

spaCy's `ner` reads a text token by token and takes one action each (begin, inside, last, unit or
out: BILUO). Its scores are logarithmic odds, but it does not tell them; here it is taken through
the text step by step, which gives the same entities and costs no more.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.pipeline import EntityRecognizer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray
    from spacy.language import Language
    from spacy.tokens import Doc

    Table = NDArray[np.float64]

_SUBBATCH = 16
_LEAST = 1e-6  # probabilities are kept this far from 0 and 1, so that log odds are finite


@dataclass(frozen=True, slots=True)
class ActionScores:
    """What the network thought of each action at each token of one text.

    Attributes:
        places: index of the token that begins at an offset (code points).
        ends: likewise of the token that ends there.
        probabilities: a row a token, a column an action; each row sums to 1, and actions that were
            not possible there have 0.
        columns: the column of each action, such as `B-Method` or `O`.
    """

    places: Mapping[int, int]
    ends: Mapping[int, int]
    probabilities: Table
    columns: Mapping[str, int]

    def entity(self, start: int, end: int, type_: str) -> float | None:
        """The log odds of an entity that the network marked: of all its actions together.

        Args:
            start, end: in code points.

        Returns:
            Between -13.9 and 13.9; None where no tokens are cut so.
        """
        actions = self._actions(start, end, type_)
        if actions is None:
            return None
        return _log_odds(math.prod(float(self.probabilities[row, at]) for row, at in actions))

    def beginning(self, start: int, type_: str) -> float | None:
        """The log odds that an entity of that type begins at `start`, given what stands before."""
        row = self.places.get(start)
        if row is None:
            return None
        columns = [self.columns[a] for a in (f"B-{type_}", f"U-{type_}") if a in self.columns]
        return _log_odds(float(self.probabilities[row, columns].sum()))

    def type_share(self, start: int, type_: str) -> float | None:
        """The log odds of that type, of all entities that may begin at `start`."""
        row = self.places.get(start)
        if row is None:
            return None
        begun = {
            name: float(self.probabilities[row, column])
            for name, column in self.columns.items()
            if name[:2] in ("B-", "U-")
        }
        total = sum(begun.values())
        own = sum(share for name, share in begun.items() if name[2:] == type_)
        return _log_odds(own / total) if total > _LEAST else None

    def outside(self, start: int, end: int) -> tuple[float | None, float | None]:
        """The log odds that the tokens before `start` and after `end` are in no entity."""
        first, last = self.places.get(start), self.ends.get(end)
        column = self.columns["O"]
        before = None if not first else _log_odds(float(self.probabilities[first - 1, column]))
        if last is None or last + 1 >= len(self.probabilities):
            return before, None
        return before, _log_odds(float(self.probabilities[last + 1, column]))

    def _actions(self, start: int, end: int, type_: str) -> list[tuple[int, int]] | None:
        first, last = self.places.get(start), self.ends.get(end)
        if first is None or last is None or f"B-{type_}" not in self.columns:
            return None
        if first == last:
            return [(first, self.columns[f"U-{type_}"])]
        inside = [(row, self.columns[f"I-{type_}"]) for row in range(first + 1, last)]
        return [
            (first, self.columns[f"B-{type_}"]),
            *inside,
            (last, self.columns[f"L-{type_}"]),
        ]


def _log_odds(share: float) -> float:
    share = min(max(share, _LEAST), 1 - _LEAST)
    return math.log(share / (1 - share))


def read_with_scores(
    nlp: Language, docs: Sequence[Doc]
) -> Iterator[tuple[Doc, ActionScores | None]]:
    """Run a pipeline over texts, as `nlp.pipe` does, and tell how sure its network was.

    Args:
        nlp: a pipeline.
        docs: tokenized texts; entities are set in place. All are held in memory.

    Yields:
        The documents in their order, with the scores of the pipeline's `ner`; None for all where
        it has none, or one that searches with a beam.
    """
    scores: list[ActionScores | None] = [None] * len(docs)
    for _, component in nlp.pipeline:
        if isinstance(component, EntityRecognizer) and component.cfg["beam_width"] == 1:
            scores = list(_recognise(component, docs))
        else:
            docs = list(_piped(component, docs))
    yield from zip(docs, scores, strict=True)


def _piped(component: Callable[[Doc], Doc], docs: Sequence[Doc]) -> Iterator[Doc]:
    pipe = getattr(component, "pipe", None)
    return pipe(docs, batch_size=len(docs)) if pipe else map(component, docs)


def _recognise(ner: Any, docs: Sequence[Doc]) -> list[ActionScores]:
    """Mark entities as `ner.pipe` does; texts of like length go together."""
    names = [ner.moves.get_class_name(column) for column in range(ner.moves.n_moves)]
    order = sorted(range(len(docs)), key=lambda index: len(docs[index]))
    scores: dict[int, ActionScores] = {}
    for low in range(0, len(order), _SUBBATCH):
        chosen = order[low : low + _SUBBATCH]
        batch = [docs[index] for index in chosen]
        for index, rows in zip(chosen, _step(ner, batch), strict=True):
            scores[index] = _scores(docs[index], rows, names)
    return [scores[index] for index in range(len(docs))]


def _step(ner: Any, docs: Sequence[Doc]) -> list[Table]:
    """Take `ner` through texts; the scores of all actions at each token, entities are set."""
    states = ner.moves.init_batch(docs)
    rows: list[list[Table]] = [[] for _ in docs]
    alive = [(index, state) for index, state in enumerate(states) if not state.is_final()]
    if alive:
        model = ner.model.predict(docs)
        while alive:
            scores = model.predict([state for _, state in alive])
            for row, (index, _) in zip(scores, alive, strict=True):
                rows[index].append(row)
            ner.transition_states([state for _, state in alive], scores)
            alive = [(index, state) for index, state in alive if not state.is_final()]
        model.clear_memory()
    ner.set_annotations(docs, states)
    width = ner.moves.n_moves
    return [np.array(found, dtype=np.float64).reshape(len(found), width) for found in rows]


def _scores(doc: Doc, rows: Table, names: Sequence[str]) -> ActionScores:
    columns = {name: column for column, name in enumerate(names) if name != "U-"}
    places = {token.idx: token.i for token in doc}
    ends = {token.idx + len(token): token.i for token in doc}
    return ActionScores(places, ends, _probabilities(doc, rows, columns), columns)


def _probabilities(doc: Doc, rows: Table, columns: Mapping[str, int]) -> Table:
    """The scores as shares among the actions that were possible at each token."""
    possible = np.zeros(rows.shape, dtype=bool)
    possible[:, [column for name, column in columns.items() if name[0] in "BUO"]] = True
    for entity in doc.ents:
        inner = [columns[f"{action}-{entity.label_}"] for action in "IL"]
        possible[entity.start + 1 : entity.end] = False
        possible[entity.start + 1 : entity.end, inner] = True
    shifted = np.where(possible, rows, -np.inf)
    if not len(rows):
        return rows
    shares: Table = np.exp(shifted - shifted.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    return shares
