"""Ordinary English words of papers, as against names that somebody coined.

`data/words.txt` holds the words that at least 4 of 39,996 arXiv abstracts of 2025 and 2026 (cs.*,
metadata under CC0) write in lower case, unless four times as many write them with a capital inside
(`bert`, `lora`). `python -m extract.lexicon FILE.jsonl.gz` counts again and prints the list.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from extract.inflection import base_form

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r"[A-Za-z]{3,}")


def word_set(words: str) -> frozenset[str]:
    """The words of a string, for word lists in source code.

    >>> sorted(word_set("score metric"))
    ['metric', 'score']
    """
    return frozenset(words.split())


@cache
def ordinary_words() -> frozenset[str]:
    """The words of `data/words.txt`, lower case, three letters and longer.

    >>> "generator" in ordinary_words(), "roberta" in ordinary_words()
    (True, False)
    """
    text = (files("extract") / "data" / "words.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("#"))


@cache
def ordinary_forms() -> frozenset[str]:
    """The base forms (`extract.inflection`) of the ordinary words, as normal forms hold them."""
    return frozenset(map(base_form, ordinary_words()))


def count_ordinary_words(texts: Iterable[str], *, least: int = 4, share: float = 0.25) -> list[str]:
    """Find the ordinary words of a collection of texts.

    Args:
        texts: one string a paper.
        least: in how many texts a word must stand in lower case.
        share: how many texts may at most write it with a capital after the first letter, as a
            multiple: lower-case texts must be at least `share` times those.

    Returns:
        The words, sorted.

    >>> count_ordinary_words(["a clip of BERT", "each clip", "bert and BERT"], least=1, share=1)
    ['and', 'clip', 'each']
    """
    lower: Counter[str] = Counter()
    coined: Counter[str] = Counter()
    for text in texts:
        words = set(_WORD.findall(text))
        lower.update(word for word in words if word.islower())
        coined.update({word.lower() for word in words if not word[1:].islower()})
    return sorted(w for w, n in lower.items() if n >= least and n >= share * coined[w])


def _texts_of(path: Path) -> Iterable[str]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield f"{record['title']}\n{record['abstract']}"


if __name__ == "__main__":
    sys.stdout.write(
        "# Ordinary words; made by `python -m extract.lexicon`, see extract/lexicon.py.\n"
    )
    sys.stdout.writelines(f"{w}\n" for w in count_ordinary_words(_texts_of(Path(sys.argv[1]))))
