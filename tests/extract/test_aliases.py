from __future__ import annotations

import pytest

from extract.aliases import curated_aliases, parse_aliases
from extract.records import ConceptType


def test_table_of_paperkg_is_sound() -> None:
    table = curated_aliases()
    assert len(table.groups) > 200
    for group in table.groups:
        assert group.type in set(ConceptType)
        assert len(set(group.names)) == len(group.names)
    names = [(group.name, group.type) for group in table.groups]
    assert len(set(names)) == len(names)


def test_every_group_can_be_told_from_the_others() -> None:
    table = curated_aliases()
    anchors = [table.anchor(group) for group in range(len(table.groups))]
    assert len(set(anchors)) == len(anchors)


def test_shared_key_is_in_several_groups() -> None:
    table = parse_aliases("tide map\tMethod\tTM\ntrade mark\tDataset\tTM\n# remark\n\n")
    assert table.by_key["tm"] == (0, 1)
    assert table.anchor(0) == "tide map"


@pytest.mark.parametrize("line", ["COCO", "COCO\tDataset", "\tDataset\tx", "COCO\t\tx"])
def test_broken_line_is_named(line: str) -> None:
    with pytest.raises(ValueError, match="line 2 of an alias table"):
        parse_aliases(f"# first\n{line}")
