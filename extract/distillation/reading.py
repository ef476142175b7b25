"""Examples in batches of tensors, as the teacher reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extract.distillation.examples import Example

MASKED_PIECE = 103
_FIRST_PIECE, _LAST_PIECE = 101, 102


def batches(sizes: Sequence[int], most: int, order: Sequence[int]) -> Iterator[list[int]]:
    """Group texts of like size, so that little is padded.

    Args:
        sizes: word pieces of each text.
        most: word pieces of a batch, padding among them; a longer text is a batch of its own.
        order: which texts, as places in `sizes`; groups are made of stretches of it.
    """
    batch: list[int] = []
    for place in sorted(order, key=lambda i: -sizes[i]):
        if batch and (len(batch) + 1) * (sizes[batch[0]] + 2) > most:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def as_tensors(examples: Sequence[Example]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Word pieces, mask and first pieces of the tokens, as `Teacher.forward` takes them."""
    length = max(example.size for example in examples) + 2
    ids = np.zeros((len(examples), length), dtype=np.int64)
    mask = np.zeros(ids.shape, dtype=bool)
    first = []
    for row, example in enumerate(examples):
        flat = [_FIRST_PIECE]
        for pieces in example.pieces:
            first.append(row * length + len(flat))
            flat.extend(pieces)
        flat.append(_LAST_PIECE)
        ids[row, : len(flat)] = flat
        mask[row, : len(flat)] = True
    return torch.from_numpy(ids), torch.from_numpy(mask), torch.tensor(first)
