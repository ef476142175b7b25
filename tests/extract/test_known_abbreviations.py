from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.known_abbreviations import (
    KnownAbbreviations,
    KnownSense,
    format_abbreviations,
    known_abbreviations,
)
from extract.normalization import name_key
from extract.records import ConceptType


def test_table_of_paperkg_is_sound() -> None:
    table = known_abbreviations()
    assert len(table) > 1000
    for key in table.keys():  # noqa: SIM118  (it is no mapping)
        senses = table.senses(key)
        assert senses
        assert [s.papers for s in senses] == sorted((s.papers for s in senses), reverse=True)
        assert all(s.type in {*map(str, ConceptType), ""} for s in senses)
        assert all(s.papers > 1 for s in senses)
        assert len({name_key(s.long) for s in senses}) == len(senses)
        assert key not in {name_key(s.long) for s in senses}


def test_table_of_paperkg_is_small() -> None:
    data = files("extract") / "data" / "abbreviations.tsv"
    assert len(data.read_bytes()) < 400_000


@pytest.mark.parametrize("short", ["AR", "AD", "IR"])
def test_ambiguous_abbreviations_have_several_senses(short: str) -> None:
    assert len(known_abbreviations().senses(name_key(short))) > 1


def test_unknown_abbreviation_has_no_sense() -> None:
    assert known_abbreviations().senses(name_key("ZQXJV")) == ()


@pytest.mark.parametrize("line", ["STA", "STA\tsparse tidal attention", "STA\tx\tMethod\t3\ty"])
def test_broken_line_is_named(line: str) -> None:
    with pytest.raises(ValueError, match="line 2 of a table of abbreviations"):
        KnownAbbreviations(f"# first\n{line}")


words = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=9)
any_senses = st.lists(
    st.builds(KnownSense, words, st.sampled_from(["", "Method", "Task"]), st.integers(1, 99)),
    min_size=1,
    max_size=4,
)


@given(st.dictionaries(words.filter(str.islower), any_senses, max_size=5))
def test_what_is_written_is_read(senses: dict[str, list[KnownSense]]) -> None:
    by_key = {name_key(short): tuple(found) for short, found in senses.items()}
    if len(by_key) == len(senses):
        table = KnownAbbreviations(format_abbreviations(senses))
        assert {key: table.senses(key) for key in table.keys()} == by_key  # noqa: SIM118  (no mapping)
