"""Which rules made the concepts and communities of a library; told without resolving anything."""

from __future__ import annotations

import hashlib
from importlib.resources import files

RESOLUTION_VERSION = "2"
"""Raised whenever resolution, projection or the search for communities changes what is made of
the same mentions, so that libraries know."""

_DATA = ("abbreviations.tsv", "aliases.tsv", "words.txt")


def resolution_identity() -> str:
    """Version and digest of all that decides what is made of mentions, besides the mentions.

    Returns:
        Such as `1-5c9a40e2`.
    """
    hashed = hashlib.sha256()
    for name in _DATA:
        content = files("extract").joinpath("data", name).read_bytes()
        hashed.update(hashlib.sha256(content).digest())
    return f"{RESOLUTION_VERSION}-{hashed.hexdigest()[:8]}"
