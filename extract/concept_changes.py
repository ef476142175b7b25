"""What becomes of concepts from one resolution to the next: new, gone, merged, split, renamed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from extract.concepts import MentionKey
    from extract.records import Concept


class Change(StrEnum):
    """What became of concepts, in the order in which changes are listed."""

    MERGED = "merged"
    SPLIT = "split"
    REGROUPED = "regrouped"
    RENAMED = "renamed"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class ConceptChange:
    """Concepts that share mentions, before and after.

    Attributes:
        change: `merged` (several became one), `split` (one became several), `regrouped` (several
            became several others), `renamed` (one has another name, type or id), `changed` (one has
            other spellings), `new`, `gone`.
        before, after: the concepts, sorted by id.
    """

    change: Change
    before: tuple[Concept, ...]
    after: tuple[Concept, ...]


def compare_concepts(
    before: Iterable[Concept],
    concept_before: Mapping[MentionKey, str],
    after: Iterable[Concept],
    concept_after: Mapping[MentionKey, str],
) -> list[ConceptChange]:
    """What became of concepts, as far as it is more than other counts.

    A concept goes on in all those that have one of its mentions (the same spelling and type in the
    same paper); where none of its mentions is left, in that of its id if this has new ones only.

    Args:
        before, after: all concepts of the two resolutions.
        concept_before, concept_after: concept id by (paper id, surface text, mention type).

    Returns:
        Sorted by kind of change, then by the ids after and before.
    """
    old = {concept.id: concept for concept in before}
    new = {concept.id: concept for concept in after}
    links = {
        (concept, concept_after[key])
        for key, concept in concept_before.items()
        if key in concept_after
    }
    left_alone = old.keys() - {a for a, _ in links}
    all_new = new.keys() - {b for _, b in links}
    links.update((identifier, identifier) for identifier in left_alone & all_new)
    changes = []
    for ids_before, ids_after in _groups(sorted(links), old, new):
        group_before = tuple(old[identifier] for identifier in ids_before)
        group_after = tuple(new[identifier] for identifier in ids_after)
        change = _change(group_before, group_after)
        if change is not None:
            changes.append(ConceptChange(change, group_before, group_after))
    order = list(Change)
    return sorted(
        changes,
        key=lambda c: (order.index(c.change), [x.id for x in c.after], [x.id for x in c.before]),
    )


def _groups(
    links: Iterable[tuple[str, str]], old: Iterable[str], new: Iterable[str]
) -> list[tuple[list[str], list[str]]]:
    """The connected parts of the links between ids before and ids after, singles among them."""
    ahead: dict[str, list[str]] = {identifier: [] for identifier in old}
    back: dict[str, list[str]] = {identifier: [] for identifier in new}
    for a, b in links:
        ahead[a].append(b)
        back[b].append(a)
    neighbours = {"before": ahead, "after": back}
    other = {"before": "after", "after": "before"}
    seen: set[tuple[str, str]] = set()
    groups = []
    for start in [("before", x) for x in sorted(ahead)] + [("after", x) for x in sorted(back)]:
        if start in seen:
            continue
        seen.add(start)
        queue = [start]
        found: dict[str, list[str]] = defaultdict(list)
        for side, identifier in queue:
            found[side].append(identifier)
            reached = {(other[side], x) for x in neighbours[side][identifier]} - seen
            seen |= reached
            queue.extend(sorted(reached))
        groups.append((sorted(found["before"]), sorted(found["after"])))
    return groups


def _change(before: Sequence[Concept], after: Sequence[Concept]) -> Change | None:
    if not before:
        return Change.NEW
    if not after:
        return Change.GONE
    if len(before) > 1:
        return Change.MERGED if len(after) == 1 else Change.REGROUPED
    if len(after) > 1:
        return Change.SPLIT
    (old,), (new,) = before, after
    if (old.id, old.name, old.type) != (new.id, new.name, new.type):
        return Change.RENAMED
    spellings = [{alias.text for alias in concept.aliases} for concept in (old, new)]
    return Change.CHANGED if spellings[0] != spellings[1] else None
