"""A JSON object of one of the usual sources as a record: which key holds what."""

from __future__ import annotations

import functools
import html
import re
from typing import TYPE_CHECKING, Any

from extract.identity import normalise_arxiv_id
from extract.readers.authors import author_names
from extract.readers.dates import iso_date
from extract.readers.raw import RawRecord
from extract.readers.subjects import subject_classes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Keys are compared without case, `_`, `-` and blanks; the first that holds something wins.
_TITLE = ("title", "displayname", "papertitle", "articletitle", "documenttitle")
_ABSTRACT = ("abstract", "summary", "abstracttext", "paperabstract", "abstractnote")
_INDEX = "abstractinvertedindex"
_TEXTS = (*_TITLE, *_ABSTRACT, _INDEX)
_ID = ("id", "paperid", "corpusid", "key", "citationkey", "pmid", "uid")
_AUTHORS = ("authorsparsed", "authors", "author", "authorships", "creators", "authorlist")
_PUBLISHED = (
    *("published", "publishedat", "publicationdate", "publisheddate", "issued", "publishedonline"),
    *("publishedprint", "date", "datepublished", "publicationyear", "pubdate", "year"),
)
_CATEGORIES = ("categories", "category", "primarycategory", "subjects")
_URL = ("url", "link", "paperurl", "landingpageurl", "pdfurl")
_ARXIV = ("arxivid", "arxiv", "eprint")
_IDENTIFIERS = ("externalids", "ids", "identifiers")
# Where the record is wrapped once more: Hugging Face, Zotero, OpenReview, Elasticsearch.
_WRAPPERS = ("paper", "data", "content", "source", "attributes", "work", "item")
_MAX_POSITIONS = 200_000
_JATS_HEADING = re.compile(r"^\s*<jats:title>\s*Abstract\s*</jats:title>", re.IGNORECASE)
_JATS_BLOCK_END = re.compile(r"</jats:(?:p|title|sec|list-item)>(?=\S)")
_JATS_TAG = re.compile(r"</?(?:jats|mml):[a-z][a-z-]*(?:\s[^<>]*)?/?>", re.IGNORECASE)


class FieldError(ValueError):
    """A field has a value that cannot be meant; the text is the reason, for the reject.

    Never leaves the readers.
    """


def record_of(value: Mapping[str, Any], line: int) -> RawRecord:
    """The record in a JSON object.

    Args:
        value: the object, of any of the sources that are known.
        line: where it stands.

    Raises:
        FieldError: title or abstract is no text, or an inverted index has bad positions.
    """
    outer = _plain_keys(value)
    fields = outer
    if not _first(outer, _TEXTS) or isinstance(outer.get("paper"), dict):
        wrapped = (_plain_keys(outer[key]) for key in _WRAPPERS if isinstance(outer.get(key), dict))
        inner = next((each for each in wrapped if _first(each, _TEXTS)), {})
        fields = {**outer, **inner}
    identifiers = _identifiers(fields)
    record_id = _first(fields, _ID)
    arxiv_id = _text_of(_first(fields, _ARXIV)) or identifiers.get("arxiv")
    if arxiv_id is None and isinstance(record_id, str):
        arxiv_id = normalise_arxiv_id(record_id)
    return RawRecord(
        line=line,
        title=_text(fields, _TITLE, "title") or "",
        abstract=_abstract(fields),
        record_id=str(record_id) if isinstance(record_id, str | int) else None,
        doi=_text_of(fields.get("doi")) or identifiers.get("doi"),
        arxiv_id=arxiv_id,
        published=_published(fields),
        seen_on=iso_date(fields.get("submittedondailyat")),
        authors=author_names(_first(fields, _AUTHORS)),
        categories=subject_classes(_first(fields, _CATEGORIES)),
        url=_url(fields),
    )


def _plain_keys(value: Mapping[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for key, each in value.items():
        name = _plain_key(key)
        if plain.get(name) is None:
            plain[name] = each
    return plain


@functools.lru_cache(maxsize=1024)
def _plain_key(key: str) -> str:
    return key.lower().translate(_IGNORED_IN_KEYS)


_IGNORED_IN_KEYS = str.maketrans("", "", "_- ")


def _first(fields: Mapping[str, Any], keys: Iterable[str]) -> Any:
    """The first value that holds something."""
    for key in keys:
        value = fields.get(key)
        if value is not None and value != "" and value != [] and value != {}:
            return value
    return None


def _text(fields: Mapping[str, Any], keys: Iterable[str], name: str) -> str | None:
    value = _first(fields, keys)
    text = _text_of(value)
    if text is None and value is not None:
        raise FieldError(f"the {name} is {_kind(value)}, where text is expected")
    return text


def _text_of(value: Any) -> str | None:
    """A text, the first of a list of texts (Crossref), or the one under `value` (OpenReview)."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("value")
    return value if isinstance(value, str) else None


def _kind(value: Any) -> str:
    if isinstance(value, bool | int | float):
        return "a number or truth value"
    return "a list" if isinstance(value, list) else "an object"


def _abstract(fields: Mapping[str, Any]) -> str:
    text = _text(fields, _ABSTRACT, "abstract")
    if text is None:
        index = fields.get(_INDEX)
        return _from_inverted_index(index) if index else ""
    if "<jats:" in text:
        return _from_jats(text)
    return text


def _from_jats(text: str) -> str:
    """The text of an abstract in JATS, the XML of journals, which Crossref hands on as it is."""
    body = _JATS_BLOCK_END.sub("\n", _JATS_HEADING.sub("", text, count=1))
    return html.unescape(_JATS_TAG.sub("", body))


def _from_inverted_index(index: Any) -> str:
    """The text of an OpenAlex inverted index, which maps each word to its positions from 0."""
    if not isinstance(index, dict):
        raise FieldError(f"abstract_inverted_index is {_kind(index)}, where an object is expected")
    words: dict[int, str] = {}
    for word, positions in index.items():
        if not isinstance(positions, list):
            raise FieldError("abstract_inverted_index has a word without a list of positions")
        for position in positions:
            if not isinstance(position, int) or not 0 <= position < _MAX_POSITIONS:
                raise FieldError(f"abstract_inverted_index has the position {str(position)[:20]!r}")
            if position in words:
                raise FieldError(f"abstract_inverted_index has two words at position {position}")
            words[position] = word
    return " ".join(words[position] for position in sorted(words))


def _published(fields: Mapping[str, Any]) -> str | None:
    versions = fields.get("versions")
    if isinstance(versions, list) and versions and isinstance(versions[0], dict):
        created = iso_date(versions[0].get("created"))
        if created:
            return created
    dates = (iso_date(_unwrapped(fields[key])) for key in _PUBLISHED if key in fields)
    return next((date for date in dates if date), None)


def _unwrapped(value: Any) -> Any:
    """A year written as text stays text; OpenReview wraps values in an object."""
    return value.get("value", value) if isinstance(value, dict) else value


def _identifiers(fields: Mapping[str, Any]) -> dict[str, str]:
    """DOI and arXiv identifier as Semantic Scholar, OpenAlex and Zotero's CSL-JSON list them."""
    found: dict[str, str] = {}
    for key in _IDENTIFIERS:
        if isinstance(fields.get(key), dict):
            for name, value in fields[key].items():
                if isinstance(value, str):
                    found.setdefault(name.lower(), value)
    note = fields.get("note")
    if isinstance(note, str) and "arxiv" not in found:
        match = re.search(r"arXiv:\s*(\S{9,30})", note)
        if match:
            found["arxiv"] = match[1]
    number = fields.get("number")
    if isinstance(number, str) and number.startswith("arXiv:"):
        found.setdefault("arxiv", number)
    return found


def _url(fields: Mapping[str, Any]) -> str | None:
    url = _text_of(_first(fields, _URL))
    place = fields.get("primarylocation")
    if url is None and isinstance(place, dict):
        url = _text_of(place.get("landing_page_url"))
    return url
