"""What a person sees while doit works: each step with its time, diagnostics, and nothing else."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from synopse.diagnostics import Diagnostic


def coloured(stream: Any) -> bool:
    """Whether colours go to the stream: a terminal, unless NO_COLOR is set (no-color.org)."""
    return bool(stream.isatty()) and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def say(text: str) -> None:
    """A line for the person. Where nobody reads on (`doit check | head -1`), the work goes on without a word."""
    try:
        try:
            print(text, flush=True)
        except UnicodeEncodeError:
            print(text.encode("ascii", "backslashreplace").decode(), flush=True)
    except BrokenPipeError:
        speak_to_nobody()


def speak_to_nobody() -> None:
    """Sends what is still to be said into the void: the reader of the pipe is gone (Python, note on SIGPIPE)."""
    nobody = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nobody, 1)
    os.close(nobody)


def show(root: Path, found: Iterable[Diagnostic], whole: bool = False) -> None:
    """Shows diagnostics to a person, and counts them; the `whole` where all was asked for."""
    from synopse.diagnostics import printer
    from synopse.diagnostics.model import in_full

    diagnostics = list(found)
    if diagnostics:
        say(printer.as_text(diagnostics, printer.source_lines(root), coloured(sys.stdout), whole))
        say(printer.summary(in_full(diagnostics) if whole else diagnostics))


def show_program(found: Iterable[Diagnostic], format: str, whole: bool = False) -> None:
    """Gives diagnostics to a program, as `json` or as annotations for `github`; nothing else goes to the output."""
    from synopse.diagnostics import printer
    from synopse.diagnostics.model import in_full

    diagnostics = in_full(found) if whole else list(found)
    text = printer.as_json(diagnostics) if format == "json" else printer.as_github(diagnostics)
    if text:
        say(text)


def step(name: str, seconds: float) -> None:
    """A step that is done, with its time."""
    say(f"  {name:<34} {seconds:6.2f} s")
