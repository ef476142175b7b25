"""What a short name stands for: one thing, or in different papers different things.

The votes are the definitions in the papers and the lines of the alias table. A paper's own
definition is always followed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extract.vetoes import Veto, joined_prefixes, normal_veto, numbers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from extract.aliases import AliasTable
    from extract.clusters import Clusters
    from extract.names import Inventory, Name
    from extract.records import Definition

DOMINANT_SHARE = 0.75
"""Share of the defining papers from which on the most frequent sense is that of the others too."""

_STEM = 4


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing that a short name stands for.

    Attributes:
        name: index of the long form, or of a name that the alias table has for it.
        papers: ids of the papers that define the short name so, sorted.
        type: concept type of the long form; empty where unknown.
        curated: whether the alias table has it.
    """

    name: int
    papers: tuple[str, ...]
    type: str
    curated: bool


@dataclass(frozen=True, slots=True)
class ShortName:
    """A short name and its senses.

    Attributes:
        name: index of the short name.
        senses: by number of papers, most first.
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
    """The senses of every short name that is defined, or that the alias table holds twice.

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
        if len(aliases.by_key.get(name.key, ())) > 1:
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
        (inventory.by_text[aliases.anchor(group)].index, aliases.groups[group].type)
        for group in aliases.by_key.get(short.key, ())
    ]
    papers = _papers_by_sense(inventory, votes, [index for index, _ in curated], clusters)
    types = dict(curated)
    senses = tuple(
        sorted(
            (
                Sense(i, tuple(sorted(found)), types.get(i) or inventory.names[i].type, i in types)
                for i, found in papers.items()
            ),
            key=lambda sense: (-len(sense.papers), inventory.names[sense.name].texts[0]),
        )
    )
    own = {paper: sense for sense in senses for paper in sense.papers}
    return ShortName(short.index, senses, _default(senses), own)


def _papers_by_sense(
    inventory: Inventory, votes: Mapping[str, int], curated: Sequence[int], clusters: Clusters
) -> dict[int, list[str]]:
    """Long form -> the papers that define it, with variants of one long form taken together."""
    by_cluster: dict[int, list[str]] = defaultdict(list)
    for paper, long in votes.items():
        by_cluster[clusters.find(long)].append(paper)
    papers: dict[int, list[str]] = {index: [] for index in curated}
    order = sorted(by_cluster, key=lambda root: (-len(by_cluster[root]), root))
    for root in order:
        for index in papers:
            if clusters.find(index) == root or _is_variant(inventory, root, index, clusters):
                papers[index] += by_cluster[root]
                break
        else:
            papers[_representative(inventory, clusters, root)] = by_cluster[root]
    return papers


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
    total = sum(len(sense.papers) for sense in senses)
    if not total:
        return None
    first = senses[0]
    if len(first.papers) < DOMINANT_SHARE * total or (curated and len(first.papers) < 3):
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

    In this order: the only sense whose long form the paper mentions; the only one that has the
    mention's type; the one whose papers mention clearly more (twice) of what this paper mentions;
    the only one that the corpus mentions at all.

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
    typed = [sense for sense in short.senses if sense.type == kind]
    if len(typed) == 1:
        return typed[0]
    rest = typed or list(short.senses)
    overlap = {
        sense.name: sum(neighbours[sense.name][root] > 0 for root in roots) for sense in rest
    }
    best = sorted(rest, key=lambda sense: (-overlap[sense.name], sense.name))
    if overlap[best[0].name] >= max(2, 2 * overlap[best[1].name]):
        return best[0]
    known = [sense for sense in rest if neighbours[sense.name]]
    return known[0] if len(known) == 1 else None
