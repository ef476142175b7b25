from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from cypher import statements
from graph import KnowledgeGraph
from tests.cypher.loading import fill
from tests.graph.cli.running import paperkg
from tests.graph.small_graph import HOSTILE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.neo4j_server import Account

    Capture = pytest.CaptureFixture[str]


@pytest.fixture
def loaded(
    neo4j_server: Account, sample_library_once: Path, monkeypatch: pytest.MonkeyPatch
) -> Account:
    """A server with the graph of the sample, and its credentials in the environment."""
    with KnowledgeGraph.open(sample_library_once) as knowledge:
        fill(neo4j_server, knowledge.store.nodes(), knowledge.store.edges())
    for name, value in neo4j_server.environment.items():
        monkeypatch.setenv(name, value)
    return neo4j_server


def test_the_list_tells_every_query_with_its_parameters(capfd: Capture) -> None:
    listed = paperkg(capfd, "query", "--list", "--json").json()
    assert [query["name"] for query in listed] == list(statements())
    for query in listed:
        assert set(query) == {"name", "description", "parameters"}
        for parameter in query["parameters"]:
            assert set(parameter) == {"name", "type", "example"}
            assert isinstance(parameter["example"], str | int)
    text = paperkg(capfd, "query", "--list")
    assert all(name in text.out for name in statements())


def test_one_query_is_listed_alone(capfd: Capture) -> None:
    (query,) = paperkg(capfd, "query", "find_proposals", "--list", "--json").json()
    assert [parameter["name"] for parameter in query["parameters"]] == ["concept", "limit"]


def test_both_sides_print_the_same_bytes(
    capfd: Capture, loaded: Account, sample_library_once: Path
) -> None:
    for name in ("list_concept_papers", "list_similar_papers", "show_leaderboard"):
        given = [f"--param={p.name}={p.example}" for p in statements()[name].parameters]
        for form in ("--json", "--csv"):
            here = paperkg(capfd, "query", name, *given, form, "--library", sample_library_once)
            there = paperkg(capfd, "query", name, *given, form, "--graph", loaded.uri)
            assert (here.code, there.code) == (0, 0)
            assert here.out == there.out
            assert here.out.strip("[]\n")


def test_python_gives_the_rows_that_the_command_prints(
    capfd: Capture, sample_library_once: Path
) -> None:
    printed = paperkg(
        capfd, "query", "find_proposals", "--param", "concept=contrastive loss", "--json",
        "--library", sample_library_once,
    ).json()  # fmt: skip
    with KnowledgeGraph.open(sample_library_once) as knowledge:
        assert knowledge.query("find_proposals", concept="contrastive loss") == printed


def test_a_table_is_for_people(capfd: Capture, sample_library_once: Path) -> None:
    answer = paperkg(
        capfd, "query", "list_dataset_tasks", "--param", "dataset=ImageNet",
        "--library", sample_library_once,
    )  # fmt: skip
    header, *rows = answer.out.splitlines()
    assert header.split() == ["task_id", "task", "papers", "share"]
    assert rows[0].startswith("task/")


def test_no_rows_are_said_and_are_no_failure(capfd: Capture, sample_library_once: Path) -> None:
    given = (
        "query",
        "list_new_concepts",
        "--param",
        "since=2099",
        "--library",
        sample_library_once,
    )
    answer = paperkg(capfd, *given)
    assert (answer.code, answer.out, answer.err) == (0, "", "No rows.\n")
    assert paperkg(capfd, *given, "--json").json() == []


def test_names_that_fit_more_are_noted_on_both_sides(
    capfd: Capture, loaded: Account, sample_library_once: Path
) -> None:
    given = ("query", "find_proposals", "--param", "concept=RAG", "--json")
    here = paperkg(capfd, *given, "--library", sample_library_once)
    there = paperkg(capfd, *given, "--graph", loaded.uri)
    assert "also fits" in here.err
    assert there.err == here.err


@pytest.mark.parametrize("name", ["BRET", "nothing like it", "On Counting"])
def test_names_that_nothing_has_fail_alike(
    capfd: Capture, loaded: Account, sample_library_once: Path, name: str
) -> None:
    given = ("query", "find_proposals", "--param", f"concept={name}")
    here = paperkg(capfd, *given, "--library", sample_library_once)
    there = paperkg(capfd, *given, "--graph", loaded.uri)
    assert here.code == there.code == 2
    assert there.err == here.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Give the NAME"),
        (("find_proposals",), "needs the parameter 'concept'"),
        (("find_proposal", "--param", "concept=BERT"), "Did you mean find_proposals"),
        (("find_proposals", "--param", "concept"), "expected NAME=VALUE"),
        (("find_proposals", "--param", "concept=a", "--param", "concept=b"), "given twice"),
        (("find_proposals", "--json", "--csv"), "exclude each other"),
        (("--file", "x.cypher"), "needs --graph"),
        (("find_proposals", "--write"), "--write is for --file"),
        (("find_proposals", "--file", "x.cypher"), "exclude each other"),
        (("--list", "--csv"), "no CSV"),
        (("--file", "absent.cypher", "--graph", "bolt://localhost"), "Cannot read absent.cypher"),
        (("list_multitype_concepts", "--graph", "http://localhost"), "no scheme or host"),
        (("list_multitype_concepts", "--graph", "bolt://a:secret@b"), "NEO4J_PASSWORD"),
    ],
)
def test_wrong_use_says_what_was_expected(
    capfd: Capture, arguments: tuple[str, ...], words: str
) -> None:
    answer = paperkg(capfd, "query", *arguments)
    assert answer.code == 2
    assert words in answer.err
    assert "secret" not in answer.err


def test_own_statements_run_with_their_parameters(
    capfd: Capture, loaded: Account, tmp_path: Path
) -> None:
    file = tmp_path / "mine.cypher"
    file.write_text(
        '// Mine.\n//\n// $who (concept): a name, such as "BERT".\n'
        "MATCH (n:Paperkg {id: $who}) RETURN n.name AS name, $list AS list, $text AS text\n",
        encoding="utf-8",
    )
    answer = paperkg(
        capfd, "query", "--file", file, "--graph", loaded.uri, "--json",
        "--param", "who=bert", "--param", "list=[1, 2]", "--param", "text=1 2",
    )  # fmt: skip
    assert answer.json() == [{"name": "BERT", "list": [1, 2], "text": "1 2"}]


def test_own_statements_change_nothing_without_leave(
    capfd: Capture, loaded: Account, tmp_path: Path
) -> None:
    file = tmp_path / "mine.cypher"
    file.write_text("CREATE (:PaperkgTestStranger {a: 1})", encoding="utf-8")
    refused = paperkg(capfd, "query", "--file", file, "--graph", loaded.uri)
    assert refused.code == 2
    assert "--write" in refused.err
    let = paperkg(capfd, "query", "--file", file, "--graph", loaded.uri, "--write")
    assert let.code == 0
    assert "nodes created: 1" in let.err


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"x" * 1_000_001, b"// $x (what): y\n"])
def test_files_that_hold_no_statement_are_refused(
    capfd: Capture, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "mine.cypher"
    file.write_bytes(content)
    answer = paperkg(capfd, "query", "--file", file, "--graph", "bolt://localhost:1")
    assert answer.code == 2
    assert "mine.cypher" in answer.err


def test_hostile_text_steers_neither_terminal_nor_spreadsheet(
    capfd: Capture, loaded: Account, tmp_path: Path
) -> None:
    file = tmp_path / "mine.cypher"
    file.write_text("UNWIND $texts AS text RETURN text", encoding="utf-8")
    texts = [text for text in HOSTILE if "\ud83d" not in text]
    given = ("query", "--file", file, "--graph", loaded.uri)
    parameter = ("--param", f"texts={json.dumps(texts)}")
    table = paperkg(capfd, *given, *parameter)
    assert len(table.out.splitlines()) == len(texts) + 1
    assert not set("\x1b\x00\u202e") & set(table.out)
    (_, *cells) = csv.reader(
        io.StringIO(paperkg(capfd, *given, *parameter, "--csv").out, newline="")
    )
    assert ["'=1+1"] in cells
    assert len(cells) == len(texts)
