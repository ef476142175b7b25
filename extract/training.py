"""Train the shipped pipeline from annotated abstracts: `python -m extract.training GOLD -o MODEL`.

GOLD is a folder of annotated abstracts in the form that `extract.gold` documents. Parts train, ext
and wide teach; dev and dev_wide choose the best step.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import spacy
from spacy.cli._util import parse_config_overrides
from spacy.tokens import DocBin
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as train_loop
from spacy.util import filter_spans, load_config, registry

from extract.gold import DEVELOPMENT_PARTS, TRAINING_PARTS, annotated_papers, occurrences
from extract.pipeline import Extractor, load_extractor
from extract.reading_text import reading_text
from extract.tokenizer import set_tokenizer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

_CONFIG = Path(__file__).with_name("training.cfg")


def _tokenizer_callback() -> Callable[[Language], Language]:
    return set_tokenizer


# The name by which training.cfg asks for it.
registry.callbacks.register("paperkg.set_tokenizer.v1", func=_tokenizer_callback)


def annotated_docs(nlp: Language, gold: Path, part: str) -> Iterator[Doc]:
    """The annotated abstracts of one part as spaCy documents with entities set."""
    for annotated in annotated_papers(gold, part):
        doc = nlp.make_doc(reading_text(annotated.paper).text)
        strings = [{"text": m.text, "type": m.type} for m in annotated.mentions]
        spans = [
            doc.char_span(start, end, label=label, alignment_mode="expand")
            for start, end, label in occurrences(doc.text, strings)
        ]
        doc.set_ents(filter_spans([span for span in spans if span is not None]))
        yield doc


def train(gold: Path, output: Path, overrides: dict[str, Any], *, use_gpu: int = -1) -> None:
    """Train on `gold` and leave the best pipeline in the folder `output` (replaced as a whole).

    Args:
        overrides: settings of training.cfg by dotted name, such as `{"system.seed": 1}`.
        use_gpu: number of the GPU, -1 for the CPU.
    """
    tokenizing = set_tokenizer(spacy.blank("en"))
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name, parts in (("train", TRAINING_PARTS), ("dev", DEVELOPMENT_PARTS)):
            docs = (doc for part in parts for doc in annotated_docs(tokenizing, gold, part))
            DocBin(docs=docs).to_disk(folder / f"{name}.spacy")
        paths = {f"paths.{name}": str(folder / f"{name}.spacy") for name in ("train", "dev")}
        config = load_config(_CONFIG, overrides={**paths, **overrides}, interpolate=False)
        (folder / "out").mkdir()
        nlp = init_nlp(config, use_gpu=use_gpu)
        train_loop(nlp, folder / "out", use_gpu=use_gpu)
        best = folder / "out" / "model-best"
        precision = measure_precision(load_extractor(best), gold)
        _ship(spacy.load(best), output, precision)


def measure_precision(extractor: Extractor, gold: Path) -> dict[str, dict[str, float]]:
    """The share of right mentions on the development parts, by the step that found them and type.

    Returns:
        step -> type -> `(right + 1) / (found + 2)`: Laplace's estimate, since some steps find few.
    """
    found: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    for part in DEVELOPMENT_PARTS:
        annotated = list(annotated_papers(gold, part))
        extractions = extractor.extract(one.paper for one in annotated)
        for one, extraction in zip(annotated, extractions, strict=True):
            expected = {(m.field, m.start, m.end, m.type) for m in one.mentions}
            for m in extraction.mentions:
                found[m.step, m.type] += 1
                right[m.step, m.type] += (m.field, m.start, m.end, m.type) in expected
    precision: dict[str, dict[str, float]] = {}
    for step, type_ in sorted(found):
        estimate = (right[step, type_] + 1) / (found[step, type_] + 2)
        precision.setdefault(step, {})[type_] = round(estimate, 4)
    return precision


def _ship(nlp: Language, output: Path, precision: dict[str, dict[str, float]]) -> None:
    # The paths of this machine say nothing to others, and training data are not shipped.
    nlp.config["paths"].update({"train": None, "dev": None})
    nlp.config["initialize"]["before_init"] = None
    nlp.meta.update(
        name="paperkg",
        version="0.1.0",
        license="Apache-2.0",
        description="Methods, datasets, metrics and tasks in abstracts of machine learning papers.",
        spacy_version=">=3.8.2,<3.9.0",
        paperkg={"precision": precision},
    )
    with tempfile.TemporaryDirectory(dir=output.resolve().parent) as scratch:
        fresh = Path(scratch) / "model"
        nlp.to_disk(fresh)
        # Texts that lie beside the weights, such as the model card, stay.
        for kept in output.glob("*.md"):
            shutil.copy(kept, fresh)
        shutil.rmtree(output, ignore_errors=True)
        fresh.rename(output)


def main() -> None:
    """The command line: GOLD -o MODEL [--dotted.setting VALUE ...]."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path, help="folder of the annotated abstracts")
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder for the model")
    parser.add_argument("--gpu", type=int, default=-1, help="number of the GPU; -1: CPU")
    arguments, rest = parser.parse_known_args()
    train(arguments.gold, arguments.output, parse_config_overrides(rest), use_gpu=arguments.gpu)


if __name__ == "__main__":
    main()
