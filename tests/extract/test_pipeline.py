from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

import extract.pipeline
from extract.errors import ModelError, RecordError
from extract.model_identity import MODEL_FOLDER, model_identity
from extract.papers import read_papers
from extract.pipeline import LEAST_CONFIDENCE, Extractor, load_extractor, well_known_names
from extract.records import ROLES_BY_TYPE, Extraction, Paper, Source, paper_id
from extract.role_features import COMMON_NAME, known_name
from extract.roles import known_names
from extract.sample import sample_paths
from tests.conftest import SHARED, needs_shared

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.tokens import Doc


def paper(abstract: str, title: str = "") -> Paper:
    return Paper(paper_id(title, abstract), title, abstract)


def extract_all(*papers: Paper) -> list[Extraction]:
    return list(load_extractor().extract(papers))


def surfaces(extraction: Extraction) -> set[tuple[str, str]]:
    return {(mention.text, mention.type) for mention in extraction.mentions}


def test_well_known_names_are_found_with_their_types() -> None:
    (found,) = extract_all(
        paper(
            "We fine-tune BERT and RoBERTa on SQuAD for question answering and report F1.",
            "Fine-tuning BERT",
        )
    )
    assert surfaces(found) >= {
        ("BERT", "Method"),
        ("RoBERTa", "Method"),
        ("SQuAD", "Dataset"),
        ("question answering", "Task"),
        ("F1", "Metric"),
    }
    assert {m.field for m in found.mentions if m.text == "BERT"} == {"title", "abstract"}


def test_the_sample_has_exact_offsets_fitting_roles_and_verbatim_quotes() -> None:
    papers = list(read_papers(sample_paths()))
    for read, found in zip(papers, extract_all(*papers), strict=True):
        assert found.paper == read
        for mention in found.mentions:
            assert read.text(mention.field)[mention.start : mention.end] == mention.text
            assert mention.role in ROLES_BY_TYPE[mention.type]
            assert 0 < mention.confidence < 1
        places = [(m.field != "title", m.start, m.end) for m in found.mentions]
        assert places == sorted(places)
        for result in found.results:
            text = read.text(result.field)
            assert text[result.start : result.start + len(result.quote)] == result.quote
            assert result.value.split()[0] in result.quote or result.unit == "x"


def test_names_across_wrapped_lines_are_found_as_read() -> None:
    abstract = "We study large\n  language models and\nknowledge\ndistillation on GLUE."
    (found,) = extract_all(paper(abstract))
    assert {"large\n  language models", "knowledge\ndistillation", "GLUE"} <= {
        text for text, _ in surfaces(found)
    }


def test_what_one_paper_gives_does_not_depend_on_the_others() -> None:
    papers = list(read_papers(sample_paths()))[:12]
    together = extract_all(*papers)
    assert together == [extract_all(one)[0] for one in papers]
    assert list(reversed(together)) == extract_all(*reversed(papers))


@pytest.mark.parametrize(
    "abstract",
    [
        "\x00\x01\x02 \x1b[31m",
        "🙂" * 1000,
        "... --- ...",
        "Это аннотация на русском языке о нейронных сетях и BERT.",
        "本文提出了一种新的方法，在ImageNet上达到了84.3%的准确率。",
        "(" * 5000,
        "a" * 100_000,
        "BERT " * 20_000,
        "1.5% " * 20_000,
        "\u202e\u2066 BERT \u2069",
    ],
    ids=[
        "controls",
        "emoji",
        "dots",
        "Russian",
        "Chinese",
        "brackets",
        "word",
        "BERT",
        "numbers",
        "bidi",
    ],
)
def test_strange_abstracts_do_no_harm(abstract: str) -> None:
    odd = paper(abstract.strip())
    good = paper("We train ResNet-50 on ImageNet.")
    first, second = extract_all(odd, good)
    for mention in first.mentions:
        assert odd.abstract[mention.start : mention.end] == mention.text
    assert ("ImageNet", "Dataset") in surfaces(second)


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=120), st.text(min_size=1, max_size=300))
def test_any_text_gives_offsets_into_it(title: str, abstract: str) -> None:
    read = paper(abstract.strip() or "x", title.strip())
    (found,) = extract_all(read)
    for mention in found.mentions:
        assert read.text(mention.field)[mention.start : mention.end] == mention.text


def test_a_paper_that_breaks_the_pipeline_costs_that_paper_only() -> None:
    shipped = load_extractor()
    nlp = spacy.load(MODEL_FOLDER)

    @Language.component("paperkg_test_breaks_on_poison")
    def break_on_poison(doc: Doc) -> Doc:
        if "poison" in doc.text:
            raise ValueError("poisoned")
        return doc

    nlp.add_pipe("paperkg_test_breaks_on_poison")
    fragile = Extractor(nlp, "test", shipped.confidence)
    papers = [paper("BERT works."), paper("A poison for BERT."), paper("GPT-2 works.")]
    failures: list[RecordError] = []
    found = list(fragile.extract(papers, failures.append))
    assert [bool(extraction.mentions) for extraction in found] == [True, False, True]
    assert [failure.file for failure in failures] == [papers[1].id]
    with pytest.raises(RecordError, match="poisoned"):
        list(fragile.extract(papers))


RULES = ["reading_text", "find_definitions", "mark_everywhere", "assign_roles", "find_results"]


@pytest.mark.parametrize("rule", RULES)
def test_a_paper_that_breaks_a_rule_costs_that_paper_only(
    rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:  # issue 3
    sound = getattr(extract.pipeline, rule)

    # No text is known that breaks one, so the fault has to be put in.
    def break_on_poison(*arguments: object) -> object:
        if "poison" in repr(arguments):
            raise IndexError("poisoned")
        return sound(*arguments)

    papers = [
        paper("BERT works."),
        replace(paper("A poison for BERT."), sources=(Source("a.txt", 7),)),
        paper("GPT-2 works."),
    ]
    expected = extract_all(papers[0], papers[2])
    monkeypatch.setattr(extract.pipeline, rule, break_on_poison)
    failures: list[RecordError] = []
    found = list(load_extractor().extract(papers, failures.append))
    assert [found[0], found[2]] == expected
    assert found[1] == Extraction(papers[1], (), (), ())
    assert [(failure.file, failure.line) for failure in failures] == [("a.txt", 7)]
    with pytest.raises(RecordError, match="IndexError: poisoned"):
        extract_all(*papers)


def test_weights_that_cannot_be_read_are_no_fault_of_a_paper(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise ModelError("The weights cannot be read.")

    monkeypatch.setattr(extract.pipeline, "assign_roles", fail)
    failures: list[RecordError] = []
    with pytest.raises(ModelError):
        list(load_extractor().extract([paper("BERT works.")], failures.append))
    assert not failures


def test_long_runs_of_punctuation_are_read_in_linear_time() -> None:  # issue 3
    start = time.process_time()
    (found,) = extract_all(paper(f"We train BERT {'(~' * 10_000} on ImageNet."))
    assert time.process_time() - start < 20
    assert surfaces(found) >= {("BERT", "Method"), ("ImageNet", "Dataset")}


def test_both_halves_of_a_definition_have_one_role() -> None:
    read = paper(
        "We introduce MoorNet, which builds on generative adversarial networks (GANs). "
        "We propose new GANs, GANs that train fast."
    )
    (found,) = extract_all(read)
    roles = {m.text: m.role for m in found.mentions}
    assert len([m for m in found.mentions if m.text == "GANs"]) == 3
    assert roles["GANs"] == roles["generative adversarial networks"]
    # Where nothing says that they are one, they have different roles.
    (apart,) = extract_all(paper(read.abstract.replace("(GANs)", "at last")))
    roles = {m.text: m.role for m in apart.mentions}
    assert roles["GANs"] != roles["generative adversarial networks"]


def test_a_folder_without_a_pipeline_is_named(tmp_path: Path) -> None:
    for load in (load_extractor, model_identity):
        with pytest.raises(ModelError, match="no usable pipeline"):
            load(tmp_path)


def test_the_identity_says_name_version_and_digest() -> None:
    assert load_extractor().model == model_identity()
    name, version, digest = model_identity().rsplit("-", 2)
    assert name == "paperkg"
    assert version[0].isdigit()
    assert len(digest) == 8


def test_the_gazetteer_names_each_thing_once() -> None:
    names = [name for name, _ in well_known_names()]
    assert len(names) == len(set(names)) > 100
    assert {type_ for _, type_ in well_known_names()} <= set(ROLES_BY_TYPE)


@needs_shared
def test_the_seeds_are_extracted_without_a_failure() -> None:
    papers = list(read_papers(SHARED / "seeds" / "004_9612998c56985d6b.txt"))
    for found in extract_all(*papers):
        for mention in found.mentions:
            text = found.paper.text(mention.field)
            assert text[mention.start : mention.end] == mention.text


def test_what_is_less_likely_right_is_no_mention_but_for_names_that_are_well_known() -> None:
    found = extract_all(*read_papers(sample_paths()))
    unlikely = {m.text for one in found for m in one.mentions if m.confidence < LEAST_CONFIDENCE}
    assert all(known_names().get(known_name(text), 0) >= COMMON_NAME[-1] for text in unlikely)
    assert sum(m.confidence < 0.5 for one in found for m in one.mentions) > 0
