"""Lists of authors as formats write them: objects, lists, or one text with separators."""

from __future__ import annotations

import re
from typing import Any

from extract.readers.subjects import printed_list

_NAME_KEYS = (
    *("name", "display_name", "literal", "fullname", "full_name", "raw_author_name", "creator"),
)
_NAME_PARTS = (
    ("given", "firstName", "first"),
    ("middle",),
    ("dropping-particle",),
    ("non-dropping-particle",),
    ("family", "lastName", "last"),
    ("suffix",),
)
_OTHER_ROLES = frozenset(
    ("editor", "seriesEditor", "bookAuthor", "translator", "reviewedAuthor", "recipient")
)


def author_names(value: Any) -> tuple[str, ...]:
    """The names in a JSON value, as written; what is no name is left out.

    Args:
        value: a list of names or of objects (Hugging Face and Semantic Scholar `name`, CSL
            `family` and `given`, S2ORC `first`, `middle` and `last`, OpenAlex
            `author.display_name`, Zotero `lastName` and `firstName`, arXiv `authors_parsed`
            lists), an object that holds such a list, or one text.

    >>> author_names([{"family": "Doe", "given": "Ann"}, {"name": "Bo Li"}, ["Roe", "Cy", ""]])
    ('Ann Doe', 'Bo Li', 'Cy Roe')
    """
    if isinstance(value, dict):
        # OpenReview and IEEE keep the list in an object.
        value = value.get("value", value.get("authors"))
    if isinstance(value, str):
        return split_names(value)
    if not isinstance(value, list):
        return ()
    names = (_name(author).strip() for author in value if not _is_editor(author))
    return tuple(name for name in names if name)


def _is_editor(author: Any) -> bool:
    """Whether Zotero lists a person for another part than an author's."""
    role = author.get("creatorType") if isinstance(author, dict) else None
    return isinstance(role, str) and role in _OTHER_ROLES


def _name(author: Any) -> str:
    if isinstance(author, str):
        return author
    if isinstance(author, list):
        last, first, *rest = (*(part for part in author if isinstance(part, str)), "", "")
        return " ".join(part for part in (first, last, *rest) if part)
    if not isinstance(author, dict):
        return ""
    for key in _NAME_KEYS:
        if isinstance(author.get(key), str):
            return str(author[key])
    if isinstance(author.get("author"), dict):
        return _name(author["author"])
    return " ".join(part for keys in _NAME_PARTS for part in _parts(author, keys))


def _parts(author: dict[str, Any], keys: tuple[str, ...]) -> list[str]:
    value = next((author[key] for key in keys if author.get(key)), "")
    parts = value if isinstance(value, list) else [value]
    return [part.strip() for part in parts if isinstance(part, str) and part.strip()]


def split_names(text: str) -> tuple[str, ...]:
    """The names in one text, separated by `;`, `|`, `and` (as in BibTeX), or else by commas.

    A comma separates names only where each piece has a blank inside: `Doe, Ann` is one name. A
    list as Python prints it, which pandas puts into CSV, is read as one.

    >>> split_names("Doe, Ann and Li, Bo"), split_names("Ann Doe, Bo Li"), split_names("Doe, Ann")
    (('Doe, Ann', 'Li, Bo'), ('Ann Doe', 'Bo Li'), ('Doe, Ann',))
    """
    listed = printed_list(text)
    if listed is not None:
        pieces = listed
    elif ";" in text or "|" in text:
        pieces = re.split(r"[;|]", text)
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
    if len(pieces) == 2 and "," in pieces[0] and "," not in pieces[1]:
        names = pieces[0].split(",")
        if all(" " in name.strip() for name in names if name.strip()):
            return [*names, pieces[1]]
    return pieces
