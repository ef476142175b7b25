"""What a short name stands for: one thing, or in different papers different things.

The votes are the definitions in the papers, the lines of the alias table, and, where that does not
have the name, what other papers define (`extract.known_abbreviations`). A paper's own definition is
always followed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from extract.records import ConceptType, is_own_type
from extract.vetoes import Veto, joined_prefixes, normal_veto, numbers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from extract.aliases import AliasTable
    from extract.clusters import Clusters
    from extract.names import Inventory, Name
    from extract.records import Definition

DOMINANT_SHARE = 0.75
"""Share of the defining papers from which on the most frequent sense is that of the others too."""

_OWN_WEIGHT = 10
"""As how many papers elsewhere a paper of the corpus counts that defines a short name."""

_STEM = 4
_MADE_OR_POSED = frozenset((str(ConceptType.METHOD), str(ConceptType.TASK)))


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing that a short name stands for.

    Attributes:
        name: index of the long form, or of a name that the alias table has for it.
        papers: ids of the papers that define the short name so, sorted.
        type: concept type of the long form; empty where unknown.
        curated: whether the alias table has it.
        elsewhere: how many papers outside the corpus are known to define it so.
    """

    name: int
    papers: tuple[str, ...]
    type: str
    curated: bool
    elsewhere: int = 0

    @property
    def established(self) -> bool:
        """Whether more than one paper means it."""
        return self.curated or self.elsewhere > 0 or len(self.papers) > 1

    @property
    def weight(self) -> int:
        """How much speaks for it, in papers elsewhere."""
        return _OWN_WEIGHT * len(self.papers) + self.elsewhere


@dataclass(frozen=True, slots=True)
class ShortName:
    """A short name and its senses.

    Attributes:
        name: index of the short name.
        senses: by weight, most first.
        default: the sense in papers that do not say; None where the senses are in balance.
        own: paper id -> the sense that this paper defines.
    """

    name: int
    senses: tuple[Sense, ...]
    default: Sense | None
    own: Mapping[str, Sense] = field(default_factory=dict)


def find_senses(
    inventory: Inventory,
    definitions: Mapping[str, Iterable[Definition]],
    aliases: AliasTable,
    clusters: Clusters,
) -> list[ShortName]:
    """The senses of every short name that is defined, known, or twice in the alias table.

    Args:
        inventory: of all names, those of definitions and of the table included.
        definitions: paper id -> definitions in it.
        aliases: the curated table.
        clusters: the long forms, as far as they are one thing by rules.

    Returns:
        One for each short name, sorted by index.
    """
    votes: dict[int, dict[str, int]] = defaultdict(dict)
    for paper in sorted(definitions):
        found: dict[int, list[Name]] = defaultdict(list)
        for definition in definitions[paper]:
            short = inventory.by_text[definition.short]
            long = inventory.by_text[definition.long]
            if short.key != long.key and not _count_differently(short, long):
                found[short.index].append(long)
        for index, longs in found.items():
            votes[index][paper] = _first_mentioned(longs)
    shorts = set(votes)
    for name in inventory.names:
        if (
            name.count
            and not is_own_type(name.type)
            and (len(aliases.by_key.get(name.key, ())) > 1 or aliases.known_senses(name.key))
        ):
            shorts.add(name.index)
    return [
        _short_name(inventory, inventory.names[short], votes.get(short, {}), aliases, clusters)
        for short in sorted(shorts)
    ]


def _count_differently(short: Name, long: Name) -> bool:
    """Whether both have numbers and not the same: no definition makes `GPT-3` of `GPT-4`."""
    counted = numbers(" ".join(short.words)), numbers(" ".join(long.words))
    return all(counted) and counted[0] != counted[1]


def _first_mentioned(longs: Sequence[Name]) -> int:
    """Of several long forms in one paper the first that is a mention, too."""
    return next((long.index for long in longs if long.count), longs[0].index)


def _short_name(
    inventory: Inventory,
    short: Name,
    votes: Mapping[str, int],
    aliases: AliasTable,
    clusters: Clusters,
) -> ShortName:
    curated = [
        Sense(inventory.by_text[aliases.anchor(group)].index, (), aliases.groups[group].type, True)
        for group in aliases.by_key.get(short.key, ())
        if not is_own_type(short.type)
    ]
    known = [
        Sense(inventory.by_text[sense.long].index, (), sense.type, False, sense.papers)
        for sense in aliases.known_senses(short.key)
        if _may_be(short.type, sense.type)
    ]
    senses = tuple(
        sorted(
            _with_votes(inventory, curated or known, votes, clusters),
            key=lambda sense: (-sense.weight, inventory.names[sense.name].texts[0]),
        )
    )
    own = {paper: sense for sense in senses for paper in sense.papers}
    return ShortName(short.index, senses, _default(senses), own)


def _may_be(kind: str, other: str) -> bool:
    """Whether names of these types may be one thing; methods and tasks may, and unknown ones."""
    return kind == other or not kind or not other or {kind, other} == _MADE_OR_POSED


def _with_votes(
    inventory: Inventory, known: Sequence[Sense], votes: Mapping[str, int], clusters: Clusters
) -> list[Sense]:
    """The senses with the papers that define them, variants of one long form taken together."""
    by_cluster: dict[int, list[str]] = defaultdict(list)
    for paper, long in votes.items():
        by_cluster[clusters.find(long)].append(paper)
    senses = list(known)
    for root in sorted(by_cluster, key=lambda root: (-len(by_cluster[root]), root)):
        name = _representative(inventory, clusters, root)
        for place, sense in enumerate(senses):
            at = clusters.find(sense.name)
            if at == root or _is_variant(inventory, root, sense.name, clusters):
                papers = tuple(sorted((*sense.papers, *by_cluster[root])))
                # The wording that the corpus uses most stands for that of papers elsewhere.
                elsewhere = not (sense.curated or sense.papers)
                senses[place] = replace(
                    sense, papers=papers, name=name if elsewhere else sense.name
                )
                break
        else:
            kind = inventory.names[name].type
            senses.append(Sense(name, tuple(sorted(by_cluster[root])), kind, curated=False))
    return senses


def _representative(inventory: Inventory, clusters: Clusters, root: int) -> int:
    names = [inventory.names[i] for i in clusters.members(root)]
    return min(names, key=lambda name: (-name.count, name.texts[0])).index


def _is_variant(inventory: Inventory, root: int, index: int, clusters: Clusters) -> bool:
    """Whether two clusters of long forms of one short form say the same.

    They do where two of their names have one wording (`is_rewording`); a cluster that nobody
    mentions by itself need only share most words (`reinforcement learning with human feedback`).
    """
    unmentioned = not any(inventory.names[i].count for i in clusters.members(root))
    return any(
        is_rewording(inventory.names[a], inventory.names[b])
        or (unmentioned and shares_most_words(inventory.names[a], inventory.names[b]))
        for a in clusters.members(root)
        for b in clusters.members(index)
    )


def is_rewording(a: Name, b: Name) -> bool:
    """Whether two long forms share four letters word by word: `low-rank adapters`, `adaptation`."""
    words_a, words_b = joined_prefixes(a.words), joined_prefixes(b.words)
    return 1 < len(words_a) == len(words_b) and all(
        x == y or (len(x) > _STEM and x[:_STEM] == y[:_STEM])
        for x, y in zip(words_a, words_b, strict=True)
    )


def says_the_same(a: Name, b: Name) -> bool:
    """Whether two long forms of one short form are wordings of one thing."""
    return a.key == b.key or is_rewording(a, b) or shares_most_words(a, b)


def shares_most_words(a: Name, b: Name) -> bool:
    """Whether more than half of the words of two long forms are in both, and no opposites."""
    words_a, words_b = set(joined_prefixes(a.words)), set(joined_prefixes(b.words))
    if min(len(words_a), len(words_b)) < 2:
        return False
    reason = normal_veto(" ".join(a.words), " ".join(b.words))
    return 2 * len(words_a & words_b) > len(words_a | words_b) and reason not in (
        Veto.NUMBER,
        Veto.OPPOSITE,
        Veto.SIZE,
    )


def _default(senses: Sequence[Sense]) -> Sense | None:
    curated = [sense for sense in senses if sense.curated]
    if len(curated) == 1:
        return curated[0]
    total = sum(sense.weight for sense in senses)
    if not total:
        return None
    first = senses[0]
    if first.weight < DOMINANT_SHARE * total or (curated and len(first.papers) < 3):
        return None
    return first


def without_forbidden(shorts: Iterable[ShortName], clusters: Clusters) -> list[ShortName]:
    """The short names without the senses that the user forbids them to have."""

    def stripped(short: ShortName) -> ShortName:
        senses = tuple(
            sense
            for sense in short.senses
            if not clusters.are_forbidden([short.name], clusters.members(sense.name))
        )
        if senses == short.senses:
            return short
        own = {paper: sense for sense in senses for paper in sense.papers}
        return ShortName(short.name, senses, _default(senses), own)

    return [stripped(short) for short in shorts]


def sense_in_paper(
    short: ShortName,
    paper: str,
    kind: str,
    near: Mapping[int, int],
    roots: Collection[int],
    neighbours: Mapping[int, Counter[int]],
) -> Sense | None:
    """The sense of a short name in one paper that does not define it and where none is default.

    In this order: the only sense whose long form the paper mentions; of those that more than one
    paper means (of all if there are none) the only one that has the mention's type, the one whose
    papers mention clearly more (twice) of what this paper mentions, and the only one that the
    corpus mentions at all.

    Args:
        short: the name and its senses.
        paper: id of the paper.
        kind: type of the mention.
        near: index of a sense's name -> its cluster.
        roots: clusters that the paper mentions.
        neighbours: index of a sense's name -> clusters mentioned in the papers of that sense, with
            the number of papers.

    Returns:
        The sense, or None where nothing tells.
    """
    if paper in short.own:
        return short.own[paper]
    if short.default is not None:
        return short.default
    present = [sense for sense in short.senses if near[sense.name] in roots]
    if len(present) == 1:
        return present[0]
    fitting = [sense for sense in short.senses if _may_be(kind, sense.type)]
    usual = [sense for sense in fitting if sense.established] or fitting
    rest = [sense for sense in usual if sense.type == kind] or usual
    if len(rest) < 2:
        return rest[0] if rest else None
    overlap = {
        sense.name: sum(neighbours[sense.name][root] > 0 for root in roots) for sense in rest
    }
    best = sorted(rest, key=lambda sense: (-overlap[sense.name], sense.name))
    if overlap[best[0].name] >= max(2, 2 * overlap[best[1].name]):
        return best[0]
    known = [sense for sense in rest if neighbours[sense.name]]
    return known[0] if len(known) == 1 else None
