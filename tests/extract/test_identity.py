from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.identity import find_arxiv_id, merge_records, normalise_arxiv_id, normalise_doi
from extract.records import Paper, Source, paper_id

if TYPE_CHECKING:
    from random import Random


def record(title: str, abstract: str = "Bees hum.", **attributes: object) -> Paper:
    paper = Paper(paper_id(title, abstract), title, abstract)
    return replace(paper, **attributes)  # type: ignore[arg-type]  # any attribute of a paper


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.5555/ABC.1", "10.5555/abc.1"),
        ("doi: 10.5555/abc", "10.5555/abc"),
        ("https://dx.doi.org/10.5555/a%2Fb", "10.5555/a/b"),
        ("doi.org/10.5555/abc", "10.5555/abc"),
        ("DOI: https://doi.org/10.5555/Abc", "10.5555/abc"),
        ("info:doi/10.5555/abc", "10.5555/abc"),
        ("urn:doi:10.5555/abc", "10.5555/abc"),
        (" 10.48550/arXiv.2401.00001\n", "10.48550/arxiv.2401.00001"),
        ("10.5555", None),
        ("https://example.org/10.5555/abc", None),
        ("", None),
    ],
)
def test_normalise_doi(text: str, doi: str | None) -> None:
    assert normalise_doi(text) == doi


@pytest.mark.parametrize(
    ("text", "arxiv_id"),
    [
        ("2503.01234", "2503.01234"),
        ("arXiv:2503.01234v12", "2503.01234"),
        ("arXiv: 0704.0001 [hep-ph]", "0704.0001"),
        ("https://arxiv.org/pdf/2503.01234v2.pdf", "2503.01234"),
        ("http://export.arxiv.org/abs/cs/0112017v1", "cs/0112017"),
        ("math.GT/0309136", "math/0309136"),
        ("https://huggingface.co/papers/2503.01234", "2503.01234"),
        ("https://doi.org/10.48550/arXiv.2503.01234", "2503.01234"),
        ("https://arxiv.org/pdf/2503.01234v2.pdf#page=3", "2503.01234"),
        ("https://ar5iv.labs.arxiv.org/html/2503.01234", "2503.01234"),
        ("oai:arXiv.org:2503.01234", "2503.01234"),
        ("abs/2503.01234", "2503.01234"),
        ("paper/1234567", None),
        ("2513.01234", None),
        ("10.5555/2503.01234", None),
        ("3.14159", None),
        ("", None),
    ],
)
def test_normalise_arxiv_id(text: str, arxiv_id: str | None) -> None:
    assert normalise_arxiv_id(text) == arxiv_id


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing(text: str) -> None:
    for normalise in (normalise_doi, normalise_arxiv_id):
        once = normalise(text)
        assert once is None or normalise(once) == once


def test_records_of_one_title_are_one_paper() -> None:
    a = record("Counting Bees", sources=(Source("b.txt", 3),), seen_on="2025-03-12")
    b = record("counting  bees!", "Bees hum loudly.", sources=(Source("a.txt", 9, "x"),))
    (paper,) = merge_records([a, b])
    assert (paper.id, paper.title, paper.abstract) == (a.id, b.title, b.abstract)
    assert paper.sources == (Source("a.txt", 9, "x"), Source("b.txt", 3))
    assert paper.seen_on == "2025-03-12"


def test_titles_that_differ_in_vowel_signs_are_two_papers() -> None:  # issue 3
    assert len(merge_records([record("कीमत"), record("कुमत")])) == 2


def test_one_title_composed_and_decomposed_is_one_paper() -> None:  # issue 3
    composed = record("On Poincar\u00e9 Maps", "Bees hum.")
    decomposed = record("On Poincare\u0301 Maps", "Bees hum loudly.")
    assert len(merge_records([composed, decomposed])) == 1


def test_sharing_is_followed_through() -> None:
    a = record("Bees", doi="10.5555/a")
    b = record("On Bees", doi="10.5555/a", arxiv_id="2401.00001")
    c = record("All About Bees", arxiv_id="2401.00001")
    (paper,) = merge_records([c, a, b])
    assert paper.id == min(a.id, b.id, c.id)


def test_records_without_title_are_compared_by_abstract() -> None:
    untitled = record("", "Bees hum.")
    punctuated = record("…", "BEES hum!")
    titled = record("Bees", "Bees hum.")
    assert len(merge_records([untitled, punctuated, titled])) == 2


@pytest.mark.parametrize(
    ("dates", "published"),
    [
        (("2024", "2024-03-12"), "2024-03-12"),
        (("2024", "2023-12-01"), "2023-12-01"),
        (("2024", "2024-03", "2024-05-01"), "2024-03"),
        ((None, "2024"), "2024"),
        ((None, None), None),
    ],
)
def test_published_is_the_earliest_as_precise_as_known(
    dates: tuple[str | None, ...], published: str | None
) -> None:
    (paper,) = merge_records([record("Bees", published=date) for date in dates])
    assert paper.published == published


def test_a_publishers_doi_comes_before_one_of_arxiv() -> None:
    dois = ("10.48550/arxiv.2401.00001", "10.9999/bees")
    (paper,) = merge_records([record("Bees", doi=doi) for doi in dois])
    assert paper.doi == "10.9999/bees"


titles = st.sampled_from(["", "…", "Bees", "bees!", "Wasps", "On Wasps"])
records = st.builds(
    record,
    title=titles,
    abstract=st.sampled_from(["Bees hum.", "bees HUM", "Wasps sting.", "!!"]),
    doi=st.sampled_from([None, "10.5555/a", "10.5555/b"]),
    arxiv_id=st.sampled_from([None, "2401.00001", "2401.00002"]),
    published=st.sampled_from([None, "2024", "2024-03", "2023-01-02"]),
    seen_on=st.sampled_from([None, "2024-01-01", "2024-01-02"]),
    authors=st.sampled_from([(), ("A",), ("B",), ("A", "B")]),
    categories=st.sampled_from([(), ("cs.CL",), ("cs.CV",)]),
    url=st.sampled_from([None, "http://a", "http://b"]),
    sources=st.tuples(
        st.builds(
            Source, st.sampled_from("ab"), st.integers(1, 3), st.sampled_from([None, "x", "y"])
        )
    ),
)


@given(st.lists(records, max_size=8), st.randoms(use_true_random=False))
def test_order_does_not_matter(group: list[Paper], random: Random) -> None:
    shuffled = list(group)
    random.shuffle(shuffled)
    assert merge_records(shuffled) == merge_records(group)


@given(st.lists(records, max_size=8))
def test_merging_twice_changes_nothing(group: list[Paper]) -> None:
    papers = merge_records(group)
    assert merge_records(papers) == papers


@given(st.lists(records, max_size=8))
def test_no_two_papers_share_an_identifier_and_no_source_is_lost(group: list[Paper]) -> None:
    papers = merge_records(group)
    for name in ("id", "doi", "arxiv_id"):
        values = [getattr(p, name) for p in papers if getattr(p, name) is not None]
        assert len(values) == len(set(values))
    assert {s for p in papers for s in p.sources} == {s for p in group for s in p.sources}


@pytest.mark.parametrize(
    ("text", "arxiv_id"),
    [
        ("arXiv preprint arXiv:2401.00001, 2024", "2401.00001"),
        ("Issue: arXiv:2401.00001\narXiv:2401.00001 [cs]", "2401.00001"),
        ("Comment: 3 pages\narXiv: cs/0112017", "cs/0112017"),
        ("http://arxiv.org/abs/2401.00001v2", "2401.00001"),
        ("Comment on arXiv:2401.00001", None),
        ("https://example.org/2401.00001", None),
        ("", None),
    ],
)
def test_find_arxiv_id_takes_what_a_line_begins_with(text: str, arxiv_id: str | None) -> None:
    assert find_arxiv_id(text) == arxiv_id
