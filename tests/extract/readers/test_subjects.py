from __future__ import annotations

import pytest

from extract.readers.subjects import subject_classes


@pytest.mark.parametrize(
    ("value", "classes"),
    [
        ("cs.CL cs.LG", ("cs.CL", "cs.LG")),
        ("hep-ph", ("hep-ph",)),
        ("hep-th math.AG", ("hep-th", "math.AG")),
        ("machine learning, bees", ("machine learning", "bees")),
        (["cs.CL", "cs.CL", 5, {"term": "cs.CV"}], ("cs.CL", "cs.CV")),
        ("", ()),
        (None, ()),
    ],
)
def test_subject_classes(value: object, classes: tuple[str, ...]) -> None:
    assert subject_classes(value) == classes
