from __future__ import annotations

from graph.legend import Counts, Entry, write_legend


def entry(number: int, island: int | None = 0) -> Entry:
    return Entry(f"Group {number}", "#123456", 3, 1, island)


def test_all_nodes_shown() -> None:
    html = write_legend("Tea", Counts(shown=8, total=8, edges=1, isolated=0), ["Paper"], [])
    assert "8 nodes and 1 edge shown." in html
    assert "no edge" not in html


def test_some_nodes_shown() -> None:
    html = write_legend("Tea", Counts(shown=300, total=5412, edges=900, isolated=12), [], [])
    assert "300 of 5,412 nodes shown: the strongest of the largest communities." in html
    assert "12 nodes of the graph have no edge" in html


def test_isolated_nodes_alone_do_not_make_it_a_selection() -> None:
    html = write_legend("Tea", Counts(shown=8, total=9, edges=7, isolated=1), [], [])
    assert "8 nodes and 7 edges shown." in html
    assert "1 node of the graph has no edge" in html


def test_after_forty_communities_the_rest_is_counted() -> None:
    counts = Counts(shown=300, total=400, edges=9, isolated=0)
    html = write_legend("Tea", counts, [], [entry(i, i) for i in range(50)])
    assert html.count("<button") == 40
    assert "and 10 smaller" in html


def test_communities_that_are_not_drawn_are_counted() -> None:
    counts = Counts(shown=3, total=4, edges=9, isolated=0)
    html = write_legend("Tea", counts, [], [entry(1), entry(2, None)])
    assert html.count("<button") == 1
    assert "and 1 smaller" in html


def test_names_are_escaped() -> None:
    hostile = Entry('"><script>alert(1)</script>', "#123456", 1, 1, 0)
    html = write_legend("<i>", Counts(3, 3, 2, 0), ["Paper"], [hostile])
    assert "<script" not in html
    assert "<i>" not in html
    assert 'title="&quot;&gt;&lt;script' in html
