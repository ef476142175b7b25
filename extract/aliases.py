"""What is known of names beforehand.

The curated table has names that no string similarity finds (`WER`, `COCO`, `RAG`); beside it stands
what other abbreviations usually mean.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from extract.known_abbreviations import KnownAbbreviations, known_abbreviations
from extract.lexicon import ordinary_words
from extract.normalization import name_key, normalize

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extract.known_abbreviations import KnownSense

_FEWEST_LETTERS = 3
_USUAL = 0.9


@dataclass(frozen=True, slots=True)
class AliasGroup:
    """Names of one thing.

    Attributes:
        name: the display name.
        type: its concept type.
        names: all names, the display name first.
        keys: their keys (`name_key`), in the same order.
    """

    name: str
    type: str
    names: tuple[str, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AliasTable:
    """The groups, and which of them hold a key.

    Attributes:
        groups: in the order of the file.
        by_key: key of a name -> the groups that hold it, as indices; several for a name that
            stands for several things (`LDA`).
        abbreviations: the senses of further abbreviations; a group wins over them.
    """

    groups: tuple[AliasGroup, ...]
    by_key: Mapping[str, tuple[int, ...]]
    abbreviations: KnownAbbreviations

    def anchor(self, group: int) -> str:
        """The first name of a group that no other group holds; the display name if all are shared.

        `mAP` and `MAP` (maximum a posteriori) have one key, so `mean average precision` stands for
        the metric.
        """
        found = self.groups[group]
        for name, key in zip(found.names, found.keys, strict=True):
            if len(self.by_key[key]) == 1:
                return name
        return found.name

    def known_senses(self, key: str) -> tuple[KnownSense, ...]:
        """What an abbreviation that no group holds usually stands for, by its key."""
        return () if key in self.by_key else self.abbreviations.senses(key)

    def usual_words(self, key: str) -> tuple[str, ...]:
        """The words of what an abbreviation of at least three letters nearly always stands for."""
        if len(key) < _FEWEST_LETTERS or key in ordinary_words():
            return ()
        senses = self.known_senses(key)
        if not senses or senses[0].papers < _USUAL * sum(sense.papers for sense in senses):
            return ()
        return tuple(normalize(senses[0].long).split())


def parse_aliases(text: str) -> AliasTable:
    r"""Read lines of `name<TAB>type<TAB>alias | alias`; lines that start with # are remarks.

    Raises:
        ValueError: a line has not three columns, or no name or type.

    >>> parse_aliases("COCO\tDataset\tMS COCO").groups[0].keys
    ('coco', 'mscoco')
    """
    groups: list[AliasGroup] = []
    by_key: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = [column.strip() for column in line.split("\t")]
        if len(columns) != 3 or not columns[0] or not columns[1]:
            raise ValueError(
                f"line {number} of an alias table: got {line!r}, expected "
                "`name<TAB>type<TAB>alias | alias`; add what is missing"
            )
        name, kind, rest = columns
        names = (name, *(alias.strip() for alias in rest.split("|") if alias.strip()))
        keys = tuple(name_key(alias) for alias in names)
        for key in dict.fromkeys(keys):
            by_key[key].append(len(groups))
        groups.append(AliasGroup(name, kind, names, keys))
    return AliasTable(
        tuple(groups), {key: tuple(found) for key, found in by_key.items()}, KnownAbbreviations("")
    )


@cache
def curated_aliases() -> AliasTable:
    """The table that ships with paperkg, `data/aliases.tsv`, with the known abbreviations.

    >>> [curated_aliases().groups[i].name for i in curated_aliases().by_key["lda"]]
    ['latent Dirichlet allocation', 'linear discriminant analysis']
    """
    text = (files("extract") / "data" / "aliases.tsv").read_text(encoding="utf-8")
    return replace(parse_aliases(text), abbreviations=known_abbreviations())
