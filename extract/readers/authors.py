"""Lists of authors as formats write them: objects, lists, or one text with separators."""

from __future__ import annotations

import re
from typing import Any


def author_names(value: Any) -> tuple[str, ...]:
    """The names in a JSON value, as written; what is no name is left out.

    Args:
        value: a list of names or of objects (Hugging Face and Semantic Scholar `name`, CSL
            `family` and `given`, OpenAlex `author.display_name`, Zotero `lastName` and
            `firstName`, arXiv `authors_parsed` lists), or one text.

    >>> author_names([{"family": "Doe", "given": "Ann"}, {"name": "Bo Li"}, ["Roe", "Cy", ""]])
    ('Ann Doe', 'Bo Li', 'Cy Roe')
    """
    if isinstance(value, str):
        return split_names(value)
    if not isinstance(value, list):
        return ()
    names = (_name(author).strip() for author in value)
    return tuple(name for name in names if name)


def _name(author: Any) -> str:
    if isinstance(author, str):
        return author
    if isinstance(author, list):
        last, first, *rest = (*(part for part in author if isinstance(part, str)), "", "")
        return " ".join(part for part in (first, last, *rest) if part)
    if not isinstance(author, dict):
        return ""
    for key in ("name", "display_name", "literal", "fullname", "raw_author_name"):
        if isinstance(author.get(key), str):
            return str(author[key])
    if isinstance(author.get("author"), dict):
        return _name(author["author"])
    given = author.get("given") or author.get("firstName") or ""
    family = author.get("family") or author.get("lastName") or ""
    return f"{given} {family}" if isinstance(given, str) and isinstance(family, str) else ""


def split_names(text: str) -> tuple[str, ...]:
    """The names in one text, separated by `;`, by `and` (as in BibTeX), or else by commas.

    A comma separates names only where each piece has a blank inside: `Doe, Ann` is one name.

    >>> split_names("Doe, Ann and Li, Bo"), split_names("Ann Doe, Bo Li"), split_names("Doe, Ann")
    (('Doe, Ann', 'Li, Bo'), ('Ann Doe', 'Bo Li'), ('Doe, Ann',))
    """
    if ";" in text:
        pieces = text.split(";")
    elif re.search(r"\sand\s", text):
        pieces = _split_at_and(text)
    else:
        pieces = text.split(",")
        if not all(" " in piece.strip() for piece in pieces):
            pieces = [text]
    stripped = (piece.strip() for piece in pieces)
    return tuple(piece for piece in stripped if piece)


def _split_at_and(text: str) -> list[str]:
    """Split at `and` outside braces; `Ann Doe, Bo Li and Cy Roe` also at its commas."""
    pieces = []
    depth = start = 0
    for match in re.finditer(r"[{}]|\sand\s", text):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth = max(0, depth - 1)
        elif depth == 0:
            pieces.append(text[start : match.start()])
            start = match.end()
    pieces.append(text[start:])
    if len(pieces) == 2 and "," in pieces[0]:
        names = pieces[0].split(",")
        if len(names) > 2 and all(" " in name.strip() for name in names if name.strip()):
            return [*names, pieces[1]]
    return pieces
