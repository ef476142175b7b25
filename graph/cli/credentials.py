"""Who one is to a Neo4j server: from the environment, a file or a prompt, never from arguments."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from extract.errors import UsageError
from graph.cli.printing import note

if TYPE_CHECKING:
    from collections.abc import Callable

_USER = "neo4j"  # whom a new server knows
_LONGEST = 4_096  # bytes of a file that holds a password


def server_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--database` and `--password-file`, for `credentials`."""
    for option in (
        click.option(
            "--password-file",
            type=click.Path(path_type=Path),
            help="A file that holds the password; without it NEO4J_PASSWORD, or a prompt.",
        ),
        click.option("--database", help="The database's name.  [default: the user's own]"),
    ):
        command = option(command)
    return command


def credentials(uri: str, password_file: Path | None) -> tuple[str, str]:
    """User name and password for a server.

    The name is that of NEO4J_USERNAME, else `neo4j`. The password is that of the file, else that of
    NEO4J_PASSWORD, else what the user types, unseen.

    Args:
        uri: of the server, for the prompt; seen to be fit to be shown.
        password_file: the password alone, with or without a line's end.

    Raises:
        UsageError: the file cannot be read or holds no password, or there is nobody to ask.
    """
    user = os.environ.get("NEO4J_USERNAME") or _USER
    if password_file is not None:
        return user, _read_password(password_file)
    password = os.environ.get("NEO4J_PASSWORD")
    if password:
        return user, password
    if not sys.stdin.isatty():
        raise UsageError(
            "No password for the server: set NEO4J_PASSWORD (anything where the server asks for"
            " none), or name a file by --password-file. Standard input is no terminal, so that"
            " nobody can be asked."
        )
    answer: str = click.prompt(f"Password of {user} at {uri}", hide_input=True, err=True)
    return user, answer


def _read_password(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(_LONGEST + 1)
            mode = os.fstat(file.fileno()).st_mode
        password = content.decode("utf-8").removesuffix("\n").removesuffix("\r")
    except OSError as exc:
        raise UsageError(
            f"Cannot read the password from {path}: {exc.strerror}. Name a file that you may read."
        ) from exc
    except UnicodeDecodeError:
        # Without its cause, which shows the bytes.
        raise UsageError(f"{path} is not UTF-8: expected the password alone.") from None
    if not password or len(content) > _LONGEST or "\n" in password:
        raise UsageError(f"{path} does not hold a password: expected one line with nothing else.")
    if os.name == "posix" and stat.S_ISREG(mode) and mode & (stat.S_IRGRP | stat.S_IROTH):
        note(f"Note: Other users of this machine can read {path}; `chmod 600 {path}` ends that.")
    return password
