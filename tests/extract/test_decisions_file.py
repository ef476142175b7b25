from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.decisions_file import (
    append_decision,
    decisions_beside,
    find_decisions,
    parse_decisions,
    read_decisions,
)
from extract.errors import DecisionsError
from extract.user_decisions import Rename, UserDecisions

if TYPE_CHECKING:
    from pathlib import Path

    from extract.decisions_file import Kind

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


def test_entries_that_contradict_each_other_are_refused() -> None:
    text = 'pin = [["a", "b"]]\nforbid = [["b", "a"]]\n'
    with pytest.raises(DecisionsError, match=r"'x.toml' contradicts itself: forbid 1 .* pin 1"):
        parse_decisions(text, "x.toml")


@pytest.mark.parametrize("text", ["pin = " + "[" * 100_000, "pin = " + "9" * 100_000])
def test_endless_nesting_and_numbers_are_no_toml(text: str) -> None:
    with pytest.raises(DecisionsError, match="not TOML"):
        parse_decisions(text, "x.toml")


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


def test_a_folder_of_that_name_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.decisions.toml").mkdir()
    with pytest.raises(DecisionsError, match="cannot be read"):
        find_decisions(tmp_path / "a.db")


def test_appending_keeps_what_is_there(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    assert append_decision(file, "pin", {"names": ["a", 'b "c"\\']})
    file.write_text("# mine\n" + file.read_text(encoding="utf-8").rstrip(), encoding="utf-8")
    assert append_decision(file, "rename", {"name": "a", "to": "z"})
    assert not append_decision(file, "pin", {"names": ["a", 'b "c"\\']})
    assert file.read_text(encoding="utf-8").startswith("# mine\n[[pin]]\n")
    assert read_decisions(file) == UserDecisions((("a", 'b "c"\\'),), (), (Rename("a", "z"),))


def test_line_ends_stay_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_bytes(b'[[pin]]\r\nnames = ["a", "b"]\r\n')
    append_decision(file, "forbid", {"names": ["c", "d"]}, "for\nlater")
    assert file.read_bytes().startswith(b'[[pin]]\r\nnames = ["a", "b"]\r\n')
    assert read_decisions(file) == UserDecisions((("a", "b"),), (("c", "d"),))


def test_what_is_said_already_is_not_said_again(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    append_decision(file, "pin", {"names": ["a", "b", "c"]})
    append_decision(file, "rename", {"name": "a", "to": "z"})
    before = file.read_bytes()
    assert not append_decision(file, "pin", {"names": ["c", " a"]})
    assert not append_decision(file, "rename", {"name": "a", "to": "z"}, "again")
    assert file.read_bytes() == before
    assert append_decision(file, "pin", {"names": ["c", "d"]})


@pytest.mark.parametrize(
    ("kind", "values", "complaint"),
    [
        ("forbid", {"names": ["b", "a"]}, "Nothing was added.*contradicts itself.*pin 1"),
        ("rename", {"name": "b", "to": "y"}, "Nothing was added.*rename 1 and rename 2"),
        ("pin", {"names": ["c"]}, "The new pin: got .'c'., expected two or more"),
        ("pin", {"names": ["c", " "]}, "The new pin: got ' ' for a name"),
        ("pin", {"names": ["c", "x" * 2_000]}, "1 to 1,000 characters"),
        ("pin", {"names": ["c", "\udcff"]}, r"Nothing was added.*'\\udcff', which is not UTF-8"),
    ],
)
def test_what_is_at_fault_is_not_appended(
    kind: Kind, values: dict[str, object], complaint: str, tmp_path: Path
) -> None:
    file = tmp_path / "x.toml"
    append_decision(file, "pin", {"names": ["a", "b"]})
    append_decision(file, "rename", {"name": "a", "to": "x"})
    before = file.read_bytes()
    with pytest.raises(DecisionsError, match=complaint):
        append_decision(file, kind, values)
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("text", "kind", "values"),
    [
        ('pin = [["a", "b"]]\n', "pin", {"names": ["c", "d"]}),
        ('[rename]\n"a" = "b"\n', "rename", {"name": "c", "to": "d"}),
        ('rename = [{name = "a", to = "b"}]\n', "rename", {"name": "c", "to": "d"}),
    ],
)
def test_nothing_is_appended_to_the_short_form(
    text: str, kind: Kind, values: dict[str, object], tmp_path: Path
) -> None:
    file = tmp_path / "x.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DecisionsError, match="by hand"):
        append_decision(file, kind, values)
    assert file.read_text(encoding="utf-8") == text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(pair=st.lists(names, min_size=2, max_size=3, unique_by=str.strip))
def test_any_names_survive_the_file(tmp_path: Path, pair: list[str]) -> None:
    file = tmp_path / "x.toml"
    file.unlink(missing_ok=True)
    append_decision(file, "forbid", {"names": pair})
    assert tomllib.loads(file.read_text(encoding="utf-8"))["forbid"] == [{"names": pair}]
    decisions = read_decisions(file)
    assert decisions.forbids == (tuple(name.strip() for name in pair),)
