"""Before anything runs: one doit at a time in a project, and a record of tasks that doit can read."""

from __future__ import annotations

import fcntl
import json
import sys
from pathlib import Path
from types import TracebackType
from typing import IO

DATABASE = "build/.doit.db"
_held: list[IO[str]] = []


def prepare(root: Path) -> None:
    """Makes `build/`, waits for another doit to end, and sets a damaged task record aside.

    Ends the program with a word where `build/` cannot be written to, and at Ctrl-C.
    """
    sys.excepthook = _without_traceback
    try:
        (root / "build").mkdir(exist_ok=True)
        lock(root)
        heal(root)
    except OSError as error:
        print(f"build:1:1: error[build-folder]: build/ cannot be written: {error.strerror}", flush=True)
        raise SystemExit(1) from None


def _without_traceback(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Ctrl-C is an end like another one; whatever else gets here is a fault of ours, and shown whole."""
    if issubclass(kind, KeyboardInterrupt):
        print("interrupted; the last PDF is intact", file=sys.stderr)
    else:
        sys.__excepthook__(kind, error, trace)


def lock(root: Path) -> None:
    """Takes the project's lock (flock(2)); it is given back when the process ends, however it ends."""
    handle = (root / "build" / ".lock").open("a")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print("another doit is at work in this project: waiting for it to end", file=sys.stderr, flush=True)
        fcntl.flock(handle, fcntl.LOCK_EX)
    _held.append(handle)


def unlock() -> None:
    """Gives the lock back, for a task that waits without working."""
    while _held:
        _held.pop().close()


def heal(root: Path) -> None:
    """Sets the task record aside if doit could not read it: everything is then made again."""
    path = root / DATABASE
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError):
        text = ""
    try:
        if isinstance(json.loads(text), dict):
            return
    except ValueError:
        pass
    aside = path.with_name(".doit.db.damaged")
    if path.is_dir():
        import shutil

        shutil.rmtree(aside, ignore_errors=True)
    path.replace(aside)
    message = "doit's record of what is made was damaged; it is set aside, and all is made again"
    print(f"{DATABASE}:1:1: note[task-database]: {message}", flush=True)
