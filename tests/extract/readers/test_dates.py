from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.readers.dates import complete_page_date, iso_date, page_date
from extract.readers.raw import PageDate


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024", "2024"),
        (2024, "2024"),
        ("2024-03", "2024-03"),
        ("2024-3-5", "2024-03-05"),
        ("2024-03-05T10:00:00Z", "2024-03-05"),
        ("2024-03-05 10:00:00", "2024-03-05"),
        ("2024/03/05/", "2024-03-05"),
        ("2024///", "2024"),
        ("2024 Mar 5", "2024-03-05"),
        ("2024 mar", "2024-03"),
        ("2023 Jan-Feb", "2023"),
        ("2024 Spring", "2024"),
        ("Mon, 2 Apr 2007 19:18:42 GMT", "2007-04-02"),
        ("March 5, 2024", "2024-03-05"),
        ("5th March 2024", "2024-03-05"),
        ("Mar 2024", "2024-03"),
        ("Mar-2024", "2024-03"),
        ("12-Mar-2024", "2024-03-12"),
        ("20240312", "2024-03-12"),
        (20240312, "2024-03-12"),
        (2024.0, "2024"),
        (2024.5, None),
        (float("nan"), None),
        (1710201600, None),
        ("03/05/2024", "2024"),
        ("2023-02-30", "2023-02"),
        ("2023-13-01", "2023"),
        ({"date-parts": [["2024", "3"]]}, "2024-03"),
        ({"date-parts": [[None]]}, None),
        ({"raw": "2024-03"}, "2024-03"),
        ("2024 \u017fep 3", "2024"),
        ("in press", None),
        ("", None),
        (True, None),
        (24, None),
        (None, None),
        ([2024], None),
        ("9" * 5000, None),
    ],
)
def test_iso_date(value: Any, expected: str | None) -> None:
    assert iso_date(value) == expected


@given(st.dates(min_value=datetime.date(1500, 1, 1), max_value=datetime.date(2999, 12, 31)))
def test_iso_dates_stay_themselves(date: datetime.date) -> None:
    assert iso_date(date.isoformat()) == date.isoformat()


@given(st.text() | st.integers() | st.lists(st.integers()))
def test_what_comes_out_is_a_date_or_none(value: Any) -> None:
    date = iso_date(value)
    assert date is None or re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", date)


@pytest.mark.parametrize(
    "line",
    [
        "May We Count Bees?",
        "Mar",
        "12 Mar",
        "Mar 12 Bees",
        "Decoder 3",
        "Octopus 12",
        "Janus 7",
        "\u017fep 3",
    ],
)
def test_titles_are_no_page_dates(line: str) -> None:
    assert page_date(line) is None


def test_page_without_date_takes_the_default() -> None:
    assert complete_page_date(PageDate(), 2024, "2025-01-01") == "2025-01-01"


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Sept 3", (9, 3, None)),
        ("September 3", (9, 3, None)),
        ("Mar. 12", (3, 12, None)),
        ("Mar 12 2025", (3, 12, 2025)),
        ("Wednesday, March 12, 2025", (3, 12, 2025)),
    ],
)
def test_page_date_in_its_spellings(line: str, date: tuple[int, int, int | None]) -> None:
    assert page_date(line) == date
