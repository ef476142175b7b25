from __future__ import annotations

from graph.legend import KIND_COLORS, PALETTE, SHAPES, Entry, write_legend
from graph.views import Passage, Statement

HOSTILE = '"><script>alert(1)</script>'


def entry(number: int) -> Entry:
    return Entry(f"method/{number}", f"Group {number}", "#123456", 3, 1, number)


def test_it_says_how_much_is_shown_and_what_shapes_mean() -> None:
    html = write_legend("Tea", "Showing all 8 nodes.", {"Paper": "#111111"}, [])
    assert "<h1" in html
    assert "Showing all 8 nodes." in html
    assert "Paper</li>" in html
    assert 'fill="#111111"' in html
    assert "click on a community" not in html


def test_communities_are_buttons_with_their_counts() -> None:
    html = write_legend("Tea", "", {"Paper": "#111111"}, [entry(0), entry(1)])
    assert html.count("<button") == 2
    assert "3 papers, 1 concept" in html
    assert "click on a community" in html


def test_after_forty_communities_the_rest_is_counted() -> None:
    html = write_legend("Tea", "", {}, [entry(i) for i in range(50)])
    assert html.count("<button") == 40
    assert "and 10 smaller" in html


def test_passages_say_in_words_what_the_picture_shows() -> None:
    passage = Passage("Path 1", (Statement("A uses B", "We use B."), Statement("C uses D", "")))
    html = write_legend("Tea", "", {}, [], [passage])
    assert "<h2>Path 1</h2>" in html
    assert "We use B.</blockquote>" in html
    assert html.count("<blockquote") == 1


def test_every_text_is_escaped() -> None:
    hostile = Entry("method/1", HOSTILE, "#123456", 1, 1, 0)
    passage = Passage(HOSTILE, (Statement(HOSTILE, HOSTILE),))
    html = write_legend(HOSTILE, HOSTILE, {"Paper": "#111111"}, [hostile], [passage])
    assert "<script" not in html
    assert 'title="&quot;&gt;&lt;script' in html


def test_colours_are_enough_and_all_different() -> None:
    assert len(set(PALETTE)) == len(PALETTE) >= 9
    assert KIND_COLORS.keys() == SHAPES.keys()
    assert len(set(KIND_COLORS.values())) == len(KIND_COLORS)
