"""What `paperkg doctor` looks at: each check says what it found and how to mend it."""

from __future__ import annotations

import contextlib
import platform
import sqlite3
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from extract.decisions_file import decisions_beside, find_decisions
from extract.errors import PaperkgError
from extract.library import Library
from extract.model_identity import MODEL_FOLDER, model_identity
from extract.tables.schema import RESTORE
from graph.display import named_model, plural

if TYPE_CHECKING:
    from pathlib import Path

_PACKAGES = ("spacy", "rapidfuzz", "networkx", "graspologic-native", "neo4j", "pyvis", "lxml")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: what it is.
        ok: whether it is as it should be.
        detail: what was found.
        remedy: what to do; empty where nothing needs doing.
    """

    name: str
    ok: bool
    detail: str
    remedy: str = ""


def check_installation(model: Path = MODEL_FOLDER) -> list[Check]:
    """Look at Python, the packages, SQLite and the trained pipeline (which is really run)."""
    return [
        Check("Python", True, platform.python_version()),
        *(_check_package(name) for name in _PACKAGES),
        _check_search(),
        _check_model(model),
    ]


def check_library(path: Path, model: Path = MODEL_FOLDER) -> list[Check]:
    """Look at a library file: is it whole, is it current, did this pipeline extract its papers?"""
    if not path.exists():
        return [
            Check("library", True, f"{path} is not there yet", "`paperkg build PATH...` makes it.")
        ]
    try:
        with Library.open(path) as library, library.snapshot():
            faults = library.faults()
            counts = library.counts()
            current = library.derived_is_current()
            waiting = library.unresolved_count()
            outdated = library.pending_count(model_identity(model)) - library.pending_count()
    except PaperkgError as exc:
        return [Check("library", False, str(exc))]
    summary = ", ".join(f"{count:,} {name}" for name, count in counts.items())
    return [
        Check("library", not faults, f"{path}: {faults or summary}", RESTORE if faults else ""),
        _check_graph(path, waiting, current=current),
        _check_decisions(path),
        Check(
            "model",
            True,
            f"{outdated:,} papers were extracted by another model" if outdated else "current",
            f"`paperkg build --refresh{named_model(model)}` extracts them again."
            if outdated
            else "",
        ),
    ]


def _check_graph(path: Path, waiting: int, *, current: bool) -> Check:
    if waiting:
        remedy = f"`paperkg build --library {path}` completes it."
        return Check("graph", False, f"{plural(waiting, 'paper')} not in it yet", remedy)
    if not current:
        remedy = f"`paperkg build --library {path}` makes it anew."
        return Check("graph", False, "older than the library or this paperkg", remedy)
    return Check("graph", True, "made from all papers")


def _check_decisions(path: Path) -> Check:
    file = decisions_beside(path)
    try:
        found = find_decisions(path)
    except PaperkgError as exc:
        return Check("decisions", False, str(exc), "A build follows it when that is mended.")
    if not found:
        return Check("decisions", True, f"none in {file}")
    counts = (("pin", found.pins), ("forbid", found.forbids), ("rename", found.renames))
    listed = ", ".join(plural(len(entries), kind) for kind, entries in counts if entries)
    return Check("decisions", True, f"{listed} in {file}")


def _check_package(name: str) -> Check:
    try:
        return Check(name, True, version(name))
    except PackageNotFoundError:
        return Check(name, False, "not installed", f"`pip install {name}`")


def _check_search() -> Check:
    try:
        with contextlib.closing(sqlite3.connect(":memory:")) as connection:
            connection.execute("CREATE VIRTUAL TABLE t USING fts5 (x)")
    except sqlite3.OperationalError as exc:
        remedy = "Use a Python whose SQLite has FTS5 (python.org, Debian, conda, uv all do)."
        return Check("SQLite", False, f"{sqlite3.sqlite_version} without FTS5 ({exc})", remedy)
    return Check("SQLite", True, f"{sqlite3.sqlite_version} with FTS5")


def _check_model(model: Path) -> Check:
    from extract.pipeline import load_extractor
    from extract.records import Paper, paper_id

    text = "We train BERT on SQuAD and report F1."
    try:
        extractor = load_extractor(model)
        (extraction,) = extractor.extract([Paper(paper_id("", text), "", text)])
    except PaperkgError as exc:
        return Check("pipeline", False, str(exc), "Install paperkg again.")
    found = ", ".join(mention.text for mention in extraction.mentions) or "nothing"
    # What was trained on other papers need not know these names.
    if not extraction.mentions and model == MODEL_FOLDER:
        return Check("pipeline", False, f"found nothing in {text!r}", "Install paperkg again.")
    return Check("pipeline", True, f"{extractor.model} found {found} in {text!r}")
