"""The one text that the network reads of a paper, and the way back to title and abstract."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extract.records import Field, Paper

_WHITE_SPACE_TO_FOLD = re.compile(r"\s{2,}|[^\S ]")


@dataclass(frozen=True, slots=True)
class ReadingText:
    """Title, line feed, abstract, every run of white space inside them one blank.

    The network was taught on text without line breaks; dumps wrap their lines.

    Attributes:
        text: what the network reads; without a title the abstract alone.
        abstract_start: where the abstract starts in it.
        title_offsets, abstract_offsets: the place in the field as read of each character; None
            where nothing was folded.
    """

    text: str
    abstract_start: int
    title_offsets: tuple[int, ...] | None
    abstract_offsets: tuple[int, ...] | None

    def place(self, start: int, end: int) -> tuple[Field, int, int] | None:
        """Field, start and end as read of a stretch of `text`; None if it spans both fields."""
        if start >= self.abstract_start:
            shift, field, offsets = self.abstract_start, "abstract", self.abstract_offsets
        elif end < self.abstract_start:
            shift, field, offsets = 0, "title", self.title_offsets
        else:
            return None
        start, end = start - shift, end - shift
        if offsets is None:
            return field, start, end  # type: ignore[return-value]  # one of the two literals above
        return field, offsets[start], offsets[end - 1] + 1  # type: ignore[return-value]  # likewise

    def span(self, field: Field, start: int, end: int) -> tuple[int, int]:
        """Start and end in `text` of a stretch of a field as read: the way back from `place`.

        White space that was folded away counts to the blank that stands for it.
        """
        shift = 0 if field == "title" else self.abstract_start
        offsets = self.title_offsets if field == "title" else self.abstract_offsets
        if offsets is None:
            return start + shift, end + shift
        first = bisect.bisect_right(offsets, start) - 1
        return first + shift, bisect.bisect_left(offsets, end) + shift


def reading_text(paper: Paper) -> ReadingText:
    """What the network reads of `paper`."""
    title, title_offsets = _fold_white_space(paper.title)
    abstract, abstract_offsets = _fold_white_space(paper.abstract)
    head = f"{title}\n" if title else ""
    return ReadingText(head + abstract, len(head), title_offsets, abstract_offsets)


def _fold_white_space(text: str) -> tuple[str, tuple[int, ...] | None]:
    if not _WHITE_SPACE_TO_FOLD.search(text):
        return text, None
    folded: list[str] = []
    offsets: list[int] = []
    for match in re.finditer(r"\s+|\S+", text):
        piece = match.group()
        kept = " " if piece[0].isspace() else piece
        folded.append(kept)
        offsets.extend(range(match.start(), match.start() + len(kept)))
    return "".join(folded), tuple(offsets)
