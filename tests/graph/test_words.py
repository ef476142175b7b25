from __future__ import annotations

import pytest

from graph.words import holds, lower, words_of


def test_words_are_what_blanks_divide_each_once() -> None:
    assert words_of("GPT-3 gpt-3 (few -- shot) β") == ["gpt-3", "(few", "shot)", "β"]
    assert words_of("? -- !") == []
    assert len(words_of(" ".join(map(str, range(99))))) == 50


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("We train BERT.", "bert", True),
        ("RoBERTa", "bert", False),
        ("bert_large", "bert", False),
        ("(BERT)", "bert", True),
        ("BERT's", "bert", False),
        ("BERT' s", "bert", True),
        ("GPT-3.5, GPT-3", "gpt-3", True),
        ("GPT-3.5", "gpt-3", False),
        ("3,000 papers", "3", False),
        ("C++ and C", "c++", True),
        ("e\u0301tude", "e", False),
        ("深度学习", "深度", False),
        ("ΑΣ", "ας", True),
    ],
)
def test_a_word_stands_between_blanks_or_punctuation(text: str, word: str, found: bool) -> None:
    assert holds(lower(text), lower(word)) is found
