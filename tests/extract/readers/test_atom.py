from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.extract.readers.reading import ABSTRACT, OTHER, read

if TYPE_CHECKING:
    from pathlib import Path

START = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>query</title>\n'
)


def entry(arxiv_id: str, title: str, summary: str) -> str:
    return (
        f"<entry><id>http://arxiv.org/abs/{arxiv_id}</id><published>2024-01-05T10:00:00Z"
        f"</published><title>{title}</title><summary> {summary}\n</summary>"
        "<author><name>Ann Doe</name></author><author><name>Bo Li</name></author>"
        '<arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">10.5555/W</arxiv:doi>'
        f'<link href="https://arxiv.org/abs/{arxiv_id}" rel="alternate"/>'
        '<category term="cs.CV"/><category term="q-bio.PE"/></entry>\n'
    )


def test_feed_of_arxiv(tmp_path: Path) -> None:
    feed = START + entry("2401.00004v2", "Bees\n  &amp; wasps", OTHER) + "</feed>"
    papers, rejects = read(tmp_path, feed)
    paper = papers[0]
    assert (paper.title, paper.abstract) == ("Bees\n  & wasps", OTHER)
    assert (paper.arxiv_id, paper.doi, paper.published) == ("2401.00004", "10.5555/w", "2024-01-05")
    assert (paper.authors, paper.categories) == (("Ann Doe", "Bo Li"), ("cs.CV", "q-bio.PE"))
    assert paper.url == "https://arxiv.org/abs/2401.00004v2"
    assert (paper.sources[0].line, paper.sources[0].record_id) == (
        3,
        "http://arxiv.org/abs/2401.00004v2",
    )
    assert rejects == []


def test_entry_without_summary_is_refused(tmp_path: Path) -> None:
    feed = START + entry("2401.00004", "Bees", "") + entry("2401.00005", "Wind", ABSTRACT)
    papers, rejects = read(tmp_path, feed + "</feed>")
    assert [p.title for p in papers] == ["Wind"]
    assert [(r.line, r.reason) for r in rejects] == [(3, "no abstract")]


def test_what_stands_before_broken_xml_is_kept(tmp_path: Path) -> None:
    feed = START + entry("2401.00004", "Bees", OTHER) + entry("2401.00005", "a < b", ABSTRACT)
    papers, rejects = read(tmp_path, feed + "</feed>")
    assert [p.title for p in papers] == ["Bees"]
    assert [(r.line, r.reason.startswith("broken XML")) for r in rejects] == [(5, True)]


@pytest.mark.parametrize(
    "declaration",
    ['<!ENTITY a "aaaaaaaaaa">', '<!ENTITY a SYSTEM "file:///etc/hostname">'],
    ids=["internal", "external"],
)
def test_entities_of_its_own_are_refused(tmp_path: Path, declaration: str) -> None:
    feed = START.replace("\n<feed", f"\n<!DOCTYPE feed [{declaration}]>\n<feed")
    papers, rejects = read(tmp_path, feed + entry("2401.00004", "&a;", OTHER) + "</feed>")
    assert papers == []
    assert ["entities" in r.reason for r in rejects] == [True]


def test_other_xml_is_refused(tmp_path: Path) -> None:
    papers, rejects = read(tmp_path, "<?xml version='1.0'?><records><record/></records>")
    assert papers == []
    assert ["no Atom feed" in r.reason for r in rejects] == [True]


def test_long_summary_costs_that_entry_only(tmp_path: Path) -> None:
    feed = START + entry("2401.00004", "Long", "bee " * 3_000_000)
    papers, rejects = read(tmp_path, feed + entry("2401.00005", "Wind", ABSTRACT) + "</feed>")
    assert [p.title for p in papers] == ["Wind"]
    assert len(rejects) == 1


def test_error_is_no_paper(tmp_path: Path) -> None:
    entry = (
        "<entry><id>http://arxiv.org/api/errors#incorrect_id</id><title>Error</title>"
        "<summary>incorrect id format</summary></entry>"
    )
    papers, rejects = read(tmp_path, f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>')
    assert papers == []
    assert [("error" in r.reason, r.excerpt) for r in rejects] == [(True, "incorrect id format")]


def test_feed_of_new_papers(tmp_path: Path) -> None:
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<entry><id>oai:arXiv.org:2401.00001v1</id><title>Bees</title>"
        f"<summary>arXiv:2401.00001v1 Announce Type: new \nAbstract: {OTHER}</summary>"
        "<dc:creator>Ann Doe, Bo Li</dc:creator></entry></feed>"
    )
    papers, _ = read(tmp_path, feed)
    assert [(p.abstract, p.arxiv_id, p.authors) for p in papers] == [
        (OTHER, "2401.00001", ("Ann Doe", "Bo Li"))
    ]
