from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extract.errors import UsageError
from extract.gazetteer import GazetteerEntry
from extract.gazetteer_file import find_gazetteer, gazetteer_of, read_gazetteer
from extract.papers import read_papers

if TYPE_CHECKING:
    from pathlib import Path

    from extract.papers import Reject

ENTRIES = (
    GazetteerEntry("BRCA1", "Gene", None),
    GazetteerEntry("graphene, oxidised", "Material", None),
    GazetteerEntry("p53", "Gene", "TP53"),
)
FORMS = {
    "a.tsv": "name\ttype\tcanonical\np53\tGene\tTP53\nBRCA1\tGene\n\n"
    "graphene,  oxidised\tMaterial\t\n",
    "b.csv": 'Name,Type\np53,Gene,TP53\nBRCA1,Gene\n"graphene, oxidised",Material\n',
    "c.jsonl": '{"name": "p53", "type": "Gene", "canonical": "TP53"}\n'
    '{"name": "BRCA1", "type": "Gene", "canonical": null}\n'
    '{"name": "graphene, oxidised", "type": "Material"}\n',
    "d.txt": "\ufeffp53\tGene\tTP53\r\nBRCA1\tGene\r\ngraphene, oxidised\tMaterial\r\n",
}


@pytest.mark.parametrize("name", sorted(FORMS))
def test_the_forms_say_the_same(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text(FORMS[name], encoding="utf-8", newline="")
    refused: list[Reject] = []
    assert read_gazetteer(file, refused.append).entries == ENTRIES
    assert refused == []


def test_faulty_lines_are_refused_one_by_one(tmp_path: Path) -> None:
    file = tmp_path / "names.tsv"
    lines = [
        "p53\tGene",
        "no type",
        "\tGene",
        "p53\tProtein",
        "p53\tGene",
        "x\tPaper",
        "y\t<b>",
        "...\tGene",
        f"{'z' * 201}\tGene",
        "ImageNet\tdataset",
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    refused: list[Reject] = []
    found = read_gazetteer(file, refused.append)
    assert [(e.name, e.type) for e in found.entries] == [("ImageNet", "Dataset"), ("p53", "Gene")]
    assert [reject.line for reject in refused] == [2, 3, 4, 6, 7, 8, 9]
    assert "line 1 says another thing of 'p53'" in refused[2].reason


@pytest.mark.parametrize("line", ["{", "[1]", '{"name": 1, "type": "Gene"}', '{"name": "x"}'])
def test_faulty_objects_are_refused(tmp_path: Path, line: str) -> None:
    file = tmp_path / "names.jsonl"
    file.write_text(f'{{"name": "p53", "type": "Gene"}}\n{line}\n', encoding="utf-8")
    refused: list[Reject] = []
    assert len(read_gazetteer(file, refused.append).entries) == 1
    assert [reject.line for reject in refused] == [2]


def test_a_file_without_a_usable_line_is_refused_whole(tmp_path: Path) -> None:
    file = tmp_path / "names.tsv"
    for content in (b"", b"only words\n", b"\xff\xfe\x00"):
        file.write_bytes(content)
        with pytest.raises(UsageError, match=r"names\.tsv"):
            read_gazetteer(file, lambda reject: None)
    with pytest.raises(UsageError, match="cannot be read"):
        read_gazetteer(tmp_path, lambda reject: None)


def test_a_folder_of_papers_may_hold_it(tmp_path: Path) -> None:
    (tmp_path / "mine.gazetteer.tsv").write_text(FORMS["a.tsv"], encoding="utf-8")
    (tmp_path / "papers.jsonl").write_text('{"title": "T", "abstract": "A."}', encoding="utf-8")
    refused: list[Reject] = []
    assert [paper.title for paper in read_papers(tmp_path, on_reject=refused.append)] == ["T"]
    assert refused == []


def test_the_file_beside_the_library_is_taken_unless_another_is_named(tmp_path: Path) -> None:
    library = tmp_path / "mine.db"
    assert find_gazetteer(library) is None
    assert gazetteer_of(library) is None
    beside = tmp_path / "mine.gazetteer.csv"
    beside.write_text("p53,Gene\n", encoding="utf-8")
    other = tmp_path / "other.tsv"
    other.write_text("BRCA1\tGene\n", encoding="utf-8")
    taken, named = gazetteer_of(library), gazetteer_of(library, other)
    assert taken is not None
    assert named is not None
    assert [taken.entries[0].name, named.entries[0].name] == ["p53", "BRCA1"]
