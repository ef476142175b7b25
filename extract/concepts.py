"""Concepts from what mentions name: name, type by vote, aliases with counts, id."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from extract.errors import DecisionsError
from extract.names import vote
from extract.naming import concept_ids, display_name
from extract.normalization import name_key
from extract.records import Alias, Concept, is_own_type

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from extract.aliases import AliasTable
    from extract.clusters import Clusters
    from extract.names import Inventory
    from extract.user_decisions import Rename

MentionKey = tuple[str, str, str]
"""Paper id, surface text, mention type: what decides a mention's concept."""


class Thing(NamedTuple):
    """What a mention names, before it has an id: a cluster, or a short name that nothing tells.

    Attributes:
        cluster: the least index of its names.
        ambiguous: True where the cluster's name stands for several things.
    """

    cluster: int
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """Concepts of a corpus.

    Attributes:
        concepts: sorted by id.
        concept_of: the concept id of every mention key.
        remarks: one line for each rename that named nothing, or named a concept like another.
    """

    concepts: tuple[Concept, ...]
    concept_of: dict[MentionKey, str]
    remarks: tuple[str, ...]


def build_concepts(
    counts: Mapping[MentionKey, int],
    assigned: Mapping[MentionKey, Thing],
    clusters: Clusters,
    inventory: Inventory,
    aliases: AliasTable,
    renames: Sequence[Rename] = (),
    called: Mapping[int, str] | None = None,
) -> Made:
    """Make one concept of the mentions that name one thing.

    Args:
        counts: mentions by paper, text and type.
        assigned: what each of these names.
        clusters: of the names.
        inventory: the names.
        aliases: the table that has display names of well-known things.
        renames: display names that the user wants.
        called: display names by cluster, of the user's gazetteer; renames go before.

    Raises:
        DecisionsError: two renames call one concept differently.
    """
    texts: dict[Thing, dict[str, int]] = defaultdict(dict)
    types: dict[Thing, dict[str, int]] = defaultdict(dict)
    for key, thing in assigned.items():
        _, text, kind = key
        of_text, of_type = texts[thing], types[thing]
        of_text[text] = of_text.get(text, 0) + counts[key]
        of_type[kind] = of_type.get(kind, 0) + counts[key]
    things = sorted(texts)
    kinds = [vote(types[thing]) for thing in things]
    names = [
        (called or {}).get(clusters.find(thing.cluster))
        or _name(thing, texts[thing], kind, clusters, inventory, aliases)
        for thing, kind in zip(things, kinds, strict=True)
    ]
    names, remarks = _renamed(names, [texts[thing] for thing in things], renames)
    ids = concept_ids(
        (kind, name, sum(texts[thing].values()), min(texts[thing]))
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
        remarks,
    )


def _renamed(
    names: Sequence[str], texts: Sequence[Mapping[str, int]], renames: Sequence[Rename]
) -> tuple[list[str], tuple[str, ...]]:
    """The names after the user's renames, and what the user should know of these.

    A rename means the concept of that display name, else the one of which most mentions are
    written so, else the one that differs from it by case, hyphen or plural only.
    """
    if not renames:
        return list(names), ()
    renamed = list(names)
    remarks: list[str] = []
    by_key = _places_by_key(names, {name_key(rename.name) for rename in renames})
    by: dict[int, tuple[int, Rename]] = {}
    for number, rename in enumerate(renames, 1):
        place = _meant(rename.name, names, texts, by_key.get(name_key(rename.name), ()))
        if place is None:
            remarks.append(f"rename {number}: no concept is named {rename.name!r}.")
            continue
        other, first = by.setdefault(place, (number, rename))
        if first.to != rename.to:
            raise DecisionsError(
                f"rename {other} and rename {number} of the decisions call one concept "
                f"({names[place]}) {first.to!r} and {rename.to!r}. Remove one of them."
            )
        renamed[place] = rename.to
    called = Counter(renamed)
    remarks.extend(
        f"rename {number}: {called[rename.to]:,} concepts are called {rename.to!r} now; "
        "a pin makes them one."
        for number, rename in sorted(by.values(), key=lambda numbered: numbered[0])
        if called[rename.to] > 1
    )
    return renamed, tuple(remarks)


def _places_by_key(names: Sequence[str], keys: Collection[str]) -> dict[str, list[int]]:
    """The places of the names that have one of the keys (`name_key`)."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        if (key := name_key(name)) in keys:
            places[key].append(place)
    return places


def _meant(
    name: str, names: Sequence[str], texts: Sequence[Mapping[str, int]], alike: Collection[int]
) -> int | None:
    written = [place for place, found in enumerate(texts) if name in found]
    ranked = [
        (-(names[place] == name), -texts[place].get(name, 0), -sum(texts[place].values()), place)
        for place in {*written, *alike}
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
    texts: Mapping[str, int],
    kind: str,
    clusters: Clusters,
    inventory: Inventory,
    aliases: AliasTable,
) -> str:
    """The alias table's display name where it knows the thing, else the best of its spellings."""

    def key_of(text: str) -> str:
        return inventory.by_text[text].key

    if thing.ambiguous:
        return display_name(texts, kind, key_of=key_of)
    forms = dict(texts)
    known: Counter[str] = Counter()
    for index in clusters.members(thing.cluster):
        member = inventory.names[index]
        groups = () if is_own_type(member.type) else aliases.by_key.get(member.key, ())
        # Where the user keeps names of one group apart, its name stays with its anchor.
        if len(groups) == 1 and _holds(thing, aliases.anchor(groups[0]), clusters, inventory):
            known[aliases.groups[groups[0]].name] += member.count + 1
        for text in member.texts:
            forms.setdefault(text, 0)
    return vote(known) or display_name(forms, kind, key_of=key_of)


def _holds(thing: Thing, text: str, clusters: Clusters, inventory: Inventory) -> bool:
    return clusters.find(inventory.by_text[text].index) == thing.cluster


def _by_count(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    items = list(counts.items())
    return items if len(items) == 1 else sorted(items, key=lambda item: (-item[1], item[0]))
