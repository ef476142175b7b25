"""Train the shipped pipeline from annotated abstracts: `python -m extract.training GOLD -o MODEL`.

GOLD is a folder with, for each part, `PART.papers.jsonl` ({"id", "title", "abstract"} a line) and
`PART.jsonl` ({"id", "mentions": [{"text", "type", ...}]} a line, each string standing for all its
occurrences). Parts train, ext and wide teach; dev and dev_wide choose the best step.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import spacy
from spacy.cli._util import parse_config_overrides
from spacy.tokens import DocBin
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as train_loop
from spacy.util import filter_spans, load_config

from extract.tokenizer import set_tokenizer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc

TRAINING_PARTS = ("train", "ext", "wide")
DEVELOPMENT_PARTS = ("dev", "dev_wide")
_CONFIG = Path(__file__).with_name("training.cfg")


@spacy.registry.callbacks("paperkg.set_tokenizer.v1")
def _tokenizer_callback() -> Callable[[Language], Language]:
    return set_tokenizer


def join_fields(title: str, abstract: str) -> str:
    """The one text that the network reads: title, line feed, abstract (no title: the abstract)."""
    return f"{title}\n{abstract}" if title else abstract


def occurrences(text: str, mentions: Sequence[dict[str, Any]]) -> Iterator[tuple[int, int, str]]:
    """All places of the annotated strings: at word boundaries, longest string first, no overlap.

    Yields:
        start, end (code points of `text`) and type.
    """
    taken = bytearray(len(text))
    for mention in sorted(mentions, key=lambda m: -len(m["text"])):
        for match in re.finditer(rf"(?<!\w){re.escape(mention['text'])}(?!\w)", text):
            start, end = match.span()
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                yield start, end, mention["type"]


def annotated_docs(nlp: Language, gold: Path, part: str) -> Iterator[Doc]:
    """The annotated abstracts of one part as spaCy documents with entities set."""
    with (gold / f"{part}.papers.jsonl").open(encoding="utf-8") as file:
        papers = {paper["id"]: paper for paper in map(json.loads, file)}
    with (gold / f"{part}.jsonl").open(encoding="utf-8") as file:
        for record in map(json.loads, file):
            paper = papers[record["id"]]
            doc = nlp.make_doc(join_fields(paper["title"], paper["abstract"]))
            spans = [
                doc.char_span(start, end, label=label, alignment_mode="expand")
                for start, end, label in occurrences(doc.text, record["mentions"])
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
        best = spacy.load(folder / "out" / "model-best")
        # The paths of this machine say nothing to others, and training data are not shipped.
        best.config["paths"].update({"train": None, "dev": None})
        best.config["initialize"]["before_init"] = None
        shutil.rmtree(output, ignore_errors=True)
        best.to_disk(output)


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
