"""Entity resolution: which mentions name one thing.

The cascade, each step bound by what the steps before it decided:

0. What the user pins is one, what the user forbids is not (`extract.user_decisions`); then what
   the user's gazetteer calls by one canonical name is one (`extract.listed_groups`).
1. The curated alias table, and abbreviations with the long form that papers define or imply (voted
   over the corpus where papers differ; `extract.senses`), that papers elsewhere define
   (`extract.known_abbreviations`), or that is the only one of the corpus to spell them
   (`extract.initial_matches`).
2. Vetoes (`extract.vetoes`): different numbers, sizes, opposites, one content word more. They bind
   all that follows, on every pair of a cluster (`extract.clusters`).
3. Rules: spelling (`extract.names`), word order and light head nouns (`extract.phrases`),
   abbreviations inside longer names.
4. Scores, for misspelled words only (`extract.typos`).

Concepts are a function of the mentions and definitions: no order, no history, no randomness.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.aliases import AliasTable, curated_aliases
from extract.collection import collection_paused
from extract.concepts import MentionKey, Thing, build_concepts
from extract.implied_definitions import implied_definitions
from extract.listed_groups import canonical_names, listed_things, things_apart
from extract.merging import Merger
from extract.names import Inventory, take_inventory
from extract.normalization import key_of_form, name_key, normalize
from extract.senses import (
    Sense,
    ShortName,
    find_senses,
    sense_in_paper,
    without_forbidden,
)
from extract.user_decisions import UserDecisions
from extract.wanted import find_wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from extract.clusters import Clusters
    from extract.records import Concept, Decision, Definition, Mention


@dataclass(frozen=True, slots=True)
class Resolution:
    """The concepts of a corpus.

    Attributes:
        concepts: sorted by id.
        decisions: merges, and near misses that a veto stopped, of surface texts of mentions; two
            that were merged share a concept; sorted by names and rule.
        concept_of: (paper id, surface text, mention type) -> concept id, for every mention. By
            paper, since one short name may stand for different things.
        unmentioned: merges with names that no mention has, such as a long form that stands in a
            definition only; with `decisions` they say how mentions came together.
        remarks: one line for each decision of the user's that touched nothing, and for each rename
            that gave a concept the name of another.
    """

    concepts: tuple[Concept, ...]
    decisions: tuple[Decision, ...]
    concept_of: Mapping[MentionKey, str]
    unmentioned: tuple[Decision, ...] = ()
    remarks: tuple[str, ...] = ()


@collection_paused()
def resolve(
    mentions: Iterable[Mention],
    definitions: Mapping[str, Iterable[Definition]],
    *,
    aliases: AliasTable | None = None,
    decisions: UserDecisions | None = None,
) -> Resolution:
    """Decide which mentions name one concept.

    Args:
        mentions: of the whole corpus, in any order.
        definitions: paper id -> the abbreviations that its title and abstract define
            (`extract.abbreviations.find_definitions`).
        aliases: names that are known to be one; the table of paperkg where None.
        decisions: what the user pins, forbids and renames.

    Returns:
        Concepts that share out the mentions: every mention has exactly one.

    Raises:
        DecisionsError: decisions contradict each other on these mentions.
    """
    wishes = decisions or UserDecisions()
    table = curated_aliases() if aliases is None else aliases
    listed = list(mentions)
    counts = Counter((m.paper, m.text, m.type) for m in listed)
    defined = _all_definitions(listed, definitions)
    things = listed_things(listed)
    apart = (*wishes.forbidden_pairs(), *things_apart(things))
    inventory = _inventory(counts, defined, table, apart)
    wanted = find_wanted(wishes, inventory)
    merger = Merger(inventory, table, _papers_by_text(counts))
    merger.follow(wanted)
    merger.follow_list(things)
    merger.join_aliases()
    merger.join_phrases()
    merger.join_long_forms(defined)
    found = find_senses(inventory, defined, table, merger.clusters)
    shorts = without_forbidden(found, merger.clusters) if wanted.forbids else found
    matched = merger.join_initials(shorts)
    shorts = [short for short in shorts if short.name not in matched]
    merger.join_definitions(shorts)
    merger.join_heads()
    merger.join_inner_abbreviations(shorts)
    merger.join_typos()
    if wanted.forbids:  # senses may have joined what is forbidden since
        shorts = without_forbidden(shorts, merger.clusters)
    # What is pinned is one thing in all papers, whatever they define.
    pinned = wanted.pinned | {inventory.by_text[text].index for text in things}
    by_name = {short.name: short for short in shorts if short.name not in pinned}
    assigned = _assign(counts, inventory, merger, by_name)
    called = canonical_names(things, inventory, merger.clusters)
    made = build_concepts(
        counts, assigned, merger.clusters, inventory, table, wishes.renames, called
    )
    return Resolution(
        made.concepts,
        _held(merger.decisions(), made.concept_of),
        made.concept_of,
        merger.unmentioned(),
        (*wanted.remarks, *made.remarks),
    )


def _held(
    decisions: Sequence[Decision], concept_of: Mapping[MentionKey, str]
) -> tuple[Decision, ...]:
    """The decisions that the concepts bear out.

    A short name may be joined with a long form and yet stand for another in all papers that mention
    it; names that one rule kept apart may be joined by a later one.
    """
    concepts: dict[str, set[str]] = {text: set() for d in decisions for text in (d.a, d.b)}
    for (_, text, _), concept in concept_of.items():
        if text in concepts:
            concepts[text].add(concept)
    return tuple(d for d in decisions if d.same != concepts[d.a].isdisjoint(concepts[d.b]))


def _all_definitions(
    mentions: Iterable[Mention], definitions: Mapping[str, Iterable[Definition]]
) -> dict[str, tuple[Definition, ...]]:
    """The definitions of each paper, those that it only implies last."""
    by_paper: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_paper[mention.paper].append(mention)
    return {
        paper: (*definitions.get(paper, ()), *implied_definitions(by_paper.get(paper, ())))
        for paper in sorted({*by_paper, *definitions})
    }


def _inventory(
    counts: Mapping[MentionKey, int],
    definitions: Mapping[str, Iterable[Definition]],
    aliases: AliasTable,
    apart: Iterable[tuple[str, str]],
) -> Inventory:
    """All names: of mentions, of definitions, and of the alias groups that these touch."""
    types: dict[str, dict[str, int]] = {}
    for (_, text, kind), count in counts.items():
        of_text = types.setdefault(text, {})
        of_text[kind] = of_text.get(kind, 0) + count
    others = {form for found in definitions.values() for d in found for form in (d.short, d.long)}
    forms = {text: normalize(text) for text in {*types, *others}}
    keys = {key_of_form(form, text) for text, form in forms.items()}
    anchors = _anchors(keys, aliases)
    keys.update(map(name_key, anchors))
    longs = {
        s.long for key in keys & aliases.abbreviations.keys() for s in aliases.known_senses(key)
    }
    # The long form of a known abbreviation may be in the table of aliases, too.
    for name in {*anchors, *longs, *_anchors(set(map(name_key, longs)), aliases)}:
        forms.setdefault(name, normalize(name))
    return take_inventory(types, forms, aliases.by_key.keys(), apart)


def _anchors(keys: set[str], aliases: AliasTable) -> set[str]:
    """The anchors of the alias groups that hold one of the keys."""
    groups = {group for key in keys & aliases.by_key.keys() for group in aliases.by_key[key]}
    return {aliases.anchor(group) for group in groups}


def _papers_by_text(counts: Mapping[MentionKey, int]) -> dict[str, list[str]]:
    papers: dict[str, list[str]] = defaultdict(list)
    for paper, text, _ in counts:
        papers[text].append(paper)
    for text, found in papers.items():
        if len(found) > 1:
            papers[text] = sorted(set(found))
    return papers


def _assign(
    counts: Mapping[MentionKey, int],
    inventory: Inventory,
    merger: Merger,
    shorts: Mapping[int, ShortName],
) -> dict[MentionKey, Thing]:
    """What every mention names: its name's cluster, or the sense that its paper means."""
    clusters = merger.clusters
    assigned: dict[MentionKey, Thing] = {}
    own: dict[MentionKey, Sense] = {}
    unclear: list[MentionKey] = []
    for key in sorted(counts):
        name = inventory.by_text[key[1]].index
        short = shorts.get(name)
        if short is None:
            assigned[key] = Thing(clusters.find(name))
        elif key[0] in short.own and short.own[key[0]] != short.default:
            own[key] = short.own[key[0]]
        elif short.default is not None or not short.senses:
            assigned[key] = Thing(clusters.find(name))
        else:
            unclear.append(key)
    assigned |= {key: Thing(clusters.find(sense.name)) for key, sense in own.items()}
    fitting = _fitting_senses(unclear, assigned, inventory, clusters, shorts) if unclear else {}
    for key in unclear:
        sense = fitting.get(key)
        name = inventory.by_text[key[1]].index if sense is None else sense.name
        assigned[key] = Thing(clusters.find(name), ambiguous=sense is None)
    for senses, is_own in ((own, True), (fitting, False)):
        papers: dict[tuple[str, Sense], list[str]] = defaultdict(list)
        for (paper, text, _), sense in senses.items():
            papers[text, sense].append(paper)
        for (text, sense), found in papers.items():
            merger.log_sense(text, sense, sorted(set(found)), own=is_own)
    return assigned


def _fitting_senses(
    unclear: Sequence[MentionKey],
    assigned: Mapping[MentionKey, Thing],
    inventory: Inventory,
    clusters: Clusters,
    shorts: Mapping[int, ShortName],
) -> dict[MentionKey, Sense]:
    """What short names of several senses name in papers that do not define them, where it shows."""
    names = {inventory.by_text[text].index for _, text, _ in unclear}
    senses = [sense for name in sorted(names) for sense in shorts[name].senses]
    roots, papers = _surroundings({key[0] for key in unclear}, senses, assigned, clusters)
    found: dict[MentionKey, Sense] = {}
    known: dict[int, Counter[int]] = {}
    for key in unclear:
        short = shorts[inventory.by_text[key[1]].index]
        near = {sense.name: clusters.find(sense.name) for sense in short.senses}
        for sense in short.senses:
            if sense.name not in known:
                known[sense.name] = _neighbours(sense, near[sense.name], roots, papers)
        sense_here = sense_in_paper(short, key[0], key[2], near, roots[key[0]], known)
        if sense_here is not None:
            found[key] = sense_here
    return found


def _surroundings(
    unclear: Iterable[str],
    senses: Sequence[Sense],
    assigned: Mapping[MentionKey, Thing],
    clusters: Clusters,
) -> tuple[dict[str, set[int]], dict[int, set[str]]]:
    """Which clusters the papers mention that matter to some senses, and which papers these.

    Papers matter that are unclear, that define one of the senses, or that mention it.
    """
    papers: dict[int, set[str]] = {clusters.find(sense.name): set() for sense in senses}
    roots: dict[str, set[int]] = {paper: set() for paper in unclear}
    for (paper, _, _), thing in assigned.items():
        if thing.cluster in papers:
            papers[thing.cluster].add(paper)
    for sense in senses:
        for paper in itertools.chain(sense.papers, papers[clusters.find(sense.name)]):
            roots.setdefault(paper, set())
    for (paper, _, _), thing in assigned.items():
        if paper in roots:
            roots[paper].add(thing.cluster)
    return roots, papers


def _neighbours(
    sense: Sense, root: int, roots: Mapping[str, set[int]], papers: Mapping[int, set[str]]
) -> Counter[int]:
    """Clusters mentioned in the papers of a sense, the sense's own cluster among them."""
    counts: Counter[int] = Counter()
    for paper in {*sense.papers, *papers.get(root, ())}:
        counts.update(roots.get(paper, ()))
    return counts
