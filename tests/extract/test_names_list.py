from __future__ import annotations

import io
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import DecisionsError, RecordError, UsageError
from extract.names_list import ListedName, NamePair, read_names, read_pairs, resolve_names
from extract.user_decisions import Rename, UserDecisions

if TYPE_CHECKING:
    import random

cells = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=9)
names = cells.map(str.strip).filter(bool).filter(lambda text: not text.startswith("\ufeff"))


def refuse(error: RecordError) -> None:
    raise error


def names_in(content: bytes, folder: Path) -> tuple[list[ListedName], list[str]]:
    file = folder / "names.tsv"
    file.write_bytes(content)
    refused: list[RecordError] = []
    rows = list(read_names(file, refused.append))
    return rows, [f"{error.line}: {error.reason}" for error in refused]


def test_lines_of_name_and_type(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbfGPT-3\tMethod\r\n\n  COCO \t Dataset \tmore\teven more\nBLEU\tMetric"
    rows, refused = names_in(content, tmp_path)
    assert rows == [
        ListedName("GPT-3", "Method"),
        ListedName("COCO", "Dataset"),
        ListedName("BLEU", "Metric"),
    ]
    assert refused == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"GPT-3", "got 'GPT-3', expected NAME<TAB>TYPE."),
        (b"GPT-3\t", "got 'GPT-3', expected NAME<TAB>TYPE."),
        (b"\tMethod", "got 'Method', expected NAME<TAB>TYPE."),
        (b"\xe9t\xe9\tMethod", "is not UTF-8; save the list as UTF-8."),
        (b"B\0E\0\tMethod", r"got 'B\x00E\x00\tMethod', expected NAME<TAB>TYPE."),
        (b"x" * 2_000 + b"\tMethod", "a name has 2,000 characters, 1,000 are allowed."),
    ],
)
def test_a_line_at_fault_is_refused_and_the_rest_goes_on(
    line: bytes, reason: str, tmp_path: Path
) -> None:
    rows, refused = names_in(b"A\tTask\n" + line + b"\nB\tTask\n", tmp_path)
    assert [row.name for row in rows] == ["A", "B"]
    assert refused == [f"2: {reason}"]


@settings(deadline=None)
@given(content=st.binary(max_size=200))
def test_any_bytes_are_taken_or_refused(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rows, refused = names_in(content, tmp_path_factory.getbasetemp())
    lines = content.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    assert len(rows) + len(refused) == sum(bool(line.strip()) for line in lines)


def test_pairs_may_lack_a_type(tmp_path: Path) -> None:
    file = tmp_path / "pairs.tsv"
    file.write_text("A\tB\nC\tD\tMethod/Task\twhy\nalone\n", encoding="utf-8")
    refused: list[RecordError] = []
    pairs = list(read_pairs(file, refused.append))
    assert pairs == [NamePair("A", "B", ""), NamePair("C", "D", "Method/Task")]
    assert [str(error) for error in refused] == [
        f"{file}:3: got 'alone', expected A<TAB>B<TAB>TYPE."
    ]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"A\tTask\n")))
    assert list(read_names(Path("-"), refuse)) == [ListedName("A", "Task")]


def test_files_that_cannot_be_read_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.tsv.*No such file"):
        read_names(tmp_path / "none.tsv", refuse)
    with pytest.raises(UsageError, match="Is a directory"):
        read_pairs(tmp_path, refuse)


def test_each_name_has_its_concept_in_the_order_of_the_list() -> None:
    rows = [ListedName(*row) for row in (("LLMs", "Method"), ("BERT", "Method"))]
    rows.append(ListedName("large language model", "Method"))
    found = resolve_names(rows)
    assert [concept.name for concept in found.concepts] == [
        "large language model",
        "BERT",
        "large language model",
    ]
    assert found.remarks == ()


def test_decisions_hold_for_lists() -> None:
    rows = [ListedName(name, "Method") for name in ("GPT-3", "GPT-4")]
    pin = UserDecisions(pins=(("GPT-3", "GPT-4"),), renames=(Rename("absent", "x"),))
    found = resolve_names(rows, pin)
    assert len({concept.id for concept in found.concepts}) == 1
    assert found.remarks == ("rename 1: no concept is named 'absent'.",)
    with pytest.raises(DecisionsError, match="pin 1"):
        resolve_names(rows, UserDecisions((("gpt3", "GPT-4"),), (("GPT 3", "GPT-4"),)))


@settings(deadline=None)
@given(
    rows=st.lists(st.builds(ListedName, names, st.sampled_from(["Method", "Task"])), max_size=6),
    order=st.randoms(use_true_random=False),
)
def test_the_order_of_the_list_does_not_matter(
    rows: list[ListedName], order: random.Random
) -> None:
    shuffled = list(rows)
    order.shuffle(shuffled)
    expected = dict(zip(rows, resolve_names(rows).concepts, strict=True))
    assert dict(zip(shuffled, resolve_names(shuffled).concepts, strict=True)) == expected
