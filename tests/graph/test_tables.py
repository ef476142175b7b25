from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.tables import cell, table


def test_a_table_has_the_columns_in_order_and_gaps_are_empty() -> None:
    assert table([{"b": 1, "a": "x"}, {"b": None}], ["a", "b"]) == "a,b\r\nx,1\r\n,\r\n"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (["a", None, 2], "a |  | 2"),
        ({"a": [1]}, '{"a": [1]}'),
        (True, "true"),
        (0.5, "0.5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("=1", "'=1"),
        ("-12.5%", "-12.5%"),
        ("nul\0", "nul\ufffd"),
        ("\ud800", "\ufffd"),
    ],
)
def test_values_become_harmless_cells(value: object, text: str) -> None:
    assert cell(value) == text


@given(
    rows=st.lists(
        st.lists(st.text(st.characters(codec="utf-8"), max_size=9), min_size=2, max_size=2)
    )
)
def test_what_is_written_can_be_read(rows: list[list[str]]) -> None:
    written = table([dict(zip("ab", row, strict=True)) for row in rows], ["a", "b"])
    read = list(csv.reader(io.StringIO(written, newline="")))
    assert read == [["a", "b"], *([cell(text) for text in row] for row in rows)]
