"""Teacher and student; skipped where PyTorch (group `distillation`) is not installed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import spacy

from extract.gold import AnnotatedPaper, annotated_papers, mark_occurrences
from extract.metric_names import MetricNames
from extract.model_identity import TAGGER
from extract.reading_text import reading_text
from extract.records import Paper
from extract.tokenizer import make_doc, set_tokenizer

if TYPE_CHECKING:
    from pathlib import Path

torch = pytest.importorskip("torch", reason="the group distillation is not installed")
pytest.importorskip("tokenizers", reason="the group distillation is not installed")

from tokenizers import BertWordPieceTokenizer  # noqa: E402

from extract.distillation import examples as made  # noqa: E402
from extract.distillation.encoder import Teacher  # noqa: E402
from extract.distillation.marking import (  # noqa: E402
    Marked,
    archive_of,
    mark,
    papers_of,
    read_marked,
    write_opinions,
)
from extract.distillation.student import (  # noqa: E402
    ATTRIBUTES,
    Sizes,
    Student,
    component_config,
    hash_rows,
    write_into,
)
from extract.distillation.teacher import measure  # noqa: E402

ABSTRACT = "We propose FooNet. On BarSet, FooNet reaches 91.5% accuracy, 2 points over BazNet."
STRINGS = [
    {"text": "FooNet", "type": "Method", "canonical": "FooNet", "role": "proposes"},
    {"text": "BazNet", "type": "Method", "canonical": "BazNet", "role": "compares"},
    {"text": "BarSet", "type": "Dataset", "canonical": "BarSet", "role": "evaluates"},
    {"text": "accuracy", "type": "Metric", "canonical": "accuracy", "role": "reports"},
]
RESULT = {
    "method": "FooNet",
    "dataset": "BarSet",
    "metric": "accuracy",
    "value": "91.5",
    "unit": "%",
    "baseline": None,
    "delta": False,
    "quote": "FooNet reaches 91.5% accuracy",
}
SOURCES = ["named", "unstated", "unknown", "speed"]
NO_NAMES = MetricNames({}, {})


@pytest.fixture
def paper() -> AnnotatedPaper:
    return mark_occurrences(Paper("p1", "FooNet: a net", ABSTRACT), STRINGS, [RESULT])


@pytest.fixture
def vocabulary(tmp_path: Path) -> BertWordPieceTokenizer:
    """Word pieces of one letter each."""
    letters = [chr(code) for code in range(33, 127)]
    special = ["[PAD]", *(f"[unused{n}]" for n in range(99)), "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    file = tmp_path / "vocabulary.txt"
    file.write_text("\n".join([*special, *letters, *(f"##{one}" for one in letters)]), "utf-8")
    return BertWordPieceTokenizer(str(file), lowercase=False, strip_accents=False)


@pytest.fixture(scope="module")
def teacher() -> Teacher:
    """One that has learned nothing."""
    torch.manual_seed(0)
    model = Teacher(made.TAGS, len(made.ROLES), 292, len(SOURCES))
    model.layers = model.layers[:1]
    model.bfloat16()
    model.eval()
    return model


def words(example: made.Example, doc: Any, tokens: tuple[int, ...]) -> list[str]:
    assert len(doc) == len(example.pieces)
    return [doc[token].text for token in tokens]


def test_an_example_has_the_concepts_and_the_numbers_of_a_paper(
    paper: AnnotatedPaper, vocabulary: BertWordPieceTokenizer
) -> None:
    (example,) = made.annotated_examples([paper], [], SOURCES, vocabulary)
    doc = make_doc(made.tokenizing(), reading_text(paper.paper).text)
    found = {(made.ROLES[one.role], *words(example, doc, one.tokens)) for one in example.concepts}
    assert found == {
        ("proposes", "FooNet", "FooNet", "FooNet"),
        ("compares", "BazNet"),
        ("evaluates", "BarSet"),
        ("reports", "accuracy"),
    }
    share, points = example.numbers
    assert words(example, doc, (share.token, points.token)) == ["91.5", "2"]
    assert (share.label, points.label, points.candidates) == (1, 0, ())
    tied = {(made.LINKED[k], doc[token].text) for k, token, yes in share.candidates if yes}
    assert tied == {("method", "FooNet"), ("dataset", "BarSet"), ("metric", "accuracy")}


def test_a_long_text_is_cut_and_nothing_of_it_is_lost(
    paper: AnnotatedPaper, vocabulary: BertWordPieceTokenizer
) -> None:
    (example,) = made.annotated_examples([paper], [], SOURCES, vocabulary)
    middle = example.numbers[0].token
    parts = [example.stretch(0, middle), example.stretch(middle, len(example.pieces))]
    assert sum((part.pieces for part in parts), ()) == example.pieces
    assert np.array_equal(np.concatenate([part.tags for part in parts]), example.tags)
    assert [len(part.numbers) for part in parts] == [0, 2]
    tokens = [[one.tokens for one in part.concepts] for part in parts]
    whole = {token for one in example.concepts for token in one.tokens}
    assert {t for own in tokens[0] for t in own} | {
        t + middle for own in tokens[1] for t in own
    } == whole


def test_opinions_are_annotations_and_the_probabilities_behind_them(
    paper: AnnotatedPaper, vocabulary: BertWordPieceTokenizer, teacher: Teacher, tmp_path: Path
) -> None:
    papers = [paper.paper, Paper("p2", "", "No."), Paper("p3", "Long", ABSTRACT * 12)]
    opinions = list(mark(teacher, SOURCES, NO_NAMES, papers, vocabulary))
    write_opinions(tmp_path / "marked", "a", opinions)
    back = list(annotated_papers(tmp_path / "marked", "a"))
    assert [one.paper for one in back] == papers
    marked = read_marked(tmp_path / "marked" / "a.npz")
    assert marked.texts == tuple(reading_text(one).text for one in papers)
    for one, text, rows in zip(back, marked.texts, marked.log_probabilities, strict=True):
        assert rows.shape == (len(make_doc(made.tokenizing(), text)), made.TAGS)
        assert np.allclose(np.exp(rows.astype(np.float32)).sum(axis=1), 1.0, atol=0.02)
        for mention in one.mentions:
            assert mention.role in made.ROLES
        for result in one.results:
            assert result["quote"] in one.paper.abstract
            assert set(result) == set(RESULT)


def test_the_tags_of_another_teacher_may_be_kept(
    paper: AnnotatedPaper, vocabulary: BertWordPieceTokenizer, teacher: Teacher
) -> None:
    doc, tags = made.tagged_doc(paper)
    rows = np.full((len(doc), made.TAGS), -9.0, dtype=np.float16)
    rows[np.arange(len(doc)), tags] = 0.0
    (again,) = papers_of(Marked((reading_text(paper.paper).text,), (rows,)))
    assert (again.title, again.abstract) == (paper.paper.title, paper.paper.abstract)
    (found,) = mark(teacher, SOURCES, NO_NAMES, [again], vocabulary, [rows])
    assert found.rows is rows
    assert {(m["text"], m["type"]) for m in found.annotation["mentions"]} == {
        (m["text"], m["type"]) for m in STRINGS
    }


def test_archives_keep_what_was_written(tmp_path: Path) -> None:
    rows = tuple(np.full((length, made.TAGS), -length, dtype=np.float16) for length in (3, 1, 2))
    (tmp_path / "a.npz").write_bytes(archive_of(Marked(("x", "y", "ü"), rows)))
    back = read_marked(tmp_path / "a.npz")
    assert back.texts == ("x", "y", "ü")
    assert [own.tolist() for own in back.log_probabilities] == [own.tolist() for own in rows]


def test_a_teacher_is_measured_by_all_that_it_says(
    paper: AnnotatedPaper, vocabulary: BertWordPieceTokenizer, teacher: Teacher
) -> None:
    found = measure(teacher, list(made.annotated_examples([paper], [], SOURCES, vocabulary)))
    assert set(found) == {"strict span F1", "role accuracy", "result F1", "metric accuracy"}
    assert all(0.0 <= value <= 1.0 for value in found.values())


def test_the_student_is_number_for_number_the_network_that_ships() -> None:
    torch.manual_seed(1)
    sizes = Sizes(width=32, depth=3, pieces=2, rows=(500, 100, 200, 150))
    student = Student(sizes, made.TAGS, 0.0, 0.0)
    with torch.no_grad():
        for parameter in student.parameters():
            parameter.normal_(std=0.3)
    student.eval()
    nlp = set_tokenizer(spacy.blank("en"))
    component: Any = nlp.add_pipe(TAGGER, config=component_config(sizes))
    for kind in made.TYPES:
        component.add_label(kind)
    nlp.initialize()
    write_into(student, nlp)
    docs = [nlp.make_doc(text) for text in (ABSTRACT, "A short one.", json.dumps(STRINGS))]
    attributes = np.concatenate([doc.to_array(list(ATTRIBUTES)) for doc in docs]).astype(np.uint64)
    with torch.no_grad():
        scores = student(
            hash_rows(attributes, sizes),
            torch.arange(len(attributes)),
            [len(doc) for doc in docs],
        )
    ours = torch.softmax(scores, -1).numpy()
    theirs = np.concatenate(component.predict(docs))
    assert np.abs(ours - theirs).max() < 1e-4
