"""Types of the user's own, by a gazetteer, on the whole way from a page to pictures and Neo4j."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import neo4j
import pytest

from graph import KnowledgeGraph
from tests.graph.cli.running import paperkg

if TYPE_CHECKING:
    from pathlib import Path

    from tests.neo4j_server import Account

    Capture = pytest.CaptureFixture[str]

PAPERS = (
    {
        "title": "BRCA1 loss sensitises tumours to olaparib",
        "abstract": "Loss of breast cancer type 1 (BRCA1) makes cells depend on PARP1. We treat "
        "40 xenografts with olaparib. TP53 mutations do not change it. MAP was low.",
    },
    {
        "title": "Tumour protein p53 and graphene oxide",
        "abstract": "Graphene oxide sheets bind p53, which nutlins free. MAP rises 2.5-fold.",
    },
)
GENES = """name\ttype\tcanonical
breast cancer type 1\tGene\tBRCA1
p53\tGene\tTP53
Tumour protein p53\tGene\tTP53
PARP1\tGene
MAP\tGene
graphene oxide\tMaterial
nutlin\tDrug\tnutlin
olaparib\tDrug
only a name
"""


@pytest.fixture
def library(tmp_path: Path, capfd: Capture) -> Path:
    """A library of both papers, with the gazetteer beside it."""
    (tmp_path / "papers.jsonl").write_text("\n".join(map(json.dumps, PAPERS)), encoding="utf-8")
    (tmp_path / "bio.gazetteer.tsv").write_text(GENES, encoding="utf-8")
    path = tmp_path / "bio.db"
    answer = paperkg(capfd, "build", tmp_path / "papers.jsonl", "--library", path, "-q")
    assert answer.code == 0
    assert "bio.gazetteer.tsv:10: expected a name and a type" in answer.err
    return path


def test_listed_things_are_the_concepts_of_the_graph(library: Path) -> None:
    with KnowledgeGraph.open(library) as knowledge:
        types = {concept.name: concept.type for concept in knowledge.concepts()}
        assert types.items() >= {
            ("BRCA1", "Gene"),
            ("TP53", "Gene"),
            ("MAP", "Gene"),
            ("PARP1", "Gene"),
            ("graphene oxide", "Material"),
            ("nutlin", "Drug"),
            ("olaparib", "Drug"),
        }
        explained = knowledge.explain("p53", "TP53")
        assert (explained.same, explained.rule) == (True, "gazetteer")
        edges = {(str(e.relation), n.name) for e, n in knowledge.neighbours(PAPERS[1]["title"])}
        assert ("MENTIONS", "TP53") in edges
        steps = knowledge.path("BRCA1", "graphene oxide")[0].steps
        assert [step.target.name for step in steps][-1] == "graphene oxide"
        rows = knowledge.query("list_concept_papers", concept="p53")
        assert len(rows) == 2


def test_removing_a_paper_keeps_what_the_list_says_of_the_others(library: Path) -> None:
    with KnowledgeGraph.open(library, create=True) as knowledge:
        knowledge.remove(PAPERS[0]["title"])
        assert knowledge.find("p53").node.name == "TP53"


def test_pictures_reports_and_exports_have_them(library: Path, tmp_path: Path) -> None:
    with KnowledgeGraph.open(library) as knowledge:
        assert knowledge.show().html
        assert "Other concept" in knowledge.show(around="TP53").html
        report = knowledge.report().html
        assert "<h3>Gene</h3>" in report
        assert "<h3>Drug</h3>" in report
        (written,) = knowledge.export(tmp_path / "graph.json")
    assert '"Material"' in written.read_text("utf-8")


def test_another_gazetteer_is_told_from_that_of_the_library(
    library: Path, tmp_path: Path, capfd: Capture
) -> None:
    other = tmp_path / "other.csv"
    other.write_text("olaparib,Medicine\n", encoding="utf-8")
    told = paperkg(capfd, "build", "--gazetteer", other, "--library", library, "-q")
    assert f"paperkg build --refresh --gazetteer {other}" in told.err
    answer = paperkg(
        capfd, "build", "--refresh", "--gazetteer", other, "--library", library, "--json", "-q"
    )
    assert answer.json()["papers"]["extracted"] == 2
    found = paperkg(capfd, "search", "olaparib", "--library", library, "--json").json()
    assert found[0]["id"] == "medicine/olaparib"


def test_extract_takes_the_list_that_is_named(
    library: Path, tmp_path: Path, capfd: Capture
) -> None:
    papers, names = tmp_path / "papers.jsonl", tmp_path / "bio.gazetteer.tsv"
    answer = paperkg(capfd, "extract", papers, "--gazetteer", names, "-q", "--library", library)
    mentions = [m for line in answer.out.splitlines() for m in json.loads(line)["mentions"]]
    listed = [m for m in mentions if m["step"] == "listed"]
    assert {m["concept"] for m in listed} >= {"gene/tp53", "drug/nutlin"}
    assert {(m["confidence"], m["role_confidence"]) for m in listed} == {(1.0, 1.0)}
    strict = paperkg(capfd, "extract", papers, "--gazetteer", names, "--strict", "-q")
    assert strict.code == 1
    plain = paperkg(capfd, "extract", papers, "-q", "--library", library)
    assert "listed" not in plain.out


def test_they_are_concepts_with_a_type_in_neo4j(library: Path, empty_neo4j: Account) -> None:
    account = empty_neo4j
    with KnowledgeGraph.open(library) as knowledge:
        first = knowledge.push(account.uri, account.auth, database=account.database)
        again = knowledge.push(account.uri, account.auth, database=account.database)
        genes = {c.name for c in knowledge.concepts() if c.type == "Gene"}
    assert first.nodes.created > 0
    assert (again.nodes.created, again.nodes.changed, again.edges.changed) == (0, 0, 0)
    with neo4j.GraphDatabase.driver(account.uri, auth=account.auth) as driver:
        rows = driver.execute_query(
            "MATCH (:Paper)-[:MENTIONS]->(c:Concept:Paperkg {type: 'Gene'}) "
            "RETURN DISTINCT c.name AS name, labels(c) AS labels",
            database_=account.database,
        ).records
    assert {row["name"] for row in rows} == genes
    assert {tuple(sorted(row["labels"])) for row in rows} == {("Concept", "Paperkg")}
