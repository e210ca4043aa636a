"""Programs at work beside this one: a command in; a process in a group and a folder of its own out, which never outlives us.

A small shell, the guardian, is told of each group that begins and ends. Its input ends when this program is gone, even
by SIGKILL; then it ends the groups that are left. No code of ours runs between fork and exec (`preexec_fn` may hang in
a program with threads, says Python's manual), and it works wherever there is a shell.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from synopse.typeset.walls import Room, start_in

GUARDIAN = """
groups=
while read -r sign group; do
  left=
  for each in $groups; do [ "$each" = "$group" ] || left="$left $each"; done
  groups=$left
  [ "$sign" = + ] && groups="$groups $group"
done
for each in $groups; do kill -9 "-$each"; done
"""
TICK = 0.03
"""Seconds between two looks at whether what is being made is still wanted."""


class Stale(Exception):
    """What was being made is no longer wanted: its sources have changed meanwhile, or the person has ended the program."""


class _Guardian:
    """The shell, started with the first process. Without it (somebody ended it) the work goes on unguarded."""

    def __init__(self) -> None:
        self.shell: subprocess.Popen[bytes] | None = None
        self.lock = threading.Lock()

    def tell(self, sign: str, group: int) -> None:
        """That the process group `group` begins (`+`) or has ended (`-`)."""
        with self.lock, contextlib.suppress(OSError):
            if self.shell is None:
                self.shell = subprocess.Popen(
                    ["sh", "-c", GUARDIAN],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    cwd="/",
                    start_new_session=True,
                )
            assert self.shell.stdin is not None
            os.write(self.shell.stdin.fileno(), f"{sign} {group}\n".encode())


_guardian = _Guardian()
_numbers = itertools.count(1)


def begin(
    command: Sequence[str],
    folder: Path,
    environ: Mapping[str, str],
    room: Room | None = None,
    *,
    waiting: bool = False,
    output: IO[bytes] | None = None,
) -> subprocess.Popen[bytes]:
    """Starts `command` in `folder`, where the kernel can shut it in `room`.

    It has a pipe on its input where it is `waiting`, and writes what it says to `output`.
    """

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command,
            cwd=folder,
            env=environ,
            stdin=subprocess.PIPE if waiting else subprocess.DEVNULL,
            stdout=output or subprocess.DEVNULL,
            stderr=subprocess.STDOUT if output else subprocess.DEVNULL,
            start_new_session=True,
        )

    process = start_in(room, start) if room else start()
    _guardian.tell("+", process.pid)
    return process


def wait(process: subprocess.Popen[bytes], limit: float, stale: Callable[[], bool] | None = None) -> bool:
    """Waits at most `limit` seconds; tells whether the process ended by itself. One that hangs is ended.

    Where `stale` turns true meanwhile, the process is ended as well, and `Stale` is raised.
    """
    over = time.monotonic() + limit
    try:
        while True:
            left = max(over - time.monotonic(), 0.0)
            try:
                process.wait(min(left, TICK) if stale else left)
            except subprocess.TimeoutExpired:
                if stale is not None and stale():
                    raise Stale from None
                if time.monotonic() >= over:
                    return False
            else:
                return True
    finally:
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Ends the process and whatever it started; one that has ended already is only noted as such."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
    process.wait()
    _guardian.tell("-", process.pid)
    if process.stdin is not None and not process.stdin.closed:
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()


def run_folder(build: Path, name: str) -> Path:
    """A new folder under `build/run`, of this process and this start alone. Raises `OSError` where it cannot be made."""
    run = build / "run"
    run.mkdir(parents=True, exist_ok=True)
    while True:
        folder = run / f"{name}-{os.getpid()}-{next(_numbers)}"
        with contextlib.suppress(FileExistsError):
            folder.mkdir()
            return folder


def sweep(build: Path) -> None:
    """Removes the run folders of processes that are gone. To be called by who holds the project's lock."""
    for folder in (build / "run").glob("*"):
        owner = re.fullmatch(r".*-(\d+)-\d+", folder.name)
        if owner is None or not _lives(int(owner[1])):
            shutil.rmtree(folder, ignore_errors=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
