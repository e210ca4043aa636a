"""LuaLaTeX as a process: started before its input is ready, it reads the preamble and waits; then it is given the body.

The engine runs in a folder of its own (`process.run_folder`), reads the generated LaTeX through TEXINPUTS, and may write
nowhere else: no shell escape, no sockets, and the walls of `rooms.py`, `walls.py` and `walls.lua`. They stand behind the
escapes, which let no command through. What the engine prints goes to a file beside its log: where it dies before TeX's
log begins, that is all it said.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from synopse.ground.files import text_of, write_whole
from synopse.ground.settings import time_limit
from synopse.typeset import process as processes
from synopse.typeset.rooms import ENGINE, GUARD, environment, found, room

if TYPE_CHECKING:
    from concurrent.futures import Future

WAIT = r"\def\synopsewait{\directlua{local go = io.stdin:read('*l') if not (go == 'go') then os.exit(3) end}}"
PRINTED = "printed"
"""The file in an engine's folder that holds what it printed."""
TIME_LIMIT = time_limit(os.environ)
"""Seconds that one pass may take, for each hundred fiches begun."""


@dataclass
class Pass:
    """One run of the engine. `wait` gives its result; `stop` ends it at once."""

    process: subprocess.Popen[bytes]
    folder: Path
    jobname: str
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
        """Waits at most `limit` seconds; tells whether the engine ended by itself. Raises `process.Stale`."""
        return processes.wait(self.process, limit, stale)

    def stop(self) -> None:
        """Ends the engine and whatever it started, and removes its folder."""
        processes.end(self.process)
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def alive(self) -> bool:
        """Whether the engine still runs, and its folder is still there (`doit clean` takes it away)."""
        return self.process.poll() is None and self.folder.is_dir()

    def made(self, suffix: str) -> Path:
        """A file of this pass, such as `made("pdf")`."""
        return self.folder / f"{self.jobname}.{suffix}"

    def log(self) -> str:
        """TeX's log; what the engine printed, where it died before there was one."""
        return text_of(self.made("log")) or text_of(self.folder / PRINTED)


def start(
    tex: Path,
    build: Path,
    name: str,
    *,
    main: str = "report",
    text: str = "",
    jobname: str = "report",
    draft: bool = False,
    waiting: bool = False,
    epoch: int = 0,
    format: Path | None = None,
) -> Pass:
    """Starts the engine on `main` of the folder `tex`, in a folder of its own called after `name` under `build`.

    Where a `text` is given, it is what `main` holds, for this run alone. `waiting` stops the engine after the preamble
    until `release`; `draft` makes no PDF, only what the next pass reads; `format` is a dumped preamble to start from
    (synopse/typeset/format.py). Raises `EngineMissing`, and `OSError` where the folder cannot be made.
    """
    program = found(ENGINE)
    folder = processes.run_folder(build, name)
    if text:
        write_whole(folder / f"{main}.tex", text)
    code = (WAIT if waiting else "") + (r"\def\synopsedraft{}" if draft else "") + rf"\input{{{main}}}"
    command = [
        program,
        f"--lua={GUARD}",
        *([f"-fmt={format}"] if format else []),
        "-interaction=nonstopmode",
        "-halt-on-error",
        "-file-line-error",
    ]
    command += ["-no-shell-escape", "--nosocket", f"-jobname={jobname}"]
    command += ["-draftmode"] if draft else ["-synctex=-1"]
    environ, shut_in = environment(tex, folder, epoch), room(program, tex, folder, *([str(format)] if format else []))
    with (folder / PRINTED).open("wb") as printed:
        process = processes.begin([*command, code], folder, environ, shut_in, waiting=waiting, output=printed)
    return Pass(process, folder, jobname)
