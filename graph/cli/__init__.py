"""The command `paperkg`: every subcommand parses, calls one library function and prints.

Exit codes: 0 all went well (refused records are counted and listed, but do not fail); 1 something
failed, records were refused under `--strict`, or lines of a list or annotations; 2 wrong use; 130
stopped by Ctrl-C.
"""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import click

from extract.errors import Interrupted, PaperkgError
from graph.cli.printing import complain, note

if TYPE_CHECKING:
    from collections.abc import Sequence

_COMMANDS = {
    **dict.fromkeys(("build", "extract"), "reading"),
    **dict.fromkeys(("stats", "search", "paper", "neighbours", "path", "communities"), "asking"),
    "query": "querying",
    "analyse": "analysing",
    **dict.fromkeys(("explain", "aliases", "decisions"), "explaining"),
    "candidates": "suggesting",
    **dict.fromkeys(("pin", "forbid", "rename"), "deciding"),
    "resolve": "listing",
    "show": "drawing",
    "report": "reporting",
    "export": "drawing",
    "push": "loading",
    "remove": "reading",
    "eval": "evaluating",
    "uncertain": "labelling",
    "train": "teaching",
    "doctor": "checking",
}
"""The commands in the order in which one needs them, each with the module that has it."""

_FUNCTIONS = {"eval": "evaluate"}
"""Those whose name Python has taken."""


class _Commands(click.Group):
    """Imports a command when it is asked for: each has libraries that no other needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"graph.cli.{_COMMANDS[cmd_name]}")
        command = getattr(module, _FUNCTIONS.get(cmd_name, cmd_name))
        assert isinstance(command, click.Command), cmd_name
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="paperkg", prog_name="paperkg")
def cli() -> None:
    """Turn a pile of paper abstracts into a knowledge graph.

    \b
    paperkg build PAGES...            read pages, extract, resolve, find communities
    paperkg path "BERT" "ImageNet"    how two things hang together, with the sentences
    paperkg show -o graph.html        a picture of it

    Everything is kept in one file, paperkg.db, unless --library names another.
    """


def main() -> None:
    """Run the command line; no traceback reaches the user (PAPERKG_TRACEBACK=1 shows it)."""
    # A stream that the caller closed is None; reading it gives nothing, writing goes nowhere.
    sys.stdin = sys.stdin or os.fdopen(os.open(os.devnull, os.O_RDONLY))
    sys.stdout = sys.stdout or os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    sys.stderr = sys.stderr or os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    # Papers are UTF-8, whatever the terminal says of itself.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(run([_as_utf_8(argument) for argument in sys.argv[1:]]))


def _as_utf_8(argument: str) -> str:
    """An argument that Python decoded by an older locale, as the UTF-8 that it was typed in."""
    try:
        return os.fsencode(argument).decode("utf-8")
    except UnicodeDecodeError:
        return argument


def run(arguments: Sequence[str]) -> int:
    """Run one command and say what goes wrong on standard error.

    Args:
        arguments: what stands behind `paperkg` on the command line.

    Returns:
        The exit code.
    """
    try:
        # Not `cli.main`, which makes a closed pipe a failure.
        with cli.make_context("paperkg", list(arguments)) as context:
            code = cli.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as exc:
        return exc.exit_code
    except click.ClickException as exc:
        exc.show()
        return exc.exit_code
    except Interrupted as exc:
        note(str(exc))
        return exc.exit_code
    except PaperkgError as exc:
        complain(str(exc))
        return exc.exit_code
    except (KeyboardInterrupt, click.Abort):
        note("Stopped.")
        return 130
    except OSError as exc:
        # What is still buffered has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if exc.errno == errno.EPIPE:
            return 0  # whoever read our output has seen enough
        complain(f"The system refused: {exc}. Mend that and run the same command again.")
        return 1
    # The one place for what nobody foresaw: a user sees what happened, not where in our code.
    except Exception as exc:
        return _unexpected(exc)
    return code if isinstance(code, int) else 0


def _unexpected(exc: Exception) -> int:
    if os.environ.get("PAPERKG_TRACEBACK"):
        raise exc
    complain(
        f"paperkg met an error of its own ({type(exc).__name__}: {exc}). The library is as it was "
        "after the last batch. Run it again with PAPERKG_TRACEBACK=1 and report what it prints."
    )
    return 1
