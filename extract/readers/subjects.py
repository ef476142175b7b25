"""Subject classes and keywords as formats write them: lists, or one text with separators."""

from __future__ import annotations

import ast
import re
from typing import Any

from extract.identity import ARXIV_ARCHIVES

_ARXIV_CLASS = rf"(?:{'|'.join(ARXIV_ARCHIVES)})(?:\.[A-Za-z-]+)?"
_ARXIV_CLASSES = re.compile(rf"{_ARXIV_CLASS}(?:\s+{_ARXIV_CLASS})*")
_NAME_KEYS = ("term", "name", "display_name", "category", "tag", "value")
_LONGEST_PRINTED_LIST = 100_000


def subject_classes(value: Any) -> tuple[str, ...]:
    """The classes in a value, as written, each once, in their order.

    Args:
        value: a list of texts or of objects with a `term`, `name`, `display_name`, `category` or
            `tag`, or one text: arXiv's classes with blanks between, or names separated by `;` or
            `,`, or a list as Python prints it.

    >>> subject_classes("cs.CL hep-th"), subject_classes("Machine learning; Speech")
    (('cs.CL', 'hep-th'), ('Machine learning', 'Speech'))
    """
    if isinstance(value, dict):
        value = value.get("value")  # OpenReview
    if isinstance(value, str):
        names = printed_list(value)
        if names is None:
            names = re.split(r"[;,|]", value)
    elif isinstance(value, list):
        names = [_name(each) for each in value]
    else:
        names = []
    single = (each.strip() for name in names for each in _arxiv_classes(name))
    return tuple(dict.fromkeys(name for name in single if name))


def _arxiv_classes(name: str) -> list[str]:
    return name.split() if _ARXIV_CLASSES.fullmatch(name.strip()) else [name]


def printed_list(text: str) -> list[str] | None:
    """The texts of a list as Python prints it, which pandas puts into CSV; None where it is none.

    >>> printed_list("['cs.CL', 'cs.LG']"), printed_list("[a] b")
    (['cs.CL', 'cs.LG'], None)
    """
    bare = text.strip()
    is_list = bare.startswith(("['", '["')) and bare.endswith("]")
    if not is_list or len(bare) > _LONGEST_PRINTED_LIST:
        return None
    try:
        value = ast.literal_eval(bare)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    texts = [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
    return texts or None


def _name(value: Any) -> str:
    if isinstance(value, dict):
        value = next((value[key] for key in _NAME_KEYS if key in value), "")
    return value if isinstance(value, str) else ""
