from __future__ import annotations

import pytest

from extract.readers.authors import author_names, split_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Doe, Ann; Li, Bo", ("Doe, Ann", "Li, Bo")),
        ("Doe, Ann and Li, Bo", ("Doe, Ann", "Li, Bo")),
        ("Ann Doe, Bo Li, Cy Roe", ("Ann Doe", "Bo Li", "Cy Roe")),
        ("Ann Doe, Bo Li, and Cy Roe", ("Ann Doe", "Bo Li", "Cy Roe")),
        ("Doe, Ann", ("Doe, Ann",)),
        ("{The Hive and Co} and Doe, Ann", ("{The Hive and Co}", "Doe, Ann")),
        ("Anderson", ("Anderson",)),
        ("", ()),
    ],
)
def test_names_in_one_text(text: str, names: tuple[str, ...]) -> None:
    assert split_names(text) == names


@pytest.mark.parametrize("value", [None, 5, {"name": "x"}, [None, 5, {}, "", []]])
def test_what_is_no_list_of_names_gives_none(value: object) -> None:
    assert author_names(value) == ()
