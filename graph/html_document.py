"""A self-contained HTML document that notebooks show where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from extract.files import write_atomically
from graph.display import one_line, shorten

if TYPE_CHECKING:
    from os import PathLike


@dataclass(frozen=True, slots=True)
class HtmlDocument:
    """A picture or a report: one HTML file's text, which needs no network.

    JupyterLab, VS Code and Colab show it below the cell whose last line it is: in a frame of its
    own (`srcdoc`), which runs its scripts and reaches neither the notebook nor the network.

    Attributes:
        title: of the document, plain text.
        html: the whole document.
        height: of the frame in a notebook, in CSS pixels.

    >>> document = HtmlDocument("Tea", "<!DOCTYPE html><title>Tea</title>")
    >>> document
    HtmlDocument('Tea', 33 characters of HTML; save(path) writes them)
    """

    title: str
    html: str = field(repr=False)
    height: int = 640

    def save(self, path: str | PathLike[str]) -> Path:
        """Write the document to a file, whole or not at all.

        Returns:
            The file.

        Raises:
            UsageError: the place cannot be written.
        """
        write_atomically(Path(path), self.html)
        return Path(path)

    def __repr__(self) -> str:
        size = f"{len(self.html):,} characters of HTML"
        return f"HtmlDocument({shorten(self.title, 60)!r}, {size}; save(path) writes them)"

    def _repr_html_(self) -> str:
        """What notebooks show."""
        return (
            f'<iframe srcdoc="{escape(self.html)}" title="{escape(one_line(self.title))}" '
            f'sandbox="allow-scripts" width="100%" height="{self.height:d}" '
            'style="border: 0; display: block"></iframe>'
        )
