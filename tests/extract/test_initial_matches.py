from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.initial_matches import all_initials, find_initial_matches, fits, letters_of_short
from extract.names import take_inventory
from extract.normalization import normalize


def matches(*texts: str, kind: str = "Method") -> set[tuple[str, str]]:
    """The short and long names that are found to be one among names of one type."""
    types = {text: Counter({kind: 1}) for text in texts}
    names = take_inventory(types, {text: normalize(text) for text in texts}, ()).names
    return {
        (names[short].texts[0], names[long].texts[0])
        for short, longs in find_initial_matches(names, ())
        for long in longs
    }


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("STA", "sparse tidal attention"),
        ("STAs", "sparse tidal attention"),
        ("nDTG", "normalized discounted tidal gain"),
        ("ToT", "tide of tides"),
        ("T300", "Tides-300"),
        ("HBQA", "HarbourBoatQA"),
        ("TVAE", "tidal VAE"),
        ("HTGC", "hyper-relational tide graph completion"),
        ("XTC", "extreme tide classification"),
        ("M3P", "multitask multilingual multimodal pre-training"),
        ("TidProp", "tidal propagation"),
        ("POC", "post-OCR correction"),
        ("HyTE", "hypothetical tide embeddings"),
        ("TP", "tide probing"),
        ("TNN-T", "TNN-Transducer"),
    ],
)
def test_initials_tell_among_two_names(short: str, long: str) -> None:
    assert matches(short, long) == {(short, long)}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("STA", "sparse attention"),
        ("GPT-4", "GPT-4 Turbo"),
        ("TideNet", "TideNet-A"),
        ("Qwen2.5", "Qwen2.5-Coder"),
        ("AIME24", "AIME-25/24"),
        ("KMMLU", "KoMMLU"),
        ("GPT-4", "Generative Pretrained Transformer 4o"),
        ("Adam", "adaptive distributed average moment"),
        ("OrPe", "online planning"),
        ("STA", "STA"),
        ("STA++", "sparse tidal attention"),
    ],
)
def test_no_match(a: str, b: str) -> None:
    assert matches(a, b) == set()


def test_types_must_agree() -> None:
    texts = {"STA": "Method", "sparse tidal attention": "Dataset"}
    types = {text: Counter({kind: 1}) for text, kind in texts.items()}
    names = take_inventory(types, {text: normalize(text) for text in texts}, ()).names
    assert find_initial_matches(names, ()) == []


def test_settled_names_are_left_alone() -> None:
    texts = ("STA", "sparse tidal attention")
    types = {text: Counter({"Method": 1}) for text in texts}
    inventory = take_inventory(types, {text: normalize(text) for text in texts}, ())
    short = inventory.by_text["STA"].index
    assert find_initial_matches(inventory.names, {short}) == []


def test_all_long_names_with_the_initials_are_given() -> None:
    found = matches("STA", "sparse tidal attention", "slow train archive")
    assert found == {("STA", "sparse tidal attention"), ("STA", "slow train archive")}


@pytest.mark.parametrize(("letters", "others", "found"), [(3, 20, 1), (3, 80, 0), (5, 80, 1)])
def test_chance_counts_by_letters_and_names(letters: int, others: int, found: int) -> None:
    words = ["zonal", "yielding", "quay", "water", "vessel"][:letters]
    fillers = [" ".join(["tide"] * (letters - 1) + [f"b{'o' * n}at"]) for n in range(others)]
    short = "".join(word[0] for word in words).upper()
    assert len(matches(short, " ".join(words), *fillers)) == found


@given(st.text(max_size=40))
def test_any_text_is_taken(text: str) -> None:
    assert all(letters for letters in all_initials(text))
    assert all(letters == letters.lower() for letters in letters_of_short(text))


def test_what_follows_a_capital_goes_on_with_the_word() -> None:
    assert fits("ObsProp", "op", "observable propagation")
    assert not fits("ObsProp", "op", "oblique probing")
