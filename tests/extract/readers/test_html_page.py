from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING

from extract.papers import ReadOptions
from tests.extract.readers.reading import ABSTRACT, OTHER, read

if TYPE_CHECKING:
    from pathlib import Path

SAVED_FROM = "<!-- saved from url=(0045)https://huggingface.co/papers/date/2025-03-12 -->"


def card(arxiv_id: str, title: str, abstract: str) -> str:
    return (
        f'<article><a href="/papers/{arxiv_id}"><img src="x.png"></a><div>Submitted by Ann</div>'
        f'<h3><a href="/papers/{arxiv_id}" class="line-clamp-3">{html.escape(title)}</a></h3>'
        f'<a href="/papers/{arxiv_id}"><p>{html.escape(abstract)}</p></a>'
        f'<a href="/papers/{arxiv_id}#community">12</a><ul><li>8 authors</li></ul>'
        "<time>May 29</time></article>"
    )


def page(body: str, top: str = "") -> str:
    return f"<!DOCTYPE html>\n{top}<html><head><title>Daily Papers</title></head><body>{body}"


def test_list_of_papers(tmp_path: Path) -> None:
    body = card("2503.00001", "Bees & <i>Wasps</i>", OTHER) + card("2503.00002v1", "B", ABSTRACT)
    papers, rejects = read(tmp_path, page(f"<h1>Daily Papers</h1>{body}", SAVED_FROM))
    assert [(p.title, p.abstract, p.arxiv_id) for p in papers] == [
        ("Bees & <i>Wasps</i>", OTHER, "2503.00001"),
        ("B", ABSTRACT, "2503.00002"),
    ]
    assert [p.url for p in papers] == [
        "https://huggingface.co/papers/2503.00001",
        "https://huggingface.co/papers/2503.00002",
    ]
    assert {p.seen_on for p in papers} == {"2025-03-12"}
    assert [p.sources[0].line for p in papers] == [1, 2]
    assert rejects == []


def test_date_that_the_page_shows_needs_a_year(tmp_path: Path) -> None:
    content = page(f"<button>Mar 12</button>{card('2503.00001', 'Bees', OTHER)}")
    assert [p.seen_on for p in read(tmp_path, content)[0]] == [None]
    papers, _ = read(tmp_path, content, ReadOptions(year=2025))
    assert [p.seen_on for p in papers] == ["2025-03-12"]


def test_list_without_articles(tmp_path: Path) -> None:
    body = (
        '<div><div><h3><a href="https://huggingface.co/papers/2503.00001">Bees</a></h3></div>'
        f"<p>{OTHER}</p></div>"
        f'<div><h3><a href="/papers/2503.00002">Wind</a></h3><p>{ABSTRACT}</p></div>'
    )
    papers, _ = read(tmp_path, page(body))
    assert [(p.title, p.abstract) for p in papers] == [("Bees", OTHER), ("Wind", ABSTRACT)]


def test_paper_without_a_shown_abstract_is_refused(tmp_path: Path) -> None:
    body = card("2503.00001", "Bees", OTHER) + card("2503.00002", "Wind", "")
    papers, rejects = read(tmp_path, page(body))
    assert [p.title for p in papers] == ["Bees"]
    assert [(r.line, r.reason, r.excerpt) for r in rejects] == [(2, "no abstract", "Wind")]


def test_papers_in_the_data_of_the_page(tmp_path: Path) -> None:
    inner = {
        "id": "2503.00001",
        "title": "Bees\n  and wasps",
        "summary": OTHER,
        "publishedAt": "2025-03-01T00:00:00.000Z",
        "authors": [{"name": "Ann Doe"}],
    }
    data = json.dumps({"dateString": "2025-03-12", "dailyPapers": [{"paper": inner}]})
    body = (
        f'<div data-target="DailyPapers" data-props="{html.escape(data)}">'
        f"{card('2503.00001', 'Bees …', OTHER)}</div>"
    )
    papers, _ = read(tmp_path, page(body))
    assert [(p.title, p.abstract, p.arxiv_id) for p in papers] == [
        ("Bees\n  and wasps", OTHER, "2503.00001")
    ]
    assert (papers[0].published, papers[0].seen_on) == ("2025-03-01", "2025-03-12")
    assert papers[0].url == "https://huggingface.co/papers/2503.00001"


def test_data_of_another_kind_do_no_harm(tmp_path: Path) -> None:
    data = [[1, "summary"], {"dailyPapers": 3, "x": "summary"}, {"paper": "summary"}, '{"summary"']
    divs = "".join(
        f'<div data-props="{html.escape(d if isinstance(d, str) else json.dumps(d))}"></div>'
        for d in data
    )
    papers, _ = read(tmp_path, page(divs + card("2503.00001", "Bees", OTHER)))
    assert [p.title for p in papers] == ["Bees"]


def test_page_of_one_paper(tmp_path: Path) -> None:
    top = '<link rel="canonical" href="https://huggingface.co/papers/2503.00001">'
    body = (
        f"{top}<h1>Bees</h1><section><h2>Abstract</h2><div><p>AI summary of it all here.</p>"
        f"<p>{OTHER}</p></div></section><h2>Community</h2><p>{ABSTRACT * 3}</p>"
    )
    papers, _ = read(tmp_path, page(body))
    assert [(p.title, p.abstract, p.arxiv_id) for p in papers] == [("Bees", OTHER, "2503.00001")]


def test_arxiv_page_with_citation_tags(tmp_path: Path) -> None:
    tags = {
        "citation_title": "Bees",
        "citation_author": "Doe, Ann",
        "citation_date": "2024/01/05",
        "citation_arxiv_id": "2401.00004",
        "citation_abstract": OTHER,
    }
    metas = "".join(f'<meta name="{k}" content="{html.escape(v)}">' for k, v in tags.items())
    papers, _ = read(tmp_path, f"<html><head>{metas}</head><body></body></html>")
    paper = papers[0]
    assert (paper.title, paper.abstract, paper.arxiv_id) == ("Bees", OTHER, "2401.00004")
    assert (paper.published, paper.authors) == ("2024-01-05", ("Doe, Ann",))


def test_page_in_a_declared_encoding(tmp_path: Path) -> None:
    content = page(card("2503.00001", "Caf\xe9s", OTHER), '<meta charset="windows-1252">')
    papers, _ = read(tmp_path, content.encode("cp1252"))
    assert [p.title for p in papers] == ["Caf\xe9s"]


def test_page_in_no_known_encoding_is_refused(tmp_path: Path) -> None:
    papers, rejects = read(tmp_path, page(card("2503.00001", "Caf\xe9s", OTHER)).encode("cp1252"))
    assert papers == []
    assert ["UTF-8" in r.reason for r in rejects] == [True]


def test_single_file_page_of_chrome(tmp_path: Path) -> None:
    body = page(card("2503.00001", "Bees = Wasps", OTHER)).replace("=", "=3D")
    content = (
        "From: <Saved by Blink>\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----b"\n\n'
        "------b\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n"
        f"{body}\n------b--\n"
    )
    papers, rejects = read(tmp_path, content)
    assert [p.title for p in papers] == ["Bees = Wasps"]
    assert rejects == []


def test_page_without_papers_is_refused(tmp_path: Path) -> None:
    papers, rejects = read(tmp_path, page("<p>Nothing here.</p>"))
    assert papers == []
    assert ["without papers" in r.reason for r in rejects] == [True]


def test_page_of_a_week_leaves_each_paper_its_day(tmp_path: Path) -> None:
    inner = {"title": "Bees", "summary": OTHER, "submittedOnDailyAt": "2025-03-14T01:00:00.000Z"}
    data = {"periodType": "week", "dateString": "2025-03-10", "dailyPapers": [{"paper": inner}]}
    papers, _ = read(tmp_path, page(f'<div data-props="{html.escape(json.dumps(data))}"></div>'))
    assert [p.seen_on for p in papers] == ["2025-03-14"]
