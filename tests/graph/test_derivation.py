from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from extract.library import Library
from extract.user_decisions import Rename, UserDecisions
from graph.build import remove
from graph.derivation import derive
from tests.graph.other_papers import add_as_another_process, other_paper

if TYPE_CHECKING:
    from pathlib import Path


def test_a_paper_removed_before_it_was_extracted_is_not_found_any_more(tmp_path: Path) -> None:
    # issue 3: the digest did not know of it
    with Library.open(tmp_path / "a.db", create=True) as library:
        with library.transaction():
            library.add([other_paper(0)])
        derive(library)
        assert [hit.id for hit in library.search("other")] == [other_paper(0).id]
        remove(library, [other_paper(0).id])
        assert library.search("other") == []


def test_what_another_build_stores_meanwhile_is_in_the_graph(tmp_path: Path) -> None:
    # issue 3: it was lost from the graph, and the graph was said to be current
    path = tmp_path / "a.db"

    def meanwhile(stage: str, done: int, total: int | None) -> None:
        if stage == "finding communities":
            add_as_another_process(path, 1)

    add_as_another_process(path, 0)
    with Library.open(path, create=True) as library:
        derive(library, meanwhile)
        assert library.derived_is_current()
        assert {paper for paper, _, _ in library.concept_of()} == {
            *(other_paper(0).id, other_paper(1).id)
        }


def test_a_build_beside_one_that_never_rests_ends_and_leaves_the_rest_to_it(
    tmp_path: Path,
) -> None:
    # issue 3
    path, numbers = tmp_path / "a.db", count()

    def meanwhile(stage: str, done: int, total: int | None) -> None:
        if stage == "finding communities":
            add_as_another_process(path, next(numbers))

    add_as_another_process(path, next(numbers))
    with Library.open(path, create=True) as library:
        derive(library, meanwhile)
        assert library.concepts()
        assert not library.derived_is_current()
        derive(library)
        assert library.derived_is_current()


def test_nothing_is_made_where_nothing_has_changed(tmp_path: Path) -> None:
    stages: list[str] = []

    def progress(stage: str, done: int, total: int | None) -> None:
        stages.append(stage)

    add_as_another_process(tmp_path / "a.db", 0)
    with Library.open(tmp_path / "a.db", create=True) as library:
        derive(library, progress)
        assert stages == ["resolving", "finding communities"]
        derive(library, progress)
        assert len(stages) == 2


def test_decisions_that_the_library_remembers_are_followed_and_told_of(tmp_path: Path) -> None:
    add_as_another_process(tmp_path / "a.db", 0)
    renames = (Rename("Nets", "network of the user"), Rename("absent", "x"))
    with Library.open(tmp_path / "a.db", create=True) as library:
        derive(library)
        with library.transaction():
            library.remember_user_decisions(UserDecisions(renames=renames))
        assert not library.derived_is_current()
        assert derive(library) == ("rename 2: no concept is named 'absent'.",)
        assert [concept.name for concept in library.concepts()] == ["network of the user"]
