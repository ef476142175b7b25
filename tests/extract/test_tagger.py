from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from spacy.training import Example
from thinc.api import fix_random_seed

from extract.tagger import TAG_PROBABILITIES, span_bounds, viterbi

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt
    from spacy.language import Language

TEXTS: tuple[tuple[str, list[tuple[int, int, str]]], ...] = (
    ("We train BERT on SQuAD.", [(9, 13, "Method"), (17, 22, "Dataset")]),
    (
        "We test LoRA on GLUE and SQuAD.",
        [(8, 12, "Method"), (16, 20, "Dataset"), (25, 30, "Dataset")],
    ),
    ("Nothing is named here.", []),
)


def distributions(types: int, most_tokens: int) -> st.SearchStrategy[npt.NDArray[np.float64]]:
    columns = 1 + 2 * types
    raw = st.integers(0, most_tokens).flatmap(
        lambda n: arrays(np.float64, (n, columns), elements=st.floats(0.01, 1.0))
    )
    return raw.map(lambda rows: rows / rows.sum(axis=1, keepdims=True))


def is_consistent(tags: tuple[int, ...]) -> bool:
    return all(
        tag == 0 or tag % 2 == 1 or before in (tag, tag - 1)
        for before, tag in zip((0, *tags), tags, strict=False)
    )


@settings(deadline=None)
@given(st.lists(distributions(2, 4), min_size=1, max_size=3))
def test_the_best_consistent_sequence_is_found(texts: list[npt.NDArray[np.float64]]) -> None:
    for rows, tags in zip(texts, viterbi(texts, 2), strict=True):
        everything = filter(is_consistent, product(range(5), repeat=len(rows)))
        scores = [np.log(rows[np.arange(len(rows)), list(s)]).sum() for s in everything if s]
        found = tuple(tags.tolist())
        assert is_consistent(found)
        if scores:
            own = np.log(rows[np.arange(len(rows)), list(found)]).sum()
            assert own == pytest.approx(max(scores))


@given(st.lists(st.sampled_from([(0,), (1,), (1, 2), (1, 2, 2), (3,), (3, 4)])))
def test_bounds_say_where_names_stand(pieces: list[tuple[int, ...]]) -> None:
    tags = np.array([tag for piece in pieces for tag in piece], dtype=np.intp)
    rebuilt = np.zeros(len(tags), dtype=np.intp)
    bounds = span_bounds(tags)
    for start, end, kind in bounds:
        rebuilt[start:end] = 2 * kind + 2
        rebuilt[start] = 2 * kind + 1
    assert rebuilt.tolist() == tags.tolist()
    assert len(bounds) == sum(piece != (0,) for piece in pieces)


def untrained(**sizes: Any) -> Language:
    nlp = spacy.blank("en")
    tok2vec = {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "pretrained_vectors": None,
        "width": 32,
        "depth": 1,
        "embed_size": 200,
        "window_size": 1,
        "maxout_pieces": 2,
        "subword_features": True,
    }
    model = {"@architectures": "spacy.Tagger.v2", "normalize": True, "tok2vec": tok2vec}
    nlp.add_pipe("concept_tagger", config={"model": model})
    return nlp


def examples(nlp: Language) -> list[Example]:
    return [Example.from_dict(nlp.make_doc(text), {"entities": ents}) for text, ents in TEXTS]


@pytest.fixture(scope="module")
def trained() -> Language:
    fix_random_seed(0)
    nlp = untrained()
    optimizer = nlp.initialize(lambda: examples(nlp))
    for _ in range(60):
        nlp.update(examples(nlp), sgd=optimizer)
    return nlp


def found(nlp: Language, text: str) -> list[tuple[int, int, str]]:
    return [(ent.start_char, ent.end_char, ent.label_) for ent in nlp(text).ents]


def test_it_learns_by_the_training_loop_of_spacy(trained: Language) -> None:
    for text, entities in TEXTS:
        assert found(trained, text) == entities
    assert trained.evaluate(examples(trained))["ents_f"] == 1.0


def test_the_probabilities_of_all_tags_are_kept(trained: Language) -> None:
    doc = trained(TEXTS[1][0])
    rows = doc.user_data[TAG_PROBABILITIES]
    assert rows.shape == (len(doc), 5)
    assert np.allclose(rows.sum(axis=1), 1.0)
    assert all(rows[ent.start, 1::2].max() > 0.5 for ent in doc.ents)


def test_it_is_the_same_after_it_was_kept_on_disk(trained: Language, tmp_path: Path) -> None:
    trained.to_disk(tmp_path)
    text = TEXTS[1][0]
    again = spacy.load(tmp_path)
    assert found(again, text) == found(trained, text)
    before, after = (nlp.get_pipe("concept_tagger") for nlp in (trained, again))
    rows = [c.predict([trained.make_doc(text)])[0] for c in (before, after)]  # type: ignore[attr-defined]  # typed as any callable
    assert np.array_equal(*rows)


def test_another_type_can_be_learnt_without_forgetting_the_others(
    trained: Language, tmp_path: Path
) -> None:
    trained.to_disk(tmp_path)
    nlp = spacy.load(tmp_path)
    component: Any = nlp.get_pipe("concept_tagger")
    assert component.add_label("Gene") == 1
    assert component.add_label("Gene") == 0
    for text, entities in TEXTS:
        assert found(nlp, text) == entities
    optimizer = nlp.resume_training()
    text, gene = "We knock out BRCA1 in mice.", [(13, 18, "Gene")]
    new = Example.from_dict(nlp.make_doc(text), {"entities": gene})
    for _ in range(40):
        nlp.update([new, *examples(nlp)], sgd=optimizer)
    assert found(nlp, text) == gene
    nlp.to_disk(tmp_path / "again")
    assert found(spacy.load(tmp_path / "again"), text) == gene


def test_texts_without_tokens_have_no_spans(trained: Language) -> None:
    assert [list(doc.ents) for doc in trained.pipe(["", "", TEXTS[2][0]])] == [[], [], []]
    assert [list(doc.ents) for doc in trained.pipe([""])] == [[]]


def test_tokens_without_annotation_teach_nothing() -> None:
    fix_random_seed(0)
    nlp = untrained()
    nlp.initialize(lambda: examples(nlp))
    component: Any = nlp.get_pipe("concept_tagger")
    doc = nlp.make_doc("We train BERT.")
    unknown = Example.from_dict(doc, {"entities": ["-"] * len(doc)})
    loss, (gradient,) = component.get_loss([unknown], component.predict([doc]))
    assert loss == 0.0
    assert not gradient.any()
