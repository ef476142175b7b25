"""A build on a copy of the library, to see what it would change (`paperkg build --dry-run`)."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.concept_changes import ConceptChange, compare_concepts
from extract.decisions_file import find_decisions
from extract.library import Library
from graph.build import BuildReport, build

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.user_decisions import UserDecisions


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a build would do.

    Attributes:
        report: of the build on the copy.
        concepts_before: how many concepts the library has.
        changes: of concepts, as `extract.concept_changes.compare_concepts` gives them.
    """

    report: BuildReport
    concepts_before: int
    changes: tuple[ConceptChange, ...]


def rehearse(
    path: Path,
    sources: Sequence[str],
    *,
    decisions: UserDecisions | None = None,
    **arguments: Any,
) -> Rehearsal:
    """Build into a copy of a library and compare; the library itself stays as it is.

    Args:
        path: the library; may be missing, then all is new.
        sources: files, folders, globs, `-`.
        decisions: of the user's on names; those of the file beside the library where None.
        arguments: as `graph.build.build` takes them.

    Raises:
        As `graph.build.build`.
    """
    wishes = find_decisions(path) if decisions is None else decisions
    with tempfile.TemporaryDirectory(prefix="paperkg-") as folder:
        place = Path(folder) / path.name
        if path.exists():
            with Library.open(path) as library:
                library.copy_to(place)
        with Library.open(place, create=True) as copy:
            before, concept_before = copy.concepts(), copy.concept_of()
            report = build(copy, sources, decisions=wishes, **arguments)
            after, concept_after = copy.concepts(), copy.concept_of()
    changes = compare_concepts(before, concept_before, after, concept_after)
    return Rehearsal(report, len(before), tuple(changes))
