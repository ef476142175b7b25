"""Every error that paperkg raises on purpose.

    PaperkgError
    ├── UsageError                 wrong use: an option, a file that is not there
    │   ├── NameNotFoundError      no paper or concept of that name
    │   └── DecisionsError         the decisions file is at fault or contradicts itself
    ├── RecordError                one record of the input cannot be taken (file, line, reason)
    ├── LibraryError               the library file cannot be used
    │   └── LibraryVersionError    it was written by an older or newer paperkg
    ├── ModelError                 the extraction pipeline cannot be loaded
    ├── StoreError                 a graph store failed, or was asked for what it lacks
    └── Interrupted                stopped by Ctrl-C between two batches; nothing is broken

A message says what was got, what was expected and what to do. Foreign errors are translated where
they enter (`raise ... from exc`). The command line prints the message and exits with `exit_code`.
"""

from __future__ import annotations


class PaperkgError(Exception):
    """Base of the tree; catch this to catch all that paperkg raises on purpose."""

    exit_code = 1


class UsageError(PaperkgError):
    """Wrong use: an unknown option value, a missing file, an unwritable place."""

    exit_code = 2


class NameNotFoundError(UsageError):
    """No paper or concept has the name that was asked for.

    Attributes:
        name: the name as it was given.
        suggestions: names that exist and look like it, best first.
    """

    def __init__(self, name: str, suggestions: tuple[str, ...] = ()) -> None:
        self.name = name
        self.suggestions = suggestions
        hint = (
            f"Did you mean {', '.join(map(repr, suggestions))}?"
            if suggestions
            else "`paperkg search TEXT` finds names by their words."
        )
        super().__init__(f"No paper or concept is named {name!r}. {hint}")


class DecisionsError(UsageError):
    """The decisions file cannot be read, is at fault, or contradicts itself."""


class RecordError(PaperkgError):
    """One record of the input cannot be taken; readers count it and go on.

    Attributes:
        file: where it stands, as the user named it (`-` for standard input).
        line: line of the record's start, from 1; None where the format has no lines.
        reason: one sentence.
    """

    def __init__(self, file: str, line: int | None, reason: str) -> None:
        self.file = file
        self.line = line
        self.reason = reason
        super().__init__(f"{file}:{line}: {reason}" if line is not None else f"{file}: {reason}")

    def __reduce__(self) -> tuple[type[RecordError], tuple[str, int | None, str]]:
        """Let it come back from another process."""
        return type(self), (self.file, self.line, self.reason)


class LibraryError(PaperkgError):
    """The library file cannot be read or written."""


class LibraryVersionError(LibraryError):
    """The library file was written by an older or newer paperkg."""


class ModelError(PaperkgError):
    """The extraction pipeline cannot be loaded."""


class StoreError(PaperkgError):
    """A graph store failed, or was asked for a node that it does not hold."""


class Interrupted(PaperkgError):  # noqa: N818  # it is a wish of the user's, not an error
    """Stopped by Ctrl-C between two batches; the message says how to go on."""

    exit_code = 130
