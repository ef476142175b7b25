"""Train the teacher: `python -m extract.distillation.teacher GOLD --bert FOLDER -o TEACHER`.

Parts train, ext and wide of GOLD teach; dev and dev_wide are only reported. On two cores with
bfloat16 instructions (AMX) an epoch takes some twelve minutes.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from tokenizers import BertWordPieceTokenizer
from torch.nn import functional

from extract.distillation.checkpoint import VOCABULARY, WEIGHTS
from extract.distillation.encoder import Teacher
from extract.distillation.examples import (
    LINKED,
    ROLES,
    TAGS,
    TYPES,
    Concept,
    Example,
    Number,
    annotated_examples,
    metric_sources,
)
from extract.distillation.reading import MASKED_PIECE, as_tensors, batches
from extract.evaluation import Score
from extract.gold import DEVELOPMENT_PARTS, TRAINING_PARTS, annotated_papers
from extract.records import ROLES_BY_TYPE, ConceptType
from extract.tagger import span_bounds, viterbi

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PIECES_OF_A_BATCH = 4096
_TEXTS_OF_A_GROUP = 512  # shuffled texts among which those of like size are batched
_RATE, _HEAD_RATE, _DECAY = 5e-5, 5e-4, 0.01
_WARM_UP = 0.08
_ROLE_WEIGHT, _NUMBER_WEIGHT = 0.5, 0.2
# A share of word pieces is hidden, so that the words around have to tell; it stands for dropout.
_HIDDEN = 0.08
_METRIC = LINKED.index("metric")
_UNFIT = torch.tensor(
    [
        [0.0 if role in map(str, ROLES_BY_TYPE[ConceptType(kind)]) else -1e4 for role in ROLES]
        for kind in TYPES
    ]
)
"""For each type what is added to the scores of roles, so that only those that fit it remain."""


def read_vocabulary(bert: Path) -> BertWordPieceTokenizer:
    """The word pieces of the checkpoint in a folder; capitals count."""
    return BertWordPieceTokenizer(str(bert / VOCABULARY), lowercase=False, strip_accents=False)


def train(gold: Path, bert: Path, output: Path, *, epochs: float = 3.0, seed: int = 0) -> None:
    """Train a teacher and write it to the file `output` (`read_teacher`)."""
    random.seed(seed)
    torch.manual_seed(seed)
    vocabulary = read_vocabulary(bert)
    papers = [one for part in TRAINING_PARTS for one in annotated_papers(gold, part)]
    sources = metric_sources(papers)
    examples = list(annotated_examples(papers, papers, sources, vocabulary))
    held_out = {
        part: list(
            annotated_examples(list(annotated_papers(gold, part)), papers, sources, vocabulary)
        )
        for part in DEVELOPMENT_PARTS
    }
    model = Teacher(TAGS, len(ROLES), vocabulary.get_vocab_size(), len(sources))
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
        torch.save({"weights": model.state_dict(), "sources": sources}, output)
        for part, own in held_out.items():
            print(f"{part}: {measure(model, own)}", flush=True)


def read_teacher(path: Path) -> tuple[Teacher, list[str]]:
    """A trained teacher, and its labels of where the metric of a result stands."""
    kept = torch.load(path)
    weights, sources = kept["weights"], kept["sources"]
    model = Teacher(TAGS, len(ROLES), len(weights["pieces.weight"]), len(sources)).bfloat16()
    model.load_state_dict(weights)
    return model.eval(), sources


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
    states = model(ids, mask, first)
    wanted = torch.from_numpy(np.concatenate([one.tags for one in examples]))
    total = functional.cross_entropy(model.heads["tags"](states).float(), wanted)
    concepts, numbers = together(examples)
    if concepts:
        scores = role_scores(model, states, concepts)
        roles = torch.tensor([one.role for one in concepts])
        total = total + _ROLE_WEIGHT * functional.cross_entropy(scores, roles)
    if numbers:
        scores = number_scores(model, states, numbers)
        labels = torch.tensor([one.label for one in numbers])
        total = total + _NUMBER_WEIGHT * functional.cross_entropy(scores, labels)
    results = [one for one in numbers if one.source is not None]
    if results:
        total = total + _NUMBER_WEIGHT * _result_loss(model, states, results)
    return total


def _result_loss(model: Teacher, states: torch.Tensor, results: Sequence[Number]) -> torch.Tensor:
    """Of where metrics stand, and of what results are tied to."""
    places = torch.tensor([one.token for one in results])
    sources = torch.tensor([one.source for one in results])
    loss = functional.cross_entropy(model.heads["sources"](states[places]).float(), sources)
    pairs = [(one.token, name, link, yes) for one in results for link, name, yes in one.candidates]
    if not pairs:
        return loss
    numbers, names, links, answers = (torch.tensor(column) for column in zip(*pairs, strict=True))
    scores = model.link_scores(states, numbers, names)
    likely = scores[torch.arange(len(pairs)), links]
    return loss + functional.binary_cross_entropy_with_logits(likely, answers.float())


def together(examples: Sequence[Example]) -> tuple[list[Concept], list[Number]]:
    """The concepts and numbers of several texts, with tokens counted through all of them."""
    concepts: list[Concept] = []
    numbers: list[Number] = []
    shift = 0
    for one in examples:
        for concept in one.concepts:
            tokens = tuple(shift + token for token in concept.tokens)
            concepts.append(Concept(concept.type, concept.role, tokens))
        for number in one.numbers:
            tied = tuple((link, shift + name, yes) for link, name, yes in number.candidates)
            numbers.append(Number(shift + number.token, number.label, number.source, tied))
        shift += len(one.pieces)
    return concepts, numbers


def role_scores(model: Teacher, states: torch.Tensor, concepts: Sequence[Concept]) -> torch.Tensor:
    """Logits of the roles of concepts, shape (concepts, `ROLES`); low for those unfit."""
    scores = model.role_scores(states, [one.tokens for one in concepts])
    return scores + _UNFIT[torch.tensor([one.type for one in concepts])]


def number_scores(model: Teacher, states: torch.Tensor, numbers: Sequence[Number]) -> torch.Tensor:
    """Logits of what numbers are, shape (numbers, `NUMBER_LABELS`)."""
    scores: torch.Tensor = model.heads["numbers"](states[torch.tensor([n.token for n in numbers])])
    return scores.float()


class _Learning:
    """AdamW on full-precision copies of weights that are kept in bfloat16."""

    def __init__(self, model: Teacher, steps: int) -> None:
        named = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
        self.copies = {p: torch.nn.Parameter(p.detach().float()) for _, p in named}
        heads = [self.copies[p] for n, p in named if n.startswith("heads")]
        body = [self.copies[p] for n, p in named if not n.startswith("heads")]
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
def states_of(
    model: Teacher, examples: Sequence[Example], most: int = 2 * _PIECES_OF_A_BATCH
) -> Iterator[tuple[int, torch.Tensor]]:
    """The place of each example and the states of its tokens; texts of like size together."""
    model.eval()
    sizes = [example.size for example in examples]
    for batch in batches(sizes, most, range(len(examples))):
        states = model(*as_tensors([examples[i] for i in batch]))
        counts = [len(examples[i].pieces) for i in batch]
        yield from zip(batch, torch.split(states, counts), strict=True)


@torch.no_grad()
def measure(model: Teacher, examples: Sequence[Example]) -> dict[str, float]:
    """How well annotated examples are read, before any rule around the network.

    Returns:
        Strict span F1; accuracy of roles and F1 of results where spans and numbers are given; how
        often the likeliest candidate is a metric of a result that has one among them.
    """
    count: Counter[str] = Counter()
    for place, states in states_of(model, examples):
        example = examples[place]
        rows = torch.softmax(model.heads["tags"](states).float(), -1).numpy()
        (tags,) = viterbi([rows], len(TYPES))
        spans, gold = set(span_bounds(tags)), set(span_bounds(example.tags))
        count.update(right=len(spans & gold), found=len(spans), gold=len(gold))
        if example.concepts:
            best = role_scores(model, states, example.concepts).argmax(-1).tolist()
            right = sum(k == one.role for k, one in zip(best, example.concepts, strict=True))
            count.update(concepts=len(best), roles=right)
        if example.numbers:
            best = number_scores(model, states, example.numbers).argmax(-1).tolist()
            wanted = [one.label for one in example.numbers]
            right = sum(k > 0 < j for k, j in zip(best, wanted, strict=True))
            count.update(values=right, told=sum(k > 0 for k in best))
            count.update(stated=sum(k > 0 for k in wanted))
        for number in example.numbers:
            names = [(name, yes) for link, name, yes in number.candidates if link == _METRIC]
            if any(yes for _, yes in names):
                tokens = torch.tensor([name for name, _ in names])
                numbers = torch.full_like(tokens, number.token)
                first = int(model.link_scores(states, numbers, tokens)[:, _METRIC].argmax())
                count.update(metrics=1, metric=names[first][1])
    return {
        "strict span F1": round(Score(count["right"], count["found"], count["gold"]).f1, 4),
        "role accuracy": round(count["roles"] / max(1, count["concepts"]), 4),
        "result F1": round(Score(count["values"], count["told"], count["stated"]).f1, 4),
        "metric accuracy": round(count["metric"] / max(1, count["metrics"]), 4),
    }


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
