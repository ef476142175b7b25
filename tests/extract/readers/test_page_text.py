from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extract.papers import ReadOptions
from extract.readers.page_text import is_page
from tests.extract.readers.reading import ABSTRACT, OTHER, read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEADER = [
    "new",
    "Get trending papers in your email inbox!",
    "Subscribe",
    "Daily Papers",
    "byAK and the research community",
]
COMPACT_HEADER = (
    "Get trending papers in your email inbox once a day!\n"
    "Get trending papers in your email inbox!\n"
)


def spaced(*texts: str, date: str = "Mar 12", header: list[str] = HEADER) -> str:
    return "\n\n".join([*header, *([date] if date else []), *texts])


def compact(*texts: str) -> str:
    return COMPACT_HEADER + "Subscribe" + "\n".join(texts)


def titles(folder: Path, page: str) -> list[str]:
    return [paper.title for paper in read(folder, page)[0]]


def paper_texts(number: int) -> tuple[str, str]:
    """A title and an abstract of usual length."""
    sentence = f"The {number}th machine sorts screws by their thread and never by their colour. "
    return f"Sorting Screws, Part {number}: What the Thread Tells", (sentence * 14).strip()


def test_layout_with_blank_lines(tmp_path: Path) -> None:
    papers, rejects = read(
        tmp_path, spaced("GaleNet: Failing Bearings", ABSTRACT, "HiveCount", OTHER)
    )
    assert [(p.title, p.abstract) for p in papers] == [
        ("GaleNet: Failing Bearings", ABSTRACT),
        ("HiveCount", OTHER),
    ]
    assert [p.sources[0].line for p in papers] == [13, 17]
    assert rejects == []


def test_layout_without_blank_lines(tmp_path: Path) -> None:
    papers, rejects = read(tmp_path, compact("On Failing Bearings", ABSTRACT, "HiveCount", OTHER))
    assert [(p.title, p.abstract) for p in papers] == [
        ("On Failing Bearings", ABSTRACT),
        ("HiveCount", OTHER),
    ]
    assert rejects == []


@pytest.mark.parametrize("left_out", range(len(HEADER)), ids=HEADER)
def test_any_header_line_may_be_missing(tmp_path: Path, left_out: int) -> None:
    header = [line for number, line in enumerate(HEADER) if number != left_out]
    assert titles(tmp_path, spaced("HiveCount", OTHER, header=header)) == ["HiveCount"]


def test_header_lines_in_another_order(tmp_path: Path) -> None:
    assert titles(tmp_path, spaced("HiveCount", OTHER, header=HEADER[::-1])) == ["HiveCount"]


@pytest.mark.parametrize(
    "title",
    [
        "new",
        "Subscribe",
        "Daily Papers",
        "1984",
        "Subscribe to Bees: Following Hives",
        "Subscribers of Bees",
        "What Do Bees Want?",
        "<script>alert(1)</script>",
        "=HYPERLINK(1)",
        "x" * 5000,
    ],
)
def test_titles_that_look_like_something_else(tmp_path: Path, title: str) -> None:
    page = spaced("GaleNet", ABSTRACT, title, OTHER)
    assert titles(tmp_path, page) == ["GaleNet", title]


@pytest.mark.parametrize("title", ["LUKE", "3D Bees", "iBOT of Bees", "Subscribe to Bees", "βee"])
def test_subscribe_is_glued_to_the_first_title_only_after_the_header(
    tmp_path: Path, title: str
) -> None:
    assert titles(tmp_path, compact(title, OTHER)) == [title]


def test_page_with_windows_line_ends_mark_and_odd_blanks(tmp_path: Path) -> None:
    page = "\ufeff" + spaced("GaleNet\u00a0", "\f" + ABSTRACT + " \u00a0").replace("\n", "\r\n")
    papers, rejects = read(tmp_path, page)
    assert [(p.title, p.abstract) for p in papers] == [("GaleNet", ABSTRACT)]
    assert rejects == []


def test_page_pasted_twice_gives_its_records_twice(tmp_path: Path) -> None:
    page = compact("On Failing Bearings", ABSTRACT, "HiveCount", OTHER)
    papers, rejects = read(tmp_path, page + "\n" + page)
    assert [p.title for p in papers] == ["On Failing Bearings", "HiveCount"] * 2
    assert rejects == []


def test_each_page_of_a_file_has_its_own_date(tmp_path: Path) -> None:
    pages = [
        spaced("GaleNet", ABSTRACT, date="Mar 12"),
        spaced("HiveCount", OTHER, date="April 1"),
        spaced("HiveCount", OTHER, date=""),
    ]
    options = ReadOptions(year=2025, date="2025-06-30")
    papers, _ = read(tmp_path, "\n\n".join(pages), options)
    assert [p.seen_on for p in papers] == ["2025-03-12", "2025-04-01", "2025-06-30"]
    assert {p.published for p in papers} == {None}


@pytest.mark.parametrize(
    ("date", "options", "seen_on"),
    [
        ("Mar 12", ReadOptions(), None),
        ("Mar 12", ReadOptions(year=2025), "2025-03-12"),
        ("Mar 12", ReadOptions(date="2024-01-01"), None),
        ("Mar 12, 2023", ReadOptions(year=2025), "2023-03-12"),
        ("Feb 29", ReadOptions(year=2025), None),
        ("Feb 29", ReadOptions(year=2024), "2024-02-29"),
        ("Feb 31", ReadOptions(year=2024), None),
        ("", ReadOptions(year=2025), None),
        ("", ReadOptions(date="2024-01-01"), "2024-01-01"),
    ],
)
def test_date_of_a_page(
    tmp_path: Path, date: str, options: ReadOptions, seen_on: str | None
) -> None:
    papers, _ = read(tmp_path, spaced("HiveCount", OTHER, date=date), options)
    assert [p.seen_on for p in papers] == [seen_on]


def test_what_newer_pages_show_beside_a_paper_is_left_out(tmp_path: Path) -> None:
    beside = ["Beekeepers of Lund", "·", "May 29", "6", "Submitted by", "ann", "101"]
    page = spaced("GaleNet", ABSTRACT, *beside, "HiveCount", OTHER, "8 authors", "·", "Mar 3, 2024")
    papers, rejects = read(tmp_path, page, ReadOptions(year=2025))
    assert [(p.title, p.abstract, p.seen_on) for p in papers] == [
        ("GaleNet", ABSTRACT, "2025-03-12"),
        ("HiveCount", OTHER, "2025-03-12"),
    ]
    assert rejects == []


@pytest.mark.parametrize("layout", [spaced, compact])
def test_lost_abstract_costs_that_paper_only(tmp_path: Path, layout: Callable[..., str]) -> None:
    texts = [text for number in range(6) for text in paper_texts(number)]
    del texts[5]
    papers, rejects = read(tmp_path, layout(*texts))
    expected = [paper_texts(number) for number in (0, 1, 3, 4, 5)]
    assert [(p.title, p.abstract) for p in papers] == expected
    assert [(r.reason, r.excerpt) for r in rejects] == [
        ("a title without an abstract", paper_texts(2)[0])
    ]


@pytest.mark.parametrize("layout", [spaced, compact])
def test_lost_title_makes_a_record_without_one(tmp_path: Path, layout: Callable[..., str]) -> None:
    texts = [text for number in range(6) for text in paper_texts(number)]
    texts[4] = ""
    papers, rejects = read(tmp_path, layout(*(text for text in texts if text)))
    expected = [paper_texts(number) for number in range(6)]
    expected[2] = ("", expected[2][1])
    assert [(p.title, p.abstract) for p in papers] == expected
    assert rejects == []


def test_two_titles_in_a_row_are_no_title_and_abstract(tmp_path: Path) -> None:
    texts = [text for number in range(6) for text in paper_texts(number)]
    del texts[7], texts[5]
    papers, rejects = read(tmp_path, spaced(*texts))
    assert [p.title for p in papers] == [paper_texts(number)[0] for number in (0, 1, 4, 5)]
    assert len(rejects) == 2


def test_abstract_of_two_paragraphs_stays_one(tmp_path: Path) -> None:
    first, second = ABSTRACT.split(" On the", 1)
    page = spaced("GaleNet", first, "On the" + second, "HiveCount", OTHER)
    papers, rejects = read(tmp_path, page)
    assert [p.abstract for p in papers] == [f"{first}\n\nOn the{second}", OTHER]
    assert rejects == []


def test_page_of_short_texts(tmp_path: Path) -> None:
    page = compact("Bees", "We count bees in gardens", "Wasps", "Nobody counts wasps so far")
    assert titles(tmp_path, page) == ["Bees", "Wasps"]


def test_line_that_is_no_utf8_costs_its_record_only(tmp_path: Path) -> None:
    page = spaced("GaleNet", ABSTRACT, "Caf\xe9 HiveCount", OTHER)
    papers, rejects = read(tmp_path, page.encode("latin-1"))
    assert [p.title for p in papers] == ["GaleNet"]
    assert [(r.line, r.excerpt) for r in rejects] == [(17, "Caf\\xe9 HiveCount")]
    assert "0xe9" in rejects[0].reason


def test_marks_of_a_page() -> None:
    assert is_page("new\n\nGet trending papers in your email inbox!\n")
    assert is_page("byAK and the research community\n")
    assert not is_page("A survey of trending papers\n")


@pytest.mark.parametrize("title", ["May 4", "Mar 12, 2025", "Decoder 7", "Janus 7"])
@pytest.mark.parametrize("layout", [spaced, compact])
def test_title_that_looks_like_a_date(
    tmp_path: Path, layout: Callable[..., str], title: str
) -> None:
    assert titles(tmp_path, layout("GaleNet", ABSTRACT, title, OTHER)) == ["GaleNet", title]


def test_abstract_before_a_dot_is_no_organisation(tmp_path: Path) -> None:
    page = spaced("GaleNet", ABSTRACT, "·", "8 authors", "HiveCount", OTHER, "·", "May 29")
    papers, rejects = read(tmp_path, page)
    assert [(p.title, p.abstract) for p in papers] == [("GaleNet", ABSTRACT), ("HiveCount", OTHER)]
    assert rejects == []


@pytest.mark.parametrize(
    "header",
    [
        ["Subscribe", "byAK and the research community", "Mar 12"],
        ["SubscribeDaily Papers", "byAK and the research community", "Mar 12"],
        ["SubscribeMar 12"],
    ],
)
def test_compact_layout_with_the_date(tmp_path: Path, header: list[str]) -> None:
    page = COMPACT_HEADER + "\n".join([*header, "GaleNet", ABSTRACT, "HiveCount", OTHER])
    papers, rejects = read(tmp_path, page, ReadOptions(year=2025))
    assert [(p.title, p.seen_on) for p in papers] == [
        ("GaleNet", "2025-03-12"),
        ("HiveCount", "2025-03-12"),
    ]
    assert rejects == []


def test_word_is_glued_to_the_title_below_the_date_too(tmp_path: Path) -> None:
    page = f"{COMPACT_HEADER}Mar 12\nSubscribeGaleNet\n{ABSTRACT}\n"
    assert titles(tmp_path, page) == ["GaleNet"]


def test_whole_page_of_the_browser(tmp_path: Path) -> None:
    top = ["Hugging Face's logo", "Hugging Face", "Models", "Datasets", "Docs", "Log In"]
    beside = ["Submitted by ann", "101"]
    below = ["8 authors", "Published on Mar 3", "Upvote", "-", "+4"]
    foot = ["Previous", "Next", "Company", "© Hugging Face", "TOS", "About", "Models", "Pricing"]
    page = "\n".join([*top, *HEADER, "Mar 12", *beside, "GaleNet", ABSTRACT, *below, *foot])
    papers, rejects = read(tmp_path, page, ReadOptions(year=2025))
    assert [(p.title, p.abstract, p.seen_on) for p in papers] == [
        ("GaleNet", ABSTRACT, "2025-03-12")
    ]
    assert rejects == []


@pytest.mark.parametrize("title", ["Models", "Published on the Web", "Upvote"])
def test_title_like_a_word_of_the_page(tmp_path: Path, title: str) -> None:
    assert titles(tmp_path, spaced("GaleNet", ABSTRACT, title, OTHER)) == ["GaleNet", title]


def test_pages_put_together_each_with_its_mark(tmp_path: Path) -> None:
    pages = ["\ufeff" + spaced("GaleNet", ABSTRACT), "\ufeff" + spaced("HiveCount", OTHER)]
    papers, rejects = read(tmp_path, "\r\n".join(page.replace("\n", "\r\n") for page in pages))
    assert [p.title for p in papers] == ["GaleNet", "HiveCount"]
    assert rejects == []
