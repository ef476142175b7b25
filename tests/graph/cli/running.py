"""Running a command as a user does, in this process."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.cli import run

if TYPE_CHECKING:
    import pytest


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command printed and its exit code."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)


def paperkg(capfd: pytest.CaptureFixture[str], *arguments: object) -> Answer:
    code = run([str(argument) for argument in arguments])
    captured = capfd.readouterr()
    return Answer(code, captured.out, captured.err)
