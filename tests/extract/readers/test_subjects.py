from __future__ import annotations

import pytest

from extract.readers.subjects import subject_classes


@pytest.mark.parametrize(
    ("value", "classes"),
    [
        ("cs.CL cs.LG", ("cs.CL", "cs.LG")),
        ("hep-ph", ("hep-ph",)),
        ("hep-th math.AG", ("hep-th", "math.AG")),
        ("hep-ph hep-th", ("hep-ph", "hep-th")),
        ("hive bees", ("hive bees",)),
        (["hep-ph hep-th"], ("hep-ph", "hep-th")),
        ("['cs.CV', 'cs.LG']", ("cs.CV", "cs.LG")),
        ("[not a list]", ("[not a list]",)),
        ({"value": ["bees"]}, ("bees",)),
        ([{"category": "Biology", "source": "x"}, {"tag": "bees"}], ("Biology", "bees")),
        ("machine learning, bees", ("machine learning", "bees")),
        (["cs.CL", "cs.CL", 5, {"term": "cs.CV"}], ("cs.CL", "cs.CV")),
        ("", ()),
        (None, ()),
    ],
)
def test_subject_classes(value: object, classes: tuple[str, ...]) -> None:
    assert subject_classes(value) == classes
