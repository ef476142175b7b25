"""`doctor`: is everything there that paperkg needs, and is the library well?"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from graph.checks import check_installation, check_library
from graph.cli.options import json_option, library_option
from graph.cli.printing import print_json, say

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@library_option
@json_option
def doctor(library: Path, as_json: bool) -> int:
    """Say what is wrong with the installation or the library, and how to mend it.

    Exits with 1 where something is wrong.
    """
    checks = [*check_installation(), *check_library(library)]
    if as_json:
        print_json([asdict(check) for check in checks])
    else:
        for check in checks:
            say(f"{'ok  ' if check.ok else 'FAIL'}  {check.name}: {check.detail}")
            if check.remedy:
                say(f"        {check.remedy}")
    return int(not all(check.ok for check in checks))
