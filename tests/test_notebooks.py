"""The notebooks run from top to bottom, with public names only and without stored outputs."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.neo4j_server import Account

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
PUBLIC_MODULES = {"cypher", "extract.sample", "graph"}
OURS = {"cypher", "extract", "graph"}


@pytest.fixture
def surroundings(
    notebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """An empty folder, and for those that need it a server that the environment names."""
    monkeypatch.chdir(tmp_path)
    if "NEO4J_URI" in notebook.read_text(encoding="utf-8"):
        server: Account = request.getfixturevalue("empty_neo4j")
        monkeypatch.setenv("NEO4J_URI", server.uri)
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)


def code_cells(notebook: Path) -> list[dict[str, Any]]:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


@pytest.mark.usefixtures("surroundings")
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_as_a_user_would_run_it(notebook: Path) -> None:
    names: dict[str, Any] = {"__name__": "__main__"}
    cells = code_cells(notebook)
    assert cells
    for number, cell in enumerate(cells, 1):
        code = "".join(cell["source"])
        exec(compile(code, f"{notebook.name}, cell {number}", "exec"), names)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_has_no_outputs_and_uses_public_names(notebook: Path) -> None:
    for cell in code_cells(notebook):
        assert cell["outputs"] == []
        assert cell["execution_count"] is None
        for node in ast.walk(ast.parse("".join(cell["source"]))):
            if isinstance(node, ast.ImportFrom) and node.module:
                assert node.module in PUBLIC_MODULES or node.module.split(".")[0] not in OURS
            if isinstance(node, ast.Attribute):
                assert not node.attr.startswith("_")


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_holds_no_credentials(notebook: Path) -> None:
    text = notebook.read_text(encoding="utf-8")
    assert not re.search(r"(?i)passw(or)?d\s*=\s*\W*[\"']\w", text)
    assert not re.search(r"(?:bolt|neo4j)(?:\+\w+)?://[^\s\"]*@", text)
