"""What a user's gazetteer says of the names of one corpus: which are one thing, and its name.

Mentions carry it (`Mention.canonical`), so that concepts stay a function of mentions and decisions.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.normalization import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from extract.clusters import Clusters
    from extract.names import Inventory
    from extract.records import Mention


@dataclass(frozen=True, slots=True, order=True)
class ListedThing:
    """A thing of the gazetteer: a canonical name and the type of what has it."""

    canonical: str
    type: str


def listed_things(mentions: Iterable[Mention]) -> dict[str, ListedThing]:
    """What each spelling is called in the gazetteer, for those that have a canonical name.

    Papers that were extracted with different gazetteers may disagree: what most mentions say holds,
    ties by text.
    """
    votes: dict[str, Counter[ListedThing]] = defaultdict(Counter)
    for mention in mentions:
        if mention.canonical is not None:
            votes[mention.text][ListedThing(mention.canonical, mention.type)] += 1
    return {
        text: min(votes[text], key=lambda thing: (-votes[text][thing], thing))
        for text in sorted(votes)
    }


def things_apart(things: Mapping[str, ListedThing]) -> Iterator[tuple[str, str]]:
    """Pairs of spellings that differ by case, hyphen or plural only and are different things.

    Each pair is sorted.
    """
    alike: dict[str, list[str]] = defaultdict(list)
    for text in sorted(things):
        alike[name_key(text)].append(text)
    for texts in alike.values():
        for place, first in enumerate(texts):
            for second in texts[place + 1 :]:
                if things[first] != things[second]:
                    yield first, second


def canonical_names(
    things: Mapping[str, ListedThing], inventory: Inventory, clusters: Clusters
) -> dict[int, str]:
    """By cluster, what the gazetteer calls the thing; what most mentions are called, ties by text.

    Args:
        things: by spelling.
        inventory: the names, with how often each is mentioned.
        clusters: of the names.
    """
    votes: dict[int, Counter[str]] = defaultdict(Counter)
    for text, thing in things.items():
        name = inventory.by_text[text]
        votes[clusters.find(name.index)][thing.canonical] += name.count
    return {
        root: min(counts, key=lambda called: (-counts[called], called))
        for root, counts in votes.items()
    }
