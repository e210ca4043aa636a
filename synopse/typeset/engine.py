"""LuaLaTeX as a process: started before its input is ready, it reads the preamble and waits; then it is given the body.

The engine runs in a folder of its own (`build/run/NAME`), reads the generated LaTeX through TEXINPUTS, and may write
nowhere else: no shell escape, no sockets, `openin_any` and `openout_any` paranoid (kpathsea manual, § 5.2 "Safe
filenames"). These walls stand behind the escapes, which let no command through.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from synopse.settings import time_limit

if TYPE_CHECKING:
    from concurrent.futures import Future

COMMAND = "lualatex"
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts", "/Library/Fonts")
WAIT = r"\def\synopsewait{\directlua{local go = io.stdin:read('*l') if not (go == 'go') then os.exit(3) end}}"
TIME_LIMIT = time_limit(os.environ)
"""Seconds that one pass may take, for each hundred fiches begun."""


class EngineMissing(Exception):
    """The engine is not installed."""


class Stale(Exception):
    """What was being typeset has changed meanwhile."""


def environment(tex: Path, run: Path, epoch: int) -> dict[str, str]:
    """What the engine and biber find: the LaTeX of `tex`, the machine's fonts, one date, and paranoid file access."""
    inputs = os.path.relpath(tex, run)
    folders = [os.path.expanduser(folder) for folder in FONT_FOLDERS]
    return os.environ | {
        "TEXINPUTS": f".:{inputs}:",
        "BIBINPUTS": f".:{inputs}:",
        "OSFONTDIR": ":".join(f"{folder}//" for folder in folders if os.path.isdir(folder)),
        "SOURCE_DATE_EPOCH": str(epoch),
        "FORCE_SOURCE_DATE": "1",
        "openin_any": "p",
        "openout_any": "p",
        "shell_escape": "f",
        "TEXMFOUTPUT": "",
        "max_print_line": "10000",
        "LC_ALL": "C.UTF-8",
    }


@dataclass
class Pass:
    """One run of the engine. `wait` gives its result; `stop` ends it at once."""

    process: subprocess.Popen[bytes]
    folder: Path
    jobname: str
    started: float = field(default_factory=time.monotonic)
    released: float = 0.0
    given: dict[str, str] | None = None

    def advance(self) -> None:
        """Lets an engine that waits after the preamble go on to the beginning of the document, where it waits again."""
        self._say(b"go\n")

    def release(self, pictures: Future[Any] | None = None) -> None:
        """Lets an engine that waits go on: to the synthesis, and to the end once the pictures are there."""
        self.released = time.monotonic()
        self._say(b"go\ngo\n")
        if pictures is None:
            self._go_on()
        else:
            pictures.add_done_callback(self._go_on)

    def _go_on(self, _: object = None) -> None:
        """Past the last wait: the engine will be told nothing more."""
        self._say(b"go\n")
        assert self.process.stdin is not None
        with contextlib.suppress(BrokenPipeError, ValueError):
            self.process.stdin.close()

    def _say(self, words: bytes) -> None:
        assert self.process.stdin is not None
        with contextlib.suppress(BrokenPipeError, ValueError):
            self.process.stdin.write(words)
            self.process.stdin.flush()

    def wait(self, limit: float, stale: Callable[[], bool] | None = None) -> bool:
        """Waits at most `limit` seconds; tells whether the engine ended by itself. One that hangs is stopped.

        Where `stale` turns true meanwhile, the engine is stopped as well, and `Stale` is raised.
        """
        end = time.monotonic() + limit
        while True:
            left = end - time.monotonic()
            try:
                self.process.wait(min(left, 0.03) if stale else left)
                return True
            except subprocess.TimeoutExpired:
                if stale is not None and stale():
                    self.stop()
                    raise Stale from None
                if time.monotonic() >= end:
                    self.stop()
                    return False

    def stop(self) -> None:
        """Ends the engine and whatever it started."""
        if self.process.poll() is None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                self.process.kill()
        self.process.wait()
        if self.process.stdin and not self.process.stdin.closed:
            with contextlib.suppress(BrokenPipeError):
                self.process.stdin.close()

    @property
    def alive(self) -> bool:
        """Whether the engine still runs."""
        return self.process.poll() is None

    def made(self, suffix: str) -> Path:
        """A file of this pass, such as `made("pdf")`."""
        return self.folder / f"{self.jobname}.{suffix}"


def start(
    tex: Path,
    folder: Path,
    *,
    main: str = "report",
    jobname: str = "report",
    draft: bool = False,
    waiting: bool = False,
    epoch: int = 0,
    format: Path | None = None,
) -> Pass:
    """Starts the engine on `main` of the folder `tex`. Raises `EngineMissing`, and `OSError` where `folder` cannot be made.

    `waiting` stops it after the preamble until `release`; `draft` makes no PDF, only what the next pass reads;
    `format` is a dumped preamble to start from (synopse/typeset/format.py).
    """
    if shutil.which(COMMAND) is None:
        raise EngineMissing(COMMAND)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    code = (WAIT if waiting else "") + (r"\def\synopsedraft{}" if draft else "") + rf"\input{{{main}}}"
    command = [
        COMMAND,
        *([f"-fmt={format}"] if format else []),
        "-interaction=nonstopmode",
        "-halt-on-error",
        "-file-line-error",
    ]
    command += ["-no-shell-escape", "--nosocket", f"-jobname={jobname}"]
    command += ["-draftmode"] if draft else ["-synctex=-1"]
    process = subprocess.Popen(
        [*command, code],
        cwd=folder,
        env=environment(tex, folder, epoch),
        stdin=subprocess.PIPE if waiting else subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_die_with_parent if sys.platform == "linux" else None,
    )
    return Pass(process, folder, jobname)


def _die_with_parent() -> None:
    """Linux: the engine ends when the program that started it does, even by SIGKILL (prctl(2), PR_SET_PDEATHSIG)."""
    import ctypes

    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
