from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

from graph.cli.printing import ProgressBars, print_json, print_table, say

if TYPE_CHECKING:
    import pytest


def test_a_line_keeps_its_indent_and_loses_what_steers_terminals(
    capfd: pytest.CaptureFixture[str],
) -> None:
    say("   a\x1b[2Jb\nc\u202e")
    assert capfd.readouterr().out == "   a\ufffd[2Jb c\n"


def test_json_is_readable_and_has_no_raw_control_characters(
    capfd: pytest.CaptureFixture[str],
) -> None:
    print_json({"name": "β-VAE \x9b \x1b"})
    out = capfd.readouterr().out
    assert "β-VAE" in out
    assert "\\u009b" in out
    assert "\\u001b" in out


def test_columns_are_aligned_numbers_to_the_right(capfd: pytest.CaptureFixture[str]) -> None:
    print_table(("n", "name"), [(5, "BERT"), (1200, "a\nb")])
    assert capfd.readouterr().out == "   n  name\n   5  BERT\n1200  a b\n"


def test_no_bars_where_nobody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    with ProgressBars(quiet=False) as progress:
        progress._started -= 10
        progress("reading", 1, None)
    assert stream.getvalue() == ""


def test_bars_show_stage_and_counts_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    for quiet in (True, False):
        with ProgressBars(quiet=quiet) as progress:
            progress("extracting", 1, 9)
            assert stream.getvalue() == ""
            progress._started -= 10
            progress("extracting", 3, 9)
            progress("resolving", 0, None)
        assert bool(stream.getvalue()) != quiet
    assert "extracting" in stream.getvalue()
    assert "3/9" in stream.getvalue()
