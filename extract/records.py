"""The types that flow from papers to concepts; all frozen, none knows spaCy or a graph."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from extract.errors import UsageError

Field = Literal["title", "abstract"]


class ConceptType(StrEnum):
    """What a concept is; the gold guidelines define each."""

    METHOD = "Method"
    DATASET = "Dataset"
    METRIC = "Metric"
    TASK = "Task"


class Role(StrEnum):
    """How a paper relates to a concept."""

    PROPOSES = "proposes"
    USES = "uses"
    EVALUATES = "evaluates"
    ADDRESSES = "addresses"
    REPORTS = "reports"
    TRAINS = "trains"
    COMPARES = "compares"
    STUDIES = "studies"
    MENTIONS = "mentions"


ROLES_BY_TYPE: dict[str, tuple[Role, ...]] = {
    ConceptType.METHOD: (Role.PROPOSES, Role.USES, Role.COMPARES, Role.STUDIES, Role.MENTIONS),
    ConceptType.DATASET: (Role.PROPOSES, Role.EVALUATES, Role.TRAINS, Role.MENTIONS),
    ConceptType.METRIC: (Role.PROPOSES, Role.REPORTS, Role.MENTIONS),
    ConceptType.TASK: (Role.PROPOSES, Role.ADDRESSES, Role.MENTIONS),
}
"""The roles that fit a type, strongest first; where two meet on one concept, the first wins."""


def is_own_type(type_: str) -> bool:
    """Whether a type is one of the user's own, of which paperkg's lists of names know nothing.

    >>> is_own_type("Gene"), is_own_type("Method"), is_own_type("")
    (True, False, False)
    """
    return bool(type_) and type_ not in ROLES_BY_TYPE


_NO_LETTER = re.compile(r"[^\w\s+#]|_")
# What stands in it beside letters and digits are marks, once `_NO_LETTER` is replaced.
_TITLE_WORD = re.compile(r"[^\W_][^\s+#]*(?:[+#]++(?![^\W_]))?")


def fold(text: str) -> str:
    """Lower case, every run of punctuation or white space one blank: the key of a title.

    Titles that look alike fold alike (Unicode's NFKC). Accents and vowel signs are part of their
    letter, `+` and `#` are part of the word that ends in them.

    >>> fold("LoRA: Low-Rank Adaptation")
    'lora low rank adaptation'
    >>> fold("Learning C++ from C#"), fold("Vision+Language")
    ('learning c++ from c#', 'vision language')
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    # A folded letter may stand apart from its accent again.
    plain = _NO_LETTER.sub(_mark_or_blank, unicodedata.normalize("NFKC", plain))
    return " ".join(_TITLE_WORD.findall(plain))


def _mark_or_blank(match: re.Match[str]) -> str:
    """A combining mark, such as a vowel sign of Hindi, as it is; any other sign a blank."""
    return match.group() if unicodedata.category(match.group()).startswith("M") else " "


def digest(text: str) -> str:
    """Sixteen hexadecimal digits of SHA-256: enough for ids, the same on every machine."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """Where a record was read.

    Attributes:
        file: path as the user gave it, normalised; `-` for standard input.
        line: line on which the record starts, from 1; the record's number, from 1, where the
            format has no lines (one JSON array, CSL-JSON).
        record_id: the record's own id in that file, where it had one.
    """

    file: str
    line: int
    record_id: str | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper, or one record of it as a reader yields it.

    Attributes:
        id: `p` and 16 hexadecimal digits; see `paper_id`.
        title: as read, white space at the ends removed; may be empty.
        abstract: as read, white space at the ends removed; never empty.
        doi: lower case, without resolver address.
        arxiv_id: without version, such as `2503.01234` or `cs/0112017`.
        published: ISO date, as far as it is known: `2024`, `2024-03` or `2024-03-12`.
        seen_on: ISO date of the page that listed the paper; None while the year is unknown.
        authors: names as written.
        categories: subject classes as written, such as `cs.CL`.
        url: where the source says the paper is.
        sources: where it was read, sorted.
    """

    id: str
    title: str
    abstract: str
    doi: str | None = None
    arxiv_id: str | None = None
    published: str | None = None
    seen_on: str | None = None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    url: str | None = None
    sources: tuple[Source, ...] = ()

    def text(self, field: Field) -> str:
        """The field's text, which mentions of that field index."""
        return self.title if field == "title" else self.abstract


def paper_id(title: str, abstract: str) -> str:
    """The id of a record: a hash of its folded title, of the folded abstract where that is empty.

    Titles without any letter or digit fold to nothing and count as empty.
    """
    key = fold(title)
    return "p" + digest(f"title:{key}" if key else f"abstract:{fold(abstract) or abstract}")


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in a paper where a concept is named.

    Attributes:
        paper: id of the paper.
        field: which text `start` and `end` index, in code points: `field[start:end] == text`.
        type: a `ConceptType`, or a type of the user's own.
        role: a role that fits `type`.
        confidence: 0 to 1: the probability that place, borders and type are right; 1 for names
            that the user listed.
        step: what found it: `ner` (the network), `listed` (the user's gazetteer), `gazetteer` (well
            known names), `repeat` (the same string elsewhere in the paper) or `definition` (the
            other half of an abbreviation's definition).
        role_confidence: 0 to 1: the probability that the role is right where the mention is.
        canonical: what the user's gazetteer calls it; None where it does not say.
    """

    paper: str
    field: Field
    start: int
    end: int
    text: str
    type: str
    role: str
    confidence: float
    step: str
    role_confidence: float = 1.0
    canonical: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """One number that an abstract states as a result; None is what it does not state.

    Attributes:
        paper: id of the paper.
        method, dataset, baseline: surface strings as written in the abstract.
        metric: likewise, or the standard name of one that the text only implies (`speed` of "three
            times faster").
        value: the number as written, without hedges, signs of unit or plus.
        unit: `%`, `x`, `points`, `ms`, …
        delta: True where it is a difference or ratio against a baseline.
        quote: the shortest verbatim clause that states it.
        field: which text the quote is from.
        start: where in that text the quote starts, in code points.
        confidence: 0 to 1.
    """

    paper: str
    method: str | None
    dataset: str | None
    metric: str | None
    value: str
    unit: str | None
    baseline: str | None
    delta: bool
    quote: str
    field: Field
    start: int
    confidence: float


def least_confidence(value: float) -> float:
    """The confidence below which things are to be left out, looked at.

    Raises:
        UsageError: it is not 0 to 1.
    """
    if not 0.0 <= value <= 1.0:
        raise UsageError(f"The least confidence is {value}; expected 0 to 1, such as 0.7.")
    return value


def stated(result: Result) -> dict[str, str | bool | float | None]:
    """What a result says, without where it stands: its object in every JSON listing."""
    return {
        "method": result.method,
        "dataset": result.dataset,
        "metric": result.metric,
        "value": result.value,
        "unit": result.unit,
        "baseline": result.baseline,
        "delta": result.delta,
        "quote": result.quote,
        "confidence": result.confidence,
    }


@dataclass(frozen=True, slots=True)
class Definition:
    """An abbreviation defined in a text, such as `low-rank adaptation (LoRA)`.

    Attributes:
        short, long: both as written.
        short_start, long_start: offsets in the text that was searched, in code points.
    """

    short: str
    long: str
    short_start: int
    long_start: int


@dataclass(frozen=True, slots=True, order=True)
class Alias:
    """A surface string of a concept and how many mentions write it so."""

    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Concept:
    """One node of the graph for one thing, however it is written.

    Attributes:
        id: readable, such as `method/bert`; unique over the corpus.
        name: the display name.
        type: by vote of its mentions.
        aliases: all surface strings with counts, most frequent first, ties by text.
        other_types: types that other mentions of it carry, most frequent first.
        ambiguous: True where the name stands for several things that no text tells apart.
    """

    id: str
    name: str
    type: str
    aliases: tuple[Alias, ...]
    other_types: tuple[str, ...] = ()
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """Two names judged one thing or not, and why.

    Attributes:
        a, b: names as written, `a <= b`.
        same: True where they were merged.
        rule: name of the rule or veto.
        score: 0 to 100 where a scorer decided, else None.
        papers: ids of papers that show it, sorted; at most five.
    """

    a: str
    b: str
    same: bool
    rule: str
    score: float | None = None
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """What the pipeline found in one paper.

    Attributes:
        paper: the paper that was read, whose text the offsets index.
        mentions: sorted by field (title first), start, end, type.
        results: in the order of the text.
        definitions: abbreviations defined in the title or the abstract, in the order of the text;
            offsets index `reading_text.ReadingText.text`.
    """

    paper: Paper
    mentions: tuple[Mention, ...]
    results: tuple[Result, ...]
    definitions: tuple[Definition, ...]


@dataclass(frozen=True, slots=True)
class Community:
    """A group of papers and concepts that belong together more than with the rest.

    Attributes:
        id: id of its leading concept (of its first paper where it has no concept).
        name: its telling concepts, such as `diffusion model, FID, image generation`.
        papers: ids of its papers, most central first, ties by id.
        concepts: ids of its concepts, most telling first, ties by id.
    """

    id: str
    name: str
    papers: tuple[str, ...]
    concepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A paper or concept whose words match.

    Attributes:
        id, kind, name: of the node; kind is `Paper` or `Concept`.
        excerpt: the words around the best match, verbatim, `…` where it was cut.
    """

    id: str
    kind: str
    name: str
    excerpt: str
