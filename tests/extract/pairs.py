"""Pairs of well-known names that are, and that are not, one thing: facts of the field."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent
MUST_LINK = (_HERE / "one_thing.txt").read_text(encoding="utf-8")
CANNOT_LINK = (_HERE / "two_things.txt").read_text(encoding="utf-8")


def read(pairs: str) -> list[tuple[str, str, str]]:
    """The lines as (type, one name, other name); lines that start with # are remarks."""
    return [
        (line.split(": ", 1)[0], *_two(line.split(": ", 1)[1]))
        for line in pairs.splitlines()
        if not line.startswith("#")
    ]


def _two(names: str) -> tuple[str, str]:
    first, second = names.split(" | ")
    return first, second
