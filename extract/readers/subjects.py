"""Subject classes and keywords as formats write them: lists, or one text with separators."""

from __future__ import annotations

import re
from typing import Any

_ARXIV_CLASSES = re.compile(r"[a-z][a-z-]*(?:\.[A-Za-z-]+)?(?:\s+[a-z][a-z-]*(?:\.[A-Za-z-]+)?)*")


def subject_classes(value: Any) -> tuple[str, ...]:
    """The classes in a value, as written, each once, in their order.

    Args:
        value: a list of texts or of objects with a `term`, `name` or `display_name`, or one text:
            arXiv's classes with blanks between, or names separated by `;` or `,`.

    >>> subject_classes("cs.CL cs.LG"), subject_classes("Machine learning; Speech")
    (('cs.CL', 'cs.LG'), ('Machine learning', 'Speech'))
    """
    if isinstance(value, str):
        text = value.strip()
        if "." in text and _ARXIV_CLASSES.fullmatch(text):
            names = text.split()
        else:
            names = re.split(r"[;,]", text)
    elif isinstance(value, list):
        names = [_name(each) for each in value]
    else:
        names = []
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))


def _name(value: Any) -> str:
    if isinstance(value, dict):
        value = next((value[key] for key in ("term", "name", "display_name") if key in value), "")
    return value if isinstance(value, str) else ""
