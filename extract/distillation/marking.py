"""Mark abstracts: `python -m extract.distillation.marking PAPERS -o FOLDER --bert B --teacher T`.

PAPERS is any file of papers, or an archive that another teacher wrote (`PART.npz`), whose tags are
then kept: a teacher of roles need not be the best one of tags. FOLDER gets `PART.papers.jsonl` and
`PART.jsonl` as annotated parts have them (`extract.gold`), and `PART.npz` with the probabilities of
all tags, see `Marked`. A core with bfloat16 instructions marks some nine abstracts a second.
"""

from __future__ import annotations

import argparse
import io
import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch

from extract.distillation.examples import Example, stretches, tokenizing, word_pieces
from extract.distillation.opinions import Opinion, opinion
from extract.distillation.teacher import read_teacher, read_vocabulary, states_of
from extract.files import write_all_atomically
from extract.gold import DEVELOPMENT_PARTS, TRAINING_PARTS, annotated_papers
from extract.metric_names import MetricNames, learn_metric_names, metric_names
from extract.papers import read_papers
from extract.reading_text import reading_text
from extract.records import Paper, digest, fold
from extract.tokenizer import make_doc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy.typing as npt
    from tokenizers import BertWordPieceTokenizer

    from extract.distillation.encoder import Teacher

_AT_ONCE = 250


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
    """The archive that `archive_of` made."""
    with np.load(path) as archive:
        ends = np.cumsum(archive["lengths"])
        rows = archive["log_probabilities"]
        texts = json.loads(archive["texts"].tobytes().decode("utf-8"))
    return Marked(tuple(texts), tuple(np.split(rows, ends[:-1])))


def archive_of(marked: Marked) -> bytes:
    """Texts and log probabilities as `read_marked` reads them."""
    lengths = np.array([len(rows) for rows in marked.log_probabilities])
    texts = np.frombuffer(json.dumps(marked.texts).encode("utf-8"), dtype=np.uint8)
    rows = np.concatenate(marked.log_probabilities)
    archive = io.BytesIO()
    np.savez_compressed(archive, texts=texts, lengths=lengths, log_probabilities=rows)
    return archive.getvalue()


def sampled_papers(source: Path, gold: Path, seed: int) -> list[Paper]:
    """The papers of a file in a random order, without those that are annotated.

    Args:
        source: papers in any form that `extract.papers` reads.
        gold: papers of these parts are left out, by title.
        seed: of the order.
    """
    known = {fold(title) for title in _annotated_titles(gold)}
    papers = [paper for paper in read_papers(source) if fold(paper.title) not in known]
    return random.Random(seed).sample(papers, len(papers))


def _annotated_titles(gold: Path) -> Iterator[str]:
    for part in (*TRAINING_PARTS, *DEVELOPMENT_PARTS):
        with (gold / f"{part}.papers.jsonl").open(encoding="utf-8") as file:
            yield from (json.loads(line)["title"] for line in file)


def mark(
    model: Teacher,
    sources: Sequence[str],
    metrics: MetricNames,
    papers: Sequence[Paper],
    vocabulary: BertWordPieceTokenizer,
    tags: Sequence[npt.NDArray[np.float16]] | None = None,
) -> Iterator[Opinion]:
    """What the teacher thinks of each paper, in their order.

    Args:
        model, sources: the teacher, and its labels of where the metric of a result stands.
        metrics: known names of metrics.
        papers: what to mark.
        vocabulary: the teacher's.
        tags: of each paper the log probabilities by another teacher, which are taken for its own.
    """
    for first in range(0, len(papers), _AT_ONCE):
        batch = papers[first : first + _AT_ONCE]
        docs = [make_doc(tokenizing(), reading_text(paper).text) for paper in batch]
        examples: list[Example] = []
        owners: list[int] = []
        for owner, doc in enumerate(docs):
            pieces = word_pieces(doc, vocabulary)
            for start, end in stretches(pieces):
                examples.append(Example(pieces[start:end], np.zeros(end - start, dtype=np.int64)))
                owners.append(owner)
        parts: list[list[torch.Tensor]] = [[] for _ in batch]
        for place, states in sorted(states_of(model, examples), key=lambda pair: pair[0]):
            parts[owners[place]].append(states)
        for place, (paper, doc, own) in enumerate(zip(batch, docs, parts, strict=True), first):
            rows = None if tags is None else tags[place]
            yield opinion(model, sources, metrics, paper, doc, torch.cat(own), rows)
        print(f"{first + len(batch):,} of {len(papers):,} papers", flush=True)


def papers_of(marked: Marked) -> list[Paper]:
    """The papers whose texts were marked, with ids of their texts."""
    papers = []
    for text in marked.texts:
        title, line_feed, abstract = text.partition("\n")
        fields = (title, abstract) if line_feed else ("", title)
        papers.append(Paper(f"t{digest(text)}", *fields))
    return papers


def write_opinions(folder: Path, part: str, opinions: Iterable[Opinion]) -> None:
    """Write the three files of one part into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = list(opinions)
    papers = [one.paper for one in kept]
    records = ({"id": p.id, "title": p.title, "abstract": p.abstract} for p in papers)
    texts = tuple(reading_text(paper).text for paper in papers)
    write_all_atomically(
        {
            folder / f"{part}.papers.jsonl": (json.dumps(record) + "\n" for record in records),
            folder / f"{part}.jsonl": (json.dumps(one.annotation) + "\n" for one in kept),
            folder / f"{part}.npz": archive_of(Marked(texts, tuple(one.rows for one in kept))),
        }
    )


def main() -> None:
    """The command line: PAPERS -o FOLDER --gold GOLD --bert FOLDER --teacher FILE."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("source", type=Path, help="papers, or an archive of marked ones (.npz)")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--part", default="marked", help="name of the files")
    parser.add_argument("--gold", type=Path, required=True, help="papers to leave out")
    parser.add_argument("--bert", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, required=True)
    parser.add_argument("--first", type=int, default=0, help="so many of the sample are left out")
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    vocabulary = read_vocabulary(arguments.bert)
    model, sources = read_teacher(arguments.teacher)
    annotated = [one for p in TRAINING_PARTS for one in annotated_papers(arguments.gold, p)]
    metrics = metric_names(learn_metric_names(annotated))
    chosen = slice(arguments.first, arguments.first + arguments.count)
    tags = None
    if arguments.source.suffix == ".npz":
        before = read_marked(arguments.source)
        papers, tags = papers_of(before), before.log_probabilities[chosen]
    else:
        papers = sampled_papers(arguments.source, arguments.gold, arguments.seed)
    opinions = mark(model, sources, metrics, papers[chosen], vocabulary, tags)
    write_opinions(arguments.output, arguments.part, opinions)


if __name__ == "__main__":
    main()
