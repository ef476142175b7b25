"""The steps that join names into clusters, and the log of what they decided."""

from __future__ import annotations

import itertools
from collections import defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING

from extract.clusters import Clusters
from extract.errors import DecisionsError
from extract.initial_matches import find_initial_matches
from extract.names import words_without_heads
from extract.normalization import compact, name_key, normalize, plain_text
from extract.phrases import phrase_key, phrase_words
from extract.records import ConceptType, Decision, is_own_type
from extract.senses import is_rewording, shares_most_words
from extract.typos import find_near_misses, find_typos
from extract.vetoes import Veto, normal_veto, words_by_capitals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from extract.aliases import AliasTable
    from extract.listed_groups import ListedThing
    from extract.names import Inventory, Name
    from extract.records import Definition
    from extract.senses import Sense, ShortName
    from extract.wanted import Wanted, WantedPair

_MOST_PAPERS = 5


class Rule(StrEnum):
    """Why two names are one."""

    PIN = "pinned by the user"
    LISTED = "gazetteer"
    ALIAS = "alias table"
    DEFINITION = "definition"
    ELSEWHERE = "definition in other papers"
    INITIALS = "initials"
    OWN_DEFINITION = "definition in the paper"
    NEIGHBOURHOOD = "sense that fits the paper"
    MARKUP = "markup"
    CASE = "case"
    HYPHEN = "hyphen or space"
    PLURAL = "plural or spelling"
    HEAD = "head noun"
    PHRASE = "word order"
    INNER = "abbreviation inside"
    TYPO = "typo"


class Merger:
    """Joins the names of one corpus step by step and remembers every decision.

    Args:
        inventory: the names.
        aliases: the curated table.
        papers: spelling -> ids of the papers that mention it, sorted.
    """

    def __init__(
        self, inventory: Inventory, aliases: AliasTable, papers: Mapping[str, Sequence[str]]
    ) -> None:
        self._names = inventory.names
        self._inventory = inventory
        self._aliases = aliases
        self._papers = papers
        self._decisions: dict[tuple[str, str, str], Decision] = {}
        self._unmentioned: dict[tuple[str, str, str], Decision] = {}
        self._pinned: frozenset[int] = frozenset()
        self._capitals: dict[int, tuple[int, set[str], set[str]]] = {}
        self._reduced = [words_without_heads(name) for name in self._names]
        phrases = [" ".join(phrase_words(name.words)) for name in self._names]
        self._phrase_keys = [compact(phrase) for phrase in phrases]
        self.clusters = Clusters(
            [
                phrase if words is name.words else " ".join(phrase_words(words))
                for name, words, phrase in zip(self._names, self._reduced, phrases, strict=True)
            ],
            [name.key for name in self._names],
        )

    def follow(self, wanted: Wanted) -> None:
        """Forbid, then pin what the user wants.

        Raises:
            DecisionsError: names are pinned and forbidden to be one.
        """
        self._pinned = wanted.pinned
        for forbid in wanted.forbids:
            self.clusters.forbid(forbid.a, forbid.b)
            self._log_wanted(forbid, same=False)
        for pin in wanted.pins:
            if not self.clusters.pin(pin.a, pin.b):
                forbid = self._forbid_against(pin, wanted.forbids)
                raise DecisionsError(
                    f"{pin.entry} of the decisions makes {pin.text_a!r} and {pin.text_b!r} one, "
                    f"and {forbid.entry} keeps {forbid.text_a!r} and {forbid.text_b!r} apart, "
                    "which are spellings of these or pinned to them. Remove one of these entries."
                )
            self._log_wanted(pin, same=True)

    def follow_list(self, things: Mapping[str, ListedThing]) -> None:
        """Join what the user's gazetteer calls by one canonical name, and keep the rest apart.

        Vetoes do not stop it, what the user forbids does.

        Args:
            things: by spelling.
        """
        groups: dict[ListedThing, list[tuple[Name, str]]] = defaultdict(list)
        for text, thing in things.items():
            groups[thing].append((self._inventory.by_text[text], text))
        for thing in sorted(groups):
            (center, first), *others = sorted(
                groups[thing], key=lambda pair: (-pair[0].count, pair[1])
            )
            for other, text in others:
                if center.index != other.index and self.clusters.pin(center.index, other.index):
                    self._log(first, text, True, Rule.LISTED, None, ())
        for thing, members in sorted(groups.items()):
            for name, _ in members:
                self.clusters.say_what_it_is(name.index, thing)
        self._pinned |= {name.index for members in groups.values() for name, _ in members}

    def _forbid_against(self, pin: WantedPair, forbids: Iterable[WantedPair]) -> WantedPair:
        """The first forbid across the clusters that a pin would join."""
        joined = {self.clusters.find(pin.a), self.clusters.find(pin.b)}
        return next(
            forbid
            for forbid in forbids
            if {self.clusters.find(forbid.a), self.clusters.find(forbid.b)} == joined
        )

    def _allow(self, indices: Iterable[int]) -> None:
        """Exempt names that are one thing from vetoes, and with them what is pinned to them."""
        self.clusters.allow([m for index in indices for m in self.clusters.members(index)])

    def _log_wanted(self, pair: WantedPair, *, same: bool) -> None:
        if self._names[pair.a].count and self._names[pair.b].count:
            rule = Rule.PIN if same else Veto.FORBIDDEN
            self._log(pair.text_a, pair.text_b, same, rule, None, ())

    def join_aliases(self) -> None:
        """Join names of one line of the table; a key on several lines waits for its sense."""
        members: dict[int, list[Name]] = defaultdict(list)
        for name in self._names:
            groups = self._aliases.by_key.get(name.key, ())
            if len(groups) == 1 and not is_own_type(name.type):
                members[groups[0]].append(name)
        for group in sorted(members):
            self._allow(name.index for name in members[group])
            center, *others = sorted(members[group], key=lambda n: (-n.count, n.texts[0]))
            for other in others:
                self._join(center, other, Rule.ALIAS, known=True)

    def join_phrases(self) -> None:
        """Join names that differ in word order or form of phrase."""
        self._join_by_key(self._phrase_keys, Rule.PHRASE)

    def join_long_forms(self, definitions: Mapping[str, Iterable[Definition]]) -> None:
        """Join the wordings of one long form that a paper gives for one short form."""
        for paper, found in definitions.items():
            first: dict[str, Name] = {}
            for definition in found:
                long = self._inventory.by_text[definition.long]
                if not long.count:
                    continue
                other = first.setdefault(name_key(definition.short), long)
                if is_rewording(other, long) or shares_most_words(other, long):
                    self._join(other, long, Rule.DEFINITION, papers=(paper,))

    def join_definitions(self, shorts: Iterable[ShortName]) -> None:
        """Join a short name with the long form that it stands for where nothing else is said."""
        for short in shorts:
            sense = short.default
            if sense is not None and not (sense.curated and not sense.papers):
                a, b = self._names[short.name], self._names[sense.name]
                rule = Rule.DEFINITION if sense.papers else Rule.ELSEWHERE
                if short.name in self._pinned:
                    self._allow((short.name, sense.name))
                self._join(a, b, rule, known=True, papers=sense.papers)

    def join_heads(self) -> None:
        """Join a name with the same name without a head noun that adds nothing."""
        keys = [compact(" ".join(words)) for words in self._reduced]
        self._join_by_key(keys, Rule.HEAD, same_type=True)

    def join_inner_abbreviations(self, shorts: Iterable[ShortName]) -> None:
        """Join `transformer LM` with `transformer language model`."""
        keys = list(self._phrase_keys)
        for index, words in with_inner_abbreviations(self._names, shorts, self._aliases):
            keys[index] = phrase_key(words)
        self._join_by_key(keys, Rule.INNER)

    def join_initials(self, shorts: Iterable[ShortName]) -> set[int]:
        """Join short names whose meaning no paper gives with the only long name that spells them.

        What papers elsewhere mean is of no account where no paper here mentions it.

        Returns:
            Indices of the short names that were joined.
        """
        settled = {
            name.index
            for name in self._names
            if name.key in self._aliases.by_key or self.clusters.has_company(name.index)
        }
        for short in shorts:
            few_letters = len(self._names[short.name].key) < 3 and bool(short.senses)
            if few_letters or any(s.papers or self._is_mentioned(s.name) for s in short.senses):
                settled.add(short.name)
        joined = set()
        for index, longs in find_initial_matches(self._names, settled):
            if len({self.clusters.find(long) for long in longs}) == 1:
                center = max(longs, key=lambda long: (self._names[long].count, -long))
                self._join(self._names[index], self._names[center], Rule.INITIALS, known=True)
                joined.add(index)
        return joined

    def _is_mentioned(self, index: int) -> bool:
        """Whether a mention has the name, or one that was joined with it."""
        return any(self._names[i].count for i in self.clusters.members(index))

    def join_typos(self) -> None:
        """Join misspelled names with the right ones, and log the near misses."""
        for pair in find_typos(self._names):
            a, b = self._names[pair.a], self._names[pair.b]
            if is_own_type(a.type) or is_own_type(b.type):
                continue  # a letter may be all that tells two substances apart
            if self._join(a, b, Rule.TYPO, known=True, score=pair.score) is None:
                self.clusters.judge_as(pair.a, pair.b)
        for pair in find_near_misses(self._names):
            a, b = self._names[pair.a], self._names[pair.b]
            if not (a.count and b.count):
                continue
            reason = normal_veto(" ".join(a.words), " ".join(b.words))
            if reason is not None and self.clusters.find(pair.a) != self.clusters.find(pair.b):
                self._log(a.texts[0], b.texts[0], False, reason, pair.score, ())

    def log_sense(self, text: str, sense: Sense, papers: Sequence[str], *, own: bool) -> None:
        """Remember what a short name of several senses stands for in some papers."""
        rule = Rule.OWN_DEFINITION if own else Rule.NEIGHBOURHOOD
        long = self._names[sense.name].texts[0]
        if long != text:
            self._log(text, long, True, rule, None, papers)

    def decisions(self) -> tuple[Decision, ...]:
        """All decisions so far and those on spellings, sorted."""
        for name in self._names:
            first, *others = name.texts
            for text in others:
                if text in self._papers:
                    self._log(first, text, True, spelling_rule(first, text), None, ())
        return tuple(self._decisions[key] for key in sorted(self._decisions))

    def unmentioned(self) -> tuple[Decision, ...]:
        """The merges with names that no mention has, sorted."""
        return tuple(self._unmentioned[key] for key in sorted(self._unmentioned))

    def _join_by_key(self, keys: Sequence[str], rule: Rule, *, same_type: bool = False) -> None:
        """Join names that share a key and whose types agree, each with the most frequent one.

        Methods and tasks agree unless `same_type`: the same words pose a problem in one paper and
        solve one in another, but `recommendation algorithm` is no recommendation.
        """
        first: dict[str, Name] = {}
        blocks: dict[str, list[Name]] = {}
        for name, key in zip(self._names, keys, strict=True):
            if (other := first.setdefault(key, name)) is not name:
                blocks.setdefault(key, [other]).append(name)
        for key in sorted(blocks):
            for names in _by_type(blocks[key], same_type=same_type):
                self._join_block(sorted(names, key=lambda n: (-n.count, n.texts[0])), rule)

    def _join_block(self, names: Sequence[Name], rule: Rule) -> None:
        """Join names with the first, those that it must not join with their first, and so on.

        Names of one key are apart already, so that there is nothing to join where all have one.
        """
        names = [n for n in names[1:] if self._join(names[0], n, rule) is not None]
        while any(name.key != names[0].key for name in names):
            center, *names = names
            names = [n for n in names if self._join(center, n, rule, silent=True) is not None]

    def _join(
        self,
        a: Name,
        b: Name,
        rule: Rule,
        *,
        known: bool = False,
        score: float | None = None,
        papers: Sequence[str] = (),
        silent: bool = False,
    ) -> Veto | None:
        """Join two names, log it (a refusal only unless `silent`), and return the veto if any."""
        root_a, root_b = self.clusters.find(a.index), self.clusters.find(b.index)
        if root_a == root_b:
            return self.clusters.join(a.index, b.index, known=known)
        reason = None if known else self._capitals_veto(root_a, root_b)
        reason = reason or self.clusters.join(a.index, b.index, known=known)
        if reason is None or (a.count and b.count and not silent):
            self._log(a.texts[0], b.texts[0], reason is None, reason or rule, score, papers)
        return reason

    def _capitals_veto(self, root_a: int, root_b: int) -> Veto | None:
        """Whether one cluster coins by capitals an ordinary word of the other."""
        coined_a, plain_a = self._by_capitals(root_a)
        coined_b, plain_b = self._by_capitals(root_b)
        apart = not (coined_a.isdisjoint(plain_b) and coined_b.isdisjoint(plain_a))
        return Veto.ORDINARY_WORD if apart else None

    def _by_capitals(self, root: int) -> tuple[set[str], set[str]]:
        """What the capitals of a cluster's names coin and what they leave, each name as usual."""
        members = self.clusters.members_in_order_of_joining(root)
        seen, coined, plain = self._capitals.get(root, (0, set(), set()))
        for index in members[seen:]:
            more_coined, more_plain = words_by_capitals(self._names[index].texts[0])
            coined |= more_coined
            plain |= more_plain
        self._capitals[root] = (len(members), coined, plain)
        return coined, plain

    def _log(
        self, a: str, b: str, same: bool, rule: str, score: float | None, papers: Sequence[str]
    ) -> None:
        shown = papers or min(self._papers.get(a, ()), self._papers.get(b, ()), key=len)
        first, second = sorted((a, b))
        mentioned = a in self._papers and b in self._papers
        log = self._decisions if mentioned else self._unmentioned
        log[first, second, rule] = Decision(
            first, second, same, str(rule), score, tuple(shown[:_MOST_PAPERS])
        )


def with_inner_abbreviations(
    names: Sequence[Name], shorts: Iterable[ShortName], aliases: AliasTable
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Longer names that hold abbreviations: the index, and the words with these spelled out."""
    spelled_out: dict[str, tuple[str, ...]] = {}
    for group in aliases.groups:
        phrases = [form for form in map(normalize, group.names) if " " in form]
        # The first long form, without its head noun where it has a name without that.
        long = min((form for form in phrases if phrases[0].startswith(form)), key=len, default="")
        for key in group.keys:
            if len(aliases.by_key[key]) == 1 and len(key) < len(compact(long)):
                spelled_out[key] = tuple(long.split())
    for short in shorts:
        sense = short.default
        if sense is not None and (sense.curated or len(sense.papers) > 2):
            spelled_out[names[short.name].key] = names[sense.name].words
    short_words = spelled_out.keys() | aliases.abbreviations.keys()
    for name in names:
        if is_own_type(name.type):
            continue
        if len(name.words) > 1 and not short_words.isdisjoint(name.words):
            spelled = (
                spelled_out.get(word) or aliases.usual_words(word) or (word,) for word in name.words
            )
            yield name.index, tuple(itertools.chain.from_iterable(spelled))


def _by_type(names: Sequence[Name], *, same_type: bool) -> list[list[Name]]:
    """The names by type; those without a type join the most frequent one."""
    parts: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        merged = name.type == ConceptType.TASK and not same_type
        parts[ConceptType.METHOD if merged else name.type].append(name)
    untyped = parts.pop("", [])
    listed = [parts[kind] for kind in sorted(parts)] or [[]]
    max(listed, key=lambda part: sum(name.count for name in part)).extend(untyped)
    return listed


def spelling_rule(a: str, b: str) -> Rule:
    """By which rule two spellings of one key are one name.

    >>> str(spelling_rule("BERT", "Bert")), str(spelling_rule("pre-training", "Pretraining"))
    ('case', 'hyphen or space')
    """
    plain_a, plain_b = plain_text(a), plain_text(b)
    if plain_a == plain_b:
        return Rule.MARKUP
    if plain_a.lower() == plain_b.lower():
        return Rule.CASE
    letters_a, letters_b = (
        "".join(c for c in text.lower() if c.isalnum()) for text in (plain_a, plain_b)
    )
    if letters_a == letters_b:
        return Rule.HYPHEN
    return Rule.PLURAL if name_key(a) == name_key(b) else Rule.MARKUP
