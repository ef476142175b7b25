"""Mentions and definitions in few words, for tests of resolution and what is told of it."""

from __future__ import annotations

from extract.records import Definition, Mention


def mention(paper: str, text: str, kind: str = "Method", start: int = 0) -> Mention:
    return Mention(paper, "abstract", start, start + len(text), text, kind, "mentions", 1.0, "ner")


def definition(short: str, long: str) -> Definition:
    return Definition(short, long, len(long) + 2, 0)
