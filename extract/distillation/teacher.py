"""Train the teacher: `python -m extract.distillation.teacher GOLD --bert FOLDER -o TEACHER`.

Parts train, ext and wide of GOLD teach; dev and dev_wide are only reported. On two cores with
bfloat16 instructions (AMX) an epoch takes some twelve minutes.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from tokenizers import BertWordPieceTokenizer
from torch.nn import functional

from extract.distillation.checkpoint import VOCABULARY, WEIGHTS
from extract.distillation.encoder import Teacher
from extract.distillation.examples import (
    ROLES,
    TAGS,
    UNKNOWN,
    Example,
    annotated_examples,
)
from extract.distillation.reading import MASKED_PIECE, as_tensors, batches
from extract.gold import DEVELOPMENT_PARTS, TRAINING_PARTS
from extract.tagger import span_bounds, viterbi

if TYPE_CHECKING:
    from collections.abc import Sequence

_PIECES_OF_A_BATCH = 4096
_TEXTS_OF_A_GROUP = 512  # shuffled texts among which those of like size are batched
_RATE, _HEAD_RATE, _DECAY = 5e-5, 5e-4, 0.01
_WARM_UP = 0.08
_ROLE_WEIGHT = 0.3
# A share of word pieces is hidden, so that the words around have to tell; it stands for dropout.
_HIDDEN = 0.08


def read_vocabulary(bert: Path) -> BertWordPieceTokenizer:
    """The word pieces of the checkpoint in a folder; capitals count."""
    return BertWordPieceTokenizer(str(bert / VOCABULARY), lowercase=False, strip_accents=False)


def train(gold: Path, bert: Path, output: Path, *, epochs: float = 3.0, seed: int = 0) -> None:
    """Train a teacher and write its weights (bfloat16) to the file `output`."""
    random.seed(seed)
    torch.manual_seed(seed)
    vocabulary = read_vocabulary(bert)
    examples = list(annotated_examples(gold, TRAINING_PARTS, vocabulary))
    model = Teacher(TAGS, len(ROLES), vocabulary.get_vocab_size())
    model.load_google(bert / WEIGHTS)
    model.pieces.weight.requires_grad_(False)
    model.bfloat16()
    batch_list = _shuffled(examples)
    steps = int(len(batch_list) * epochs)
    learning = _Learning(model, steps)
    done = 0
    while done < steps:
        for batch in batch_list[: steps - done]:
            loss = _loss(model, [examples[i] for i in batch])
            learning.step(loss)
            done += 1
            if done % 50 == 0:
                print(f"step {done} of {steps}: loss {loss.item():.3f}", flush=True)
        batch_list = _shuffled(examples)
        torch.save(model.state_dict(), output)
        for part in DEVELOPMENT_PARTS:
            held_out = list(annotated_examples(gold, [part], vocabulary))
            print(f"{part}: strict span F1 {measure(model, held_out):.4f}", flush=True)


def _shuffled(examples: Sequence[Example]) -> list[list[int]]:
    order = random.sample(range(len(examples)), len(examples))
    sizes = [example.size for example in examples]
    groups = [order[i : i + _TEXTS_OF_A_GROUP] for i in range(0, len(order), _TEXTS_OF_A_GROUP)]
    made = [batch for group in groups for batch in batches(sizes, _PIECES_OF_A_BATCH, group)]
    random.shuffle(made)
    return made


def _loss(model: Teacher, examples: Sequence[Example]) -> torch.Tensor:
    model.train()
    ids, mask, first = as_tensors(examples)
    own = mask & (ids != ids[0, 0])
    ids[(torch.rand(ids.shape) < _HIDDEN) & own] = MASKED_PIECE
    tags, roles = model(ids, mask, first)
    wanted_tags = torch.from_numpy(np.concatenate([one.tags for one in examples]))
    wanted_roles = torch.from_numpy(np.concatenate([one.roles for one in examples]))
    role_loss = functional.cross_entropy(roles.float(), wanted_roles, ignore_index=UNKNOWN)
    return functional.cross_entropy(tags.float(), wanted_tags) + _ROLE_WEIGHT * role_loss


class _Learning:
    """AdamW on full-precision copies of weights that are kept in bfloat16."""

    def __init__(self, model: Teacher, steps: int) -> None:
        named = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
        self.copies = {p: torch.nn.Parameter(p.detach().float()) for _, p in named}
        heads = [self.copies[p] for n, p in named if n.startswith(("tags", "roles"))]
        body = [self.copies[p] for n, p in named if not n.startswith(("tags", "roles"))]
        self.optimizer = torch.optim.AdamW(
            [{"params": body, "lr": _RATE}, {"params": heads, "lr": _HEAD_RATE}],
            weight_decay=_DECAY,
            fused=True,
        )
        warm = max(1, int(steps * _WARM_UP))
        self.schedule = torch.optim.lr_scheduler.LambdaLR(
            self.optimizer,
            lambda step: min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm))),
        )

    def step(self, loss: torch.Tensor) -> None:
        loss.backward()
        for parameter, copy in self.copies.items():
            copy.grad = None if parameter.grad is None else parameter.grad.float()
            parameter.grad = None
        torch.nn.utils.clip_grad_norm_(list(self.copies.values()), 1.0)
        self.optimizer.step()
        self.schedule.step()
        with torch.no_grad():
            for parameter, copy in self.copies.items():
                parameter.copy_(copy)


@torch.no_grad()
def tag_probabilities(
    model: Teacher, examples: Sequence[Example], most: int = 2 * _PIECES_OF_A_BATCH
) -> list[np.ndarray]:
    """For each example an array of shape (tokens, `TAGS`) of log probabilities."""
    model.eval()
    found: list[np.ndarray] = [np.zeros((0, TAGS))] * len(examples)
    sizes = [example.size for example in examples]
    for batch in batches(sizes, most, range(len(examples))):
        tags, _ = model(*as_tensors([examples[i] for i in batch]))
        rows = torch.log_softmax(tags.float(), -1).numpy()
        start = 0
        for i in batch:
            end = start + len(examples[i].pieces)
            found[i] = rows[start:end]
            start = end
    return found


def measure(model: Teacher, examples: Sequence[Example]) -> float:
    """Strict span F1 on annotated examples, before any rule around the network."""
    right = found = wanted = 0
    for example, rows in zip(examples, tag_probabilities(model, examples), strict=True):
        (tags,) = viterbi([np.exp(rows)], len(rows[0]) // 2)
        spans, gold = set(span_bounds(tags)), set(span_bounds(example.tags))
        right += len(spans & gold)
        found += len(spans)
        wanted += len(gold)
    return 2 * right / max(1, found + wanted)


def main() -> None:
    """The command line: GOLD --bert FOLDER -o TEACHER."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path, help="folder of the annotated abstracts")
    parser.add_argument("--bert", type=Path, required=True, help="the unpacked checkpoint")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--epochs", type=float, default=3.0)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    train(
        arguments.gold,
        arguments.bert,
        arguments.output,
        epochs=arguments.epochs,
        seed=arguments.seed,
    )


if __name__ == "__main__":
    main()
