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
        ("Ann Doe, Bo Li and Cy Roe", ("Ann Doe", "Bo Li", "Cy Roe")),
        ("van Berg, Ann Mae and Li, Bo", ("van Berg, Ann Mae", "Li, Bo")),
        ("['Ann Doe', 'Bo Li']", ("Ann Doe", "Bo Li")),
        ("Ann Doe|Bo Li", ("Ann Doe", "Bo Li")),
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


@pytest.mark.parametrize(
    ("value", "names"),
    [
        (
            [{"family": "Berg", "given": "Ann", "non-dropping-particle": "van der"}],
            "Ann van der Berg",
        ),
        ([{"family": "Li", "given": "Bo", "suffix": "Jr."}], "Bo Li Jr."),
        ([{"first": "Ann", "middle": ["M."], "last": "Doe", "suffix": ""}], "Ann M. Doe"),
        ([{"creator": "Doe, Ann"}], "Doe, Ann"),
        ({"value": ["Ann Doe"]}, "Ann Doe"),
        ({"authors": [{"full_name": "Ann Doe"}]}, "Ann Doe"),
    ],
    ids=["particle", "suffix", "S2ORC", "Springer", "OpenReview", "IEEE"],
)
def test_names_of_other_sources(value: object, names: str) -> None:
    assert author_names(value) == (names,)


def test_editors_are_no_authors() -> None:
    people = [
        {"creatorType": "author", "firstName": "Ann", "lastName": "Doe"},
        {"creatorType": "editor", "firstName": "Ed", "lastName": "Roe"},
    ]
    assert author_names(people) == ("Ann Doe",)
