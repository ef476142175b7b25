"""What abbreviations usually stand for: `data/abbreviations.tsv`, counted in many papers.

For names whose paper does not say what they mean. `python -m extract.abbreviation_mining` makes the
file and says from what.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from extract.normalization import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, KeysView, Mapping


@dataclass(frozen=True, slots=True)
class KnownSense:
    """One thing that an abbreviation stands for.

    Attributes:
        long: the long form.
        type: its concept type; empty where unknown.
        papers: how many papers define the abbreviation so.
    """

    long: str
    type: str
    papers: int


class KnownAbbreviations:
    r"""Senses of abbreviations, most papers first; a line is read when it is asked for.

    Args:
        text: lines of `short<TAB>long<TAB>type<TAB>papers`, the last three columns once for each
            sense; lines that start with # are remarks.

    Raises:
        ValueError: a line has another number of columns.

    >>> KnownAbbreviations("AR\tautoregression\tMethod\t9\taugmented reality\tTask\t3").senses("ar")
    (KnownSense(long='autoregression', type='Method', papers=9), ...
    """

    def __init__(self, text: str) -> None:
        self._lines: dict[str, str] = {}
        for number, line in enumerate(text.splitlines(), 1):
            if not line or line.startswith("#"):
                continue
            if line.count("\t") % 3 or "\t" not in line:
                raise ValueError(
                    f"line {number} of a table of abbreviations: got {line!r}, expected "
                    "`short<TAB>long<TAB>type<TAB>papers`, and three columns more for each "
                    "further sense"
                )
            short, _, rest = line.partition("\t")
            self._lines[name_key(short)] = rest

    def __len__(self) -> int:
        return len(self._lines)

    def keys(self) -> KeysView[str]:
        """The keys (`extract.normalization.name_key`) of all abbreviations."""
        return self._lines.keys()

    def senses(self, key: str) -> tuple[KnownSense, ...]:
        """What the abbreviation of a key stands for; nothing where it is unknown."""
        rest = self._lines.get(key)
        if rest is None:
            return ()
        columns = rest.split("\t")
        return tuple(
            KnownSense(long, kind, int(papers))
            for long, kind, papers in zip(columns[::3], columns[1::3], columns[2::3], strict=True)
        )


def format_abbreviations(senses: Mapping[str, Iterable[KnownSense]]) -> str:
    r"""The lines that `KnownAbbreviations` reads, sorted by abbreviation.

    >>> format_abbreviations({"AR": [KnownSense("autoregression", "Method", 9)]})
    'AR\tautoregression\tMethod\t9\n'
    """
    return "".join(
        "\t".join([short, *(f"{s.long}\t{s.type}\t{s.papers}" for s in senses[short])]) + "\n"
        for short in sorted(senses)
    )


@cache
def known_abbreviations() -> KnownAbbreviations:
    """The table that ships with paperkg.

    >>> known_abbreviations().senses("ptq")[0].long
    'post-training quantization'
    """
    text = (files("extract") / "data" / "abbreviations.tsv").read_text(encoding="utf-8")
    return KnownAbbreviations(text)
