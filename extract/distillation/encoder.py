"""BERT with layers on top that score tags of tokens, roles of concepts, and numbers.

After Devlin et al. 2019 (https://arxiv.org/abs/1810.04805). Written out here since the layers in
reduced precision (bfloat16) are all that is needed, and no weights can be downloaded at run time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from extract.result_features import LINKS
from extract.results import NUMBER_LABELS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_WIDTH, _HEADS, _INNER, _LAYERS = 768, 12, 3072, 12
_EPSILON = 1e-12
_MASKED = -1e4
_HEAD_DROPOUT = 0.1


class _Layer(nn.Module):
    """Self-attention and feed-forward network, each normalised after it was added."""

    def __init__(self) -> None:
        super().__init__()
        self.query_key_value = nn.Linear(_WIDTH, 3 * _WIDTH)
        self.attended = nn.Linear(_WIDTH, _WIDTH)
        self.attended_norm = nn.LayerNorm(_WIDTH, eps=_EPSILON)
        self.inner = nn.Linear(_WIDTH, _INNER)
        self.outer = nn.Linear(_INNER, _WIDTH)
        self.outer_norm = nn.LayerNorm(_WIDTH, eps=_EPSILON)

    def forward(self, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        texts, length, _ = states.shape
        heads = self.query_key_value(states).view(texts, length, 3, _HEADS, _WIDTH // _HEADS)
        query, key, value = heads.permute(2, 0, 3, 1, 4).contiguous()
        scale = (_WIDTH // _HEADS) ** -0.5
        # Written out: on a processor this is faster than PyTorch's fused function.
        shares = torch.softmax((query * scale) @ key.transpose(-1, -2) + mask, -1)
        seen = (shares @ value).transpose(1, 2).reshape(texts, length, _WIDTH)
        states = self.attended_norm(states + self.attended(seen))
        inner = self.outer(functional.gelu(self.inner(states)))
        normed: torch.Tensor = self.outer_norm(states + inner)
        return normed


def _two_layers(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Linear(inputs, _WIDTH), nn.GELU(), nn.Dropout(_HEAD_DROPOUT), nn.Linear(_WIDTH, outputs)
    )


class Teacher(nn.Module):
    """Word pieces in, a state for the first piece of each token out; heads score the states."""

    def __init__(self, tags: int, roles: int, pieces: int, sources: int) -> None:
        """Make the layers, untrained.

        Args:
            tags, roles, sources: how many of each are told apart.
            pieces: size of the vocabulary.
        """
        super().__init__()
        self.pieces = nn.Embedding(pieces, _WIDTH)
        self.places = nn.Embedding(512, _WIDTH)
        self.segment = nn.Parameter(torch.zeros(_WIDTH))
        self.norm = nn.LayerNorm(_WIDTH, eps=_EPSILON)
        self.layers = nn.ModuleList(_Layer() for _ in range(_LAYERS))
        self.heads = nn.ModuleDict(
            {
                "tags": nn.Linear(_WIDTH, tags),
                "roles": _two_layers(2 * _WIDTH, roles),
                "numbers": nn.Linear(_WIDTH, len(NUMBER_LABELS)),
                "sources": nn.Linear(_WIDTH, sources),
                "links": _two_layers(3 * _WIDTH, len(LINKS)),
            }
        )

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, first: torch.Tensor) -> torch.Tensor:
        """The states of tokens.

        Args:
            ids: word pieces, shape (texts, length), integers.
            mask: true where there is a piece, same shape.
            first: for each token where in the flattened `ids` its first piece stands.

        Returns:
            Shape (tokens, width).
        """
        states = self.norm(self.pieces(ids) + self.places.weight[: ids.shape[1]] + self.segment)
        hidden = torch.zeros(mask.shape, dtype=states.dtype).masked_fill(~mask, _MASKED)
        for layer in self.layers:
            states = layer(states, hidden[:, None, None, :])
        tokens = states.reshape(-1, _WIDTH)[first]
        return functional.dropout(tokens, _HEAD_DROPOUT, self.training)

    def role_scores(self, states: torch.Tensor, concepts: Sequence[Sequence[int]]) -> torch.Tensor:
        """Scores of the roles of concepts.

        Args:
            states: of tokens.
            concepts: for each the tokens that its mentions begin with.

        Returns:
            Logits, shape (concepts, roles).
        """
        flat = torch.tensor([token for own in concepts for token in own])
        counts = torch.tensor([len(own) for own in concepts])
        groups = torch.repeat_interleave(torch.arange(len(concepts)), counts)
        members = states[flat].float()
        empty = members.new_zeros(len(concepts), _WIDTH)
        mean = empty.index_add(0, groups, members) / counts[:, None]
        places = groups[:, None].expand_as(members)
        most = empty.scatter_reduce(0, places, members, "amax", include_self=False)
        scores: torch.Tensor = self.heads["roles"](torch.cat([mean, most], -1).to(states.dtype))
        return scores.float()

    def link_scores(
        self, states: torch.Tensor, numbers: torch.Tensor, names: torch.Tensor
    ) -> torch.Tensor:
        """How much speaks for a number's being tied to a name.

        Args:
            states: of tokens.
            numbers, names: of each pair the tokens that they begin with.

        Returns:
            Log odds for each of `LINKS`, shape (pairs, links).
        """
        number, name = states[numbers], states[names]
        scores: torch.Tensor = self.heads["links"](torch.cat([number, name, number * name], -1))
        return scores.float()

    def load_google(self, weights: Path) -> None:
        """Take the encoder's weights from a file that `extract.distillation.checkpoint` wrote."""
        arrays = np.load(weights)

        def array(name: str) -> torch.Tensor:
            return torch.from_numpy(arrays[f"module|bert|{name.replace('/', '|')}"])

        def copy(into: nn.Module, weight: torch.Tensor, bias: torch.Tensor) -> None:
            into.weight.data.copy_(weight)
            into.bias.data.copy_(bias)

        def norm(into: nn.Module, name: str) -> None:
            copy(into, array(f"{name}/LayerNorm/gamma"), array(f"{name}/LayerNorm/beta"))

        self.pieces.weight.data.copy_(array("embeddings/word_embeddings"))
        self.places.weight.data.copy_(array("embeddings/position_embeddings"))
        self.segment.data.copy_(array("embeddings/token_type_embeddings")[0])
        norm(self.norm, "embeddings")
        for number, layer in enumerate(self.layers):
            name = f"encoder/layer_{number}"
            parts = [f"{name}/attention/self/{part}" for part in ("query", "key", "value")]
            kernel = torch.cat([array(f"{part}/kernel").T for part in parts])
            copy(layer.query_key_value, kernel, torch.cat([array(f"{p}/bias") for p in parts]))
            for into, part in (
                (layer.attended, f"{name}/attention/output/dense"),
                (layer.inner, f"{name}/intermediate/dense"),
                (layer.outer, f"{name}/output/dense"),
            ):
                copy(into, array(f"{part}/kernel").T, array(f"{part}/bias"))
            norm(layer.attended_norm, f"{name}/attention/output")
            norm(layer.outer_norm, f"{name}/output")
