"""What a person sees while doit works: each step with its time, diagnostics, and nothing else."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from doit.reporter import ConsoleReporter

from synopse import run

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


class Reporter(ConsoleReporter):  # type: ignore[misc]
    """doit's reporter: names and times the tasks that run, and leaves errors to the diagnostics."""

    desc = "steps with their times"

    def __init__(self, outstream: Any, options: dict[str, Any]) -> None:
        super().__init__(outstream, options)
        self.begun: dict[str, float] = {}

    def initialize(self, tasks: Any, selected_tasks: Any) -> None:
        """The run begins."""
        super().initialize(tasks, selected_tasks)
        run.begins(tasks, selected_tasks)

    def execute_task(self, task: Any) -> None:
        """A task begins."""
        run.making(task)
        self.begun[task.name] = time.monotonic()

    def add_success(self, task: Any) -> None:
        """A task is done. One that answers a program says nothing of itself."""
        if task.actions and task.name in self.begun and not (task.meta or {}).get("silent"):
            step(task.name, time.monotonic() - self.begun[task.name])

    def add_failure(self, task: Any, fail: Any) -> None:
        """A task failed: its diagnostics were shown; anything else is a fault of ours, and told in one line."""
        self.failures.append({"task": task, "exception": fail})
        if type(fail).__name__ != "TaskFailed":
            detail = (fail.get_msg().strip().split("\n") or [""])[-1]
            say(f"{task.name}: error[internal]: {detail}")
            if os.environ.get("SYNOPSE_DEBUG"):
                say(fail.get_msg())

    def skip_uptodate(self, task: Any) -> None:
        """Nothing is said of what is up to date."""

    def skip_ignore(self, task: Any) -> None:
        """Nor of what is ignored."""

    def cleanup_error(self, exception: Any) -> None:
        """An error on the way out."""
        say(str(exception.get_msg()))

    def runtime_error(self, message: str) -> None:
        """An error of doit's own."""
        self.runtime_errors.append(message)

    def complete_run(self) -> None:
        """The run is over."""
        for message in self.runtime_errors:
            say(message.strip())
