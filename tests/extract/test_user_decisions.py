from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.errors import DecisionsError
from extract.user_decisions import (
    Rename,
    UserDecisions,
    append_decision,
    decisions_beside,
    decisions_from_json,
    find_decisions,
    parse_decisions,
    read_decisions,
)

if TYPE_CHECKING:
    from pathlib import Path

names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).filter(str.strip)


def test_entries_of_all_kinds() -> None:
    text = """
    [[pin]]
    names = ["KNN", " nearest neighbour classifier "]
    note = "one method"

    [[pin]]
    names = ["a", "b", "c"]

    [[forbid]]
    names = ["MIM", "masked image modeling"]

    [[rename]]
    name = "large language model"
    to = "LLM"
    """
    assert parse_decisions(text, "x.toml") == UserDecisions(
        pins=(("KNN", "nearest neighbour classifier"), ("a", "b", "c")),
        forbids=(("MIM", "masked image modeling"),),
        renames=(Rename("large language model", "LLM"),),
    )


def test_the_short_form_says_the_same() -> None:
    text = 'pin = [["a", "b"]]\nforbid = [["c", "d"]]\n[rename]\n"e f" = "g"\n'
    expected = UserDecisions((("a", "b"),), (("c", "d"),), (Rename("e f", "g"),))
    assert parse_decisions(text, "x.toml") == expected


def test_an_empty_file_decides_nothing() -> None:
    assert not parse_decisions("# nothing yet\n", "x.toml")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("pin = [", "not TOML"),
        ("pins = []", "'pins'.*expected only pin, forbid, rename"),
        ("pin = 3", "expected `\\[\\[pin\\]\\]` tables"),
        ('pin = ["a", "b"]', "pin 1.*expected names"),
        ('pin = [["a"]]', "pin 1.*two or more"),
        ('pin = [["a", "a"]]', "pin 1.*differ"),
        ('forbid = [["a", 3]]', "forbid 1.*got 3"),
        ('forbid = [["a", "  "]]', "forbid 1.*got '  '"),
        ('[[pin]]\nname = ["a", "b"]', "pin 1: has name; expected names"),
        ("[[pin]]", "pin 1: has nothing"),
        ('[[rename]]\nname = "a"', "rename 1: has name; expected name and to"),
        ("rename = 3", "expected `\\[\\[rename\\]\\]` tables"),
        ('rename = ["a"]', "rename 1: got 'a'"),
        ('pin = [["a", "' + "x" * 2_000 + '"]]', "1 to 1,000 characters"),
    ],
)
def test_faults_are_named(text: str, complaint: str) -> None:
    with pytest.raises(DecisionsError, match=complaint) as caught:
        parse_decisions(text, "x.toml")
    assert "x.toml" in str(caught.value)
    assert len(str(caught.value)) < 500


def test_a_contradiction_names_both_entries_also_through_others() -> None:
    text = 'pin = [["a", "b"], ["x", "y"], ["b", "c"]]\nforbid = [["q", "r"], ["c", "a"]]\n'
    with pytest.raises(
        DecisionsError, match="forbid 2 keeps 'a' and 'c' apart, and pin 1 with pin"
    ):
        parse_decisions(text, "x.toml")


def test_one_thing_has_one_name() -> None:
    with pytest.raises(DecisionsError, match="rename 1 and rename 2"):
        parse_decisions(
            'pin = [["a", "b"]]\nrename = [{name = "a", to = "x"}, {name = "b", to = "y"}]', "f"
        )
    same = 'pin = [["a", "b"]]\nrename = [{name = "a", to = "x"}, {name = "b", to = "x"}]'
    assert len(parse_decisions(same, "f").renames) == 2


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(DecisionsError, match="cannot be read"):
        read_decisions(tmp_path / "absent.toml")
    with pytest.raises(DecisionsError, match="cannot be read"):
        read_decisions(tmp_path)
    (tmp_path / "latin.toml").write_bytes(b'pin = [["\xe9", "e"]]')
    with pytest.raises(DecisionsError, match="not UTF-8"):
        read_decisions(tmp_path / "latin.toml")


def test_the_file_beside_the_library_is_found(tmp_path: Path) -> None:
    library = tmp_path / "mine.db"
    assert decisions_beside(library) == tmp_path / "mine.decisions.toml"
    assert find_decisions(library) == UserDecisions()
    decisions_beside(library).write_text('pin = [["a", "b"]]', encoding="utf-8")
    assert find_decisions(library).pins == (("a", "b"),)
    other = tmp_path / "other.toml"
    other.write_text("", encoding="utf-8")
    assert find_decisions(library, other) == UserDecisions()


def test_appending_keeps_what_is_there(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    assert append_decision(file, "pin", {"names": ["a", 'b "c"\\']})
    file.write_text("# mine\n" + file.read_text(encoding="utf-8").rstrip(), encoding="utf-8")
    assert append_decision(file, "rename", {"name": "a", "to": "z"})
    assert not append_decision(file, "pin", {"names": ["a", 'b "c"\\']})
    assert file.read_text(encoding="utf-8").startswith("# mine\n[[pin]]\n")
    assert read_decisions(file) == UserDecisions((("a", 'b "c"\\'),), (), (Rename("a", "z"),))


def test_a_contradiction_is_not_appended(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    append_decision(file, "pin", {"names": ["a", "b"]})
    before = file.read_bytes()
    with pytest.raises(DecisionsError, match="contradicts itself"):
        append_decision(file, "forbid", {"names": ["b", "a"]})
    assert file.read_bytes() == before


def test_nothing_is_appended_to_the_short_form(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_text('pin = [["a", "b"]]\n', encoding="utf-8")
    with pytest.raises(DecisionsError, match="by hand"):
        append_decision(file, "pin", {"names": ["c", "d"]})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(pair=st.lists(names, min_size=2, max_size=3, unique_by=str.strip))
def test_any_names_survive_the_file(tmp_path: Path, pair: list[str]) -> None:
    file = tmp_path / "x.toml"
    file.unlink(missing_ok=True)
    append_decision(file, "forbid", {"names": pair})
    assert tomllib.loads(file.read_text(encoding="utf-8"))["forbid"] == [{"names": pair}]
    decisions = read_decisions(file)
    assert decisions.forbids == (tuple(name.strip() for name in pair),)
    assert decisions_from_json(decisions.as_json()) == decisions
