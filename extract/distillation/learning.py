"""Teach the student: `python -m extract.distillation.learning GOLD MARKED -o MODEL`.

Annotated abstracts (parts train, ext, wide; hard targets) and marked ones (the teacher's
probabilities as targets) are mixed; the weights that ship are the running average. The last step
is taken, so that dev and dev_wide choose nothing.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from extract.confidence_training import write_confidence
from extract.distillation.examples import TAGS, TYPES, tagged_doc, tokenizing
from extract.distillation.marking import read_marked
from extract.distillation.student import (
    ATTRIBUTES,
    Sizes,
    Student,
    component_config,
    hash_rows,
    write_into,
)
from extract.gold import TRAINING_PARTS, annotated_papers
from extract.model_identity import TAGGER
from extract.tokenizer import make_doc
from extract.training import write_pipeline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy.typing as npt

_WORDS_OF_A_BATCH = 6000
_RATE, _WARM_UP, _LEAST_RATE = 2e-3, 200, 0.01
_BETAS = (0.9, 0.98)
_SMOOTHING = 0.02  # of annotations, which are not always right either
_AVERAGE_OVER = 0.999


@dataclass(frozen=True, slots=True)
class Lesson:
    """One text to learn from.

    Attributes:
        attributes: of each token, shape (tokens, 4).
        tags: the annotated tag of each token, or the teacher's log probabilities of all.
    """

    attributes: npt.NDArray[np.uint64]
    tags: npt.NDArray[np.int64] | npt.NDArray[np.float16]

    def targets(self) -> npt.NDArray[np.float32]:
        """What the network should say, shape (tokens, tags)."""
        if self.tags.ndim == 2:
            return np.exp(self.tags.astype(np.float32))
        rows = np.full((len(self.tags), TAGS), _SMOOTHING / TAGS, dtype=np.float32)
        rows[np.arange(len(rows)), self.tags] += 1 - _SMOOTHING
        return rows


def lessons(gold: Path, marked: Sequence[Path]) -> tuple[list[Lesson], list[Lesson]]:
    """The annotated texts, and the marked ones."""
    annotated = []
    for part in TRAINING_PARTS:
        for one in annotated_papers(gold, part):
            doc, tags = tagged_doc(one)
            annotated.append(Lesson(doc.to_array(list(ATTRIBUTES)).astype(np.uint64), tags))
    unlabelled = []
    for path in marked:
        read = read_marked(path)
        for text, rows in zip(read.texts, read.log_probabilities, strict=True):
            doc = make_doc(tokenizing(), text)
            attributes = doc.to_array(list(ATTRIBUTES)).astype(np.uint64)
            unlabelled.append(Lesson(attributes, rows))
    return annotated, unlabelled


@dataclass(frozen=True, slots=True)
class Settings:
    """How to learn.

    Attributes:
        epochs: passes over all texts.
        gold_repeats: how often an annotated text comes in a pass; a marked one comes once.
        dropout, word_dropout: see `Student`.
    """

    epochs: float = 6.0
    gold_repeats: int = 2
    dropout: float = 0.1
    word_dropout: float = 0.05
    seed: int = 0


def learn(
    annotated: Sequence[Lesson], unlabelled: Sequence[Lesson], sizes: Sizes, settings: Settings
) -> Student:
    """Train a student; the same lessons, settings and machine give the same weights."""
    random.seed(settings.seed)
    torch.manual_seed(settings.seed)
    every = [*annotated, *unlabelled]
    kinds, places = np.unique(
        np.concatenate([one.attributes for one in every]), axis=0, return_inverse=True
    )
    keys = hash_rows(kinds, sizes)
    ends = np.cumsum([len(one.attributes) for one in every])
    words = [torch.from_numpy(part) for part in np.split(places.reshape(-1), ends[:-1])]
    student = Student(sizes, TAGS, settings.dropout, settings.word_dropout)
    average = {name: value.detach().clone() for name, value in student.state_dict().items()}
    order = [*range(len(annotated))] * settings.gold_repeats
    order += range(len(annotated), len(every))
    steps = int(settings.epochs * sum(len(words[i]) for i in order) / _WORDS_OF_A_BATCH)
    optimizer = torch.optim.Adam(student.parameters(), lr=_RATE, betas=_BETAS, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps))
    student.train()
    for step, batch in enumerate(_batches(order, [len(own) for own in words], steps)):
        targets = torch.from_numpy(np.concatenate([every[i].targets() for i in batch]))
        chosen = [words[i] for i in batch]
        scores = student(keys, torch.cat(chosen), [len(own) for own in chosen])
        loss = -(targets * torch.log_softmax(scores, -1)).sum(-1).mean()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(student.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        kept = min(_AVERAGE_OVER, (2 + step) / (11 + step))
        with torch.no_grad():
            for name, value in student.state_dict().items():
                average[name].lerp_(value, 1 - kept)
        if (step + 1) % 200 == 0:
            print(f"step {step + 1} of {steps}: loss {loss.item():.3f}", flush=True)
    student.load_state_dict(average)
    return student.eval()


def _rate(step: int, steps: int) -> float:
    down = (steps - step) / max(1, steps - _WARM_UP)
    return min((step + 1) / _WARM_UP, max(_LEAST_RATE, down))


def _batches(order: list[int], sizes: Sequence[int], steps: int) -> Iterator[list[int]]:
    """So many batches of shuffled texts; what is left of a pass too small for one is dropped."""
    done = 0
    while True:
        random.shuffle(order)
        for batch in _filled(order, sizes):
            if done == steps:
                return
            yield batch
            done += 1


def _filled(order: Iterable[int], sizes: Sequence[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    words = 0
    for place in order:
        batch.append(place)
        words += sizes[place]
        if words >= _WORDS_OF_A_BATCH:
            yield batch
            batch, words = [], 0


def main() -> None:
    """The command line: GOLD MARKED... -o MODEL."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    defaults = Settings()
    parser.add_argument("gold", type=Path, help="folder of the annotated abstracts")
    parser.add_argument("marked", type=Path, nargs="*", help="archives (.npz) that teachers wrote")
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder for the model")
    parser.add_argument("--epochs", type=float, default=defaults.epochs)
    parser.add_argument("--seed", type=int, default=defaults.seed)
    arguments = parser.parse_args()
    settings = Settings(epochs=arguments.epochs, seed=arguments.seed)
    sizes = Sizes()
    student = learn(*lessons(arguments.gold, arguments.marked), sizes, settings)
    nlp = tokenizing()
    component: Any = nlp.add_pipe(TAGGER, config=component_config(sizes))
    for kind in TYPES:
        component.add_label(kind)
    nlp.initialize()
    write_into(student, nlp)
    nlp.meta.update(
        name="paperkg",
        version="0.2.0",
        description="Methods, datasets, metrics and tasks in abstracts of machine learning papers.",
    )
    about = {"epochs": settings.epochs, "seed": settings.seed}
    write_pipeline(nlp, arguments.output, {"distillation": about})
    for line in write_confidence(arguments.gold, arguments.output):
        print(line)


if __name__ == "__main__":
    main()
