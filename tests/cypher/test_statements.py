"""The files of the Cypher library and how they are read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import cypher
from cypher import StatementError, parse, statements
from graph.elements import Relation

FOLDER = Path(cypher.__file__).parent
NAMES = sorted(path.stem for path in FOLDER.glob("*.cypher"))
TEXT = """\
// Counts papers,
// all of them.
//
// Ordered by nothing.
//
// $since (date): from when on, such as "2024-03".
// $most (integer): a number that needs
//   two lines, such as 12. Default 3.

RETURN $since, $most  // $later (date): is no parameter
"""


def test_comments_become_description_remarks_and_parameters() -> None:
    statement = parse("count_papers", TEXT)
    assert statement.description == "Counts papers, all of them."
    assert statement.remarks == "Ordered by nothing."
    assert statement.text == TEXT
    since, most = statement.parameters
    assert (since.name, since.type, since.example, since.default) == (
        "since",
        "date",
        "2024-03",
        None,
    )
    assert (most.name, most.type, most.example, most.default) == ("most", "integer", 12, 3)


@pytest.mark.parametrize("text", ["", "RETURN 1", "\n// Not on top.\n// $x (y): z\nRETURN 1"])
def test_a_statement_without_comment_on_top_has_no_parameters(text: str) -> None:
    assert parse("mine", text).parameters == ()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("// $x: a number, such as 3.", "describes no parameter"),
        ("// $x (float): a number, such as 3.", "describes no parameter"),
        ("// $x (integer): a number.", "no example"),
        ('// $x (text): a word, such as "\\q".', "must be JSON"),
    ],
)
def test_a_wrong_parameter_is_named_with_file_and_line(line: str, words: str) -> None:
    with pytest.raises(StatementError, match=rf"mine\.cypher:2: .*{words}"):
        parse("mine", f"// Asks.\n{line}\nRETURN $x", origin="mine.cypher")


def test_all_files_are_there() -> None:
    assert list(statements()) == NAMES
    assert len(NAMES) >= 23


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_named_by_verb_and_noun_and_says_what_it_answers(name: str) -> None:
    statement = statements()[name]
    assert re.fullmatch(r"(find|list|search|show)(_[a-z]+)+", name)
    assert statement.description.endswith(".")
    assert "rdered by" in statement.description + statement.remarks


@pytest.mark.parametrize("name", NAMES)
def test_the_parameters_are_those_of_the_comment(name: str) -> None:
    statement = statements()[name]
    code = "\n".join(line for line in statement.text.splitlines() if not line.startswith("//"))
    assert set(re.findall(r"\$(\w+)", code)) == {p.name for p in statement.parameters}
    for parameter in statement.parameters:
        whole = parameter.type == "integer"
        assert isinstance(parameter.example, int) is whole
        assert parameter.default is None or isinstance(parameter.default, int) is whole


@pytest.mark.parametrize("name", NAMES)
def test_a_statement_keeps_to_what_is_ours_and_to_cypher_5(name: str) -> None:
    text = statements()[name].text
    assert ":Paperkg" in text
    assert not re.search(r"apoc\.|CYPHER 25|\bSET\b|\bMERGE\b|\bCREATE\b|\bDELETE\b", text)
    used = set(re.findall(r"\b[A-Z]+_?[A-Z]+(?=[|*\]])", text))
    assert used <= {relation.value for relation in Relation}


def test_the_style_sheet_has_every_label_and_balanced_blocks() -> None:
    sheet = (FOLDER / "style.grass").read_text(encoding="utf-8")
    blocks = re.findall(r"([\w.]+) \{\n((?:  [a-z-]+: [^;\n]+;\n)+)\}\n", sheet)
    assert "".join(f"{head} {{\n{body}}}\n" for head, body in blocks) == sheet.replace("\n\n", "\n")
    heads = {head for head, _ in blocks}
    labels = ("Paper", "Concept", "Method", "Dataset", "Metric", "Task", "Result")
    assert heads >= {"node", "relationship", *(f"node.{label}" for label in labels)}
