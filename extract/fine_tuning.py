"""Teach the network from a user's own annotated papers: what `paperkg train` does.

By default training goes on from the shipped weights, so that few papers suffice and what is known
stays known as far as the new annotations do not say otherwise. Only the network learns; the weights
of roles and results stay those that are shipped.
"""

from __future__ import annotations

import random
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import spacy
from spacy.training import Example
from spacy.training.loop import create_train_batches, train_while_improving
from spacy.util import fix_random_seed as fix_seed  # type: ignore[attr-defined]  # a public name
from spacy.util import load_config, load_model_from_config, registry

from extract.confidence import MENTION, confidence_model
from extract.confidence_training import judged_mentions, learn_confidence, rescaled
from extract.errors import UsageError
from extract.evaluation import Evaluation, evaluate
from extract.model_identity import TAGGER
from extract.pipeline import Extractor, load_extractor
from extract.predictions import predicted_of
from extract.tokenizer import set_tokenizer
from extract.training import CONFIG, write_pipeline
from extract.training_documents import annotated_docs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from spacy.language import Language

    from extract.gold import AnnotatedPaper

STEPS = 400
_EVALUATIONS = 10
_SCORES = ("ents_p", "ents_r", "ents_f")
_LEARN_RATE = 0.0005  # half of what the shipped weights were learnt with, to change them less


@dataclass(frozen=True, slots=True)
class FineTuning:
    """What training brought.

    Attributes:
        types: of the mentions that were taught, sorted.
        best_step: the step whose weights were kept, from 0.
        before, after: figures on the papers that were held out, of the pipeline that training
            began with (the shipped one where it began from scratch) and of the new one.
    """

    types: tuple[str, ...]
    best_step: int
    before: Evaluation
    after: Evaluation


def hold_out(
    papers: Sequence[AnnotatedPaper], share: float, seed: int
) -> tuple[list[AnnotatedPaper], list[AnnotatedPaper]]:
    """Part papers at random into those to teach and those to measure with, at least one of each.

    Args:
        share: of the papers to measure with, above 0 and below 1.
        seed: the same seed parts the same papers alike, in whatever order they come.

    Raises:
        UsageError: there are fewer than two papers.
    """
    if len(papers) < 2:
        raise UsageError(
            f"Got {len(papers)} annotated papers, expected at least two: one to learn from and "
            "one to measure with."
        )
    ids = sorted(one.paper.id for one in papers)
    count = min(len(ids) - 1, max(1, round(share * len(ids))))
    chosen = frozenset(random.Random(seed).sample(ids, count))
    parts: tuple[list[AnnotatedPaper], list[AnnotatedPaper]] = ([], [])
    for one in papers:
        parts[one.paper.id in chosen].append(one)
    return parts


def fine_tune(
    taught: Sequence[AnnotatedPaper],
    held_out: Sequence[AnnotatedPaper],
    output: Path,
    *,
    start: Path,
    from_scratch: bool = False,
    steps: int = STEPS,
    seed: int = 0,
    about: Mapping[str, Any] | None = None,
    report: Callable[[int, float | None], object] = lambda step, score: None,
) -> FineTuning:
    """Train, keep the weights of the best step, and write the pipeline to a folder.

    Args:
        taught: papers to learn from; their types of mentions are added to those known.
        held_out: papers that choose the best step and by which it is measured, so that the figures
            flatter a little.
        output: the folder, written whole or not at all; one that is there is replaced.
        start: the pipeline to go on from; from scratch: the one to compare with.
        from_scratch: begin with random weights.
        steps: how many batches of some 1,000 words are learnt.
        seed: of the order of papers and of dropout; the same seed gives the same weights.
        about: what else `meta.json` is to say of the training.
        report: told of each step and, where it was measured, of the F1 of mentions.

    Raises:
        UsageError: there is nothing to learn or to measure with.
        ModelError: `start` holds no usable pipeline.
    """
    types = tuple(sorted({mention.type for one in taught for mention in one.mentions}))
    if not types or not any(one.mentions for one in held_out):
        raise UsageError(
            f"Got {len(taught)} papers to learn from and {len(held_out)} to measure with, expected "
            "some with mentions among both. Annotate more, or see what was refused."
        )
    before = load_extractor(start)
    fix_seed(seed)
    nlp = _new_pipeline(taught) if from_scratch else _known_pipeline(start, types)
    with tempfile.TemporaryDirectory() as scratch:
        best = Path(scratch) / "best"
        best_step, scores = _improve(nlp, taught, held_out, best, steps, report)
        trained = spacy.load(best)
        judged = list(judged_mentions(load_extractor(best), held_out))
    # Few papers say how sure the network is on the whole, not what each feature is worth.
    sure = (
        learn_confidence(judged)
        if from_scratch and judged
        else rescaled(confidence_model(start), judged)
    )
    trained.meta.update(
        performance=scores,
        name=output.resolve().name,
        version="0.1.0",
        description=f"{', '.join(types)} in abstracts, trained by `paperkg train`.",
    )
    training = {**(about or {}), "steps": steps, "best_step": best_step, "seed": seed}
    figures = _measured(before, held_out)
    write_pipeline(trained, output, {"training": training}, {MENTION: sure})
    load_extractor.cache_clear()
    confidence_model.cache_clear()
    return FineTuning(types, best_step, figures, _measured(load_extractor(output), held_out))


def _known_pipeline(start: Path, types: Iterable[str]) -> Language:
    nlp = spacy.load(start)
    recogniser: Any = nlp.get_pipe(TAGGER)
    for kind in types:
        recogniser.add_label(kind)
    return nlp


def _new_pipeline(taught: Sequence[AnnotatedPaper]) -> Language:
    nlp = set_tokenizer(load_model_from_config(load_config(CONFIG), auto_fill=True))
    examples = _examples(nlp, taught)
    nlp.initialize(lambda: examples)
    return nlp


def _examples(nlp: Language, papers: Sequence[AnnotatedPaper]) -> list[Example]:
    return [Example(nlp.make_doc(doc.text), doc) for doc in annotated_docs(nlp, papers)]


def _improve(
    nlp: Language,
    taught: Sequence[AnnotatedPaper],
    held_out: Sequence[AnnotatedPaper],
    best: Path,
    steps: int,
    report: Callable[[int, float | None], object],
) -> tuple[int, dict[str, float]]:
    """Train and leave the weights of the best step in the folder `best`.

    Returns:
        That step, and spaCy's scores of it (`ents_p`, `ents_r`, `ents_f`).
    """
    config = load_config(CONFIG, overrides={"training.optimizer.learn_rate": _LEARN_RATE})
    parts = {name: config.interpolate()["training"][name] for name in ("optimizer", "batcher")}
    training = registry.resolve(parts)
    optimizer: Any = nlp.resume_training(sgd=training["optimizer"])
    dropout = config["training"]["dropout"]

    def score() -> tuple[float, dict[str, float]]:
        scores = nlp.evaluate(_examples(nlp, held_out))
        return scores["ents_f"] or 0.0, scores

    rounds = train_while_improving(
        nlp,
        optimizer,
        create_train_batches(nlp, lambda nlp: _examples(nlp, taught), training["batcher"], 0),
        score,
        dropout=dropout,
        eval_frequency=max(1, steps // _EVALUATIONS),
        accumulate_gradient=1,
        patience=0,
        max_steps=steps,
        exclude=[],
        annotating_components=[],
        before_update=None,
    )
    best_step, best_scores = 0, {}
    for _, info, is_best in rounds:
        report(info["step"], info["score"])
        if is_best:
            best_step = info["step"]
            best_scores = {name: info["other_scores"][name] for name in _SCORES}
            with nlp.use_params(optimizer.averages):
                nlp.to_disk(best)
    return best_step, best_scores


def _measured(extractor: Extractor, papers: Sequence[AnnotatedPaper]) -> Evaluation:
    found = extractor.extract(one.paper for one in papers)
    return evaluate(papers, map(predicted_of, found), samples=0)
