"""What `paperkg build --dry-run` prints."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from extract.concept_changes import Change
from graph.cli.printing import note, print_json, say
from graph.display import plural, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from extract.concept_changes import ConceptChange
    from extract.records import Concept
    from graph.rehearsal import Rehearsal

_SHOWN = {Change.NEW: 20, Change.GONE: 20, Change.CHANGED: 20}
_CHARACTERS = 60


def print_rehearsal(rehearsal: Rehearsal, library: Path, *, as_json: bool) -> None:
    """Print what a build would change: merges, splits and renames whole, the rest shortened."""
    if as_json:
        print_json(_as_object(rehearsal, library))
        return
    report = rehearsal.report
    say(
        f"Would read {plural(report.read, 'record')}: {plural(report.new, 'new paper')}, "
        f"{plural(report.duplicate, 'duplicate')}, {report.rejected:,} refused."
    )
    counts = Counter(change.change for change in rehearsal.changes)
    listed = ", ".join(f"{counts[change]:,} {change}" for change in Change if counts[change])
    say(
        f"Concepts: {rehearsal.concepts_before:,} now, {report.concepts:,} then"
        + (f": {listed}." if listed else "; none changes.")
    )
    for change in Change:
        found = [c for c in rehearsal.changes if c.change is change]
        limit = _SHOWN.get(change, len(found))
        for concept_change in found[:limit]:
            say(f"  {change:<9} {_line(concept_change)}")
        if len(found) > limit:
            say(f"  {change:<9} … and {len(found) - limit:,} more; --json lists all")
    for line in report.decision_remarks:
        note(f"Note: {line}")
    say(f"Nothing was changed in {library}.")


def _line(change: ConceptChange) -> str:
    before, after = _named(change.before), _named(change.after)
    match change.change:
        case Change.NEW:
            return after
        case Change.GONE:
            return before
        case Change.CHANGED:
            texts = [{a.text for a in side[0].aliases} for side in (change.before, change.after)]
            gained = [f"+{_short(text)}" for text in sorted(texts[1] - texts[0])]
            lost = [f"-{_short(text)}" for text in sorted(texts[0] - texts[1])]
            return f"{after}: {', '.join(gained + lost)}"
        case _:
            return f"{before} → {after}"


def _named(concepts: Sequence[Concept]) -> str:
    return " + ".join(f"{_short(concept.name)} ({concept.id})" for concept in concepts)


def _short(text: str) -> str:
    return shorten(text, _CHARACTERS)


def _as_object(rehearsal: Rehearsal, library: Path) -> dict[str, Any]:
    report = rehearsal.report
    return {
        "library": str(library),
        "dry_run": True,
        "papers": {
            "read": report.read,
            "new": report.new,
            "duplicate": report.duplicate,
            "rejected": report.rejected,
            "filtered": report.filtered,
            "extracted": report.extracted,
            "total": report.papers,
        },
        "concepts": {"before": rehearsal.concepts_before, "after": report.concepts},
        "changes": [
            {
                "change": str(change.change),
                "before": [concept_object(concept) for concept in change.before],
                "after": [concept_object(concept) for concept in change.after],
            }
            for change in rehearsal.changes
        ],
        "decision_remarks": list(report.decision_remarks),
    }


def concept_object(concept: Concept) -> dict[str, Any]:
    """A concept as JSON listings show it."""
    return {
        "id": concept.id,
        "name": concept.name,
        "type": concept.type,
        "other_types": list(concept.other_types),
        "ambiguous": concept.ambiguous,
        "aliases": [{"text": alias.text, "count": alias.count} for alias in concept.aliases],
    }
