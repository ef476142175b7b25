"""The sample's two pages, read as plain text: their form, not what is extracted from them."""

from pathlib import Path

import pytest

from extract.sample import sample_paths
from tests.conftest import SHARED, needs_shared

SEEDS = SHARED / "seeds"

HEADER_OF_PAGE_1 = [
    "new",
    "Get trending papers in your email inbox!",
    "Subscribe",
    "Daily Papers",
    "byAK and the research community",
    "Mar 12, 2025",
]
HEADER_OF_PAGE_2 = [
    "Get trending papers in your email inbox once a day!",
    "Get trending papers in your email inbox!",
    "byAK and the research community",
    "Jul 29, 2025",
]
GLUE = "Subscribe"


def lines_of(page: int) -> list[str]:
    text = sample_paths()[page].read_bytes().decode("utf-8")
    return text.removesuffix("\n").split("\n")


def records(page: int) -> list[tuple[str, str]]:
    """Title and abstract of each record, by the page's layout."""
    if page == 0:
        body = lines_of(0)[::2][len(HEADER_OF_PAGE_1) :]
    else:
        body = lines_of(1)[len(HEADER_OF_PAGE_2) :]
        body[0] = body[0].removeprefix(GLUE)
    return list(zip(body[::2], body[1::2], strict=True))


ALL_RECORDS = [*records(0), *records(1)]


def test_paths_are_absolute_files_in_a_fixed_order() -> None:
    paths = sample_paths()
    assert [path.name for path in paths] == ["daily_papers_1.txt", "daily_papers_2.txt"]
    assert all(path.is_absolute() and path.is_file() for path in paths)


@pytest.mark.parametrize("path", sample_paths(), ids=lambda path: path.name)
def test_pages_are_utf_8_with_line_feeds_only(path: Path) -> None:
    data = path.read_bytes()
    text = data.decode("utf-8")
    assert not data.startswith(b"\xef\xbb\xbf")
    assert "\r" not in text
    assert text.endswith("\n")
    assert all(character.isprintable() or character == "\n" for character in text)


def test_first_page_has_a_blank_line_between_any_two_lines() -> None:
    lines = lines_of(0)
    assert lines[::2][: len(HEADER_OF_PAGE_1)] == HEADER_OF_PAGE_1
    assert all(lines[::2])
    assert not any(lines[1::2])


def test_second_page_has_no_blank_line_and_a_glued_first_title() -> None:
    lines = lines_of(1)
    assert all(lines)
    assert lines[: len(HEADER_OF_PAGE_2)] == HEADER_OF_PAGE_2
    glued = lines[len(HEADER_OF_PAGE_2)]
    assert glued.startswith(GLUE)
    assert glued.removeprefix(GLUE)[0].isupper()


def test_there_are_42_records_of_40_papers() -> None:
    assert [len(records(0)), len(records(1))] == [21, 21]
    titles = [title for title, _ in ALL_RECORDS]
    assert len(set(titles)) == 41
    assert len({title.lower() for title in titles}) == 40


def test_one_paper_is_the_same_on_both_pages_and_one_is_shorter_on_the_second() -> None:
    first = {title.lower(): (title, abstract) for title, abstract in records(0)}
    second = {title.lower(): (title, abstract) for title, abstract in records(1)}
    shared = sorted(first.keys() & second.keys())
    assert [first[key] == second[key] for key in shared] == [False, True]
    long, short = first[shared[0]], second[shared[0]]
    assert long[0] != short[0]
    assert len(long[1]) > len(short[1])


@pytest.mark.parametrize("record", ALL_RECORDS, ids=lambda record: record[0][:40])
def test_abstracts_are_of_ordinary_length(record: tuple[str, str]) -> None:
    title, abstract = record
    assert 4 <= len(title.split()) <= 20
    assert 110 <= len(abstract.split()) <= 220
    assert abstract.endswith(".")


@needs_shared
def test_no_title_or_abstract_is_taken_from_the_seeds() -> None:
    seeds = {
        line.strip().removeprefix(GLUE).casefold()
        for path in sorted(SEEDS.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").split("\n")
    }
    assert len(seeds) > 600
    assert not [line for record in ALL_RECORDS for line in record if line.casefold() in seeds]
