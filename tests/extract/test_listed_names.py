"""A user's own names in the pipeline: they win, and what they are called goes with them."""

from __future__ import annotations

from dataclasses import replace

from extract.gazetteer import Gazetteer, GazetteerEntry
from extract.model_identity import model_identity
from extract.pipeline import load_extractor
from extract.records import Paper, paper_id


def found_in(
    abstract: str, *entries: GazetteerEntry, title: str = ""
) -> dict[str, tuple[str, str]]:
    extractor = load_extractor().with_gazetteer(Gazetteer(entries))
    (extraction,) = extractor.extract([Paper(paper_id(title, abstract), title, abstract)])
    return {m.text: (m.type, m.step) for m in extraction.mentions}


def test_listed_names_win_over_the_network() -> None:
    text = "We fine-tune BERT on SQuAD for question answering."
    plain = found_in(text, GazetteerEntry("nothing", "Gene"))
    assert plain["BERT"] == ("Method", "ner")
    listed = found_in(text, GazetteerEntry("BERT", "Muppet"), GazetteerEntry("answering", "Reply"))
    assert listed["BERT"] == ("Muppet", "listed")
    assert listed["answering"] == ("Reply", "listed")
    assert "question answering" not in listed
    assert listed["SQuAD"] == plain["SQuAD"]


def test_listed_names_are_certain_and_of_the_role_that_fits() -> None:
    text = "We propose TreeGate. Loss of BRCA1 is seen."
    entries = [GazetteerEntry("TreeGate", "Method"), GazetteerEntry("BRCA1", "Gene", "BRCA-1")]
    extractor = load_extractor().with_gazetteer(Gazetteer(entries))
    (extraction,) = extractor.extract([Paper("p", "", text)])
    listed = {m.text: m for m in extraction.mentions if m.step == "listed"}
    assert {m.confidence for m in listed.values()} == {1.0}
    assert (listed["TreeGate"].role, listed["BRCA1"].role) == ("proposes", "mentions")
    assert listed["BRCA1"].canonical == "BRCA-1"
    assert listed["TreeGate"].canonical is None


def test_names_are_found_across_wrapped_lines_but_not_across_title_and_abstract() -> None:
    entry = GazetteerEntry("graphene oxide", "Material")
    text = "oxide and graphene\n  oxide"
    extractor = load_extractor().with_gazetteer(Gazetteer([entry]))
    (extraction,) = extractor.extract([Paper("p", "On graphene", text)])
    places = [(m.field, m.text) for m in extraction.mentions if m.type == "Material"]
    assert places == [("abstract", "graphene\n  oxide")]


def test_the_gazetteer_is_part_of_the_identity() -> None:
    shipped = load_extractor()
    one = shipped.with_gazetteer(Gazetteer([GazetteerEntry("p53", "Gene")]))
    two = one.with_gazetteer(Gazetteer([GazetteerEntry("p53", "Protein")]))
    assert len({shipped.model, one.model, two.model}) == 3
    assert one.model.startswith(model_identity())
    assert two.with_gazetteer(None) == replace(shipped)
