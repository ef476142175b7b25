"""What the readers' tests share: reading bytes as a file, and sentences of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.papers import ReadOptions, Reject, read_papers

if TYPE_CHECKING:
    from pathlib import Path

    from extract.records import Paper

ABSTRACT = (
    "Wind turbines are serviced too late or too often. We present GaleNet, a small recurrent "
    "network that reads vibration sensors and says which bearing will fail next. On the made-up "
    "TurbineLog dataset it reaches 91.4% accuracy, 3.2 points more than a random forest, and it "
    "costs 5% of the energy."
)
OTHER = (
    "Counting bees by hand takes days. This paper describes HiveCount, which detects bees in "
    "videos of hive entrances with a tracker that needs no labels. Its mean error on our BeeGate "
    "benchmark is 1.8 bees a minute, where people disagree by 2.1. We also measure how the "
    "weather changes the error."
)


def read(
    folder: Path, content: bytes | str, options: ReadOptions | None = None
) -> tuple[list[Paper], list[Reject]]:
    """The papers and the rejects of a file with that content."""
    file = folder / "input"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    rejects: list[Reject] = []
    papers = list(read_papers(file, options=options, on_reject=rejects.append))
    return papers, rejects
