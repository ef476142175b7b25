"""Train the shipped pipeline from annotated abstracts: `python -m extract.training GOLD -o MODEL`.

GOLD is a folder of annotated abstracts in the form that `extract.gold` documents. Parts train, ext
and wide teach; dev and dev_wide choose the best step.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import spacy
from spacy.cli._util import parse_config_overrides
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as train_loop
from spacy.util import load_config, registry

from extract.errors import PaperkgError
from extract.gold import DEVELOPMENT_PARTS, TRAINING_PARTS, annotated_papers
from extract.pipeline import Extractor, load_extractor
from extract.tokenizer import set_tokenizer
from extract.training_documents import annotated_docs, silver_docs, write_documents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from spacy.language import Language

    from extract.gold import AnnotatedPaper

CONFIG = Path(__file__).with_name("training.cfg")
"""How the shipped network is built and trained."""

_WEIGHT_BEFORE = 20  # mentions


def _tokenizer_callback() -> Callable[[Language], Language]:
    return set_tokenizer


# The name by which training.cfg asks for it.
registry.callbacks.register("paperkg.set_tokenizer.v1", func=_tokenizer_callback)


def train(
    gold: Path,
    output: Path,
    overrides: dict[str, Any],
    *,
    silver: Path | None = None,
    gold_repeats: int = 1,
    use_gpu: int = -1,
) -> None:
    """Train on `gold` and leave the best pipeline in the folder `output` (replaced as a whole).

    Args:
        overrides: settings of training.cfg by dotted name, such as `{"system.seed": 1}`.
        silver: texts that another model has labelled, in the form of `extract.training_documents`;
            they are mixed with the annotated ones.
        gold_repeats: how often each annotated abstract comes in a pass over all, at least 1.
        use_gpu: number of the GPU, -1 for the CPU.

    Raises:
        UsageError: `silver` cannot be read.
        RecordError: a line of it is not of the documented form.
    """
    tokenizing = set_tokenizer(spacy.blank("en"))
    taught = [one for part in TRAINING_PARTS for one in annotated_papers(gold, part)]
    held_out = [one for part in DEVELOPMENT_PARTS for one in annotated_papers(gold, part)]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        docs = chain(
            annotated_docs(tokenizing, taught * gold_repeats),
            () if silver is None else silver_docs(tokenizing, silver),
        )
        write_documents(docs, folder / "train")
        write_documents(annotated_docs(tokenizing, held_out), folder / "dev")
        paths = {f"paths.{name}": str(folder / name) for name in ("train", "dev")}
        config = load_config(CONFIG, overrides={**paths, **overrides}, interpolate=False)
        (folder / "out").mkdir()
        nlp = init_nlp(config, use_gpu=use_gpu)
        train_loop(nlp, folder / "out", use_gpu=use_gpu)
        best = folder / "out" / "model-best"
        precision = measure_precision(load_extractor(best), held_out)
        trained = spacy.load(best)
        trained.meta.update(
            name="paperkg",
            version="0.1.0",
            description="Methods, datasets, metrics and tasks in abstracts of machine learning"
            " papers.",
        )
        write_pipeline(trained, output, {"precision": precision})


def measure_precision(
    extractor: Extractor,
    annotated: Sequence[AnnotatedPaper],
    before: Mapping[str, Mapping[str, float]] | None = None,
) -> dict[str, dict[str, float]]:
    """The share of right mentions by the step that found them and type, which is their confidence.

    Args:
        annotated: papers that the network was not trained on.
        before: the precision of the pipeline that this one was trained from; it counts like 20
            mentions more, since few papers say little. Without it Laplace's estimate is taken.

    Returns:
        step -> type -> 0 to 1.
    """
    found: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    extractions = extractor.extract(one.paper for one in annotated)
    for one, extraction in zip(annotated, extractions, strict=True):
        expected = {(m.field, m.start, m.end, m.type) for m in one.mentions}
        for m in extraction.mentions:
            found[m.step, m.type] += 1
            right[m.step, m.type] += (m.field, m.start, m.end, m.type) in expected
    known = {(step, kind): p for step, row in (before or {}).items() for kind, p in row.items()}
    precision: dict[str, dict[str, float]] = {}
    for step, kind in sorted({*found, *known}):
        weight = _WEIGHT_BEFORE if (step, kind) in known else 2
        prior = weight * known.get((step, kind), 0.5)
        estimate = (right[step, kind] + prior) / (found[step, kind] + weight)
        precision.setdefault(step, {})[kind] = round(estimate, 4)
    return precision


def write_pipeline(
    nlp: Language, output: Path, about: Mapping[str, Any], *, kept: Iterable[Path] = ()
) -> None:
    """Write a trained pipeline to a folder, whole or not at all; one that is there is replaced.

    Args:
        about: what `meta.json` says of it under `paperkg`; `precision` is read when it is loaded.
        kept: files to lie beside the weights, where the pipeline has none of that name. Texts
            that are in the folder (`*.md`, such as the model card) stay as well.
    """
    # The paths of this machine say nothing to others, and training data are not shipped.
    nlp.config["paths"].update({"train": None, "dev": None})
    nlp.config["initialize"]["before_init"] = None
    nlp.meta.update(license="Apache-2.0", spacy_version=">=3.8.2,<3.9.0", paperkg=dict(about))
    with tempfile.TemporaryDirectory(dir=output.resolve().parent) as scratch:
        fresh = Path(scratch) / "model"
        nlp.to_disk(fresh)
        for file in (*kept, *output.glob("*.md")):
            if not (fresh / file.name).exists():
                shutil.copy(file, fresh)
        if output.exists():
            output.rename(Path(scratch) / "before")
        fresh.rename(output)


def main() -> None:
    """The command line: GOLD -o MODEL [--silver FILE] [--dotted.setting VALUE ...]."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path, help="folder of the annotated abstracts")
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder for the model")
    parser.add_argument("--silver", type=Path, help="texts that another model has labelled")
    parser.add_argument("--gold-repeats", type=int, default=1, metavar="TIMES")
    parser.add_argument("--gpu", type=int, default=-1, help="number of the GPU; -1: CPU")
    arguments, rest = parser.parse_known_args()
    try:
        train(
            arguments.gold,
            arguments.output,
            parse_config_overrides(rest),
            silver=arguments.silver,
            gold_repeats=arguments.gold_repeats,
            use_gpu=arguments.gpu,
        )
    except PaperkgError as exc:
        sys.exit(f"Error: {exc}")


if __name__ == "__main__":
    main()
