"""Which names of a corpus could matter to a name: those that a rule may make one with it."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from extract.aliases import curated_aliases
from extract.initial_matches import all_initials, letters_of_short
from extract.normalization import compact, name_key, normalize
from extract.phrases import phrase_key, without_light_heads
from extract.records import ConceptType

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from extract.concepts import MentionKey
    from extract.records import Definition

_ROUNDS = 2


class RelatedNames:
    """Looks names up by what rules go by: spelling, word order, heads, initials, definitions.

    Args:
        spellings: of all mentions.
        definitions: abbreviations that papers define, by paper id.
        concept_of: concept id by (paper id, surface text, mention type).
    """

    def __init__(
        self,
        spellings: Collection[str],
        definitions: Mapping[str, Iterable[Definition]],
        concept_of: Mapping[MentionKey, str],
    ) -> None:
        self._spellings = spellings
        self._definitions = definitions
        self._concept_of = concept_of

    def find(self, forms: Iterable[str]) -> set[str]:
        """Spellings that a rule could make one with these forms, and what is one with those."""
        wanted = set(forms)
        table = curated_aliases()
        for text in sorted(wanted):
            for group in table.by_key.get(name_key(text), ()):
                wanted.update(table.groups[group].names)
            wanted.update(sense.long for sense in table.known_senses(name_key(text)))
        texts: set[str] = set()
        for _ in range(_ROUNDS):
            near = {t for text in wanted for key in _keys(text) for t in self._by_key.get(key, ())}
            members = {t for text in near for c in self._ids.get(text, ()) for t in self._texts[c]}
            defined = {
                form for key in map(name_key, members | wanted) for form in self._forms.get(key, ())
            }
            texts |= near | members | defined
            wanted = texts
        return texts

    def papers_that_define(self, forms: Collection[str]) -> set[str]:
        """Ids of the papers that define one of these forms."""
        return {paper for form in forms for paper in self._papers_by_form.get(form, ())}

    @cached_property
    def _by_key(self) -> dict[str, set[str]]:
        """Spellings by each of the keys that rules go by."""
        found: dict[str, set[str]] = defaultdict(set)
        for text in self._spellings:
            for key in _keys(text):
                found[key].add(text)
        return found

    @cached_property
    def _ids(self) -> dict[str, set[str]]:
        """Spelling -> ids of the concepts that it names."""
        found: dict[str, set[str]] = defaultdict(set)
        for (_, text, _), concept in self._concept_of.items():
            found[text].add(concept)
        return found

    @cached_property
    def _texts(self) -> dict[str, set[str]]:
        """Concept id -> its spellings."""
        found: dict[str, set[str]] = defaultdict(set)
        for text, concepts in self._ids.items():
            for concept in concepts:
                found[concept].add(text)
        return found

    @cached_property
    def _forms(self) -> dict[str, set[str]]:
        """Key of one form of a definition -> both forms."""
        found: dict[str, set[str]] = defaultdict(set)
        for definitions in self._definitions.values():
            for definition in definitions:
                pair = {definition.short, definition.long}
                for form in pair:
                    found[name_key(form)] |= pair
        return found

    @cached_property
    def _papers_by_form(self) -> dict[str, set[str]]:
        """Form of a definition -> ids of the papers that have it."""
        found: dict[str, set[str]] = defaultdict(set)
        for paper, definitions in self._definitions.items():
            for definition in definitions:
                found[definition.short].add(paper)
                found[definition.long].add(paper)
        return found


def _keys(text: str) -> Iterator[str]:
    """What names share that a rule may make one: spelling, word order, light heads, initials."""
    words = tuple(normalize(text).split())
    yield name_key(text)
    yield phrase_key(words)
    for kind in ConceptType:
        yield compact(" ".join(without_light_heads(words, kind, coined=True)))
    for letters in all_initials(text) | letters_of_short(text):
        yield f"\0{letters}"  # which no name is spelled like
