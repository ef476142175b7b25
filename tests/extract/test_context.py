from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extract.context import cut, place_features

TEXT = "We train BERT on 2 corpora. It beats GPT-2."


def test_places_become_one_word_each() -> None:
    words = cut(TEXT, [(9, 13, "method"), (37, 42, "method")])
    assert words.words == (
        *("we", "train", "<method>", "on", "0", "corpora", "."),
        *("it", "beats", "<method>", "."),
    )
    assert words.bounds == (0, 7, 11)
    assert [words.sentence(offset) for offset in (0, 9, 37)] == [0, 0, 1]


def test_of_overlapping_places_the_first_counts() -> None:
    assert cut("a b c", [(2, 5, "y"), (0, 3, "x")]).words == ("<x>", "c")


def test_features_tell_the_words_around_and_the_position() -> None:
    words = cut(f"{TEXT} It is new. It is fast.", [(9, 13, "method"), (37, 42, "method")])
    features = set(place_features(words, 37, 42, "abstract"))
    assert {"L1=beats", "L2=it", "L3=", "R1=.", "P=1", "Q=2", "SB=it"} <= features
    assert not any("train" in feature for feature in features)


def test_sentences_of_short_texts_have_no_order() -> None:
    words = cut(TEXT, [(9, 13, "method")])
    assert not any(f.startswith(("P=", "Q=")) for f in place_features(words, 9, 13, "abstract"))


def test_titles_are_told_apart_from_abstracts() -> None:
    words = cut("BERT: a model", [(0, 4, "method")])
    features = set(place_features(words, 0, 4, "title"))
    assert {"T=first", "TR1=:"} <= features
    assert "R1=:" not in features


@given(st.text(min_size=1), st.data())
def test_any_place_of_any_text_has_features(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    if text[start:end].strip():
        words = cut(text, [(start, end, "method")])
        assert list(place_features(words, start, end, "abstract"))
        assert list(words.starts) == sorted(words.starts)
