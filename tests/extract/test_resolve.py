from __future__ import annotations

import itertools
import json
import random
import time
from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.abbreviations import find_definitions
from extract.aliases import AliasTable, parse_aliases
from extract.errors import DecisionsError
from extract.known_abbreviations import KnownAbbreviations
from extract.records import Definition, Mention
from extract.resolve import Resolution, resolve
from extract.user_decisions import Rename, UserDecisions
from extract.vetoes import Veto
from tests.conftest import SHARED, needs_shared
from tests.extract.pairs import CANNOT_LINK, MUST_LINK, read

GOLD = SHARED / "gold"


def mention(paper: str, text: str, kind: str = "Method", start: int = 0) -> Mention:
    return Mention(paper, "abstract", start, start + len(text), text, kind, "mentions", 1.0, "ner")


def definition(short: str, long: str) -> Definition:
    return Definition(short, long, len(long) + 2, 0)


def concept_id(resolution: Resolution, paper: str, text: str, kind: str = "Method") -> str:
    return resolution.concept_of[paper, text, kind]


def resolve_names(*names: str, kind: str = "Method") -> list[str]:
    """The concept ids of names, each in a paper of its own."""
    papers = [f"p{i}" for i in range(len(names))]
    found = resolve([mention(p, n, kind) for p, n in zip(papers, names, strict=True)], {})
    return [concept_id(found, p, n, kind) for p, n in zip(papers, names, strict=True)]


@pytest.mark.parametrize(("kind", "a", "b"), read(MUST_LINK))
def test_one_thing(kind: str, a: str, b: str) -> None:
    assert len(set(resolve_names(a, b, kind=kind))) == 1


@pytest.mark.parametrize(("kind", "a", "b"), read(CANNOT_LINK))
def test_two_things(kind: str, a: str, b: str) -> None:
    assert len(set(resolve_names(a, b, kind=kind))) == 2
    same_paper = resolve([mention("p", a, kind), mention("p", b, kind, start=500)], {})
    assert concept_id(same_paper, "p", a, kind) != concept_id(same_paper, "p", b, kind)


def test_enough_pairs_are_tested() -> None:
    assert len(read(MUST_LINK)) >= 60
    assert len(read(CANNOT_LINK)) >= 100


def test_concept_has_name_type_and_aliases_with_counts() -> None:
    mentions = [
        mention("a", "large language models"),
        mention("a", "LLMs", start=40),
        mention("b", "LLMs"),
        mention("b", "LLMs", start=9),
        mention("c", "LLMs", "Task"),
    ]
    (concept,) = resolve(mentions, {}).concepts
    assert (concept.id, concept.name) == ("method/large-language-model", "large language model")
    assert concept.type == "Method"
    assert concept.other_types == ("Task",)
    assert [(a.text, a.count) for a in concept.aliases] == [
        ("LLMs", 4),
        ("large language models", 1),
    ]


def test_definition_joins_and_is_logged_with_its_paper() -> None:
    found = resolve(
        [mention("a", "sparse tidal attention"), mention("b", "STA")],
        {"a": (definition("STA", "sparse tidal attention"),)},
    )
    assert len(found.concepts) == 1
    (decision,) = found.decisions
    assert (decision.a, decision.b, decision.same) == ("STA", "sparse tidal attention", True)
    assert (decision.rule, decision.papers) == ("definition", ("a",))


def test_each_paper_follows_its_own_definition() -> None:
    found = resolve(
        [mention("a", "AD", "Task"), mention("b", "AD", "Task")],
        {
            "a": (definition("AD", "autonomous driving"),),
            "b": (definition("AD", "anomaly detection"),),
        },
    )
    assert concept_id(found, "a", "AD", "Task") == "task/autonomous-driving"
    assert concept_id(found, "b", "AD", "Task") == "task/anomaly-detection"


def test_short_name_in_balance_is_told_by_what_else_the_paper_mentions() -> None:
    mentions = [mention(p, "LP", start=90) for p in ("a", "b", "c", "d")]
    for paper in ("a", "c"):
        mentions += [mention(paper, t) for t in ("frozen backbone", "linear head", "CLIP")]
    for paper in ("b",):
        mentions += [mention(paper, t) for t in ("node graph", "edge weight")]
    found = resolve(
        mentions,
        {
            "a": (definition("LP", "linear probing"),),
            "b": (definition("LP", "label propagation"),),
        },
    )
    assert concept_id(found, "c", "LP") == concept_id(found, "a", "LP") == "method/linear-probing"
    assert concept_id(found, "b", "LP") == "method/label-propagation"
    unclear = next(c for c in found.concepts if c.id == concept_id(found, "d", "LP"))
    assert unclear.ambiguous
    assert [alias.count for alias in unclear.aliases] == [1]


def test_type_tells_a_short_name_of_the_table() -> None:
    found = resolve([mention("a", "MAE"), mention("a", "MAE", "Metric")], {})
    assert concept_id(found, "a", "MAE") == "method/masked-autoencoder"
    assert concept_id(found, "a", "MAE", "Metric") == "metric/mean-absolute-error"


def test_most_papers_decide_for_those_that_do_not_define() -> None:
    papers = {f"p{i}": (definition("STX", "sparse tidal xerography"),) for i in range(4)}
    papers["q"] = (definition("STX", "slow train exchange"),)
    found = resolve([mention(p, "STX") for p in [*papers, "z"]], papers)
    assert concept_id(found, "z", "STX") == concept_id(found, "p0", "STX")
    assert concept_id(found, "q", "STX") != concept_id(found, "z", "STX")


def test_no_chain_brings_a_forbidden_pair_together() -> None:
    found = resolve(
        [mention("a", "tidal model"), mention("b", "large tidal model"), mention("c", "TM")],
        {
            **{f"d{i}": (definition("TM", "tidal model"),) for i in range(5)},
            "e": (definition("TM", "large tidal model"),),
        },
    )
    assert concept_id(found, "a", "tidal model") != concept_id(found, "b", "large tidal model")
    assert concept_id(found, "c", "TM") == concept_id(found, "a", "tidal model")


def test_one_paper_that_gives_a_short_name_two_meanings_does_not_join_these() -> None:
    names = ("autonomous driving", "anomaly detection", "language model", "large language model")
    found = resolve(
        [mention("a", name, start=40 * i) for i, name in enumerate(names)],
        {
            "a": (
                definition("AD", "autonomous driving"),
                definition("AD", "anomaly detection"),
                definition("LM", "language model"),
                definition("LM", "large language model"),
            )
        },
    )
    assert len(found.concepts) == 4


def test_one_paper_that_words_a_long_form_twice_joins_these() -> None:
    found = resolve(
        [mention("a", "tidal boat adapter"), mention("a", "tidal boats adaptation", start=50)],
        {
            "a": (
                definition("TBA", "tidal boat adapter"),
                definition("TBA", "tidal boats adaptation"),
            )
        },
    )
    assert len(found.concepts) == 1


def test_no_definition_joins_two_versions() -> None:
    found = resolve(
        [mention("a", "HARBOR-10"), mention("a", "HARBOR-100", start=50)],
        {"a": (definition("HARBOR-10", "HARBOR-100"),)},
    )
    assert len(found.concepts) == 2


def test_near_misses_are_logged_with_veto_and_score() -> None:
    found = resolve([mention("a", "GPT-3"), mention("b", "GPT-4")], {})
    (decision,) = found.decisions
    assert not decision.same
    assert decision.rule == Veto.NUMBER
    assert decision.score is not None
    assert 0 < decision.score < 100


def test_typo_is_logged_with_its_score() -> None:
    found = resolve([mention("a", "graph clustering"), mention("b", "graph clustring")], {})
    (decision,) = found.decisions
    assert (decision.same, decision.rule) == (True, "typo")
    assert decision.score is not None
    assert decision.score > 90


def test_names_that_differ_by_capitals_only_have_different_ids() -> None:
    ids = resolve_names("ConES", "Cones")
    assert ids[0] != ids[1]
    assert all(found.startswith("method/cones") for found in ids)


def known(line: str) -> AliasTable:
    """An alias table without groups that knows one abbreviation."""
    return replace(parse_aliases(""), abbreviations=KnownAbbreviations(line))


# issue 5
def test_abbreviation_that_papers_elsewhere_define_needs_no_definition() -> None:
    table = known("STA\tsparse tidal attention\tMethod\t9")
    mentions = [mention("a", "STAs"), mention("b", "sparse tidal attentions")]
    found = resolve(mentions, {}, aliases=table)
    assert [c.name for c in found.concepts] == ["sparse tidal attention"]
    assert [d.rule for d in found.decisions] == ["definition in other papers"]


# issue 5
def test_definitions_of_the_corpus_weigh_more_than_those_elsewhere() -> None:
    table = known("STA\tsparse tidal attention\tMethod\t9")
    papers = {f"p{i}": (definition("STA", "slow train archive"),) for i in range(4)}
    mentions = [mention(p, "STA") for p in [*papers, "z"]] + [mention("y", "slow train archive")]
    found = resolve(mentions, papers, aliases=table)
    assert concept_id(found, "z", "STA") == concept_id(found, "y", "slow train archive")


# issue 5
def test_rivals_elsewhere_make_a_short_name_ambiguous() -> None:
    line = "STA\tsparse tidal attention\tMethod\t9\tslow train archive\tMethod\t8"
    found = resolve([mention("a", "STA")], {}, aliases=known(line))
    assert [c.ambiguous for c in found.concepts] == [True]
    both = [mention("a", "STA"), mention("b", "slow train archive")]
    assert len(resolve(both, {}, aliases=known(line)).concepts) == 1


# issue 5
def test_sense_of_another_type_is_not_meant() -> None:
    table = known("STA\tsparse tidal attention\tMethod\t9")
    mentions = [mention("a", "STA", "Dataset"), mention("b", "sparse tidal attention")]
    assert len(resolve(mentions, {}, aliases=table).concepts) == 2


# issue 5
def test_sense_of_one_paper_attracts_no_other_where_papers_elsewhere_mean_another() -> None:
    table = known("STA\tsparse tidal attention\tTask\t9\tslow train archive\tTask\t8")
    definitions = {"a": (definition("STA", "strong tea aroma"),)}
    mentions = [mention("a", "STA"), mention("a", "strong tea aroma", start=50)]
    found = resolve([*mentions, mention("b", "STA")], definitions, aliases=table)
    assert concept_id(found, "a", "STA") != concept_id(found, "b", "STA")


# issue 5
def test_abbreviation_inside_may_be_one_that_papers_elsewhere_define() -> None:
    table = known("STA\tsparse tidal attention\tMethod\t9")
    mentions = [
        mention("a", "frozen STA layer"),
        mention("b", "frozen sparse tidal attention layer"),
    ]
    assert len(resolve(mentions, {}, aliases=table).concepts) == 1


# issue 5
def test_initials_join_where_no_paper_says_what_a_short_name_means() -> None:
    mentions = [mention("a", "STQA"), mention("b", "sparse tidal query attention")]
    found = resolve(mentions, {})
    assert len(found.concepts) == 1
    assert [d.rule for d in found.decisions] == ["initials"]
    rival = mention("c", "slow train query archive")
    assert len(resolve([*mentions, rival], {}).concepts) == 3
    other = {"a": (definition("STQA", "strong tea quality aroma"),)}
    assert len(resolve(mentions, other).concepts) == 2


def test_types_of_the_users_own_are_kept() -> None:
    found = resolve([mention("a", "boron nitride", "Material of 2D")], {})
    assert found.concepts[0].id == "material-of-2d/boron-nitride"


def test_own_alias_table() -> None:
    table = parse_aliases("tide gauge\tDataset\tmareograph")
    mentions = [mention("a", "Mareographs", "Dataset"), mention("b", "tide gauges", "Dataset")]
    (concept,) = resolve(mentions, {}, aliases=table).concepts
    assert concept.name == "tide gauge"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "\x00\x01",
        "\ud800",
        "\u202etxet",
        "悟道",
        "→",
        "=1+1",
        "a" * 5000,
        "\\",
        "$$",
        "'",
        " ",
        "(" * 300,
    ],
)
def test_hostile_names_have_a_concept_and_a_plain_id(text: str) -> None:
    found = resolve([mention("p", text), mention("p", "BERT", start=9000)], {})
    identifier = concept_id(found, "p", text)
    assert identifier.isascii()
    assert len(identifier) < 120
    assert set(identifier) <= set("abcdefghijklmnopqrstuvwxyz0123456789./-")
    assert identifier != concept_id(found, "p", "BERT")


def test_nothing_gives_nothing() -> None:
    found = resolve([], {"p": (definition("STA", "sparse tidal attention"),)})
    assert (found.concepts, found.decisions, dict(found.concept_of)) == ((), (), {})


NAMES = (
    """
BERT|Bert|BERTs|RoBERTa|GPT-3|GPT 3|GPT-4|LLM|LLMs|LM|AD|TM|LP|MAE|CLIP|CLIP model|→|\ud800
large language model|Large Language Models|language models|anomaly detection|autonomous driving
tidal model|large tidal model|tidal modle|prediction of tides|tide prediction|ConES|Cones|cones
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
FORMS = [
    ("AD", "anomaly detection"),
    ("AD", "autonomous driving"),
    ("TM", "tidal model"),
    ("TM", "large tidal model"),
    ("LM", "large language model"),
    ("LP", "label prediction"),
    ("BERT", "boats eat red tea"),
]
any_mentions = st.lists(
    st.builds(
        mention,
        st.sampled_from("abcde"),
        st.sampled_from(NAMES),
        st.sampled_from(["Method", "Task", "Metric"]),
        st.integers(0, 3),
    ),
    max_size=40,
)
any_definitions = st.dictionaries(
    st.sampled_from("abcdef"),
    st.lists(st.sampled_from(FORMS), max_size=3).map(
        lambda found: tuple(itertools.starmap(definition, found))
    ),
    max_size=5,
)


@settings(deadline=None)
@given(any_mentions, any_definitions, st.randoms(use_true_random=False))
def test_order_does_not_matter(
    mentions: list[Mention],
    definitions: dict[str, tuple[Definition, ...]],
    shuffler: random.Random,
) -> None:
    shuffled = mentions.copy()
    shuffler.shuffle(shuffled)
    papers = list(definitions.items())
    shuffler.shuffle(papers)
    assert resolve(shuffled, dict(papers)) == resolve(mentions, definitions)


@settings(deadline=None)
@given(any_mentions, any_definitions)
def test_concepts_share_out_the_mentions(
    mentions: list[Mention], definitions: dict[str, tuple[Definition, ...]]
) -> None:
    found = resolve(mentions, definitions)
    assert set(found.concept_of) == {(m.paper, m.text, m.type) for m in mentions}
    ids = [concept.id for concept in found.concepts]
    assert ids == sorted(set(ids))
    assert set(found.concept_of.values()) == set(ids)
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for m in mentions:
        counts[found.concept_of[m.paper, m.text, m.type], m.text] += 1
    assert counts == {(c.id, a.text): a.count for c in found.concepts for a in c.aliases}
    assert list(found.decisions) == sorted(found.decisions, key=lambda d: (d.a, d.b, d.rule))
    assert all(d.a <= d.b and len(d.papers) <= 5 for d in found.decisions)


# issue 3
@settings(deadline=None)
@given(any_mentions, any_definitions)
def test_log_says_what_the_concepts_are(
    mentions: list[Mention], definitions: dict[str, tuple[Definition, ...]]
) -> None:
    found = resolve(mentions, definitions)
    concepts: dict[str, set[str]] = defaultdict(set)
    for (_, text, _), concept in found.concept_of.items():
        concepts[text].add(concept)
    for decision in found.decisions:
        assert decision.a in concepts
        assert decision.b in concepts
        assert decision.same != concepts[decision.a].isdisjoint(concepts[decision.b])


# issue 3
def test_merge_is_not_logged_where_all_papers_mean_something_else() -> None:
    forms = ("sparse tidal attention", "slow train archive")
    papers = {f"d{i}": (definition("STA", forms[0]),) for i in range(4)}
    papers["q"] = (definition("STA", forms[1]),)
    found = resolve([mention("q", "STA"), mention("z", forms[0])], papers)
    assert found.decisions == ()


# issue 3
@pytest.mark.parametrize(
    ("coined", "names"),
    [
        ("RECALL", ["recall mechanism", "recall framework"]),
        ("FUSION", ["Fusion Mechanism", "fusion methods"]),
        ("ONE-SHOT", ["one-shot methods", "one-shot approach"]),
    ],
)
def test_head_noun_joins_no_coined_name_with_a_common_word(coined: str, names: list[str]) -> None:
    first, *others = resolve_names(coined, *names)
    assert len(set(others)) == 1
    assert first not in others


@settings(deadline=None)
@given(any_mentions, any_definitions)
def test_versions_are_never_one_concept(
    mentions: list[Mention], definitions: dict[str, tuple[Definition, ...]]
) -> None:
    found = resolve(mentions, definitions)
    for concept in found.concepts:
        texts = {alias.text for alias in concept.aliases}
        assert not (texts & {"GPT-3", "GPT 3"} and "GPT-4" in texts)
        assert not {"BERT", "RoBERTa"} <= texts
        assert not {"ConES", "cones"} <= texts


def test_time_grows_with_the_names_and_not_with_their_pairs() -> None:
    def seconds(size: int) -> float:
        generator = random.Random(5)
        words = ["tidal", "sparse", "graph", "deep", "fast", "model", "network", "learning"]
        names = {
            f"{generator.choice(words)} {generator.choice(words)} X{generator.randrange(size)}-Net"
            for _ in range(size)
        }
        mentions = [mention(f"p{i // 8}", name) for i, name in enumerate(sorted(names))]
        start = time.process_time()
        resolve(mentions, {})
        return time.process_time() - start

    seconds(500)
    assert seconds(8000) < 30 * max(seconds(1000), 0.05)


@needs_shared
def test_gold_clusters_of_dev() -> None:
    papers = {p["id"]: p for p in map(json.loads, _lines("dev.papers.jsonl"))}
    mentions, canonical = [], {}
    definitions = {}
    for record in map(json.loads, _lines("dev.jsonl")):
        paper = papers[record["id"]]
        definitions[record["id"]] = find_definitions(paper["title"]) + find_definitions(
            paper["abstract"]
        )
        for m in record["mentions"]:
            mentions.append(
                mention(record["id"], m["text"], m["type"], paper["abstract"].find(m["text"]))
            )
            canonical[record["id"], m["text"], m["type"]] = m["canonical"]
    found = resolve(mentions, definitions)
    pairs = [(canonical[key], found.concept_of[key]) for key in sorted(canonical)]
    assert _b_cubed(pairs) >= 0.95


def _lines(name: str) -> list[str]:
    return (GOLD / name).read_text(encoding="utf-8").splitlines()


def _b_cubed(pairs: list[tuple[str, str]]) -> float:
    """F1 of B-cubed precision and recall over (gold cluster, found cluster)."""

    def share(by: int) -> float:
        return sum(
            sum(p == q for q in pairs) / sum(p[by] == q[by] for q in pairs) for p in pairs
        ) / len(pairs)

    recall, precision = share(0), share(1)
    return 2 * precision * recall / (precision + recall)


# What the user decides (#5)


def resolved(
    *names: str, decisions: UserDecisions, definitions: dict[str, list[Definition]] | None = None
) -> tuple[Resolution, list[str]]:
    """The concept ids of names, each in the paper `p0`, `p1`, …"""
    papers = [f"p{i}" for i in range(len(names))]
    mentions = [mention(p, n) for p, n in zip(papers, names, strict=True)]
    found = resolve(mentions, definitions or {}, decisions=decisions)
    return found, [concept_id(found, p, n) for p, n in zip(papers, names, strict=True)]


def test_a_pin_beats_every_veto() -> None:
    found, ids = resolved("GPT-3", "GPT-4", decisions=UserDecisions(pins=(("GPT-3", "GPT-4"),)))
    assert len(set(ids)) == 1
    assert [(d.a, d.b, d.same, d.rule) for d in found.decisions] == [
        ("GPT-3", "GPT-4", True, "pinned by the user")
    ]


def test_a_pin_of_spellings_that_capitals_tell_apart() -> None:
    _, ids = resolved("ConES", "Cones", decisions=UserDecisions(pins=(("ConES", "Cones"),)))
    assert len(set(ids)) == 1


def test_variants_of_a_pinned_name_come_with_it() -> None:
    decisions = UserDecisions(pins=(("GPT3", "GPT-4"),))
    _, ids = resolved("GPT-3", "GPT-4", "GPT-4 model", "gpt-3", decisions=decisions)
    assert len(set(ids)) == 1


def test_a_forbid_beats_spelling_aliases_and_definitions() -> None:
    cases = {
        ("pre-training", "pretraining"): {},
        ("WER", "word error rate"): {},
        ("BERT", "BERT model"): {},
        ("FOO", "frozen object outlines"): {"p0": [definition("FOO", "frozen object outlines")]},
    }
    for pair, definitions in cases.items():
        _, before = resolved(*pair, decisions=UserDecisions(), definitions=definitions)
        assert len(set(before)) == 1, pair
        found, ids = resolved(
            *pair, decisions=UserDecisions(forbids=(pair,)), definitions=definitions
        )
        assert len(set(ids)) == 2, pair
        rules = [d.rule for d in found.decisions if not d.same]
        assert rules == ["forbidden by the user"], pair


def test_a_forbid_keeps_a_sense_away_in_the_paper_that_defines_it() -> None:
    definitions = {
        "p0": [definition("FOO", "frozen object outlines")],
        "p1": [definition("FOO", "fast online optimization")],
    }
    names = ("FOO", "FOO", "fast online optimization")
    forbid = UserDecisions(forbids=(("FOO", "fast online optimization"),))
    _, (_, there, long) = resolved(*names, decisions=UserDecisions(), definitions=definitions)
    assert there == long
    _, (_, there, long) = resolved(*names, decisions=forbid, definitions=definitions)
    assert there != long


def test_a_pinned_short_name_is_one_thing_in_all_papers() -> None:
    definitions = {
        "p0": [definition("FOO", "frozen object outlines")],
        "p1": [definition("FOO", "fast online optimization")],
    }
    names = ("FOO", "FOO", "frozen object outlines", "fast online optimization")
    pin = UserDecisions(pins=(("FOO", "fast online optimization"),))
    _, ids = resolved(*names, decisions=pin, definitions=definitions)
    assert ids[0] == ids[1] == ids[3] != ids[2]


def test_names_that_no_paper_mentions_are_told() -> None:
    decisions = UserDecisions((("BERT", "absent"),), (("gone", "BERT"),), (Rename("no", "x"),))
    found, _ = resolved("BERT", decisions=decisions)
    assert found.remarks == (
        "pin 1: no paper mentions 'absent'.",
        "forbid 1: no paper mentions 'gone'.",
        "rename 1: no concept is named 'no'.",
    )


def test_pins_and_forbids_that_meet_in_spellings_are_refused() -> None:
    decisions = UserDecisions(pins=(("gpt3", "X"),), forbids=(("GPT3", "X"),))
    with pytest.raises(DecisionsError, match="pin 1"):
        resolved("GPT-3", "X", decisions=decisions)


def test_rename_gives_name_and_id() -> None:
    rename = UserDecisions(renames=(Rename("large language models", "LLM"),))
    found, ids = resolved("large language models", "LLM", "BERT", decisions=rename)
    assert [(c.id, c.name) for c in found.concepts] == [
        ("method/bert", "BERT"),
        ("method/llm", "LLM"),
    ]
    assert ids[0] == ids[1] == "method/llm"


def test_two_renames_of_one_concept_are_refused() -> None:
    renames = (Rename("large language model", "A"), Rename("LLM", "B"))
    with pytest.raises(DecisionsError, match="rename 1 and rename 2"):
        resolved("large language model", "LLM", decisions=UserDecisions(renames=renames))


NAMES = ["BERT", "BERT model", "GPT-3", "GPT-4", "CLIP", "FOO", "frozen object outlines", "bert"]


@given(
    order=st.permutations(NAMES),
    pair=st.lists(st.sampled_from(NAMES), min_size=2, max_size=2, unique=True),
    other=st.lists(st.sampled_from(NAMES), min_size=2, max_size=2, unique=True),
)
@settings(max_examples=50, deadline=None)
def test_decisions_hold_in_any_order(order: list[str], pair: list[str], other: list[str]) -> None:
    pins = UserDecisions(pins=(tuple(pair),), forbids=(tuple(other),))
    mentions = [mention(f"p-{text}", text) for text in order]
    try:
        found = resolve(mentions, {}, decisions=pins)
    except DecisionsError:
        return  # they contradict each other
    of = {text: concept_id(found, f"p-{text}", text) for text in order}
    assert of[pair[0]] == of[pair[1]]
    assert of[other[0]] != of[other[1]]
    assert found == resolve(sorted(mentions, key=lambda m: m.text), {}, decisions=pins)
