"""How sure the network is of names that it marked, and of those that it did not."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extract.tagger import TAG_PROBABILITIES, ConceptTagger

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import numpy.typing as npt
    from spacy.language import Language
    from spacy.tokens import Doc

_LEAST = 1e-6  # probabilities are kept this far from 0 and 1, so that log odds are finite


@dataclass(frozen=True, slots=True)
class TagScores:
    """The probability of each tag at each token of one text.

    Attributes:
        places: index of the token that begins at an offset (code points).
        ends: likewise of the token that ends there.
        probabilities: a row a token; column 0 is outside, columns 2k + 1 and 2k + 2 begin and
            continue a name of `types[k]`; each row sums to 1.
        types: of concepts.
    """

    places: Mapping[int, int]
    ends: Mapping[int, int]
    probabilities: npt.NDArray[np.floating[Any]]
    types: tuple[str, ...]

    def shares(self, start: int, end: int) -> npt.NDArray[np.floating[Any]] | None:
        """For each type the probability that exactly this stretch is a name of that type.

        Tokens are taken for independent given the text.

        Args:
            start, end: in code points.

        Returns:
            One number a type, in the order of `types`; None where no tokens are cut so.
        """
        first, last = self.places.get(start), self.ends.get(end)
        if first is None or last is None or last < first:
            return None
        rows = self.probabilities
        begun = rows[first, 1::2]
        if last > first:
            begun = begun * rows[first + 1 : last + 1, 2::2].prod(axis=0)
        return begun * (1.0 - rows[last + 1, 2::2]) if last + 1 < len(rows) else begun

    def entity(self, start: int, end: int, type_: str) -> float | None:
        """The log odds that exactly this stretch is a name of that type.

        Returns:
            Between -13.9 and 13.9; None where no tokens are cut so, or the type is not known.
        """
        shares = self.shares(start, end)
        if shares is None or type_ not in self.types:
            return None
        return _log_odds(float(shares[self.types.index(type_)]))

    def beginning(self, start: int, type_: str) -> float | None:
        """The log odds that a name of that type begins at `start`."""
        row = self.places.get(start)
        if row is None or type_ not in self.types:
            return None
        return _log_odds(float(self.probabilities[row, 2 * self.types.index(type_) + 1]))

    def type_share(self, start: int, type_: str) -> float | None:
        """The log odds of that type, of all names that may begin at `start`."""
        row = self.places.get(start)
        if row is None or type_ not in self.types:
            return None
        begun = self.probabilities[row, 1::2]
        total = float(begun.sum())
        if total <= _LEAST:
            return None
        return _log_odds(float(begun[self.types.index(type_)]) / total)

    def outside(self, start: int, end: int) -> tuple[float | None, float | None]:
        """The log odds that the tokens before `start` and after `end` are in no name."""
        first, last = self.places.get(start), self.ends.get(end)
        before = _log_odds(float(self.probabilities[first - 1, 0])) if first else None
        if last is None or last + 1 >= len(self.probabilities):
            return before, None
        return before, _log_odds(float(self.probabilities[last + 1, 0]))


def tag_scores(nlp: Language, doc: Doc) -> TagScores | None:
    """What the pipeline's tagger thought of a text that it has read; None where it has none."""
    probabilities = doc.user_data.get(TAG_PROBABILITIES)
    types = [tuple(c.labels) for _, c in nlp.pipeline if isinstance(c, ConceptTagger)]
    if probabilities is None or not types:
        return None
    return scores_of(doc, probabilities, types[0])


def scores_of(
    doc: Doc, probabilities: npt.NDArray[np.floating[Any]], types: tuple[str, ...]
) -> TagScores:
    """Probabilities of the tags of a document's tokens, a row a token, as `TagScores`."""
    places = {token.idx: token.i for token in doc}
    ends = {token.idx + len(token): token.i for token in doc}
    return TagScores(places, ends, probabilities, types)


def _log_odds(share: float) -> float:
    share = min(max(share, _LEAST), 1 - _LEAST)
    return math.log(share / (1 - share))
