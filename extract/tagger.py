"""A spaCy component that tags concepts token by token and tells the probability of each tag.

A token is outside (`O`), begins (`B-Method`) or continues (`I-Method`) a name. The network gives
the probability of each; Viterbi's algorithm finds the most probable consistent sequence. Unlike
spaCy's transition-based `ner` it says how sure it is, and it can learn from the probabilities of
a larger teacher (`extract.distillation`).
"""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.scorer import get_ner_prf
from spacy.tokens import Span
from spacy.training import Example, validate_examples
from thinc.api import Softmax_v2, set_dropout_rate

from extract.model_identity import TAGGER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import numpy.typing as npt
    from spacy.tokens import Doc
    from spacy.vocab import Vocab
    from thinc.api import Model

TAG_PROBABILITIES = "tag_probabilities"
"""Where `doc.user_data` keeps the probabilities of all tags."""

_OUTSIDE = "O"
_IMPOSSIBLE = -1e9
_SMALLEST = 1e-12

DEFAULT_MODEL = {
    "@architectures": "spacy.Tagger.v2",
    "normalize": True,
    "tok2vec": {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "pretrained_vectors": None,
        "width": 96,
        "depth": 4,
        "embed_size": 2000,
        "window_size": 1,
        "maxout_pieces": 3,
        "subword_features": True,
    },
}


@Language.factory(
    TAGGER,
    assigns=["doc.ents"],
    default_config={"model": DEFAULT_MODEL},
    default_score_weights={"ents_f": 1.0},
)
def make_concept_tagger(nlp: Language, name: str, model: Model[Any, Any]) -> ConceptTagger:
    """Make the component; spaCy calls it for `[components.concept_tagger]`.

    Args:
        model: an architecture such as `spacy.Tagger.v2` with `normalize = true`.
    """
    return ConceptTagger(nlp.vocab, model, name)


class ConceptTagger(TrainablePipe):  # type: ignore[misc]  # it comes compiled, without types
    """The component: sets `doc.ents`, and `doc.user_data` has the probabilities of all tags.

    Attributes:
        labels: the types of concepts; any names, in the order of the network's columns.
    """

    def __init__(self, vocab: Vocab, model: Model[Any, Any], name: str = TAGGER) -> None:
        """Wrap a model whose output is a distribution over tags for each token."""
        self.vocab = vocab
        self.model = model
        self.name = name
        self.cfg: dict[str, Any] = {"labels": []}
        self.scorer = get_ner_prf

    @property
    def labels(self) -> tuple[str, ...]:
        """The types of concepts, in the order of the network's columns."""
        return tuple(self.cfg["labels"])

    @property
    def label_data(self) -> tuple[str, ...]:
        """The same, under the name by which spaCy asks for it."""
        return self.labels

    def add_label(self, label: str) -> int:
        """Let the component tag one more type; what it knows of the others it keeps.

        Returns:
            1, or 0 where it knew the type.
        """
        if label in self.labels:
            return 0
        self.cfg["labels"].append(label)
        self.vocab.strings.add(label)
        output = self.model.get_ref("output_layer")
        if output.has_param("W"):
            self._widen(output)
        return 1

    def _widen(self, output: Model[Any, Any]) -> None:
        weights, bias = np.asarray(output.get_param("W")), np.asarray(output.get_param("b"))
        columns = 1 + 2 * len(self.labels)
        more: Any = np.zeros((columns, weights.shape[1]), dtype=np.float32)
        more[: len(weights)] = weights
        # New tags start improbable, so that old ones are found as before.
        more_bias: Any = np.full(columns, bias.min() - 1.0, dtype=np.float32)
        more_bias[: len(bias)] = bias
        wider = Softmax_v2(columns, weights.shape[1], normalize_outputs=True)
        wider.set_param("W", more)
        wider.set_param("b", more_bias)
        self.model.replace_node(output, wider)
        for node in self.model.walk():  # the layers around it
            if node.has_dim("nO") and wider in node.walk() and node is not wider:
                node.set_dim("nO", columns, force=True)

    def predict(self, docs: Iterable[Doc]) -> list[npt.NDArray[np.float32]]:
        """For each document an array of shape (tokens, 1 + 2 * types), rows summing to 1."""
        texts = list(docs)
        if not any(len(doc) for doc in texts):
            columns = 1 + 2 * len(self.labels)
            return [np.zeros((0, columns), dtype=np.float32) for _ in texts]
        return list(self.model.predict(texts))

    def set_annotations(
        self, docs: Iterable[Doc], scores: Sequence[npt.NDArray[np.float32]]
    ) -> None:
        """Write the most probable names into the documents, and the probabilities of all tags."""
        tagged = viterbi(scores, len(self.labels))
        for doc, rows, tags in zip(docs, scores, tagged, strict=True):
            bounds = span_bounds(tags)
            doc.set_ents([Span(doc, start, end, self.labels[kind]) for start, end, kind in bounds])
            doc.user_data[TAG_PROBABILITIES] = rows

    def update(
        self,
        examples: Iterable[Example],
        *,
        drop: float = 0.0,
        sgd: Any = None,
        losses: dict[str, float] | None = None,
    ) -> dict[str, float]:
        """One step of learning, as spaCy's training loop asks for it."""
        losses = {} if losses is None else losses
        losses.setdefault(self.name, 0.0)
        batch = list(examples)
        validate_examples(batch, "ConceptTagger.update")
        if not any(len(example.predicted) for example in batch):
            return losses
        set_dropout_rate(self.model, drop)
        scores, backpropagate = self.model.begin_update([one.predicted for one in batch])
        loss, gradient = self.get_loss(batch, scores)
        backpropagate(gradient)
        if sgd not in (None, False):
            self.finish_update(sgd)
        losses[self.name] += loss
        return losses

    def get_loss(
        self, examples: Iterable[Example], scores: Sequence[npt.NDArray[np.float32]]
    ) -> tuple[float, list[npt.NDArray[np.float32]]]:
        """Cross-entropy against the annotated names, and its gradient by the network's output.

        Tokens without annotation teach nothing.
        """
        gradients, loss = [], 0.0
        for example, rows in zip(examples, scores, strict=True):
            wanted = self._columns(example)
            known = wanted >= 0
            gradient = np.zeros_like(rows)
            gradient[known] = rows[known]
            places = np.flatnonzero(known)
            gradient[places, wanted[places]] -= 1.0
            picked = rows[places, wanted[places]]
            loss -= float(np.log(np.maximum(picked, _SMALLEST)).sum())
            gradients.append(gradient)
        return loss, gradients

    def _columns(self, example: Example) -> npt.NDArray[np.intp]:
        """The wanted column of each token; -1 where it is not known."""
        columns = np.full(len(example.predicted), -1, dtype=np.intp)
        begin = {label: 1 + 2 * number for number, label in enumerate(self.labels)}
        for place, tag in enumerate(example.get_aligned_ner()):
            if tag == _OUTSIDE:
                columns[place] = 0
            elif tag is not None and tag != "-":
                position, label = tag.split("-", 1)
                if label in begin:
                    columns[place] = begin[label] + (position in "IL")
        return columns

    def initialize(
        self,
        get_examples: Callable[[], Iterable[Example]],
        *,
        nlp: Language | None = None,
        labels: tuple[str, ...] | None = None,
    ) -> None:
        """Make the network's arrays, with columns for the types in the examples."""
        found = {ent.label_ for one in get_examples() for ent in one.reference.ents}
        for label in sorted(found) if labels is None else labels:
            self.add_label(label)
        docs = [one.predicted for one in islice(get_examples(), 10)]
        columns = 1 + 2 * len(self.labels)
        sample = [np.zeros((len(doc), columns), dtype=np.float32) for doc in docs]
        self.model.initialize(X=docs, Y=sample)


def viterbi(
    probabilities: Sequence[npt.NDArray[np.floating[Any]]], types: int
) -> list[npt.NDArray[np.intp]]:
    """The most probable consistent sequence of tags of each text.

    Args:
        probabilities: for each text an array of shape (tokens, 1 + 2 * types), rows summing to 1;
            column 0 is outside, columns 2k + 1 and 2k + 2 begin and continue a name of type k.
        types: how many types there are.

    Returns:
        For each text the columns, one a token. A tag that continues a name of a type follows only
        tags that begin or continue one of that type.
    """
    count = len(probabilities)
    lengths = np.array([len(rows) for rows in probabilities])
    longest = int(lengths.max(initial=0))
    if longest == 0:
        return [np.zeros(0, dtype=np.intp) for _ in probabilities]
    labels = 1 + 2 * types
    scores = np.zeros((longest, count, labels))
    for text, rows in enumerate(probabilities):
        scores[: len(rows), text] = np.log(np.maximum(rows, _SMALLEST))
    transitions = np.zeros((labels, labels))
    for continues in range(2, labels, 2):
        transitions[:, continues] = _IMPOSSIBLE
        transitions[[continues - 1, continues], continues] = 0.0
    best = scores[0]
    best[:, 2::2] = _IMPOSSIBLE
    came_from = np.empty((longest, count, labels), dtype=np.intp)
    totals = np.empty((longest, count, labels))
    totals[0] = best
    for step in range(1, longest):
        through = best[:, :, None] + transitions
        came_from[step] = through.argmax(axis=1)
        best = through.max(axis=1) + scores[step]
        totals[step] = best
    # Each text is followed back from its own last token.
    found = np.zeros((longest, count), dtype=np.intp)
    texts = np.arange(count)
    current = np.zeros(count, dtype=np.intp)
    for step in range(longest - 1, -1, -1):
        ends = lengths == step + 1
        current = np.where(ends, totals[step].argmax(axis=1), current)
        found[step] = current
        if step:
            current = np.where(step < lengths, came_from[step, texts, current], current)
    return [found[:length, text] for text, length in enumerate(lengths)]


def span_bounds(tags: npt.NDArray[np.intp]) -> list[tuple[int, int, int]]:
    """Start, end and number of the type of each name in a consistent sequence of tags."""
    bounds: list[tuple[int, int, int]] = []
    start = -1
    for place, tag in enumerate(chain(tags.tolist(), (0,))):
        if start >= 0 and (tag == 0 or tag % 2 == 1):
            bounds.append((start, place, (int(tags[start]) - 1) // 2))
            start = -1
        if tag % 2 == 1:
            start = place
    return bounds
