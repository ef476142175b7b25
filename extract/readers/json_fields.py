"""A JSON object of one of the usual sources as a record: which key holds what."""

from __future__ import annotations

import functools
import html
import json
import re
from typing import TYPE_CHECKING, Any

from extract.identity import find_arxiv_id, normalise_arxiv_id
from extract.readers.authors import author_names
from extract.readers.dates import iso_date
from extract.readers.raw import RawRecord
from extract.readers.subjects import subject_classes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

# Keys are compared without case, `_`, `-` and blanks; the first that holds something wins.
_TITLE = ("title", "displayname", "papertitle", "articletitle", "documenttitle")
_ABSTRACT = ("abstract", "summary", "abstracttext", "paperabstract", "abstractnote")
_INDEX = "abstractinvertedindex"
_TEXTS = (*_TITLE, *_ABSTRACT, _INDEX)
# Data sets for language models name it so; beside an abstract it is the full text.
_ONLY_TEXT = ("text",)
_ID = ("id", "paperid", "corpusid", "docid", "key", "citationkey", "pmid", "uid", "entryid")
_AUTHORS = (
    *("authorsparsed", "authors", "author", "authorships", "creators", "authorlist"),
    "authorstring",
)
_PUBLISHED = (
    *("published", "publishedat", "publicationdate", "publisheddate", "issued", "publishedonline"),
    *("publishedprint", "firstpublicationdate", "submissiondate", "date", "datepublished"),
    *("publicationyear", "yearpublished", "pubdate", "pubyear", "year"),
)
_CATEGORIES = (
    *("categories", "category", "primarycategory", "subjects", "subject", "s2fieldsofstudy"),
    *("fieldsofstudy", "magfieldofstudy", "topics", "keywords", "tasks", "tags"),
)
_URL = ("url", "link", "urlabs", "paperurl", "s2url", "htmlurl", "landingpageurl", "pdfurl")
_ARXIV = ("arxivid", "arxiv", "eprint")
_IDENTIFIERS = ("externalids", "ids", "identifiers")
# Where Zotero, OpenAlex and others write the arXiv identifier among other things.
_MARKS = ("note", "extra", "archiveid", "number", "journal", "journalref", *_URL)
# Where the record is wrapped once more: Hugging Face, Zotero, OpenReview, Elasticsearch, Crossref,
# Semantic Scholar's citations, CORD-19.
_WRAPPERS = (
    *("paper", "data", "content", "source", "attributes", "work", "item", "message", "row"),
    *("citingpaper", "citedpaper", "metadata"),
)
_MAX_POSITIONS = 200_000
# With its prefix, or the same elements bare, and the headings of Europe PMC: both only where
# the abstract begins with one, since `<p` may well be mathematics.
_MARKED_UP = re.compile(r"\s*<(?:p|sec|title|h[1-6]|abstract)(?:\s[^<>]*)?>")
_HEADING = re.compile(r"^\s*<(jats:title|title|h[1-6])>\s*Abstract\s*</\1>", re.IGNORECASE)
_BLOCK_START = re.compile(r"(?<=[^\s>])(?=<(?:h[1-6]|(?:jats:)?(?:title|sec|p))[\s>])")
_BLOCK_END = re.compile(r"</(?:jats:)?(?:p|title|sec|list-item|h[1-6])>(?=\S)")
_TAG = re.compile(
    r"</?(?:(?:jats|mml):[a-z][a-z-]*|abstract|p|sec|title|h[1-6]|i|b|em|strong|sub|sup|br|italic"
    r"|bold)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)


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
    fields = _unwrapped_fields(_plain_keys(value))
    identifiers = _identifiers(fields)
    record_id = _first(fields, _ID)
    arxiv_id = _text_of(_first(fields, _ARXIV)) or identifiers.get("arxiv")
    if arxiv_id is None and isinstance(record_id, str):
        arxiv_id = normalise_arxiv_id(record_id)
    return RawRecord(
        line=line,
        title=_text(fields, _TITLE, "title") or "",
        abstract=_abstract(fields),
        record_id=_identifier(record_id),
        doi=_text_of(fields.get("doi")) or identifiers.get("doi"),
        arxiv_id=arxiv_id or _marked_arxiv_id(fields),
        published=_published(fields),
        seen_on=iso_date(fields.get("submittedondailyat")),
        authors=author_names(_first(fields, _AUTHORS)),
        categories=subject_classes(_first(fields, _CATEGORIES)),
        url=_url(fields),
    )


def records_by_key(value: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The records of an object that maps identifiers to records; none where it is no such object.

    Each has its key under `id` where it has none of its own.
    """
    if _first(_plain_keys(value), (*_TEXTS, *_ONLY_TEXT)) or not value:
        return []
    if not all(isinstance(each, dict) for each in value.values()):
        return []
    if any(_plain_key(key) in _WRAPPERS for key in value):
        return []
    if not any(_first(_plain_keys(each), _TEXTS) for each in value.values()):
        return []
    return [{"id": key, **each} for key, each in value.items()]


def _unwrapped_fields(outer: dict[str, Any]) -> dict[str, Any]:
    """The fields of a record and of the object in it that holds the record itself, if any."""
    wrapped = (_plain_keys(outer[key]) for key in _WRAPPERS if isinstance(outer.get(key), dict))
    inner = next((each for each in wrapped if _first(each, _TEXTS)), {})
    if not _first(outer, _TEXTS) or isinstance(outer.get("paper"), dict):
        return {**outer, **inner}
    return outer if _first(outer, _TITLE) else {**inner, **outer}


def _identifier(value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


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


def _joined(value: list[Any]) -> str | None:
    """The sentences of an abstract in a list (SciFact), or its paragraphs (S2ORC, CORD-19)."""
    if all(isinstance(each, str) for each in value):
        return " ".join(value)
    paragraphs = [each.get("text") if isinstance(each, dict) else None for each in value]
    if all(isinstance(each, str) for each in paragraphs):
        return "\n\n".join(map(str, paragraphs))
    return None


def _kind(value: Any) -> str:
    if isinstance(value, bool | int | float):
        return "a number or truth value"
    if isinstance(value, str):
        return "a text"
    return "a list" if isinstance(value, list) else "an object"


def _abstract(fields: Mapping[str, Any]) -> str:
    value = _first(fields, _ABSTRACT)
    text = _joined(value) if isinstance(value, list) else None
    if text is None:
        text = _text(fields, _ABSTRACT, "abstract")
    if text is None:
        index = fields.get(_INDEX)
        if index:
            return _from_inverted_index(index)
        if not any(key in fields for key in (*_ABSTRACT, _INDEX)):
            return _text(fields, _ONLY_TEXT, "text") or ""
        return ""
    return _without_markup(text) if "<jats:" in text or _MARKED_UP.match(text) else text


def _without_markup(text: str) -> str:
    """The text of an abstract in JATS, the XML of journals, which Crossref hands on as it is."""
    body = _BLOCK_START.sub("\n", _HEADING.sub("", text, count=1))
    body = _BLOCK_END.sub("\n", body)
    return html.unescape(_TAG.sub("", body))


def _from_inverted_index(index: Any) -> str:
    """The text of an OpenAlex inverted index, which maps each word to its positions from 0.

    Tables keep it as text.
    """
    if isinstance(index, str):
        try:
            index = json.loads(index)
        except (ValueError, RecursionError):
            raise FieldError("abstract_inverted_index is a text that is no JSON") from None
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
    """DOI and arXiv identifier as Semantic Scholar, OpenAlex list them."""
    found: dict[str, str] = {}
    access = fields.get("openaccessinfo")  # in Semantic Scholar's abstracts
    inner = access.get("externalids") if isinstance(access, dict) else None
    for each in (*map(fields.get, _IDENTIFIERS), inner):
        for name, value in each.items() if isinstance(each, dict) else ():
            if isinstance(value, str):
                found.setdefault(name.lower(), value)
    return found


def _marked_arxiv_id(fields: Mapping[str, Any]) -> str | None:
    """The arXiv identifier that a note, a journal or an address names."""
    texts = [fields.get(key) for key in _MARKS]
    texts += [
        place.get(key) for place in _places(fields) for key in ("landing_page_url", "pdf_url")
    ]
    found = (find_arxiv_id(text) for text in texts if isinstance(text, str))
    return next((arxiv_id for arxiv_id in found if arxiv_id), None)


def _places(fields: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Where OpenAlex knows the work to be, the best place first."""
    others = fields.get("locations")
    for place in (fields.get("primarylocation"), *(others if isinstance(others, list) else ())):
        if isinstance(place, dict):
            yield place


def _url(fields: Mapping[str, Any]) -> str | None:
    found = (_text_of(fields.get(key)) for key in _URL)
    places = (_text_of(place.get("landing_page_url")) for place in _places(fields))
    return next((url for url in (*found, *places) if url), None)
