"""Dates as bibliographic formats write them, as ISO dates as precise as they are known."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.readers.raw import PageDate

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<name>{'|'.join(_MONTHS)})[a-z]*\.?"
_YEAR = r"(?P<year>1[5-9]\d\d|2\d\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
# The whole names and their usual abbreviations: `Decoder 3` is no day of December.
_MONTH_WORD = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
# Year first, as ISO, RIS (`2024/03/12/`) and PubMed (`2024 Mar 12`) have it; a range such as
# `2024 Jan-Feb` or `2024 Spring` is known to the year only. Then day or month first with the
# month as a word; `03/12/2024` may be March or December and is known to the year only.
_PATTERNS = tuple(
    # Of ASCII only: without case `ſ` would be an `s`, in no list of months.
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        rf"{_YEAR}(?:[-/. ](?P<month>\d{{1,2}})(?:[-/. ]{_DAY}(?!\d))?)?(?:/+.*|[T\s]\d.*)?",
        rf"{_YEAR}[\s/-]+{_MONTH}(?:[\s/-]+{_DAY})?",
        rf"{_YEAR}\b.*",
        r"(?P<year>1[5-9]\d\d|20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)",
        rf"{_WEEKDAY}{_DAY}[\s-]+{_MONTH},?[\s-]+{_YEAR}\b.*",
        rf"{_WEEKDAY}{_MONTH}[\s-]+(?:{_DAY},?\s+)?{_YEAR}\b.*",
        rf"\d{{1,2}}[-/.]\d{{1,2}}[-/.]{_YEAR}",
    )
)
_PAGE_DATE = re.compile(
    rf"{_WEEKDAY}{_MONTH_WORD}\s+(?P<day>\d{{1,2}})(?:(?:,\s*|\s+){_YEAR})?",
    re.IGNORECASE | re.ASCII,
)
_LONGEST_DATE = 100


def iso_date(value: Any) -> str | None:
    """The date that `value` states: `2024`, `2024-03` or `2024-03-12`; None where it states none.

    Args:
        value: text in one of the usual spellings, a year as a number, or a CSL or Crossref date
            (`{"date-parts": [[2024, 3, 12]]}`); anything else is no date.

    >>> iso_date("Mon, 2 Apr 2007 19:18:42 GMT"), iso_date("2024/03//"), iso_date("2024 Mar 12")
    ('2007-04-02', '2024-03', '2024-03-12')
    >>> iso_date({"date-parts": [[2024, 3]]}), iso_date("2023-02-29"), iso_date("soon")
    ('2024-03', '2023-02', None)
    """
    if isinstance(value, dict):
        parts = value.get("date-parts")
        if isinstance(parts, list) and parts and isinstance(parts[0], list):
            return _from_parts(parts[0])
        return iso_date(value.get("raw") or value.get("literal") or value.get("value"))
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # as pandas writes the years of a column with gaps
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**8 else ""
    if not isinstance(value, str) or len(value) > _LONGEST_DATE:
        return None
    text = value.strip()
    for pattern in _PATTERNS:
        match = pattern.fullmatch(text)
        if match:
            found = match.groupdict()
            name = found.get("name")
            month = _MONTHS.index(name[:3].lower()) + 1 if name else found.get("month")
            return _from_parts([found["year"], month, found.get("day")])
    return None


def _from_parts(parts: list[Any]) -> str | None:
    """The ISO date of year, month and day, up to the first that is missing or impossible."""
    numbers: list[int] = []
    for part in parts[:3]:
        if isinstance(part, int) or (isinstance(part, str) and part.isdecimal() and len(part) <= 4):
            numbers.append(int(part))
        else:
            break
    if not numbers or not 1500 <= numbers[0] <= 2999:
        return None
    if len(numbers) == 1 or not 1 <= numbers[1] <= 12:
        return f"{numbers[0]:04d}"
    try:
        return datetime.date(*numbers).isoformat()
    except (TypeError, ValueError):
        return f"{numbers[0]:04d}-{numbers[1]:02d}"


def page_date(text: str) -> tuple[int, int, int | None] | None:
    """Month, day and, where it is there, year of a line that is the date of a page.

    >>> page_date("Mar 12"), page_date("Mar 12, 2025"), page_date("Marching 12 Orders")
    ((3, 12, None), (3, 12, 2025), None)
    """
    match = _PAGE_DATE.fullmatch(text) if len(text) <= _LONGEST_DATE else None
    if match is None:
        return None
    month = _MONTHS.index(match["name"][:3].lower()) + 1
    return month, int(match["day"]), int(match["year"]) if match["year"] else None


def complete_page_date(page: PageDate, year: int | None, default: str | None) -> str | None:
    """The ISO date of a page.

    Args:
        year: the year of pages that show month and day only; None where it is unknown.
        default: ISO date of pages that show none.

    Returns:
        None where the date is unknown, or is no day of that year.
    """
    if page.month is None or page.day is None:
        return default
    known_year = page.year or year
    if known_year is None:
        return None
    try:
        return datetime.date(known_year, page.month, page.day).isoformat()
    except ValueError:
        return None
