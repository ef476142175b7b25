"""Concepts from what mentions name: name, type by vote, aliases with counts, id."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.errors import DecisionsError
from extract.names import vote
from extract.naming import concept_ids, display_name
from extract.normalization import name_key
from extract.records import Alias, Concept

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from extract.aliases import AliasTable
    from extract.clusters import Clusters
    from extract.names import Inventory
    from extract.user_decisions import Rename

MentionKey = tuple[str, str, str]
"""Paper id, surface text, mention type: what decides a mention's concept."""


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """What a mention names, before it has an id: a cluster, or a short name that nothing tells.

    Attributes:
        cluster: the least index of its names.
        ambiguous: True where the cluster's name stands for several things.
    """

    cluster: int
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """Concepts, sorted by id; the concept id of every mention key; renames that named nothing."""

    concepts: tuple[Concept, ...]
    concept_of: dict[MentionKey, str]
    idle: tuple[str, ...]


def build_concepts(
    counts: Mapping[MentionKey, int],
    assigned: Mapping[MentionKey, Thing],
    clusters: Clusters,
    inventory: Inventory,
    aliases: AliasTable,
    renames: Sequence[Rename] = (),
) -> Made:
    """Make one concept of the mentions that name one thing.

    Args:
        counts: mentions by paper, text and type.
        assigned: what each of these names.
        clusters: of the names.
        inventory: the names.
        aliases: the table that has display names of well-known things.
        renames: display names that the user wants.

    Raises:
        DecisionsError: two renames call one concept differently.
    """
    texts: dict[Thing, Counter[str]] = defaultdict(Counter)
    types: dict[Thing, Counter[str]] = defaultdict(Counter)
    for key in sorted(assigned):
        texts[assigned[key]][key[1]] += counts[key]
        types[assigned[key]][key[2]] += counts[key]
    things = sorted(texts)
    names = [_name(thing, texts[thing], clusters, inventory, aliases) for thing in things]
    names, idle = _renamed(names, [texts[thing] for thing in things], renames)
    kinds = [vote(types[thing]) for thing in things]
    ids = concept_ids(
        (kind, name, texts[thing].total(), min(texts[thing]))
        for thing, name, kind in zip(things, names, kinds, strict=True)
    )
    concepts = [
        _concept(thing, identifier, name, kind, texts[thing], types[thing])
        for thing, identifier, name, kind in zip(things, ids, names, kinds, strict=True)
    ]
    id_of = dict(zip(things, ids, strict=True))
    return Made(
        tuple(sorted(concepts, key=lambda concept: concept.id)),
        {key: id_of[thing] for key, thing in assigned.items()},
        idle,
    )


def _renamed(
    names: Sequence[str], texts: Sequence[Counter[str]], renames: Sequence[Rename]
) -> tuple[list[str], tuple[str, ...]]:
    """The names after the user's renames, and a line for each rename that names no concept.

    A rename means the concept of that display name, else the one of which most mentions are
    written so, else the one that differs from it by case, hyphen or plural only.
    """
    renamed = list(names)
    idle: list[str] = []
    by: dict[int, tuple[int, Rename]] = {}
    for number, rename in enumerate(renames, 1):
        place = _meant(rename.name, names, texts)
        if place is None:
            idle.append(f"rename {number}: no concept is named {rename.name!r}.")
            continue
        other, first = by.setdefault(place, (number, rename))
        if first.to != rename.to:
            raise DecisionsError(
                f"rename {other} and rename {number} of the decisions call one concept "
                f"({names[place]}) {first.to!r} and {rename.to!r}. Remove one of them."
            )
        renamed[place] = rename.to
    return renamed, tuple(idle)


def _meant(name: str, names: Sequence[str], texts: Sequence[Counter[str]]) -> int | None:
    key = name_key(name)
    ranked = [
        (-(names[place] == name), -texts[place][name], -texts[place].total(), place)
        for place in range(len(names))
        if names[place] == name or name in texts[place] or name_key(names[place]) == key
    ]
    return min(ranked)[-1] if ranked else None


def _concept(
    thing: Thing,
    identifier: str,
    name: str,
    kind: str,
    texts: Mapping[str, int],
    types: Mapping[str, int],
) -> Concept:
    return Concept(
        id=identifier,
        name=name,
        type=kind,
        aliases=tuple(Alias(text, count) for text, count in _by_count(texts)),
        other_types=tuple(other for other, _ in _by_count(types) if other != kind),
        ambiguous=thing.ambiguous,
    )


def _name(
    thing: Thing,
    texts: Counter[str],
    clusters: Clusters,
    inventory: Inventory,
    aliases: AliasTable,
) -> str:
    """The alias table's display name where it knows the thing, else the best of its spellings."""
    if thing.ambiguous:
        return display_name(texts)
    forms = dict(texts)
    known: Counter[str] = Counter()
    for index in clusters.members(thing.cluster):
        member = inventory.names[index]
        groups = aliases.by_key.get(member.key, ())
        if len(groups) == 1:
            known[aliases.groups[groups[0]].name] += member.count + 1
        for text in member.texts:
            forms.setdefault(text, 0)
    return vote(known) or display_name(forms)


def _by_count(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    items = list(counts.items())
    return items if len(items) == 1 else sorted(items, key=lambda item: (-item[1], item[0]))
