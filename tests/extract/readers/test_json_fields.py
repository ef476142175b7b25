"""Objects as the services write them: structure as documented, content made up."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.extract.readers.reading import ABSTRACT, OTHER, read

if TYPE_CHECKING:
    from pathlib import Path

    from extract.records import Paper

BEES = {"title": "Bees", "abstract": OTHER}


def one(folder: Path, value: Any) -> Paper:
    papers, rejects = read(folder, json.dumps(value))
    assert rejects == []
    assert len(papers) == 1
    return papers[0]


@pytest.mark.parametrize(
    "answer",
    [
        {"recommendedPapers": [BEES]},
        {"offset": 0, "data": [{"citingPaper": BEES}]},
        {"status": "ok", "message-type": "work", "message": BEES},
        {"features": [{"name": "title"}], "rows": [{"row_idx": 0, "row": BEES}]},
        {"notes": [{"id": "x", "content": {key: {"value": BEES[key]} for key in BEES}}]},
        {"notes": [{"id": "x", "content": BEES}]},
        {"version": "6", "resultList": {"result": [BEES]}},
        {"messages": [{"status": "ok"}], "collection": [BEES]},
        {"2401.00001": BEES},
    ],
    ids=[
        "Semantic Scholar recommendations",
        "Semantic Scholar citations",
        "Crossref work",
        "Hugging Face rows",
        "OpenReview",
        "OpenReview, older",
        "Europe PMC",
        "bioRxiv",
        "by identifier",
    ],
)
def test_answers(tmp_path: Path, answer: Any) -> None:
    paper = one(tmp_path, answer)
    assert (paper.title, paper.abstract) == ("Bees", OTHER)


def test_records_by_identifier(tmp_path: Path) -> None:
    value = {
        "2401.00001": BEES,
        "k2": {"title": "Wind", "abstract": ABSTRACT},
        "k3": {"title": "X"},
    }
    papers, rejects = read(tmp_path, json.dumps(value, indent=1))
    assert [(p.title, p.arxiv_id, p.sources[0].record_id) for p in papers] == [
        ("Bees", "2401.00001", "2401.00001"),
        ("Wind", None, "k2"),
    ]
    assert [r.reason for r in rejects] == ["no abstract"]


def test_openalex_places_and_topics(tmp_path: Path) -> None:
    index: dict[str, list[int]] = {}
    for place, word in enumerate(OTHER.split()):
        index.setdefault(word, []).append(place)
    work = {
        "id": "https://openalex.org/W42",
        "display_name": "Bees",
        "primary_location": {"landing_page_url": "https://doi.org/10.5555/x"},
        "locations": [None, {"landing_page_url": "http://arxiv.org/abs/2401.00001"}],
        "topics": [{"display_name": "Insects"}],
        "abstract_inverted_index": json.dumps(index),
    }
    paper = one(tmp_path, work)
    assert (paper.abstract, paper.arxiv_id) == (OTHER, "2401.00001")
    assert (paper.url, paper.categories) == ("https://doi.org/10.5555/x", ("Insects",))


def test_semantic_scholar_abstracts_and_s2orc(tmp_path: Path) -> None:
    identifiers = {"DOI": "10.5555/X", "ArXiv": "2401.00001", "ACL": None}
    paper = one(
        tmp_path,
        {"corpusid": 5, "openaccessinfo": {"externalids": identifiers}, "abstract": OTHER},
    )
    assert (paper.doi, paper.arxiv_id, paper.sources[0].record_id) == (
        "10.5555/x",
        "2401.00001",
        "5",
    )
    parsed = {
        "metadata": {"title": "Bees", "authors": [{"first": "Ann", "middle": [], "last": "Doe"}]},
        "abstract": [{"text": OTHER, "cite_spans": []}, {"text": "The end.", "cite_spans": []}],
        "body_text": [{"text": ABSTRACT}],
    }
    paper = one(tmp_path, parsed)
    assert (paper.title, paper.abstract) == ("Bees", f"{OTHER}\n\nThe end.")
    assert paper.authors == ("Ann Doe",)


def test_sentences_in_a_list_are_all_kept(tmp_path: Path) -> None:
    paper = one(tmp_path, {"doc_id": 4, "title": "Bees", "abstract": ["One here.", "Two there."]})
    assert (paper.abstract, paper.sources[0].record_id) == ("One here. Two there.", "4")


@pytest.mark.parametrize(
    ("record", "abstract"),
    [
        ({"text": OTHER, "label": 1}, OTHER),
        ({"_id": "4", "title": "Bees", "text": OTHER}, OTHER),
        ({"title": "Bees", "abstract": None, "text": ABSTRACT}, None),
        ({"title": "Bees", "content": {"text": ABSTRACT}}, None),
    ],
    ids=["only text", "BEIR", "full text beside an abstract", "full text inside"],
)
def test_text_is_an_abstract_where_nothing_else_is(
    tmp_path: Path, record: dict[str, Any], abstract: str | None
) -> None:
    papers, rejects = read(tmp_path, json.dumps(record) + "\n")
    assert [p.abstract for p in papers] == ([abstract] if abstract else [])
    assert len(rejects) == (0 if abstract else 1)


@pytest.mark.parametrize(
    "fields",
    [
        {"extra": "arXiv:2401.00001 [cs]"},
        {"archiveID": "arXiv:2401.00001"},
        {"number": "arXiv:2401.00001"},
        {"note": "Comment: 3 pages\narXiv:2401.00001"},
        {"url": "http://arxiv.org/abs/2401.00001v1"},
        {"url_abs": "https://arxiv.org/abs/2401.00001"},
    ],
)
def test_places_of_the_arxiv_identifier(tmp_path: Path, fields: dict[str, str]) -> None:
    assert one(tmp_path, {**BEES, **fields}).arxiv_id == "2401.00001"


def test_another_paper_in_a_note_is_not_this_one(tmp_path: Path) -> None:
    assert one(tmp_path, {**BEES, "note": "Comment on arXiv:2401.00001"}).arxiv_id is None


@pytest.mark.parametrize(
    ("written", "abstract"),
    [
        ("<p>We count &lt;5 bees.</p>", "We count <5 bees."),
        (
            "<h4>Background</h4>Bees hum.<h4>Results</h4>Loudly.",
            "Background\nBees hum.\nResults\nLoudly.",
        ),
        ("<title>Abstract</title><p>Bees <i>hum</i>.</p>", "Bees hum."),
        (
            "For n <p we count <i>bees</i> &amp; wasps.",
            "For n <p we count <i>bees</i> &amp; wasps.",
        ),
    ],
)
def test_markup_goes_only_where_the_abstract_begins_with_it(
    tmp_path: Path, written: str, abstract: str
) -> None:
    assert one(tmp_path, {"title": "Bees", "abstract": written}).abstract == abstract


@pytest.mark.parametrize(
    ("written", "record_id"), [(12.0, "12"), (704.0001, "704.0001"), (True, None)]
)
def test_record_id_of_another_type(tmp_path: Path, written: object, record_id: str | None) -> None:
    assert one(tmp_path, {**BEES, "id": written}).sources[0].record_id == record_id
