from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.errors import LibraryError, LibraryVersionError
from extract.identity import group_records
from extract.library import Library
from extract.records import (
    Alias,
    CommunityRecord,
    Concept,
    Decision,
    Definition,
    Extraction,
    Mention,
    Paper,
    Result,
    Source,
    paper_id,
)

if TYPE_CHECKING:
    from pathlib import Path


def record(
    title: str = "On nets",
    abstract: str = "Nets work.",
    *,
    doi: str | None = None,
    seen_on: str | None = None,
    file: str = "a.txt",
    line: int = 1,
) -> Paper:
    return Paper(
        paper_id(title, abstract),
        title,
        abstract,
        doi=doi,
        seen_on=seen_on,
        sources=(Source(file, line),),
    )


def extraction(paper: Paper) -> Extraction:
    mention = Mention(paper.id, "abstract", 0, 4, "Nets", "Method", "uses", 0.5, "ner")
    result = Result(paper.id, "Nets", None, None, "3", "%", None, True, "Nets", "abstract", 0, 0.5)
    return Extraction(paper, (mention,), (result,), (Definition("N", "Nets", 0, 0),))


def content(library: Library) -> str:
    return "\n".join(map(repr, [*library.papers(), *library.mentions(), *library.results()]))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.open(tmp_path / "test.db", create=True)


def test_what_is_stored_comes_back_equal(library: Library) -> None:
    paper = record(doi="10.1/x", seen_on="2025-03-12")
    concept = Concept("method/net", "net", "Method", (Alias("Nets", 1),), ("Task",), True)
    decision = Decision("Net", "Nets", True, "plural", 98.5, (paper.id,))
    community = CommunityRecord("method/net", "net", (paper.id,), ("method/net",))
    concept_of = {(paper.id, "Nets", "Method"): "method/net"}
    evidence = {(paper.id, "USES", "method/net"): "Nets work."}
    with library, library.transaction():
        library.add([paper])
        library.store(extraction(paper), "model-1")
        library.store_derived([concept], concept_of, [decision], [community], evidence)
        assert list(library.papers()) == [paper]
        assert library.paper(paper.id) == paper
        assert library.paper("p0") is None
        assert library.mentions() == list(extraction(paper).mentions)
        assert library.mentions("p0") == []
        assert library.results(paper.id) == list(extraction(paper).results)
        assert library.definitions() == {paper.id: extraction(paper).definitions}
        assert library.concepts() == [concept]
        assert library.concept_of() == concept_of
        assert library.decisions() == [decision]
        assert library.communities() == [community]
        assert library.evidence() == evidence
        assert library.counts() == {
            "papers": 1,
            "mentions": 1,
            "results": 1,
            "concepts": 1,
            "communities": 1,
            "edges": 1,
        }


def test_adding_a_page_twice_changes_nothing_and_leaves_nothing_to_extract(
    library: Library,
) -> None:
    page = [record(), record("On trees", "Trees work.", line=5)]
    with library, library.transaction():
        library.add(page)
        for paper in library.pending():
            library.store(extraction(paper), "model-1")
        before = content(library)
        library.add(page)
        assert content(library) == before
        assert library.pending() == []


def test_records_of_one_paper_are_one_paper_with_several_sources(library: Library) -> None:
    with library, library.transaction():
        library.add([record(abstract="Nets work.", file="a.txt")])
        library.add([record("On Nets!", "Nets work, and how they do.", file="b.txt")])
        (paper,) = library.papers()
        assert paper.abstract == "Nets work, and how they do."
        assert [source.file for source in paper.sources] == ["a.txt", "b.txt"]


def test_a_record_that_ties_two_papers_together_makes_them_one(library: Library) -> None:
    with library, library.transaction():
        library.add([record(), record("Nets, new", "Better.", doi="10.1/x", line=5)])
        assert library.paper_count() == 2
        library.add([record("On nets", "Nets work.", doi="10.1/x", line=9)])
        assert library.paper_count() == 1


def test_a_longer_abstract_asks_for_a_new_extraction(library: Library) -> None:
    with library, library.transaction():
        library.add([record()])
        (paper,) = library.pending()
        library.store(extraction(paper), "model-1")
        library.add([record(abstract="Nets work, and how.", file="b.txt")])
        assert [paper.abstract for paper in library.pending()] == ["Nets work, and how."]


def test_the_year_of_a_page_can_be_given_later(library: Library) -> None:
    with library, library.transaction():
        library.add([record()])
        library.add([record(seen_on="2025-03-12")])
        assert [paper.seen_on for paper in library.papers()] == ["2025-03-12"]
        assert [len(paper.sources) for paper in library.papers()] == [1]


def test_papers_of_another_model_are_counted_and_pending_on_demand(library: Library) -> None:
    with library, library.transaction():
        library.add([record()])
        (paper,) = library.pending()
        library.store(extraction(paper), "model-1")
        assert library.models() == {"model-1": 1}
        assert library.pending() == []
        assert library.pending("model-1") == []
        assert library.pending("model-2") == [paper]
        assert library.pending_count("model-2") == 1


def test_derived_tables_are_current_until_papers_change(library: Library) -> None:
    with library, library.transaction():
        library.add([record()])
        library.store(extraction(record()), "model-1")
        assert not library.derived_is_current()
        library.store_derived([], {}, [], [], {})
        assert library.derived_is_current()
        library.remove([record().id])
        assert not library.derived_is_current()


def test_search_finds_words_and_the_beginning_of_the_last(library: Library) -> None:
    concept = Concept("method/cafe-net", "Café net", "Method", (Alias("CafeNet", 2),))
    with library, library.transaction():
        library.add([record("Nets that drink", "Coffee OR tea.")])
        library.store_derived([concept], {}, [], [], {})
        assert [hit.id for hit in library.search("cafe ne")] == ["method/cafe-net"]
        assert [hit.name for hit in library.search("drink nets")] == ["Nets that drink"]
        assert [hit.kind for hit in library.search("net")] == ["Concept", "Paper"]
        for hostile in ('"', "* OR (", "NEAR(", "coffee AND", "'; DROP TABLE paper; --", "", "-"):
            library.search(hostile)
        assert library.search("tea coffee")[0].excerpt == "Coffee OR tea."


def test_a_transaction_that_fails_leaves_nothing(library: Library) -> None:
    def add_and_fail() -> None:
        with library.transaction():
            library.add([record()])
            raise RuntimeError

    with library:
        with pytest.raises(RuntimeError):
            add_and_fail()
        assert library.paper_count() == 0


def test_a_reader_reads_while_a_writer_writes(tmp_path: Path) -> None:
    path = tmp_path / "shared.db"
    with Library.open(path, create=True) as writer:
        with writer.transaction():
            writer.add([record()])
        with Library.open(path) as reader, writer.transaction():
            writer.add([record("Another", "One.")])
            assert reader.paper_count() == 1
        with Library.open(path) as reader:
            assert reader.paper_count() == 2


def test_a_library_opened_for_reading_cannot_be_changed(tmp_path: Path) -> None:
    path = tmp_path / "test.db"
    Library.open(path, create=True).close()
    with (
        Library.open(path) as library,
        pytest.raises(LibraryError, match="cannot be used: attempt to write a readonly"),
        library.transaction(),
    ):
        library.add([record()])


def test_a_missing_library_is_named_with_what_makes_one(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"no library at .*none\.db.*paperkg build"):
        Library.open(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("create", [True, False])
def test_other_files_are_refused_and_unharmed(tmp_path: Path, *, create: bool) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("not a database, but long enough to look at" * 50)
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    for path in (text, other):
        before = path.read_bytes()
        with pytest.raises(LibraryError, match="not a paperkg library"):
            Library.open(path, create=create)
        assert path.read_bytes() == before


@pytest.mark.parametrize(("version", "age"), [(0, "an older"), (99, "a newer")])
def test_another_schema_is_named_with_what_to_do(tmp_path: Path, version: int, age: str) -> None:
    path = tmp_path / "test.db"
    Library.open(path, create=True).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    connection.close()
    with pytest.raises(LibraryVersionError, match=f"{age} paperkg"):
        Library.open(path)


PAPERS = st.builds(
    record,
    st.sampled_from(["", "On nets", "on NETS", "On trees"]),
    st.sampled_from(["Nets work.", "Nets work well.", "Trees do."]),
    doi=st.sampled_from([None, "10.1/x", "10.1/y"]),
    file=st.sampled_from(["a.txt", "b.txt"]),
    line=st.integers(1, 4),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records=st.lists(PAPERS, max_size=8), data=st.data())
def test_the_order_and_the_batches_of_adding_do_not_matter(
    records: list[Paper], data: st.DataObject, tmp_path: Path
) -> None:
    # A place in a file holds one record.
    records = list({(r.sources, r.id): r for r in records}.values())
    shuffled = data.draw(st.permutations(records))
    cut = data.draw(st.integers(0, len(records)))
    contents = []
    for batches in ([records], [shuffled[:cut], shuffled[cut:]], [[r] for r in shuffled]):
        with Library.open(":memory:", create=True) as library, library.transaction():
            for batch in batches:
                library.add(batch)
            contents.append(content(library))
    assert contents[0] == contents[1] == contents[2]


@settings(deadline=None)
@given(records=st.lists(PAPERS, max_size=8), extra=PAPERS)
def test_a_removed_paper_leaves_what_would_be_there_had_it_never_come(
    records: list[Paper], extra: Paper
) -> None:
    distinct = list({(r.sources, r.id): r for r in [*records, extra]}.values())
    with Library.open(":memory:", create=True) as library, library.transaction():
        library.add(distinct)
        ((gone, group),) = [g for g in group_records(distinct) if extra in g[1]]
        others = [r for r in distinct if r not in group]
        assert library.remove([gone.id]) == 1
        after = content(library)
    with Library.open(":memory:", create=True) as library, library.transaction():
        library.add(others)
        assert after == content(library)


def test_texts_survive_as_read(library: Library) -> None:
    abstract = json.loads('"a\\u0000b \\u202e % $x$ \\\\textbf{y} \\ud83d\\ude00"')
    with library, library.transaction():
        library.add([record("Ünïcode", abstract)])
        assert [paper.abstract for paper in library.papers()] == [abstract]
