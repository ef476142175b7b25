from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from extract.papers import read_papers
from tests.extract.readers.reading import OTHER, read

if TYPE_CHECKING:
    from pathlib import Path

    from extract.papers import Reject


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04\x14\x00", "zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"),
        (b"SQLite format 3\x00" + bytes(84), "SQLite"),
        (b"{\\rtf1\\ansi}", "RTF"),
        (b"BZh91AY&SY", "bzip2"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"some text\x00 and more", "NUL"),
        (b"\x1f\x8b\x08\x00", "end early"),
    ],
)
def test_files_that_are_refused_as_a_whole(tmp_path: Path, content: bytes, reason: str) -> None:
    papers, rejects = read(tmp_path, content)
    assert papers == []
    assert [(r.line, reason in r.reason) for r in rejects] == [(None, True)]


def test_name_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "papers.bib").write_text(f'{{"title": "Bees", "abstract": "{OTHER}"}}\n')
    (tmp_path / "papers.json").write_text(f"@misc{{a, title={{Wind}}, abstract={{{OTHER}}}}}\n")
    assert [p.title for p in read_papers(tmp_path)] == ["Bees", "Wind"]


def test_files_of_our_own_are_passed_over_in_folders(tmp_path: Path) -> None:
    library = sqlite3.connect(tmp_path / "paperkg.db")
    library.execute("PRAGMA application_id = 0x706B6731")
    library.execute("CREATE TABLE paper (id TEXT)")
    library.commit()
    library.close()
    (tmp_path / "paperkg.db-wal").write_bytes(b"7\x7f\x06\x82")
    (tmp_path / "rejects.jsonl").write_text(
        '{"file": "a", "line": 1, "reason": "no abstract", "excerpt": "T"}\n'
    )
    rejects: list[Reject] = []
    assert list(read_papers(tmp_path, on_reject=rejects.append)) == []
    assert rejects == []


def test_database_of_others_is_refused_in_folders(tmp_path: Path) -> None:
    library = sqlite3.connect(tmp_path / "other.db")
    library.execute("CREATE TABLE paper (id TEXT)")
    library.commit()
    library.close()
    rejects: list[Reject] = []
    assert list(read_papers(tmp_path, on_reject=rejects.append)) == []
    assert ["SQLite" in reject.reason for reject in rejects] == [True]


@pytest.mark.parametrize(
    "content",
    [
        "[]",
        '{"results": []}',
        "title,abstract\n",
        "@comment{nothing}\n",
        '<feed xmlns="http://www.w3.org/2005/Atom"></feed>',
        "Get trending papers in your email inbox!\nSubscribe\n",
    ],
)
def test_files_without_records_are_refused(tmp_path: Path, content: str) -> None:
    papers, rejects = read(tmp_path, content)
    assert papers == []
    assert [(r.line, "no record" in r.reason) for r in rejects] == [(None, True)]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (f"FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nTI Bees\nAB {OTHER}\nER\n", "RIS"),
        (f"%0 Journal Article\n%T Bees\n%X {OTHER}\n", "RIS"),
        (
            "1. J Bees. 2024.\n\nCounting bees.\n\nDoe A(1).\n\nAuthor information:\n(1)Hive.\n\n"
            f"{OTHER}\n\nDOI: 10.5555/q\nPMID: 38000001\n",
            "nbib",
        ),
    ],
    ids=["Web of Science", "EndNote", "PubMed"],
)
def test_texts_of_services_are_refused_with_a_way_out(
    tmp_path: Path, content: str, reason: str
) -> None:
    papers, rejects = read(tmp_path, content)
    assert papers == []
    assert [(r.line, reason in r.reason) for r in rejects] == [(None, True)]
