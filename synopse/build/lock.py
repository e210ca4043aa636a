"""Before anything runs: one doit at a time in a project, and a file of doit's own that doit can read.

The lock lies in `.synopse`, the project's folder for what outlives `build/`. It holds the name of the process that made
something last, so that the watch sees whether another doit was at work meanwhile.
"""

from __future__ import annotations

import errno
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO

from synopse.ground.review import OWN, Review

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

DATABASE = "build/.doit.db"
NO_LOCKS = (errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL)
"""What a file system answers that has no locks: one doit at a time is then up to the person."""
_ME = os.urandom(8).hex()


def prepare(lock: Lock) -> None:
    """Makes `build/`, waits for another doit to end, and sets a damaged task record aside.

    Ends the program with a word where a folder cannot be written to, and at Ctrl-C.
    """
    root = lock.root
    sys.excepthook = _without_traceback
    if fcntl is None:
        print("synopse runs on Linux and macOS; on Windows, in WSL (https://learn.microsoft.com/windows/wsl)")
        raise SystemExit(1)
    try:
        Review(root).build.mkdir(parents=True, exist_ok=True)
        lock.take()
        heal(root)
    except OSError as error:
        path = Path(os.fsdecode(error.filename)) if error.filename else Review(root).build
        name = OWN if path.is_relative_to(root / OWN) else "build"
        print(f"{name}:1:1: error[build-folder]: {name}/ cannot be written: {error.strerror}", flush=True)
        raise SystemExit(1) from None


def _without_traceback(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Ctrl-C is an end like another one; whatever else gets here is a fault of ours, and shown whole."""
    if issubclass(kind, KeyboardInterrupt):
        print("interrupted; the last PDF is intact", file=sys.stderr)
    else:
        sys.__excepthook__(kind, error, trace)


def own_folder(root: Path) -> Path:
    """The folder `.synopse`. Git passes it over, but for what is of use to whoever works at the review (`updates.py`)."""
    folder = Review(root).own
    if not folder.is_dir():
        folder.mkdir()
        (folder / ".gitignore").write_text("*\n!version\n", "utf-8")
    return folder


class Lock:
    """The lock of one review (flock(2)). It is given back when the process ends, however it ends."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._held: list[IO[str]] = []

    def take(self, ended: Callable[[], bool] = lambda: False) -> bool:
        """Takes the lock. Waits for another doit to end; where `ended` turns true meanwhile, it is not taken: false."""
        path = own_folder(self.root) / "lock"
        while True:
            handle = path.open("a+", encoding="utf-8")
            if not _flock(handle, ended):
                handle.close()
                return False
            try:
                there = os.path.samestat(os.fstat(handle.fileno()), path.stat())
            except FileNotFoundError:
                there = False
            if there:
                self._held.append(handle)
                return True
            handle.close()  # the file was removed while we waited: who comes next would lock another one

    def give_back(self) -> None:
        """Gives the lock back, for a task that waits without working."""
        while self._held:
            self._held.pop().close()

    def making(self) -> None:
        """Before something is made, by who holds the lock: notes who makes."""
        if self._held and not self.undisturbed():
            handle = self._held[-1]
            handle.seek(0)
            handle.truncate()
            handle.write(_ME)
            handle.flush()

    def undisturbed(self) -> bool:
        """Whether nobody has made anything in this review since this process did. To be asked by who holds the lock."""
        if not self._held:
            return False
        self._held[-1].seek(0)
        return self._held[-1].read() == _ME


def _flock(handle: IO[str], ended: Callable[[], bool]) -> bool:
    told = False
    while not ended():
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not told:
                message = "another doit is at work in this project: waiting for it to end"
                print(message, file=sys.stderr, flush=True)
            told = True
            time.sleep(0.03)
        except OSError as error:
            if error.errno not in NO_LOCKS:
                raise
            return True
        else:
            return True
    return False


def record(root: Path) -> str:
    """The file of doit's record for a command that only looks: one that is not there where the record is damaged.

    It may be damaged only for a moment, while another doit writes it; so it is left where it is.
    """
    return DATABASE if _is_sound(root / DATABASE) else f"{DATABASE}.none"


def heal(root: Path) -> None:
    """Sets the task record aside if doit could not read it: everything is then made again."""
    path = root / DATABASE
    if _is_sound(path):
        return
    aside = path.with_name(".doit.db.damaged")
    if path.is_dir():
        import shutil

        shutil.rmtree(aside, ignore_errors=True)
    path.replace(aside)
    message = "doit's record of what is made was damaged; it is set aside, and all is made again"
    print(f"{DATABASE}:1:1: note[task-database]: {message}", file=sys.stderr, flush=True)


def _is_sound(path: Path) -> bool:
    """Whether doit can read its record, or there is none."""
    try:
        return isinstance(json.loads(path.read_text("utf-8")), dict)
    except FileNotFoundError:
        return True
    except (OSError, ValueError):
        return False
