"""Mark abstracts: `python -m extract.distillation.marking JSONL -o FILE --bert B --teacher T`.

JSONL (plain or gzip) has {"title", "abstract"} a line. FILE is a compressed NumPy archive, see
`Marked`. Two cores with bfloat16 instructions mark some 25 abstracts a second.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch

from extract.distillation.encoder import Teacher
from extract.distillation.examples import (
    ROLES,
    TAGS,
    Example,
    stretches,
    tokenizing,
    word_pieces,
)
from extract.distillation.teacher import read_vocabulary, tag_probabilities
from extract.gold import DEVELOPMENT_PARTS, TRAINING_PARTS
from extract.reading_text import reading_text
from extract.records import Paper, fold
from extract.tokenizer import make_doc

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt
    from tokenizers import BertWordPieceTokenizer

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Marked:
    """Texts with the teacher's opinion.

    Attributes:
        texts: as the network reads them (`extract.reading_text`).
        log_probabilities: for each text an array (float16) of shape (tokens, `TAGS`).
    """

    texts: tuple[str, ...]
    log_probabilities: tuple[npt.NDArray[np.float16], ...]


def read_marked(path: Path) -> Marked:
    """What `write_marked` wrote."""
    with np.load(path) as archive:
        ends = np.cumsum(archive["lengths"])
        rows = archive["log_probabilities"]
        texts = json.loads(archive["texts"].tobytes().decode("utf-8"))
    return Marked(tuple(texts), tuple(np.split(rows, ends[:-1])))


def write_marked(path: Path, marked: Marked) -> None:
    """Write texts and log probabilities into one archive."""
    lengths = np.array([len(rows) for rows in marked.log_probabilities])
    texts = np.frombuffer(json.dumps(marked.texts).encode("utf-8"), dtype=np.uint8)
    with path.open("wb") as file:
        rows = np.concatenate(marked.log_probabilities)
        np.savez_compressed(file, texts=texts, lengths=lengths, log_probabilities=rows)


def sampled_texts(source: Path, gold: Path, count: int, seed: int) -> list[str]:
    """A random sample of abstracts, without those that are annotated.

    Args:
        source: JSON Lines of papers, plain or gzip.
        gold: papers of these parts are left out, by title.
        count: how many; fewer where there are no more.
    """
    known = {fold(title) for title in _annotated_titles(gold)}
    opened = gzip.open if source.suffix == ".gz" else Path.open
    with opened(source, "rt", encoding="utf-8") as file:  # type: ignore[operator]  # two openers
        records = [json.loads(line) for line in file]
    papers = [
        Paper(record["id"], record["title"], record["abstract"])
        for record in records
        if fold(record["title"]) not in known
    ]
    random.Random(seed).shuffle(papers)
    return [reading_text(paper).text for paper in papers[:count]]


def _annotated_titles(gold: Path) -> Iterator[str]:
    for part in (*TRAINING_PARTS, *DEVELOPMENT_PARTS):
        with (gold / f"{part}.papers.jsonl").open(encoding="utf-8") as file:
            yield from (json.loads(line)["title"] for line in file)


def mark(
    model: Teacher, texts: Sequence[str], vocabulary: BertWordPieceTokenizer
) -> Iterator[npt.NDArray[np.float16]]:
    """The teacher's log probabilities of the tags of each text's tokens."""
    for first in range(0, len(texts), _AT_ONCE):
        examples: list[Example] = []
        counts = []
        for text in texts[first : first + _AT_ONCE]:
            doc = make_doc(tokenizing(), text)
            pieces = word_pieces(doc, vocabulary)
            ranges = stretches(pieces)
            counts.append(len(ranges))
            for start, end in ranges:
                nothing = np.zeros(end - start, dtype=np.int64)
                examples.append(Example(pieces[start:end], nothing, nothing))
        rows = iter(tag_probabilities(model, examples))
        for count in counts:
            own = np.concatenate([next(rows) for _ in range(count)])
            yield own.astype(np.float16)
        print(f"{min(first + _AT_ONCE, len(texts)):,} of {len(texts):,} texts", flush=True)


def main() -> None:
    """The command line: JSONL -o FILE --gold GOLD --bert FOLDER --teacher FILE."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True, help="papers to leave out")
    parser.add_argument("--bert", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, required=True)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    vocabulary = read_vocabulary(arguments.bert)
    model = Teacher(TAGS, len(ROLES), vocabulary.get_vocab_size()).bfloat16()
    model.load_state_dict(torch.load(arguments.teacher))
    texts = sampled_texts(arguments.source, arguments.gold, arguments.count, arguments.seed)
    marked = Marked(tuple(texts), tuple(mark(model, texts, vocabulary)))
    write_marked(arguments.output, marked)


if __name__ == "__main__":
    main()
