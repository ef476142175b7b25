from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.extract.readers.reading import ABSTRACT, OTHER, read

if TYPE_CHECKING:
    from pathlib import Path

    from extract.records import Paper


def one(folder: Path, record: dict[str, Any]) -> Paper:
    papers, rejects = read(folder, json.dumps(record) + "\n")
    assert rejects == []
    return papers[0]


def test_lines_keep_their_number_and_their_own_id(tmp_path: Path) -> None:
    lines = [{"id": "a1", "title": "GaleNet", "abstract": ABSTRACT}, {"id": 7, "abstract": OTHER}]
    papers, _ = read(tmp_path, "\n\n".join(json.dumps(line) for line in lines))
    assert [(p.title, p.sources[0].line, p.sources[0].record_id) for p in papers] == [
        ("GaleNet", 1, "a1"),
        ("", 3, "7"),
    ]


@pytest.mark.parametrize("ensure_ascii", [True, False])
def test_text_is_kept_as_it_is(tmp_path: Path, ensure_ascii: bool) -> None:
    abstract = "First $x<y$ \\textbf{é}\u2028 5% &amp; {more}\n  next\tline \U0001f41d"
    record = {"title": "A\n  B", "abstract": f" {abstract}\n"}
    papers, _ = read(tmp_path, json.dumps(record, ensure_ascii=ensure_ascii))
    assert [(p.title, p.abstract) for p in papers] == [("A\n  B", abstract)]


def test_array_and_pretty_printed_array(tmp_path: Path) -> None:
    records = [{"title": "GaleNet", "abstract": ABSTRACT}, {"title": "B", "abstract": OTHER}]
    for indent in (None, 0, 2):
        papers, rejects = read(tmp_path, json.dumps(records, indent=indent))
        assert [(p.title, p.sources[0].line) for p in papers] == [("GaleNet", 1), ("B", 2)]
        assert rejects == []


@pytest.mark.parametrize(
    "path", ["results", "data", "items", "papers", "message.items", "response.docs"]
)
@pytest.mark.parametrize("indent", [None, 1])
def test_object_with_a_list_of_records(tmp_path: Path, path: str, indent: int | None) -> None:
    value: Any = [{"title": "GaleNet", "abstract": ABSTRACT}, {"title": "B", "abstract": OTHER}]
    for key in reversed(path.split(".")):
        value = {"total": 2, "meta": {"page": [1]}, key: value, "next": [{"a": 1}]}
    papers, rejects = read(tmp_path, json.dumps(value, indent=indent))
    assert [p.title for p in papers] == ["GaleNet", "B"]
    assert rejects == []


def test_pretty_printed_objects_one_after_another(tmp_path: Path) -> None:
    records = [{"title": "GaleNet", "abstract": ABSTRACT}, {"title": "B", "abstract": OTHER}]
    papers, _ = read(tmp_path, "\n".join(json.dumps(record, indent=2) for record in records))
    assert [p.title for p in papers] == ["GaleNet", "B"]


@pytest.mark.parametrize("key", ["abstract", "summary", "abstractText", "paperAbstract"])
def test_synonyms_of_abstract(tmp_path: Path, key: str) -> None:
    assert one(tmp_path, {"title": "T", key: OTHER}).abstract == OTHER


def test_openalex_work(tmp_path: Path) -> None:
    paper = one(
        tmp_path,
        {
            "id": "https://openalex.org/W42",
            "doi": "https://doi.org/10.5555/ABC.1",
            "display_name": "HiveCount",
            "abstract_inverted_index": {"Bees": [0, 3], "count": [1], "wasps;": [2], "rest.": [4]},
            "publication_date": "2021-05-06",
            "authorships": [{"author": {"display_name": "Ann Doe"}}],
            "primary_location": {"landing_page_url": "https://example.org/w42"},
        },
    )
    assert paper.abstract == "Bees count wasps; Bees rest."
    assert (paper.title, paper.doi, paper.published) == ("HiveCount", "10.5555/abc.1", "2021-05-06")
    assert (paper.authors, paper.url) == (("Ann Doe",), "https://example.org/w42")


@pytest.mark.parametrize(
    "index",
    [{"a": [0], "b": [0]}, {"a": [-1]}, {"a": ["0"]}, {"a": 0}, {"a": [10**9]}, [["a", 0]], "a"],
)
def test_inverted_index_with_bad_positions_is_refused(tmp_path: Path, index: object) -> None:
    record = {"title": "T", "abstract_inverted_index": index}
    papers, rejects = read(tmp_path, json.dumps(record))
    assert papers == []
    assert ["abstract_inverted_index" in r.reason for r in rejects] == [True]


def test_semantic_scholar_paper(tmp_path: Path) -> None:
    paper = one(
        tmp_path,
        {
            "paperId": "0f9e",
            "externalIds": {"DOI": "10.5555/Z", "ArXiv": "2401.00002", "CorpusId": 1},
            "title": "HiveCount",
            "abstract": OTHER,
            "tldr": {"text": "bees"},
            "year": 2021,
            "publicationDate": None,
            "authors": [{"authorId": "1", "name": "Ann Doe"}],
        },
    )
    assert (paper.doi, paper.arxiv_id, paper.published) == ("10.5555/z", "2401.00002", "2021")
    assert (paper.authors, paper.sources[0].record_id) == (("Ann Doe",), "0f9e")


def test_arxiv_metadata_snapshot(tmp_path: Path) -> None:
    paper = one(
        tmp_path,
        {
            "id": "0704.0001",
            "title": "Counting\n  bees",
            "abstract": f"  {OTHER}\n",
            "doi": None,
            "categories": "q-bio.PE cs.CV",
            "versions": [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}],
            "update_date": "2008-11-26",
            "authors": "Ann Doe and Bo Li",
            "authors_parsed": [["Doe", "Ann", ""], ["Li", "Bo", "Jr."]],
        },
    )
    assert (paper.title, paper.abstract) == ("Counting\n  bees", OTHER)
    assert (paper.arxiv_id, paper.published) == ("0704.0001", "2007-04-02")
    assert paper.categories == ("q-bio.PE", "cs.CV")
    assert paper.authors == ("Ann Doe", "Bo Li Jr.")


def test_hugging_face_daily_papers_object(tmp_path: Path) -> None:
    inner = {
        "id": "2503.00001",
        "title": "HiveCount",
        "summary": OTHER,
        "publishedAt": "2025-03-01T00:00:00.000Z",
        "submittedOnDailyAt": "2025-03-04T01:02:03.000Z",
        "authors": [{"name": "Ann Doe", "hidden": False}],
    }
    answer = [{"paper": inner, "title": "HiveCount", "publishedAt": "2025-03-03T00:00:00.000Z"}]
    papers, _ = read(tmp_path, json.dumps(answer))
    assert [(p.title, p.abstract, p.arxiv_id) for p in papers] == [
        ("HiveCount", OTHER, "2503.00001")
    ]
    assert (papers[0].published, papers[0].seen_on) == ("2025-03-01", "2025-03-04")


def test_csl_json_of_zotero(tmp_path: Path) -> None:
    item = {
        "id": "http://zotero.org/users/1/items/AB",
        "type": "article",
        "title": "HiveCount",
        "abstract": OTHER,
        "DOI": "10.5555/Q",
        "URL": "http://example.org/q",
        "note": "arXiv:2401.00003 [cs]",
        "issued": {"date-parts": [["2024", 5, 6]]},
        "author": [{"family": "Doe", "given": "Ann"}],
    }
    papers, _ = read(tmp_path, json.dumps([item], indent=2))
    paper = papers[0]
    assert (paper.doi, paper.arxiv_id, paper.published) == ("10.5555/q", "2401.00003", "2024-05-06")
    assert (paper.authors, paper.url) == (("Ann Doe",), "http://example.org/q")


def test_crossref_abstract_loses_its_tags(tmp_path: Path) -> None:
    abstract = (
        "<jats:title>Abstract</jats:title><jats:p>Bees &lt; wasps.</jats:p>"
        "<jats:p>They <jats:italic>hum</jats:italic>.</jats:p>"
    )
    paper = one(tmp_path, {"title": ["Bees"], "abstract": abstract, "issued": {"date-parts": [[]]}})
    assert (paper.title, paper.abstract) == ("Bees", "Bees < wasps.\nThey hum.")


def test_openreview_note(tmp_path: Path) -> None:
    content = {"title": {"value": "Bees"}, "abstract": {"value": OTHER}}
    paper = one(tmp_path, {"id": "xY1", "content": content})
    assert (paper.title, paper.abstract, paper.sources[0].record_id) == ("Bees", OTHER, "xY1")


@pytest.mark.parametrize(
    "broken",
    [
        '{"title": "cut", "abstract": "off',
        '{"title": "cut"',
        "not json",
        "[1, 2]",
        '"text"',
        "null",
        '{"title": 5, "abstract": "A number for a title."}',
        '{"title": "T", "abstract": {"a": 1}}',
        '{"title": "T", "abstract": NaN}',
        '{"title": "T"}',
        '{"title": "T", "abstract": " \\n"}',
        '{"title": "T", "abstract": "lone \\ud800 surrogate"}',
        '{"title": "T", "abstract": "NUL \\u0000"}',
        '{"title": "T", "abstract": "x", "n": ' + "1" * 5000 + "}",
        '{"a": ' * 5000 + "1" + "}" * 5000,
    ],
)
def test_bad_line_is_refused_and_the_rest_goes_on(tmp_path: Path, broken: str) -> None:
    good = json.dumps({"title": "GaleNet", "abstract": ABSTRACT})
    papers, rejects = read(tmp_path, f"{good}\n{broken}\n{good}\n")
    assert [p.title for p in papers] == ["GaleNet", "GaleNet"]
    assert [r.line for r in rejects] == [2]


@pytest.mark.parametrize(
    "broken",
    [
        '{"title": "cut", "abstract": "off',
        '{"title": "cut", "abstract": {"a": 1',
        '{"title": "bad escape", "abstract": "\\d"}',
        '{"title": "no value", "abstract": }',
        "null",
        "17",
        '"text"',
        "[]",
    ],
)
def test_bad_element_is_refused_and_the_rest_goes_on(tmp_path: Path, broken: str) -> None:
    good = json.dumps({"title": "GaleNet", "abstract": ABSTRACT})
    papers, rejects = read(tmp_path, f"[\n {good},\n {broken},\n {good}\n]\n")
    assert [p.title for p in papers] == ["GaleNet", "GaleNet"]
    assert [r.line for r in rejects] == [2]


def test_line_that_is_no_utf8_is_refused(tmp_path: Path) -> None:
    good = json.dumps({"title": "GaleNet", "abstract": ABSTRACT}).encode()
    bad = '{"title": "Caf\xe9", "abstract": "A text."}'.encode("latin-1")
    papers, rejects = read(tmp_path, b"\n".join([good, bad, good]))
    assert len(papers) == 2
    assert [(r.line, r.excerpt) for r in rejects] == [(2, "Caf\\xe9")]


def test_abstract_of_ten_million_characters_is_refused(tmp_path: Path) -> None:
    long = json.dumps({"title": "Long", "abstract": "bee " * 2_500_000})
    good = json.dumps({"title": "GaleNet", "abstract": ABSTRACT})
    for content in (f"{good}\n{long}\n{good}\n", f"[{good},{long},{good}]"):
        papers, rejects = read(tmp_path, content)
        assert [p.title for p in papers] == ["GaleNet", "GaleNet"]
        assert ["9,999,999 characters" in r.reason for r in rejects] == [True]


def test_large_array_is_cut_at_every_place(tmp_path: Path) -> None:
    records = [{"title": f"T{n}", "abstract": ABSTRACT * (n % 7 + 1)} for n in range(2000)]
    papers, rejects = read(tmp_path, json.dumps(records))
    assert [(p.title, p.abstract) for p in papers] == [(r["title"], r["abstract"]) for r in records]
    assert rejects == []


KEYS = st.sampled_from(
    [
        "title",
        "abstract",
        "summary",
        "display_name",
        "abstract_inverted_index",
        "id",
        "doi",
        "DOI",
        "authors",
        "author",
        "authorships",
        "categories",
        "url",
        "published",
        "issued",
        "year",
        "versions",
        "externalIds",
        "note",
        "paper",
        "data",
        "content",
        "value",
        "date-parts",
        "name",
        "results",
        "message",
        "items",
        "authors_parsed",
        "primary_location",
        "number",
    ]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(KEYS, VALUES, max_size=8), min_size=1, max_size=4), st.booleans())
def test_no_values_make_reading_raise(
    tmp_path: Path, records: list[dict[str, Any]], as_array: bool
) -> None:
    content = json.dumps(records) if as_array else "\n".join(map(json.dumps, records))
    papers, rejects = read(tmp_path, content)
    assert len(papers) + len(rejects) >= 1
