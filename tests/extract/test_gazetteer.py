from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.gazetteer import Gazetteer, GazetteerEntry, is_exact


def surfaces(text: str, *entries: GazetteerEntry) -> list[tuple[str, str]]:
    found = Gazetteer(entries).find(text)
    return [(text[match.start : match.end], match.entry.name) for match in found]


def gene(name: str, canonical: str | None = None) -> GazetteerEntry:
    return GazetteerEntry(name, "Gene", canonical)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("BRCA1", "BRCA1, BRCA12, xBRCA1, BRCA1-null and brca1", ["BRCA1", "BRCA1"]),
        ("WAS", "It was WAS.", ["WAS"]),
        ("p53", "p53 and P53", ["p53"]),
        ("graphene", "Graphene, graphenes, GRAPHENE, graphene's, graphenes-on", None),
        ("carbon nanotube", "Carbon nanotubes; a carbon  nanotube", ["Carbon nanotubes"]),
        ("Aspirin", "aspirin", []),
        ("IFN-γ", "IFN-γ/IFN-γ2", ["IFN-γ"]),
        ("C++", "C++ and C+++", ["C++", "C++"]),
        ("glass", "glasss", []),
    ],
)
def test_names_stand_between_word_boundaries_in_their_case(
    name: str, text: str, expected: list[str] | None
) -> None:
    found = [surface for surface, _ in surfaces(text, gene(name))]
    if expected is None:
        assert found == ["Graphene", "graphenes", "GRAPHENE", "graphene", "graphenes"]
    else:
        assert found == expected


def test_the_longest_name_wins_wherever_it_begins() -> None:
    text = "breast cancer type 10"
    entries = (gene("breast cancer"), gene("cancer type 10"), gene("cancer"))
    assert surfaces(text, *entries) == [("cancer type 10", "cancer type 10")]


def test_a_listed_plural_is_its_own_name() -> None:
    assert surfaces("cells", gene("cell"), gene("cells")) == [("cells", "cells")]


def test_canonical_names_are_found_and_name_themselves() -> None:
    listed = Gazetteer([gene("p53", "TP53"), gene("BRCA1"), gene("breast cancer 1", "BRCA1")])
    found = {m.entry.name: m.entry.canonical for m in listed.find("p53 TP53 BRCA1")}
    assert found == {"p53": "TP53", "TP53": "TP53", "BRCA1": "BRCA1"}


def test_a_canonical_name_of_two_types_says_nothing_by_itself() -> None:
    entries = (gene("p53", "TP53"), GazetteerEntry("P53 protein", "Protein", "TP53"))
    assert surfaces("TP53", *entries) == []


def test_the_identity_does_not_depend_on_the_order() -> None:
    entries = [gene("a1"), gene("b2", "B")]
    assert Gazetteer(entries).identity == Gazetteer(reversed(entries)).identity
    assert Gazetteer(entries).identity != Gazetteer([gene("a1"), gene("b2")]).identity


NAMES = st.text("abAB1- +", min_size=1, max_size=6).map(lambda t: " ".join(t.split()))
TEXTS = st.lists(
    st.sampled_from(["ab", "A", "b", "s", "a1", "-", "+", " ", "aB", "."]), max_size=16
)


def slow_places(entries: list[GazetteerEntry], text: str) -> list[tuple[int, int, str]]:
    """Every place looked at by itself, the longest taken first."""
    places: dict[tuple[int, int], str] = {}
    names = sorted(entry.name for entry in entries)
    wanted = [
        *((name, re.compile(re.escape(name)), name) for name in names if is_exact(name)),
        *((n, re.compile(re.escape(n), re.IGNORECASE), n) for n in names if not is_exact(n)),
        *(
            (f"{name}s", re.compile(f"{re.escape(name)}s", re.IGNORECASE), name)
            for name in names
            if not is_exact(name) and name[-1].isalpha() and not name.endswith("s")
        ),
    ]
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            if re.match(r"\w", text[start - 1 : start]) or re.match(r"\w", text[end : end + 1]):
                continue
            for _, pattern, name in wanted:
                if pattern.fullmatch(text, start, end):
                    places.setdefault((start, end), name)
    kept: list[tuple[int, int, str]] = []
    for (start, end), name in sorted(places.items(), key=lambda i: (i[0][0] - i[0][1], i[0][0])):
        if all(end <= low or high <= start for low, high, _ in kept):
            kept.append((start, end, name))
    return sorted(kept)


@given(st.lists(NAMES.filter(lambda n: any(map(str.isalnum, n))), max_size=6, unique=True), TEXTS)
def test_it_finds_what_a_slow_search_finds(names: list[str], pieces: list[str]) -> None:
    text = " ".join("".join(pieces).split())
    entries = [gene(name) for name in names]
    found = [(m.start, m.end, m.entry.name) for m in Gazetteer(entries).find(text)]
    assert found == slow_places(entries, text)


def test_a_hundred_thousand_names_are_ready_within_seconds() -> None:
    start = time.process_time()
    listed = Gazetteer(gene(f"Protein {n % 317} kinase {n}") for n in range(100_000))
    text = "Protein 5 kinase 5 was studied. " * 40
    assert len(listed.find(text)) == 40
    assert time.process_time() - start < 10
