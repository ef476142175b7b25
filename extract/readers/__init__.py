"""Readers: a module a format, each from a stream of bytes to records as the file has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.readers.atom import read_atom
from extract.readers.bibtex import read_bibtex
from extract.readers.delimited import read_delimited
from extract.readers.html_page import read_html
from extract.readers.json_records import read_json, read_json_lines
from extract.readers.labelled import read_labelled
from extract.readers.nbib import read_nbib
from extract.readers.page_text import read_page
from extract.readers.plain_text import read_text
from extract.readers.recognition import Format
from extract.readers.ris import read_ris

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from extract.readers.bytestream import ByteStream
    from extract.readers.raw import Item

READERS: Mapping[Format, Callable[[ByteStream], Iterator[Item]]] = {
    Format.JSON_LINES: read_json_lines,
    Format.JSON: read_json,
    Format.HTML: read_html,
    Format.ATOM: read_atom,
    Format.BIBTEX: read_bibtex,
    Format.RIS: read_ris,
    Format.NBIB: read_nbib,
    Format.DELIMITED: read_delimited,
    Format.PAGE: read_page,
    Format.LABELLED: read_labelled,
    Format.TEXT: read_text,
}
