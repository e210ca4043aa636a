"""LuaLaTeX as a process: started before its input is ready, it reads the preamble and waits; then it is given the body.

The engine runs in a folder of its own (`process.run_folder`), reads the generated LaTeX through TEXINPUTS, and may write
nowhere else: no shell escape, no sockets, `openin_any` and `openout_any` paranoid (kpathsea manual, § 5.2 "Safe
filenames"). These walls stand behind the escapes, which let no command through.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from synopse.files import write_whole
from synopse.settings import time_limit
from synopse.typeset import process as processes

if TYPE_CHECKING:
    from concurrent.futures import Future

COMMAND = "lualatex"
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts", "/Library/Fonts")
WAIT = r"\def\synopsewait{\directlua{local go = io.stdin:read('*l') if not (go == 'go') then os.exit(3) end}}"
TIME_LIMIT = time_limit(os.environ)
"""Seconds that one pass may take, for each hundred fiches begun."""


class EngineMissing(Exception):
    """The engine is not installed."""


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
    if shutil.which(COMMAND) is None:
        raise EngineMissing(COMMAND)
    folder = processes.run_folder(build, name)
    if text:
        write_whole(folder / f"{main}.tex", text)
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
    process = processes.begin([*command, code], folder, environment(tex, folder, epoch), waiting=waiting)
    return Pass(process, folder, jobname)
