"""Resolution without blocks, indices or caches: every step looks at every pair of names.

Slow, and as plain as can be. It shares with `extract.resolve` what judges one name or one pair of
names, and nothing that finds the pairs, joins them or keeps forbidden ones apart.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING, cast

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from extract.implied_definitions import implied_definitions
from extract.initial_matches import find_initial_matches
from extract.lexicon import ordinary_forms
from extract.merging import with_inner_abbreviations
from extract.names import Inventory, Name, vote, words_without_heads
from extract.normalization import compact, name_key, normalize
from extract.phrases import phrase_key, phrase_words
from extract.senses import find_senses, is_rewording, sense_in_paper, shares_most_words
from extract.typos import LEAST_SCORE
from extract.vetoes import case_veto, normal_veto, words_by_capitals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from extract.aliases import AliasTable
    from extract.clusters import Clusters
    from extract.concepts import MentionKey
    from extract.records import Definition, Mention
    from extract.senses import ShortName


def slow_partition(
    mentions: Sequence[Mention],
    definitions: Mapping[str, Sequence[Definition]],
    aliases: AliasTable,
) -> set[frozenset[MentionKey]]:
    """The mentions, by paper, text and type, that name one thing."""
    papers = sorted({m.paper for m in mentions} | definitions.keys())
    defined = {
        paper: (
            *definitions.get(paper, ()),
            *implied_definitions(m for m in mentions if m.paper == paper),
        )
        for paper in papers
    }
    inventory = _inventory(mentions, defined, aliases)
    groups = _Groups(inventory.names)
    shorts = _join_all(groups, inventory, defined, aliases)
    return _parts(mentions, inventory, groups, shorts)


def _inventory(
    mentions: Sequence[Mention],
    defined: Mapping[str, Iterable[Definition]],
    aliases: AliasTable,
) -> Inventory:
    texts = {m.text for m in mentions}
    texts |= {form for found in defined.values() for d in found for form in (d.short, d.long)}
    texts |= _anchors(texts, aliases)
    longs = {s.long for text in texts for s in aliases.known_senses(name_key(text))}
    texts |= longs | _anchors(longs, aliases)
    types = {text: Counter(m.type for m in mentions if m.text == text) for text in texts}
    parts: list[list[str]] = []
    for text in sorted(texts, key=lambda t: (name_key(t), -types[t].total(), t)):
        for part in parts:
            if all(_is_one_spelling(text, other, types, aliases) for other in part):
                part.append(text)
                break
        else:
            parts.append([text])
    names = []
    for index, part in enumerate(parts):
        kinds = sum((types[text] for text in part), Counter[str]())
        words = max((tuple(normalize(text).split()) for text in part), key=lambda w: (len(w), w))
        names.append(Name(index, name_key(part[0]), tuple(part), kinds.total(), vote(kinds), words))
    return Inventory(tuple(names), {text: name for name in names for text in name.texts})


def _anchors(texts: Iterable[str], aliases: AliasTable) -> set[str]:
    return {
        aliases.anchor(group) for text in texts for group in aliases.by_key.get(name_key(text), ())
    }


def _is_one_spelling(
    a: str, b: str, types: Mapping[str, Counter[str]], aliases: AliasTable
) -> bool:
    key = name_key(a)
    if key != name_key(b):
        return False
    if key in aliases.by_key:
        return True
    for x, y in ((a, b), (a.removesuffix("s"), b), (a, b.removesuffix("s"))):
        if x != y and x.lower() == y.lower():
            if case_veto(x, y):
                return False
            break
    coined = not a[1:].islower() and not b[1:].islower() and " " not in a
    apart = types[a] and types[b] and not types[a].keys() & types[b].keys()
    return not (apart and coined and a.lower() == b.lower())


class _Groups:
    """Groups of names no two of which are forbidden to be one."""

    def __init__(self, names: Sequence[Name]) -> None:
        self.names = names
        self.form = {n.index: " ".join(phrase_words(words_without_heads(n))) for n in names}
        self.groups = [{name.index} for name in names]
        self.known: set[frozenset[str]] = set()

    def group(self, index: int) -> set[int]:
        return next(group for group in self.groups if index in group)

    def find(self, index: int) -> int:
        return min(self.group(index))

    def members(self, index: int) -> list[int]:
        return sorted(self.group(index))

    def join(self, a: int, b: int, *, known: bool = False) -> bool:
        if known:
            self.known.add(frozenset((self.form[a], self.form[b])))
        one, other = self.group(a), self.group(b)
        if one is other:
            return True
        if any(self._is_forbidden(x, y) for x in one for y in other):
            return False
        if not known and self._differ_by_capitals(one, other):
            return False
        self.groups.remove(other)
        one |= other
        return True

    def _is_forbidden(self, x: int, y: int) -> bool:
        if self.names[x].key == self.names[y].key:
            return True
        forms = frozenset((self.form[x], self.form[y]))
        return normal_veto(self.form[x], self.form[y]) is not None and forms not in self.known

    def _differ_by_capitals(self, one: Iterable[int], other: Iterable[int]) -> bool:
        pairs = [
            (words_by_capitals(self.names[x].texts[0]), words_by_capitals(self.names[y].texts[0]))
            for x in one
            for y in other
        ]
        return any(
            coined_x & plain_y or coined_y & plain_x
            for (coined_x, plain_x), (coined_y, plain_y) in pairs
        )


def _join_all(
    groups: _Groups,
    inventory: Inventory,
    defined: Mapping[str, Iterable[Definition]],
    aliases: AliasTable,
) -> list[ShortName]:
    names = inventory.names
    _join_aliases(groups, aliases)
    phrases = {name.index: phrase_key(name.words) for name in names}
    _join_same(groups, phrases, _broad_type)
    _join_long_forms(groups, inventory, defined)
    shorts = find_senses(inventory, defined, aliases, cast("Clusters", groups))
    matched = _join_initials(groups, shorts, aliases)
    shorts = [short for short in shorts if short.name not in matched]
    for short in shorts:
        sense = short.default
        if sense is not None and not (sense.curated and not sense.papers):
            groups.join(short.name, sense.name, known=True)
    heads = {name.index: compact(" ".join(words_without_heads(name))) for name in names}
    _join_same(groups, heads, lambda name: name.type)
    inner = with_inner_abbreviations(names, shorts, aliases)
    phrases |= {index: phrase_key(words) for index, words in inner}
    _join_same(groups, phrases, _broad_type)
    _join_typos(groups)
    return shorts


def _join_aliases(groups: _Groups, aliases: AliasTable) -> None:
    def line(name: Name) -> int | None:
        found = aliases.by_key.get(name.key, ())
        return found[0] if len(found) == 1 else None

    pairs = [(a, b) for a, b in combinations(groups.names, 2) if line(a) is not None]
    for a, b in pairs:
        if line(a) == line(b):
            groups.known.add(frozenset((groups.form[a.index], groups.form[b.index])))
    for a, b in pairs:
        if line(a) == line(b):
            groups.join(a.index, b.index, known=True)


def _broad_type(name: Name) -> str:
    return "Method" if name.type == "Task" else name.type


def _join_same(groups: _Groups, keys: Mapping[int, str], type_of: Callable[[Name], str]) -> None:
    """Join pairs with one key and one type, in the order of key, type and frequency.

    A name that no mention has goes with the type that most mentions of its key have.
    """

    def kind(name: Name) -> str:
        if name.type:
            return type_of(name)
        types: Counter[str] = Counter()
        for other in groups.names:
            if other.type and keys[other.index] == keys[name.index]:
                types[type_of(other)] += other.count
        return vote(types)

    def rank(name: Name) -> tuple[str, str, int, str]:
        return keys[name.index], kind(name), -name.count, name.texts[0]

    pairs = [
        sorted((a, b), key=rank)
        for a, b in combinations(groups.names, 2)
        if keys[a.index] == keys[b.index] and kind(a) == kind(b)
    ]
    for a, b in sorted(pairs, key=lambda pair: (rank(pair[0]), rank(pair[1]))):
        groups.join(a.index, b.index)


def _join_long_forms(
    groups: _Groups, inventory: Inventory, defined: Mapping[str, Iterable[Definition]]
) -> None:
    for found in defined.values():
        first: dict[str, Name] = {}
        for definition in found:
            long = inventory.by_text[definition.long]
            if long.count:
                other = first.setdefault(name_key(definition.short), long)
                if is_rewording(other, long) or shares_most_words(other, long):
                    groups.join(other.index, long.index)


def _join_initials(groups: _Groups, shorts: Iterable[ShortName], aliases: AliasTable) -> set[int]:
    names = groups.names
    settled = {n.index for n in names if n.key in aliases.by_key or len(groups.group(n.index)) > 1}
    settled |= {
        short.name
        for short in shorts
        for sense in short.senses
        if sense.papers or any(names[i].count for i in groups.group(sense.name))
    }
    joined = set()
    for index, longs in find_initial_matches(names, settled):
        if all(long in groups.group(longs[0]) for long in longs):
            center = min(longs, key=lambda long: (-names[long].count, long))
            groups.join(index, center, known=True)
            joined.add(index)
    return joined


def _join_typos(groups: _Groups) -> None:
    pairs = [(a, b) for a in groups.names for b in groups.names if is_typo(a, b)]
    for a, b in pairs:
        if len({right.words for slip, right in pairs if slip is a}) == 1:
            x, y = " ".join(a.words), " ".join(b.words)
            if fuzz.ratio(x, y) < LEAST_SCORE or normal_veto(x, y) is not None:
                continue
            if groups.join(a.index, b.index, known=True):
                groups.form[a.index] = groups.form[b.index]


def is_typo(slip: Name, right: Name) -> bool:
    """Whether one slip in one unknown word makes the first of the second."""
    places = [i for i, (x, y) in enumerate(zip(slip.words, right.words, strict=False)) if x != y]
    if len(slip.words) != len(right.words) or len(slip.words) < 2 or len(places) != 1:
        return False
    wrong, word = slip.words[places[0]], right.words[places[0]]
    return (
        min(len(wrong), len(word)) > 4
        and wrong.isalpha()
        and wrong not in ordinary_forms()
        and word in ordinary_forms()
        and wrong[0] == word[0]
        and wrong[:-1] != word
        and wrong != word[:-1]
        and OSA.distance(wrong, word) == 1
        and not any(w[1:] != w[1:].lower() for t in slip.texts for w in t.replace("-", " ").split())
    )


def _parts(
    mentions: Sequence[Mention],
    inventory: Inventory,
    groups: _Groups,
    shorts: Iterable[ShortName],
) -> set[frozenset[MentionKey]]:
    by_name = {short.name: short for short in shorts}
    keys = sorted({(m.paper, m.text, m.type) for m in mentions})
    things: dict[MentionKey, tuple[int, bool]] = {}
    unclear = []
    for key in keys:
        name = inventory.by_text[key[1]].index
        short = by_name.get(name)
        if short is not None and key[0] in short.own:
            own = short.own[key[0]]
            things[key] = (groups.find(name if own == short.default else own.name), False)
        elif short is None or short.default is not None or not short.senses:
            things[key] = (groups.find(name), False)
        else:
            unclear.append((key, short))
    told = {key: _by_neighbours(key, short, things, groups) for key, short in unclear}
    things |= told
    return {
        frozenset(key for key in keys if things[key] == thing) for thing in set(things.values())
    }


def _by_neighbours(
    key: MentionKey,
    short: ShortName,
    things: Mapping[MentionKey, tuple[int, bool]],
    groups: _Groups,
) -> tuple[int, bool]:
    def roots(paper: str) -> set[int]:
        return {root for (other, _, _), (root, _) in things.items() if other == paper}

    near = {sense.name: groups.find(sense.name) for sense in short.senses}
    known = {}
    for sense in short.senses:
        papers = {paper for (paper, _, _), (root, _) in things.items() if root == near[sense.name]}
        known[sense.name] = Counter(
            root for paper in {*papers, *sense.papers} for root in roots(paper)
        )
    told = sense_in_paper(short, key[0], key[2], near, roots(key[0]), known)
    return (groups.find(short.name), True) if told is None else (near[told.name], False)
