"""Count what abbreviations stand for: `python -m extract.abbreviation_mining DATA -o FILE`.

DATA is a folder with the files below, FILE is `extract/data/abbreviations.tsv`. Read are

- the definitions (`extract.abbreviations`) in titles and abstracts of `arxiv_unlabelled.jsonl.gz`
  (arXiv metadata, CC0) and in the papers of `scirex.train.jsonl.gz` (SciREX, Apache-2.0), and
- the names of methods, data sets, metrics and tasks with their long forms in `er_pairs.tsv` and
  `gazetteer.tsv` (Papers with Code, dataset cards and others; names are facts), as far as the
  words of the long form spell the short one.

Kept is a long form that two papers or a list give, of an abbreviation that papers enough have: the
fewer letters, the more. (Learnt from 70 % of the abstracts, what was kept so was right for at least
95 % of the abbreviations that two or more of the other abstracts define alike.) The types are those
that the trained pipeline finds in the abstracts that define the abbreviation; abbreviations of what
is no concept of a paper are left out.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.abbreviations import find_definitions
from extract.initialisms import is_short_form, is_spelled_closely
from extract.known_abbreviations import KnownSense, format_abbreviations
from extract.names import Name, vote
from extract.naming import display_name
from extract.normalization import name_key, normalize, plain_text
from extract.pipeline import load_extractor
from extract.records import ConceptType, Paper
from extract.senses import says_the_same
from extract.vetoes import numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

LISTED = 3
"""As many papers as a list that people keep counts for."""

_FEWEST_PAPERS = 2
_FEWEST_BY_LETTERS = {2: 4, 3: 3}
_LEAST_SHARE = 0.03
_MOST_SENSES = 5
_TYPED_PAPERS = 4
_LONGEST = 80
_MOST_WORDS = 10
_TYPES = frozenset(map(str, ConceptType))
# Lists of splits, settings and topics, and coreference that a machine proposed, vouch for nothing.
_NOISY_LISTS = frozenset(["axcell_manual", "cso_3", "scirex_train_coref"])


@dataclass(frozen=True, slots=True)
class Evidence:
    """One paper, or one list, that gives an abbreviation.

    Attributes:
        source: id of the paper or name of the list.
        short, long: as written.
        type: concept type where a list has it, else empty.
    """

    source: str
    short: str
    long: str
    type: str = ""

    @property
    def weight(self) -> int:
        """As how many papers it counts."""
        return LISTED if self.type else 1


@dataclass(slots=True)
class _Sense:
    """Wordings of one long form, the most frequent first."""

    names: list[Name]
    texts: Counter[str]
    types: Counter[str]
    sources: list[str]
    papers: int = 0
    shorts: Counter[str] = field(default_factory=Counter)


def evidence_of_papers(papers: Iterable[tuple[str, Sequence[str]]]) -> Iterator[Evidence]:
    """The definitions in papers, given as id and texts; each abbreviation once a paper."""
    for paper, texts in papers:
        seen = set()
        for definition in (d for text in texts for d in find_definitions(text)):
            key = name_key(definition.short)
            if key not in seen and is_short_form(definition.short):
                seen.add(key)
                yield Evidence(paper, definition.short, definition.long)


def evidence_of_lists(rows: Iterable[Sequence[str]]) -> Iterator[Evidence]:
    """The abbreviations among the names of lists, each once a list.

    Args:
        rows: name, type, another name, list; in both orders.
    """
    found = set()
    for name, kind, other, source in rows:
        if kind not in _TYPES or source in _NOISY_LISTS:
            continue
        pairs = [(d.short, d.long) for d in find_definitions(name)]
        for short, long in (*pairs, (name, other), (other, name)):
            if _is_abbreviation(short, long):
                found.add(Evidence(source, short, long, kind))
    yield from sorted(found, key=lambda e: (e.source, e.short, e.long, e.type))


def _is_abbreviation(short: str, long: str) -> bool:
    """Whether a list's long form spells a short one, and has no brackets and no further numbers."""
    return (
        " " not in short
        and len(long.split()) <= _MOST_WORDS
        and not set("()_/").intersection(long)
        and set(numbers(normalize(long))) <= set(numbers(normalize(short)))
        and short.lower() not in long.lower()
        and is_spelled_closely(short, long)
    )


def collect_senses(evidence: Iterable[Evidence]) -> dict[str, list[_Sense]]:
    """The senses of each abbreviation by key, with wordings of one long form taken together."""
    by_key: dict[str, dict[str, list[Evidence]]] = defaultdict(lambda: defaultdict(list))
    for one in evidence:
        short, long = name_key(one.short), name_key(one.long)
        if short != long:
            by_key[short][long].append(one)
    return {key: _senses(longs) for key, longs in by_key.items()}


def _senses(longs: Mapping[str, Sequence[Evidence]]) -> list[_Sense]:
    senses: list[_Sense] = []
    order = sorted(longs, key=lambda key: (-sum(e.weight for e in longs[key]), key))
    for key in order:
        texts = Counter(plain_text(e.long) for e in longs[key])
        name = Name(0, key, (vote(texts),), 0, "", tuple(normalize(vote(texts)).split()))
        for sense in senses:
            if says_the_same(sense.names[0], name):
                break
        else:
            sense = _Sense([], texts, Counter(), [])
            senses.append(sense)
        sense.names.append(name)
        sense.papers += sum(e.weight for e in longs[key])
        sense.sources += [e.source for e in longs[key] if not e.type]
        sense.types.update(e.type for e in longs[key] if e.type)
        sense.shorts.update(e.short for e in longs[key])
    return sorted(senses, key=lambda sense: (-sense.papers, sense.names[0].key))


def frequent(key: str, senses: Sequence[_Sense]) -> list[_Sense]:
    """The senses of an abbreviation, by its key, that papers enough give, at most five."""
    total = sum(sense.papers for sense in senses)
    kept = [
        sense
        for sense in senses[:_MOST_SENSES]
        if sense.papers >= max(_FEWEST_PAPERS, _LEAST_SHARE * total)
        and len(sense.names[0].texts[0]) <= _LONGEST
    ]
    fewest = _FEWEST_BY_LETTERS.get(len(key), _FEWEST_PAPERS)
    return kept if sum(sense.papers for sense in kept) >= fewest else []


def find_types(senses: Mapping[str, Sequence[_Sense]], papers: Mapping[str, Paper]) -> None:
    """Add the types that the pipeline gives short and long forms in papers that define them."""
    asked: dict[str, list[tuple[str, _Sense]]] = defaultdict(list)
    for key, found in senses.items():
        for sense in found:
            for source in [s for s in sense.sources if s in papers][:_TYPED_PAPERS]:
                asked[papers[source].id].append((key, sense))
    chosen = [papers[source] for source in sorted(papers) if papers[source].id in asked]
    for extraction in load_extractor().extract(chosen):
        kinds: dict[str, set[str]] = defaultdict(set)
        for mention in extraction.mentions:
            kinds[name_key(mention.text)].add(mention.type)
        for key, sense in asked[extraction.paper.id]:
            for form in {key, *(name.key for name in sense.names)}:
                sense.types.update(kinds.get(form, ()))


def mine(
    papers: Mapping[str, Paper],
    others: Iterable[tuple[str, Sequence[str]]],
    lists: Iterable[Sequence[str]],
) -> dict[str, list[KnownSense]]:
    """Count what abbreviations stand for.

    Args:
        papers: by id; the pipeline reads some of them for types.
        others: id and texts of further papers.
        lists: rows of `evidence_of_lists`.

    Returns:
        Abbreviation -> its senses, most papers first.
    """
    read = ((source, (p.title, p.abstract)) for source, p in papers.items())
    collected = collect_senses(
        [*evidence_of_papers(read), *evidence_of_papers(others), *evidence_of_lists(lists)]
    )
    senses = {key: found for key in sorted(collected) if (found := frequent(key, collected[key]))}
    find_types(senses, papers)
    return {
        vote(sum((sense.shorts for sense in found), Counter())): [
            KnownSense(display_name(sense.texts), vote(sense.types), sense.papers)
            for sense in found
        ]
        for found in senses.values()
        if any(sense.types for sense in found)
    }


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _table(path: Path) -> Iterator[list[str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield line.split("\t")


def _lists(folder: Path) -> Iterator[Sequence[str]]:
    for a, b, kind, source in _table(folder / "er_pairs.tsv"):
        yield a, kind, b, source
    for name, kind, canonical, source in _table(folder / "gazetteer.tsv"):
        yield name, kind, canonical, source


def main() -> None:
    """The command line: DATA -o FILE."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    arguments = parser.parse_args()
    papers = {
        record["id"]: Paper(id=record["id"], title=record["title"], abstract=record["abstract"])
        for record in _json_lines(arguments.data / "arxiv_unlabelled.jsonl.gz")
    }
    sections = _json_lines(arguments.data / "scirex.train.jsonl.gz")
    others = [
        (str(document), [section["text"] for section in group])
        for document, group in groupby(sections, key=lambda section: section["doc"])
    ]
    header = "# What abbreviations stand for; made by `python -m extract.abbreviation_mining`.\n"
    text = header + format_abbreviations(mine(papers, others, _lists(arguments.data)))
    arguments.output.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
