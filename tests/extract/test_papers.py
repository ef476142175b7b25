from __future__ import annotations

import gzip
import io
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from extract.errors import UsageError
from extract.identity import merge_records
from extract.papers import ReadOptions, Reject, read_papers
from extract.readers.files import MemoryFile
from extract.records import Paper, Source, paper_id
from tests.conftest import SHARED, needs_shared

TEXT = "Moss grows on the north side of most stones. We ask why, and measure it with MossMeter."


def lines(*records: dict[str, object]) -> str:
    return "".join(json.dumps({"abstract": TEXT, **record}) + "\n" for record in records)


def read(source: Path, **options: object) -> list[Paper]:
    return list(read_papers(source, options=ReadOptions(**options)))  # type: ignore[arg-type]  # as given


@pytest.fixture
def dated(tmp_path: Path) -> Path:
    """Five records, some with a date or classes."""
    file = tmp_path / "dated.jsonl"
    file.write_text(
        lines(
            {"title": "A", "published": "2022-05-01", "categories": ["cs.CL"]},
            {"title": "B", "published": "2023", "categories": "cs.LG cs.CL"},
            {"title": "C", "published": "2024-02-03", "categories": ["csx.A"]},
            {"title": "D"},
            {"title": "E", "published": "2024-03", "categories": ["math.ST"]},
        )
    )
    return file


def titles(papers: list[Paper]) -> list[str]:
    return [paper.title for paper in papers]


def test_a_record_becomes_a_paper_with_one_source(tmp_path: Path) -> None:
    file = tmp_path / "moss.jsonl"
    file.write_text(
        lines({"id": 5, "title": " Moss\n", "doi": "https://doi.org/10.48550/arXiv.2401.00001"})
    )
    assert read(file) == [
        Paper(
            id=paper_id("Moss", TEXT),
            title="Moss",
            abstract=TEXT,
            doi="10.48550/arxiv.2401.00001",
            arxiv_id="2401.00001",
            sources=(Source(file.as_posix(), 1, "5"),),
        )
    ]


def test_several_sources_in_their_order(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / name).write_text(lines({"title": name}))
    papers = read_papers([tmp_path / "c", str(tmp_path / "a"), tmp_path])
    assert titles(list(papers)) == ["c", "a", "b"]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    piped = io.TextIOWrapper(io.BytesIO(gzip.compress(lines({"title": "Moss"}).encode())))
    monkeypatch.setattr(sys, "stdin", piped)
    papers = list(read_papers("-"))
    assert [(p.title, p.sources) for p in papers] == [("Moss", (Source("-", 1),))]


def test_missing_files_are_told_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no file or folder"):
        read_papers([tmp_path, tmp_path / "missing"])
    with pytest.raises(UsageError, match="No file matches"):
        read_papers(str(tmp_path / "*.txt"))


def test_unknown_and_unreadable_files_in_a_folder_are_refused_one_by_one(tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"\x00\x01")
    (tmp_path / "b.jsonl").write_text(lines({"title": "Moss"}))
    (tmp_path / "c.txt").symlink_to(tmp_path / "missing")
    rejects: list[Reject] = []
    assert titles(list(read_papers(tmp_path, on_reject=rejects.append))) == ["Moss"]
    assert [(Path(r.file).name, r.line) for r in rejects] == [("a.bin", None), ("c.txt", None)]


@pytest.mark.parametrize("limit", [0, 1, 3, 5, 9])
def test_limit_counts_records_that_are_taken(dated: Path, limit: int) -> None:
    assert titles(read(dated, limit=limit)) == list("ABCDE")[:limit]
    assert titles(read(dated, limit=1, since="2024")) == ["C"]


@pytest.mark.parametrize(
    ("since", "taken"),
    [
        ("2022", "ABCE"),
        ("2023", "BCE"),
        ("2023-07", "BCE"),
        ("2024-02-04", "E"),
        ("2024-03-09", "E"),
        ("2025", ""),
    ],
)
def test_since_compares_dates_as_far_as_both_are_known(dated: Path, since: str, taken: str) -> None:
    assert titles(read(dated, since=since)) == list(taken)


def test_since_takes_the_date_of_the_page_where_no_other_is_known(tmp_path: Path) -> None:
    page = f"new\n\nGet trending papers in your email inbox!\n\nMar 12\n\nMoss\n\n{TEXT}\n"
    file = tmp_path / "page.txt"
    file.write_text(page)
    assert titles(read(file, since="2025-03-12", year=2025)) == ["Moss"]
    assert titles(read(file, since="2025-03-13", year=2025)) == []


@pytest.mark.parametrize(
    ("category", "taken"), [("cs.CL", "AB"), ("cs", "AB"), ("CS.lg", "B"), ("math", "E"), ("c", "")]
)
def test_category(dated: Path, category: str, taken: str) -> None:
    assert titles(read(dated, category=category)) == list(taken)


def test_what_is_left_out_is_told_and_is_no_reject(dated: Path) -> None:
    rejects: list[Reject] = []
    skipped: list[tuple[str, str]] = []
    papers = read_papers(
        dated,
        options=ReadOptions(since="2024", category="csx"),
        on_reject=rejects.append,
        on_skip=lambda paper, reason: skipped.append((paper.title, reason)),
    )
    assert titles(list(papers)) == ["C"]
    assert rejects == []
    assert skipped == [
        ("A", "dated 2022-05-01, before 2024"),
        ("B", "dated 2023, before 2024"),
        ("D", "no date, where 2024 or later is asked for"),
        ("E", "not of the category csx"),
    ]


def test_longest_abstract(tmp_path: Path) -> None:
    file = tmp_path / "long.jsonl"
    file.write_text(lines({"title": "A", "abstract": "moss " * 20}, {"title": "B" * 101}))
    rejects: list[Reject] = []
    options = ReadOptions(max_abstract=99)
    assert titles(list(read_papers(file, options=options, on_reject=rejects.append))) == ["A"]
    assert [r.line for r in rejects] == [2]
    assert titles(read(file, max_abstract=98)) == []


@pytest.mark.parametrize(
    "options",
    [
        {"year": 25},
        {"date": "2025-03"},
        {"date": "2025-02-30"},
        {"date": "March"},
        {"since": "24"},
        {"since": "2024-3"},
        {"limit": -1},
        {"max_abstract": 0},
    ],
)
def test_options_out_of_range(options: dict[str, object]) -> None:
    with pytest.raises(UsageError, match="expected"):
        ReadOptions(**options)  # type: ignore[arg-type]  # wrong on purpose


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "example.org", ""])
def test_addresses_that_a_browser_should_not_follow_are_left_out(tmp_path: Path, url: str) -> None:
    file = tmp_path / "url.jsonl"
    file.write_text(lines({"url": url}, {"url": " https://example.org "}))
    assert [p.url for p in read(file)] == [None, "https://example.org"]


def test_excerpt_is_short_and_shows_what_is_invisible(tmp_path: Path) -> None:
    file = tmp_path / "excerpt.jsonl"
    file.write_text(json.dumps({"title": "a\x1b[31m\u202eb" + "c" * 900, "abstract": ""}) + "\n")
    rejects: list[Reject] = []
    assert list(read_papers(file, on_reject=rejects.append)) == []
    assert rejects[0].excerpt.startswith("a\\x1b[31m\\u202ebccc")
    assert len(rejects[0].excerpt) < 220


PREFIXES = [
    b"",
    b"new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nMar 12\n\n",
    b'{"title": "T", "abstract": "A text."}\n{"title": ',
    b'[{"title": "T", "abstract": "A text."}, ',
    b'{"results": [{"title": "T", ',
    b"<!DOCTYPE html><html><body><article><h3><a href='/papers/2401.00001'>",
    b'<html><div data-props=\'{"dailyPapers": ["summary", ',
    b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry><title>',
    b"@article{a, title = {T}, abstract = {",
    b"TY  - JOUR\nTI  - T\nAB  - ",
    b"PMID- 1\nTI  - T\nAB  - ",
    b'title,abstract\nT,"',
    b'title\tabstract\nT\t"',
    b"Title: T\nAbstract: ",
    b"Get trending papers in your email inbox!\nSubscribe",
    b"Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>",
    b"\xff\xfe{\x00",
    b"\x28\xb5\x2f\xfd",
    b"\x1f\x8b\x08\x00",
    b"A Title of Some Words\nThis is an abstract, and it has words.\n",
]
MARKUP = st.text(alphabet='{}[]<>"\\,;:@=-\n\t aA0é\u2028', max_size=200).map(str.encode)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.sampled_from(PREFIXES), st.binary(max_size=300) | MARKUP, st.booleans())
@example(b"", b"\xef\xbb\xbf{", False)
@example(b"", "\u2028".encode(), False)
@example(b'[{"a', b'"\n{"', False)
def test_no_bytes_make_reading_raise(
    tmp_path: Path, prefix: bytes, tail: bytes, compressed: bool
) -> None:
    file = tmp_path / "bytes"
    file.write_bytes(gzip.compress(prefix + tail) if compressed else prefix + tail)
    rejects: list[Reject] = []
    for paper in read_papers(file, on_reject=rejects.append):
        assert paper.abstract
        assert (paper.abstract, paper.title) == (paper.abstract.strip(), paper.title.strip())
        f"{paper}".encode()
        assert len(paper.sources) == 1
    for reject in rejects:
        assert reject.reason
        assert reject.excerpt.isprintable()


abstracts = st.text(min_size=1, max_size=80).filter(
    lambda text: text.strip() == text and "\0" not in text
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(abstracts, abstracts), min_size=1, max_size=5), st.booleans())
def test_texts_come_back_as_they_were_written(
    tmp_path: Path, texts: list[tuple[str, str]], as_array: bool
) -> None:
    records = [{"title": title, "abstract": abstract} for title, abstract in texts]
    file = tmp_path / "texts"
    file.write_text(
        json.dumps(records, indent=1)
        if as_array
        else "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    )
    assert [(p.title, p.abstract) for p in read_papers(file)] == texts


@needs_shared
def test_saved_pages_of_the_project() -> None:
    rejects: list[Reject] = []
    options = ReadOptions(year=2025)
    papers = list(read_papers(SHARED / "seeds", options=options, on_reject=rejects.append))
    assert (len(papers), len(merge_records(papers)), rejects) == (718, 653, [])
    assert {p.seen_on for p in papers} == {None, "2025-03-11", "2025-03-12", "2025-07-29"}
    assert not any(p.title.startswith("Subscribe") for p in papers)


@needs_shared
@pytest.mark.parametrize("name", ["train", "dev", "ext", "wide", "dev_wide"])
def test_annotated_papers_of_the_project_are_read_as_they_are(name: str) -> None:
    file = SHARED / "gold" / f"{name}.papers.jsonl"
    written = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    read_back = [(p.sources[0].record_id, p.title, p.abstract) for p in read_papers(file)]
    assert read_back == [
        (record["id"], (record.get("title") or "").strip(), record["abstract"].strip())
        for record in written
    ]


def test_a_file_in_memory_is_read_as_one_on_a_disk(tmp_path: Path) -> None:
    content = b"Title: Tea\nAbstract: We pour tea.\n"
    (tmp_path / "tea.txt").write_bytes(content)
    (on_disk,) = read_papers(tmp_path / "tea.txt")
    (in_memory,) = read_papers(MemoryFile("tea", content))
    assert in_memory.sources == (Source("tea", on_disk.sources[0].line),)
    assert replace(in_memory, sources=()) == replace(on_disk, sources=())


def test_files_in_memory_of_one_name_are_all_read() -> None:
    files = [MemoryFile("a", f"Title: {name}\nAbstract: We pour.\n".encode()) for name in "xyz"]
    assert [paper.title for paper in read_papers(files)] == ["x", "y", "z"]
