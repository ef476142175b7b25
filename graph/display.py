"""Text from papers made fit to be shown on one line: nothing invisible, nothing endless."""

from __future__ import annotations

import re
import shlex
from html import escape
from typing import TYPE_CHECKING

from extract.model_identity import MODEL_FOLDER

if TYPE_CHECKING:
    from pathlib import Path

# Marks and overrides of direction: they let a title turn round the text beside it.
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Control characters that are not white space, lone surrogates, and code points that are never
# characters.
_BREAK = re.compile("[\t-\r\x1c-\x1f\x85\u2028\u2029]")
_UNSHOWABLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def one_line(text: str) -> str:
    r"""`text` on one line, with direction marks taken out and control characters made visible.

    Control characters, lone surrogates and non-characters become U+FFFD; every run of white
    space, line and paragraph separators among it, becomes one blank. It is not escaped for HTML.

    >>> one_line("Deep\n\tnets \u202eand\x00 more")
    'Deep nets and� more'
    """
    return " ".join(harmless(text).split())


def harmless(text: str) -> str:
    r"""As `one_line`, with blanks as they are: for lines that are laid out already.

    >>> harmless("  ok   \x1b[2Jdone\n")
    '  ok   �[2Jdone '
    """
    if text.isascii() and text.isprintable():
        return text  # as nearly all are, and lists are long
    return _BREAK.sub(" ", _UNSHOWABLE.sub("\ufffd", _DIRECTION.sub("", text)))


def shorten(text: str, length: int) -> str:
    """`one_line(text)`, at most `length` characters (1 or more), cut at a word if it can.

    >>> shorten("a diffusion model for images", 20)
    'a diffusion model…'
    >>> shorten("supercalifragilistic", 6)
    'super…'
    """
    # White space and marks only ever shrink, so a little more than enough is enough to look at.
    line = one_line(text[: 4 * length + 1_000])
    if len(line) <= length:
        return line
    cut = line[: length - 1]
    word_end = cut.rfind(" ") if line[length - 1] != " " else len(cut)
    return (cut[:word_end] if word_end > length * 0.6 else cut).rstrip() + "…"


def as_markup(sentence: str) -> str:
    """A sentence of our own on one line, escaped for HTML, what stands in backticks as code.

    >>> as_markup("Run `paperkg build` & wait.")
    'Run <code>paperkg build</code> &amp; wait.'
    """
    parts = escape(one_line(sentence)).split("`")
    return "".join(f"<code>{part}</code>" if i % 2 else part for i, part in enumerate(parts))


def plural(count: int, noun: str, nouns: str = "") -> str:
    """Count and noun.

    >>> plural(1, "paper"), plural(1234, "paper"), plural(2, "community", "communities")
    ('1 paper', '1,234 papers', '2 communities')
    """
    return f"{count:,} {noun if count == 1 else nouns or noun + 's'}"


def named_model(folder: Path) -> str:
    """The option that names a pipeline, a blank before it; empty for the one that ships."""
    return "" if folder == MODEL_FOLDER else f" --model {shlex.quote(str(folder))}"
