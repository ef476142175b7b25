"""The network that ships, in PyTorch: number for number spaCy's, so that its arrays fit there.

Hash embeddings of four attributes of a word, mixed by a maxout layer (`MultiHashEmbed`), windows
over neighbours with maxout and residual connections (`MaxoutWindowEncoder`), one linear layer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from thinc.api import NumpyOps
from torch import nn
from torch.nn import functional

import extract.tagger  # noqa: F401  # makes its component known to spaCy
from extract.model_identity import TAGGER

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt
    from spacy.language import Language

ATTRIBUTES = ("NORM", "PREFIX", "SUFFIX", "SHAPE")
_FIRST_SEED = 8  # of the hash functions, as MultiHashEmbed counts them
_EPSILON = 1e-8
_WINDOW = 1
_MIX_PIECES = 3


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large the network is.

    Attributes:
        width: of all layers.
        depth: layers that look at neighbours; each sees one token further.
        pieces: of these layers' maxout.
        rows: of the table of each attribute.
    """

    width: int = 128
    depth: int = 6
    pieces: int = 2
    rows: tuple[int, ...] = (20_000, 2_000, 5_000, 5_000)


class _Maxout(nn.Module):
    """A maxout layer with layer normalisation."""

    def __init__(self, inputs: int, outputs: int, pieces: int) -> None:
        super().__init__()
        self.outputs, self.pieces = outputs, pieces
        self.weight = nn.Parameter(torch.empty(outputs * pieces, inputs))
        nn.init.xavier_uniform_(self.weight)
        self.bias = nn.Parameter(torch.zeros(outputs * pieces))
        self.gain = nn.Parameter(torch.ones(outputs))
        self.shift = nn.Parameter(torch.zeros(outputs))

    def forward(self, rows: torch.Tensor, dropout: float) -> torch.Tensor:
        if self.training:  # reduced precision learns as well and takes a third of the time
            product = functional.linear(rows.bfloat16(), self.weight.bfloat16()).float()
        else:
            product = functional.linear(rows, self.weight)
        best = (product + self.bias).view(-1, self.outputs, self.pieces).amax(-1)
        normed = functional.layer_norm(best, (self.outputs,), self.gain, self.shift, _EPSILON)
        return functional.dropout(normed, dropout, self.training)


class Student(nn.Module):
    """Words in, scores of their tags out."""

    def __init__(self, sizes: Sizes, tags: int, dropout: float, word_dropout: float) -> None:
        """Make the layers, untrained.

        Args:
            sizes: of the layers.
            tags: how many tags there are.
            dropout: of the layers' outputs, while learning.
            word_dropout: how often an attribute of a word is hidden while learning, so that its
                shape and ending tell where the word itself is unknown.
        """
        super().__init__()
        self.sizes, self.dropout, self.word_dropout = sizes, dropout, word_dropout
        width = sizes.width
        self.tables = nn.ParameterList(
            nn.Parameter(torch.empty(rows, width).uniform_(-0.1, 0.1)) for rows in sizes.rows
        )
        self.mix = _Maxout(width * len(sizes.rows), width, _MIX_PIECES)
        self.windows = nn.ModuleList(
            _Maxout((2 * _WINDOW + 1) * width, width, sizes.pieces) for _ in range(sizes.depth)
        )
        self.output = nn.Linear(width, tags)
        nn.init.zeros_(self.output.weight)
        nn.init.zeros_(self.output.bias)

    def forward(
        self, keys: Sequence[torch.Tensor], words: torch.Tensor, lengths: Sequence[int]
    ) -> torch.Tensor:
        """Score the tokens of several texts.

        Args:
            keys: for each attribute the rows of its table for each known word, shape (words, 4).
            words: the tokens of all texts, as places in `keys`.
            lengths: tokens of each text.

        Returns:
            Scores (logits), shape (tokens, tags).
        """
        kinds, place = torch.unique(words, return_inverse=True)
        embedded = torch.cat(
            [
                functional.embedding_bag(own[kinds], table, mode="sum")
                for own, table in zip(keys, self.tables, strict=True)
            ],
            dim=-1,
        )[place]
        if self.training:
            kept = torch.rand(len(words), len(self.sizes.rows)) >= self.word_dropout
            embedded = embedded * kept.float().repeat_interleave(self.sizes.width, 1)
        mixed = self.mix(embedded, self.dropout)
        states, positions = _padded(mixed, lengths, self.sizes.depth)
        edge = states.new_zeros(_WINDOW, self.sizes.width)
        for layer in self.windows:
            before = torch.cat([edge, states[:-_WINDOW]])
            after = torch.cat([states[_WINDOW:], edge])
            states = states + layer(torch.cat([before, states, after], -1), self.dropout)
        scores: torch.Tensor = self.output(states[positions])
        return scores


def _padded(
    rows: torch.Tensor, lengths: Sequence[int], padding: int
) -> tuple[torch.Tensor, torch.Tensor]:
    """All texts in one array with `padding` empty rows round each, as thinc's `with_array` does."""
    counts = torch.tensor(lengths)
    shifts = torch.arange(1, len(lengths) + 1) * padding
    positions = torch.arange(len(rows)) + torch.repeat_interleave(shifts, counts)
    empty = rows.new_zeros(len(rows) + padding * (len(lengths) + 1), rows.shape[1])
    return empty.index_copy(0, positions, rows), positions


def hash_rows(attributes: npt.NDArray[np.uint64], sizes: Sizes) -> list[torch.Tensor]:
    """The rows of the tables that stand for each word.

    Args:
        attributes: the values of `ATTRIBUTES` of each word, shape (words, 4).
    """
    operations = NumpyOps()
    return [
        torch.from_numpy(
            (
                operations.hash(np.ascontiguousarray(attributes[:, column]), _FIRST_SEED + column)
                % rows
            ).astype(np.int64)
        )
        for column, rows in enumerate(sizes.rows)
    ]


def component_config(sizes: Sizes) -> dict[str, Any]:
    """The configuration of `concept_tagger` for a network of these sizes."""
    return {
        "model": {
            "@architectures": "spacy.Tagger.v2",
            "normalize": True,
            "tok2vec": {
                "@architectures": "spacy.Tok2Vec.v2",
                "embed": {
                    "@architectures": "spacy.MultiHashEmbed.v2",
                    "width": sizes.width,
                    "attrs": list(ATTRIBUTES),
                    "rows": list(sizes.rows),
                    "include_static_vectors": False,
                },
                "encode": {
                    "@architectures": "spacy.MaxoutWindowEncoder.v2",
                    "width": sizes.width,
                    "window_size": _WINDOW,
                    "maxout_pieces": sizes.pieces,
                    "depth": sizes.depth,
                },
            },
        }
    }


def write_into(student: Student, nlp: Language, component: str = TAGGER) -> None:
    """Give a pipeline's component of the same sizes the student's arrays."""
    model = nlp.get_pipe(component).model  # type: ignore[attr-defined]  # a trainable component
    nodes = sorted(model.walk(), key=lambda node: node.id)
    tables = sorted(
        (node for node in nodes if node.name == "hashembed"), key=lambda n: n.attrs["seed"]
    )
    for node, table in zip(tables, student.tables, strict=True):
        node.set_param("E", _array(table))
    layers = [student.mix, *student.windows]
    maxouts = [node for node in nodes if node.name == "maxout"]
    norms = [node for node in nodes if node.name == "layernorm"]
    for maxout, norm, layer in zip(maxouts, norms, layers, strict=True):
        shape = (layer.outputs, layer.pieces)
        maxout.set_param("W", _array(layer.weight).reshape(*shape, -1))
        maxout.set_param("b", _array(layer.bias).reshape(shape))
        norm.set_param("G", _array(layer.gain))
        norm.set_param("b", _array(layer.shift))
    output = model.get_ref("output_layer")
    output.set_param("W", _array(student.output.weight))
    output.set_param("b", _array(student.output.bias))


def _array(parameter: torch.Tensor) -> npt.NDArray[np.float32]:
    return parameter.detach().float().numpy().copy()
