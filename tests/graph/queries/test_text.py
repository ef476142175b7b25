from __future__ import annotations

from graph.queries import text
from tests.graph.queries.corpus import store

STORE = store()


def test_papers_with_more_of_the_words_come_first() -> None:
    rows = text.search_papers(STORE, text="tea BERT kettles", limit=9)
    assert [(row["paper_id"], row["words"], row["matched"]) for row in rows] == [
        ("p2", 2, ["tea", "bert"]),
        ("p1", 1, ["kettles"]),
        ("p3", 1, ["kettles"]),
    ]


def test_a_part_of_a_word_is_no_match() -> None:
    assert text.search_papers(STORE, text="kettle", limit=9) == []
