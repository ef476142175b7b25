from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import pytest

from graph import KnowledgeGraph
from tests.graph.cli.running import paperkg

if TYPE_CHECKING:
    from pathlib import Path

Capture = pytest.CaptureFixture[str]


def test_show_ends_with_the_name_of_a_page_without_addresses(
    capfd: Capture, sample_library_once: Path, tmp_path: Path
) -> None:
    file = tmp_path / "picture.html"
    answer = paperkg(capfd, "show", "-o", file, "--library", sample_library_once)
    assert answer.code == 0
    assert answer.out.splitlines()[-1] == str(file)
    page = file.read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert 'src="http' not in page
    assert 'href="http' not in page


@pytest.mark.parametrize(
    ("part", "title"),
    [
        (("--around", "bert", "--depth", "1"), "Around BERT"),
        (("--path", "bert", "imagenet", "--limit", "2"), "From BERT to ImageNet"),
        (("--community", "BERT", "--max-nodes", "20"), "Showing 20 of "),
    ],
)
def test_a_part_of_the_graph_is_drawn_by_itself(
    capfd: Capture,
    sample_library_once: Path,
    tmp_path: Path,
    part: tuple[str, ...],
    title: str,
) -> None:
    file = tmp_path / "part.html"
    answer = paperkg(capfd, "show", *part, "-o", file, "--library", sample_library_once)
    assert answer.code == 0
    assert answer.out.splitlines() == [str(file)]
    assert title in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--around", "BERT", "--community", "BERT"), "exclude each other"),
        (("--around", "BERT", "--path", "BERT", "GPT-2"), "exclude each other"),
        (("--depth", "2"), "--depth goes with --around"),
        (("--limit", "2"), "--limit goes with --path"),
        (("--max-nodes", "20"), "--max-nodes goes with --around or --community"),
        (("--path", "BERT", "GPT-2", "--max-nodes", "20"), "goes with --around"),
        (("--around", "ImageNett"), "Did you mean 'ImageNet'"),
        (("--path", "BERT", "ImageNett"), "Did you mean 'ImageNet'"),
        (("--community", "ImageNett"), "Did you mean 'ImageNet'"),
        (("--around", "BERT", "--depth", "0"), "range"),
    ],
)
def test_wrong_use_is_refused_with_what_to_do(
    capfd: Capture,
    sample_library_once: Path,
    tmp_path: Path,
    options: tuple[str, ...],
    reason: str,
) -> None:
    file = tmp_path / "part.html"
    answer = paperkg(capfd, "show", *options, "-o", file, "--library", sample_library_once)
    assert answer.code == 2
    assert reason in answer.err
    assert not file.exists()


@pytest.mark.parametrize("name", ["graph.graphml", "graph.gexf", "graph.json", "graph.csv"])
def test_export_writes_what_it_names(
    capfd: Capture, sample_library_once: Path, tmp_path: Path, name: str
) -> None:
    answer = paperkg(capfd, "export", tmp_path / name, "--library", sample_library_once)
    assert answer.code == 0
    written = answer.out.split()
    assert all((tmp_path / file).is_file() for file in written)
    assert len(written) == (5 if name.endswith("csv") else 1)


def test_the_format_of_an_export_can_be_named(
    capfd: Capture, sample_library_once: Path, tmp_path: Path
) -> None:
    arguments = ("--format", "neo4j-admin", tmp_path / "files", "--library", sample_library_once)
    answer = paperkg(capfd, "export", *arguments)
    assert answer.code == 0
    names = [path.rpartition("/")[2] for path in answer.out.splitlines()]
    assert names[-2:] == ["import.sh", "schema.cypher"]
    assert sorted(names) == sorted(path.name for path in (tmp_path / "files").iterdir())
    assert paperkg(capfd, "export", "--format", "xlsx", tmp_path / "x").code == 2


def test_the_exported_graph_is_the_graph(
    capfd: Capture, sample_library_once: Path, tmp_path: Path
) -> None:
    file = tmp_path / "graph.graphml"
    paperkg(capfd, "export", file, "--library", sample_library_once)
    with KnowledgeGraph.open(sample_library_once) as knowledge:
        graph = knowledge.networkx()
    assert set(nx.read_graphml(file).nodes) == set(graph.nodes)


def test_a_place_that_cannot_be_written_is_refused(
    capfd: Capture, sample_library_once: Path, tmp_path: Path
) -> None:
    answer = paperkg(
        capfd, "show", "-o", tmp_path / "no" / "x.html", "--library", sample_library_once
    )
    assert answer.code == 2
    assert "no" in answer.err


@pytest.mark.parametrize("seed", ["-1", "99999999999"])
def test_a_seed_out_of_range_is_wrong_use(
    capfd: Capture, sample_library_once: Path, tmp_path: Path, seed: str
) -> None:
    # issue 3: it was "an error of its own"
    picture = tmp_path / "x.html"
    arguments = ("show", "--seed", seed, "-o", picture, "--library", sample_library_once)
    assert paperkg(capfd, *arguments).code == 2


def test_a_loop_of_links_is_a_place_that_cannot_be_written(
    capfd: Capture, sample_library_once: Path, tmp_path: Path
) -> None:
    # issue 3: it was "an error of its own"
    (tmp_path / "a.html").symlink_to(tmp_path / "b.html")
    (tmp_path / "b.html").symlink_to(tmp_path / "a.html")
    answer = paperkg(capfd, "show", "-o", tmp_path / "a.html", "--library", sample_library_once)
    assert answer.code == 2
    assert "Cannot write" in answer.err
