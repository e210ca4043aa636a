"""What a person sees while doit works: each task that runs with its time, and nothing else."""

from __future__ import annotations

import contextlib
import os
import time
from typing import Any

from doit.reporter import ConsoleReporter

from synopse.build.run import Run
from synopse.build.updates import note_version
from synopse.diagnostics.console import say, step


class Reporter(ConsoleReporter):  # type: ignore[misc]
    """doit's reporter: names and times the tasks that run, and leaves errors to the diagnostics."""

    desc = "steps with their times"
    run: Run
    """The run whose tasks are reported: set by `reporter_of`."""

    def __init__(self, outstream: Any, options: dict[str, Any]) -> None:
        super().__init__(outstream, options)
        self.begun: dict[str, float] = {}

    def initialize(self, tasks: Any, selected_tasks: Any) -> None:
        """The run begins."""
        super().initialize(tasks, selected_tasks)
        self.run.goals.begin(tasks, selected_tasks)

    def execute_task(self, task: Any) -> None:
        """A task begins."""
        self.run.lock.making()
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
        """Nothing is said of what is up to date. A PDF that is, is what this version of the program makes as well."""
        if task.name == "pdf":
            with contextlib.suppress(OSError):  # such as a disk that is read-only: nothing is to be made
                note_version(self.run.root)

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


def reporter_of(run: Run) -> type[Reporter]:
    """A class of reporters for the tasks of one run: doit makes the reporter itself, of a class."""
    return type("ReporterOfRun", (Reporter,), {"run": run})
