"""Why two names are, or are not, one concept: by the library's mentions and the same rules.

A name that the library has never seen is judged as if one more paper mentioned it: the mentions
that could matter to it are resolved together with it. Rules that trust initials the less the more
names there are see only these.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from extract.errors import UsageError
from extract.merge_log import near_miss, way
from extract.normalization import name_key
from extract.records import Alias, Concept, ConceptType, Decision, Definition, Mention
from extract.related_names import RelatedNames
from extract.resolve import resolve
from extract.vetoes import veto

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from extract.concepts import MentionKey
    from extract.library import Library
    from extract.resolve import Resolution
    from extract.user_decisions import UserDecisions

SAME_SPELLING = "same spelling"
AMBIGUOUS = "ambiguous name"
OTHER_SENSE = "different senses of one name"
NO_RULE = "no rule makes them one"
_SENSE = re.compile(r"^(?P<name>.*\S)\s*\((?P<sense>[^()]+)\)$", re.DOTALL)
_PAPERS = ("\0a", "\0b")
"""Ids of the papers that are imagined to mention the names; no real id holds a NUL."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Two names judged one concept or not, and why.

    Attributes:
        a, b: the names as they were given.
        types: the concept type by which each was judged.
        same: whether they are one concept, in one paper at least where a name stands for several.
        rule: the rules on the way from one to the other in order, joined by ` + `; where they are
            two concepts, what keeps them apart.
        score: the least score (0 to 100) on the way where a scorer decided, else None.
        concepts: what each name stands for; the one most mentioned first.
        seen: whether the library has mentions of each, spelled so.
        steps: the merges on the way from `a` to `b`, in order; where they are two concepts the
            decision that keeps them apart, if there is one.
    """

    a: str
    b: str
    types: tuple[str, str]
    same: bool
    rule: str
    score: float | None
    concepts: tuple[tuple[Concept, ...], tuple[Concept, ...]]
    seen: tuple[bool, bool]
    steps: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class _Name:
    """A name to judge: its spelling, the sense that was given for it, and its type."""

    given: str
    text: str
    sense: str | None
    type: str


class Explainer:
    """Judges pairs of names against the mentions of one library.

    Args:
        mentions: of all papers that were resolved.
        definitions: abbreviations that papers define, by paper id.
        concepts: what resolution made of them.
        concept_of: concept id by (paper id, surface text, mention type).
        decisions: the merge log.
        user_decisions: what the user decided.
    """

    def __init__(
        self,
        mentions: Iterable[Mention] = (),
        definitions: Mapping[str, Sequence[Definition]] | None = None,
        concepts: Iterable[Concept] = (),
        concept_of: Mapping[MentionKey, str] | None = None,
        decisions: Iterable[Decision] = (),
        user_decisions: UserDecisions | None = None,
    ) -> None:
        self._mentions: dict[str, list[Mention]] = defaultdict(list)
        for mention in mentions:
            self._mentions[mention.text].append(mention)
        self._definitions = definitions or {}
        self._concepts = {concept.id: concept for concept in concepts}
        self._concept_of = concept_of or {}
        self._decisions = tuple(decisions)
        self._user_decisions = user_decisions

    @classmethod
    def of(cls, library: Library) -> Explainer:
        """An explainer for the concepts that a library holds now.

        Raises:
            LibraryError: it cannot be read.
        """
        with library.snapshot():
            concept_of = library.concept_of()
            mentions = library.mentions(least=library.min_confidence())
            return cls(
                [m for m in mentions if (m.paper, m.text, m.type) in concept_of],
                library.definitions(),
                library.concepts(),
                concept_of,
                library.decisions(),
                library.user_decisions(),
            )

    def explain(self, a: str, b: str, types: Sequence[str] = ()) -> Explanation:
        """Why two names are one concept, or are not.

        Args:
            a, b: names; a parenthesis behind one says which sense is meant: `AR (associative
                recall)`.
            types: the concept type of both, or of each (of several the first and the last); by the
                library's mentions where empty.

        Raises:
            UsageError: a name is blank.
        """
        for text in (a, b):
            if not text.strip():
                raise UsageError(f"Got {text!r} for a name: give two names that are not blank.")
        names = self._names(a, b, tuple(types))
        first, second = names
        if first.text == second.text and first.sense == second.sense:
            return self._explanation(names, self._known(first), self._known(second), True, ())
        known = self._known(first), self._known(second)
        if all(known):
            found = self._found(names, known, self._decisions)
            if found.steps or not found.same:
                return found
        tried = self._try(names)
        if not all(known):
            added = Counter(
                (tried.concept_of[paper, name.text, name.type], name.text)
                for paper, name in zip(_PAPERS, names, strict=True)
            )
            named = [
                self._named(tried, paper, name, added)
                for paper, name in zip(_PAPERS, names, strict=True)
            ]
            known = named[0], named[1]
        return self._found(names, known, (*tried.decisions, *tried.unmentioned))

    # What is asked.

    def _names(self, a: str, b: str, types: tuple[str, ...]) -> tuple[_Name, _Name]:
        first, second = (self._split(text.strip()) for text in (a, b))
        kinds = types or (self._type(first[0]) or self._type(second[0]), self._type(second[0]))
        kind_a = kinds[0] or ConceptType.METHOD
        kind_b = kinds[-1] or kind_a
        return _Name(a, *first, kind_a), _Name(b, *second, kind_b)

    def _split(self, text: str) -> tuple[str, str | None]:
        match = None if text in self._mentions else _SENSE.match(text)
        return (match["name"], match["sense"].strip()) if match else (text, None)

    def _type(self, text: str) -> str:
        counts = Counter(mention.type for mention in self._mentions.get(text, ()))
        return min(counts, key=lambda kind: (-counts[kind], kind), default="")

    def _known(self, name: _Name) -> tuple[Concept, ...]:
        """The concepts of the mentions that are spelled so, most mentioned first."""
        if name.sense:
            return ()
        mentions = self._mentions.get(name.text, ())
        typed = [mention for mention in mentions if mention.type == name.type]
        counts = Counter(self._concept_of[m.paper, m.text, m.type] for m in typed or mentions)
        return tuple(self._concepts[c] for c in sorted(counts, key=lambda c: (-counts[c], c)))

    # What is answered.

    def _found(
        self,
        names: tuple[_Name, _Name],
        concepts: tuple[tuple[Concept, ...], tuple[Concept, ...]],
        decisions: Iterable[Decision],
    ) -> Explanation:
        """The explanation with its steps among these decisions."""
        a, b = names[0].text, names[1].text
        same = any(concept in concepts[1] for concept in concepts[0])
        if same:
            steps = way(a, b, [decision for decision in decisions if decision.same])
        else:
            spellings_a, spellings_b = (
                {text} | {alias.text for concept in found for alias in concept.aliases}
                for text, found in zip((a, b), concepts, strict=True)
            )
            kept_apart = (decision for decision in decisions if not decision.same)
            steps = near_miss(spellings_a, spellings_b, kept_apart, first=(a, b))
        return self._explanation(names, *concepts, same, steps)

    def _explanation(
        self,
        names: tuple[_Name, _Name],
        concepts_a: tuple[Concept, ...],
        concepts_b: tuple[Concept, ...],
        same: bool,
        steps: tuple[Decision, ...],
    ) -> Explanation:
        a, b = names
        scores = [step.score for step in steps if step.score is not None]
        return Explanation(
            a.given,
            b.given,
            (a.type, b.type),
            same,
            _rule(a, b, same, steps, concepts_a + concepts_b),
            min(scores, default=None),
            (concepts_a, concepts_b),
            (a.text in self._mentions, b.text in self._mentions),
            steps,
        )

    # Names that are not known, or known in other senses.

    def _try(self, names: tuple[_Name, _Name]) -> Resolution:
        """Resolve the names, in a paper each, with the mentions that could matter to them."""
        forms = {form for name in names for form in (name.text, name.sense) if form}
        texts = self._related.find(forms)
        definitions: dict[str, list[Definition]] = {
            paper: [d for d in self._definitions[paper] if d.short in texts or d.long in texts]
            for paper in sorted(self._related.papers_that_define(texts))
        }
        mentions = [mention for text in sorted(texts) for mention in self._mentions.get(text, ())]
        for paper, name in zip(_PAPERS, names, strict=True):
            start = 0
            if name.sense:
                start = len(name.sense) + len(" (")
                definitions[paper] = [Definition(name.text, name.sense, start, 0)]
            mentions.append(
                Mention(
                    *(paper, "abstract", start, start + len(name.text), name.text, name.type),
                    *("mentions", 1.0, "asked"),
                )
            )
        return resolve(mentions, definitions, decisions=self._user_decisions)

    def _named(
        self, tried: Resolution, paper: str, name: _Name, added: Mapping[tuple[str, str], int]
    ) -> tuple[Concept, ...]:
        """What a name stands for in its imagined paper, and what it stands for elsewhere.

        Args:
            added: how many mentions of a spelling were imagined, by (concept id, spelling).
        """
        here = tried.concept_of[paper, name.text, name.type]
        elsewhere = {
            concept
            for (_, text, _), concept in tried.concept_of.items()
            if text == name.text and not name.sense
        }
        by_id = {concept.id: concept for concept in tried.concepts}
        return tuple(
            replace(
                by_id[found],
                aliases=tuple(
                    Alias(alias.text, alias.count - added.get((found, alias.text), 0))
                    for alias in by_id[found].aliases
                    if alias.count > added.get((found, alias.text), 0)
                ),
            )
            for found in (here, *sorted(elsewhere - {here}))
        )

    @cached_property
    def _related(self) -> RelatedNames:
        return RelatedNames(self._mentions, self._definitions, self._concept_of)


def _rule(
    a: _Name, b: _Name, same: bool, steps: Sequence[Decision], concepts: Collection[Concept]
) -> str:
    if same:
        rules = dict.fromkeys(step.rule for step in steps)
        return " + ".join(rules) or SAME_SPELLING
    if name_key(a.text) == name_key(b.text) and (a.sense or b.sense):
        return OTHER_SENSE
    if steps:
        return steps[0].rule
    reason = veto(a.text, b.text)
    if reason is not None:
        return str(reason)
    return AMBIGUOUS if any(concept.ambiguous for concept in concepts) else NO_RULE
