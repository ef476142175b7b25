from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract import resolution_identity
from extract.identity import group_records
from extract.library import Library
from extract.records import (
    Alias,
    Community,
    Concept,
    Decision,
    Paper,
)
from tests.extract.small_library import extraction, record


def content(library: Library) -> str:
    return "\n".join(map(repr, [*library.papers(), *library.mentions(), *library.results()]))


DATA = Path(resolution_identity.__file__).with_name("data")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.open(tmp_path / "test.db", create=True)


def test_what_is_stored_comes_back_equal(library: Library) -> None:
    paper = record(doi="10.1/x", seen_on="2025-03-12")
    concept = Concept("method/net", "net", "Method", (Alias("Nets", 1),), ("Task",), True)
    decision = Decision("Net", "Nets", True, "plural", 98.5, (paper.id,))
    community = Community("method/net", "net", (paper.id,), ("method/net",))
    concept_of = {(paper.id, "Nets", "Method"): "method/net"}
    evidence = {(paper.id, "USES", "method/net"): "Nets work."}
    with library, library.transaction():
        library.add([paper])
        library.store(extraction(paper), "model-1")
        derived = ([concept], concept_of, [decision], [community], evidence)
        library.store_derived(*derived, made_from=library.source_digest())
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


def test_records_of_one_arxiv_id_are_one_paper(library: Library) -> None:
    with library, library.transaction():
        library.add([record("Nets", "Nets work.", arxiv_id="2401.00001")])
        library.add([record("Nets, revised", "Nets do work.", arxiv_id="2401.00001", line=9)])
        (paper,) = library.papers()
        assert paper.arxiv_id == "2401.00001"
        assert len(paper.sources) == 2


def test_only_papers_that_were_not_there_are_new(library: Library) -> None:
    # issue 3: a count before and after was wrong beside another writer
    with library, library.transaction():
        assert library.add([record(), record("Nets, new", "Better.", doi="10.1/x", line=5)]) == 2
        assert library.add([record()]) == 0
        assert library.add([record(file="b.txt"), record("On trees", "Trees work.")]) == 1
        tie = record("On nets", "Nets work.", doi="10.1/x", line=9)
        other = record("On roots", "Roots work.", line=12)
        assert library.add([tie, other, other]) == 1
        assert library.paper_count() == 3


def test_one_more_record_of_a_large_paper_does_not_rewrite_the_others(library: Library) -> None:
    # issue 3: adding was quadratic in the records of one paper
    many = [record(f"Part {n}", f"Text {n}.", doi="10.1/x", line=n) for n in range(500)]
    with library, library.transaction():
        assert library.add(many) == 1
        _, before = library.version()
        assert library.add([record("Part 500", "Text 500.", doi="10.1/x", line=500)]) == 0
        _, after = library.version()
        assert after - before < 10
        assert library.paper_count() == 1


def test_a_later_reading_brings_authors_and_categories(library: Library) -> None:
    # issue 3: they stayed as the first reading had them
    bare = record()
    full = replace(bare, authors=("A. Author", "B. Bee"), categories=("cs.CL",))
    with library, library.transaction():
        for reading in (bare, full, bare):
            library.add([reading])
        (paper,) = library.papers()
        assert (paper.authors, paper.categories) == (full.authors, full.categories)
        library.add([replace(bare, authors=("C. Sea",))])
        (paper,) = library.papers()
        assert (paper.authors, paper.categories) == (("C. Sea",), full.categories)


def test_pending_papers_come_in_batches_each_after_the_last(library: Library) -> None:
    # issue 3: each batch was looked for from the first paper on
    with library, library.transaction():
        library.add([record(f"T {n}", "One.", line=n) for n in range(7)])
        everything = library.pending()
        batches, last = [], ""
        while batch := library.pending(after=last, limit=3):
            batches.append(batch)
            last = batch[-1].id
        assert [len(batch) for batch in batches] == [3, 3, 1]
        assert [paper for batch in batches for paper in batch] == everything


def test_what_was_found_in_a_text_that_is_gone_is_not_kept(library: Library) -> None:
    # issue 3: a paper removed meanwhile was "FOREIGN KEY constraint failed"
    longer = record(abstract="Nets work, and how.", file="b.txt")
    with library, library.transaction():
        library.store(extraction(record("Gone", "One.")), "model-1")
        library.add([record(), longer])
        library.store(extraction(record()), "model-1")
        assert library.mentions() == []
        assert library.pending_count() == 1


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
        library.store_derived([], {}, [], [], {}, made_from=library.source_digest())
        assert library.derived_is_current()
        library.store(extraction(record()), "model-2")
        assert not library.derived_is_current()
        library.store(extraction(record()), "model-1")
        assert library.derived_is_current()
        library.remove([record().id])
        assert not library.derived_is_current()


def test_what_came_while_concepts_were_made_leaves_them_outdated(library: Library) -> None:
    # issue 3: the digest was that of the moment of writing
    with library:
        made_from = library.source_digest()
        with library.transaction():
            library.add([record()])
            library.store(extraction(record()), "model-1")
            library.store_derived([], {}, [], [], {}, made_from=made_from)
        assert not library.derived_is_current()


def test_other_rules_of_resolution_leave_concepts_outdated(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    # issue 3: after an upgrade nothing was made anew
    with library, library.transaction():
        library.store_derived([], {}, [], [], {}, made_from=library.source_digest())
        assert library.derived_is_current()
        monkeypatch.setattr(resolution_identity, "RESOLUTION_VERSION", "another")
        assert not library.derived_is_current()


@pytest.mark.parametrize("name", ["aliases.tsv", "words.txt"])
def test_the_data_of_resolution_are_part_of_its_identity(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # issue 3
    before = resolution_identity.resolution_identity()
    data = shutil.copytree(DATA, tmp_path / "data")
    monkeypatch.setattr(resolution_identity, "files", lambda _: tmp_path)
    assert resolution_identity.resolution_identity() == before
    with (data / name).open("a") as file:
        file.write("# more")
    assert resolution_identity.resolution_identity() != before


def test_search_finds_words_and_the_beginning_of_the_last(library: Library) -> None:
    concept = Concept("method/cafe-net", "Café net", "Method", (Alias("CafeNet", 2),))
    with library, library.transaction():
        library.add([record("Nets that drink", "Coffee OR tea.")])
        library.store_derived([concept], {}, [], [], {}, made_from="")
        assert [hit.id for hit in library.search("cafe ne")] == ["method/cafe-net"]
        assert [hit.name for hit in library.search("drink nets")] == ["Nets that drink"]
        assert [hit.kind for hit in library.search("net")] == ["Concept", "Paper"]
        for hostile in ('"', "* OR (", "NEAR(", "coffee AND", "'; DROP TABLE paper; --", "", "-"):
            library.search(hostile)
        assert library.search("tea coffee")[0].excerpt == "Coffee OR tea."


def test_search_puts_exact_names_first_then_concepts_of_many_papers_then_papers(
    library: Library,
) -> None:
    names = {"method/deep-net": "deep net", "method/net": "net", "method/net-a": "net A"}
    concepts = [Concept(key, name, "Method", (), (), False) for key, name in names.items()]
    evidence = {("p1", "USES", "method/net-a"): "", ("p2", "USES", "method/net-a"): ""}
    once = record("On trees", f"A net is named once. {'Trees grow. ' * 9}")
    often = record("On roots", "A net, a net and a net.")
    titled = record("The net", "Nothing else is said here.")
    with library, library.transaction():
        library.add([once, often, titled])
        library.store_derived(concepts, {}, [], [], evidence, made_from="")
        assert [hit.id for hit in library.search("NET")] == [
            *("method/net", "method/net-a", "method/deep-net"),
            *(titled.id, often.id, once.id),
        ]
        assert len(library.search("net", limit=2)) == 2


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
