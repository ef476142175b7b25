"""What the design says of the whole: who imports whom, what is public, what is shipped."""

from __future__ import annotations

import ast
import subprocess
import sys
import zipfile
from pathlib import Path

import click
import pytest

import extract
import graph
from graph.cli import cli

ROOT = Path(__file__).parents[1]
PACKAGES = ("extract", "graph", "cypher")


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def test_dependencies_point_one_way() -> None:
    for path in modules("extract"):
        assert not {n.split(".")[0] for n in imported(path)} & {"graph", "cypher"}, path
    for path in modules("cypher"):
        assert not {n.split(".")[0] for n in imported(path)} & {"graph", "extract"}, path


def test_each_foreign_library_stays_behind_its_border() -> None:
    borders = {
        "spacy": {
            *("extract/pipeline.py", "extract/tokenizer.py", "extract/training"),
            *("extract/fine_tuning.py", "extract/tagger.py", "extract/tag_scores.py"),
            "extract/distillation/",
        },
        "pyvis": {"graph/page.py"},
        "matplotlib": {"graph/charts.py"},
        "graspologic_native": {"graph/partition.py"},
        "sqlite3": {"extract/library.py", "graph/checks.py"},
        "click": {"graph/cli/"},
        "neo4j": {"graph/neo4j_"},
        "wordllama": {"extract/embedding_candidates.py"},
        "pandas": set[str](),  # its tables come and go as rows and as JSON
    }
    for package in PACKAGES:
        for path in modules(package):
            place = path.relative_to(ROOT).as_posix()
            for library in {name.split(".")[0] for name in imported(path)} & set(borders):
                allowed = (*borders[library], "extract/tables/", "extract/readers/")
                assert place.startswith(tuple(allowed)), f"{place} imports {library}"


@pytest.mark.parametrize("package", PACKAGES)
def test_modules_are_short_enough_to_be_one_thing(package: str) -> None:
    long = {
        path.name: lines
        for path in modules(package)
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert not long


def test_the_public_names_are_those_that_the_readme_lists() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert sorted(graph.__all__) == graph.__all__
    assert [name for name in graph.__all__ if f"`{name}`" not in readme] == []
    assert not hasattr(extract, "__all__")


def test_every_command_has_help_and_stands_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    context = click.Context(cli)
    names = cli.list_commands(context)
    assert len(names) > 15
    for name in names:
        command = cli.get_command(context, name)
        assert command is not None, name
        assert command.help, name
        assert f"paperkg {name}" in readme, name


def loaded(code: str, libraries: set[str]) -> set[str]:
    """Which of these libraries Python has loaded after running a statement."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; {code}; print(*({libraries} & set(sys.modules)))"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


def test_commands_load_spacy_and_pyvis_only_when_they_run() -> None:
    names = cli.list_commands(click.Context(cli))
    code = f"from graph.cli import cli; [cli.get_command(None, name) for name in {names}]"
    assert loaded(
        code, {"networkx", "spacy", "pyvis", "IPython", "wordllama", "neo4j", "matplotlib"}
    ) == {"networkx"}


def test_what_needs_no_graph_does_not_wait_for_one() -> None:
    heavy = {"networkx", "numpy", "lxml", "rich", "scipy", "pandas"}
    assert loaded("from graph.cli import cli", heavy | {"sqlite3"}) == set()
    assert loaded("import graph.cli.deciding", heavy) == set()
    assert loaded("import graph.cli.listing, graph.cli.explaining", heavy) == {"numpy"}


def test_the_wheel_holds_the_packages_with_model_and_sample(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    packages = {name.split("/")[0] for name in names if ".dist-info" not in name}
    assert packages == set(PACKAGES)
    for needed in (
        "extract/model/config.cfg",
        "extract/model/concept_tagger/model",
        "extract/model/confidence.json",
        "extract/data/gazetteer.tsv",
        "extract/data/aliases.tsv",
        "extract/sample/daily_papers_1.txt",
        "extract/training.cfg",
        "graph/picture.js",
        "graph/picture.css",
        "graph/report/report.css",
        "graph/atlas/browser/main.js",
        "graph/atlas/browser/page.css",
        "graph/atlas/browser/page.html",
        "graph/atlas/vendor/sigma.min.js",
        "graph/atlas/vendor/sigma.LICENSE.txt",
        "extract/py.typed",
        "cypher/list_concept_papers.cypher",
        "cypher/style.grass",
    ):
        assert needed in names
    assert not [name for name in names if name.startswith(("tests", "notebooks"))]
