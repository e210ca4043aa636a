"""A folder of LaTeX in; its PDF as a stranger's machine makes it, in a folder with nothing else, out.

The engine stands behind the same walls as that of a report. XeTeX has no Lua for the keepers of `walls.lua` to hold; what it makes is
made into a PDF by a second program, which is started by itself: the engine runs none.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from synopse.ground.files import text_of
from synopse.typeset import process as processes
from synopse.typeset.biber import run_biber
from synopse.typeset.engine import PRINTED, TIME_LIMIT
from synopse.typeset.log import why_failed
from synopse.typeset.passes import MOST_PASSES
from synopse.typeset.rooms import GUARD, environment, found, room

MOVING = ("aux", "toc", "lof", "lot", "out", "bbl")
"""The files, by their endings, that a pass reads of the last one."""
DRIVER = "xdvipdfmx"
SETTINGS = ("/etc/fonts", "/var/cache/fontconfig", "/etc/papersize", "/etc/paperspecs", "/etc/paper.config")
"""What XeTeX reads of fontconfig, and what makes its PDF of the sizes of paper (libpaper)."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """What came of a folder: the PDF, the formatted bibliography, and why there is none of them."""

    pdf: bytes = b""
    bbl: bytes = b""
    why: str = ""
    log: str = ""


def compiled(files: Mapping[str, bytes], main: str, engine: str, build: Path, epoch: int) -> Compiled:
    """Compiles `main` of the files in a folder of its own under `build`, in as many passes as it takes, with biber between.

    Raises `EngineMissing` where a program is not there.
    """
    program = found(engine)
    driver = found(DRIVER) if engine == "xelatex" else ""
    folder = processes.run_folder(build, "bundle")
    try:
        for name, data in files.items():
            (folder / name).write_bytes(data)
        run = _Run(folder, main, epoch)
        state = b""
        for _ in range(MOST_PASSES):
            why = run.engine(program)
            if why:
                return Compiled(why=why, log=text_of(folder / f"{main}.log"))
            said = run.biber()
            if said:
                return Compiled(why=said, log=text_of(folder / f"{main}.log"))
            before, state = state, run.state()
            if state == before:
                break
        if driver:
            why = run.program([driver, "-q", f"{main}.xdv"], driver)
            if why:
                return Compiled(why=why)
        made, bbl = folder / f"{main}.pdf", folder / f"{main}.bbl"
        return Compiled(made.read_bytes(), bbl.read_bytes() if bbl.exists() else b"")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class _Run:
    """The programs that work in one folder."""

    def __init__(self, folder: Path, main: str, epoch: int) -> None:
        self.folder, self.main, self.epoch, self.controlled = folder, main, epoch, b""

    def engine(self, program: str) -> str:
        """One pass; why it failed, or nothing."""
        lua = Path(program).name == "lualatex"
        command = [program, *([f"--lua={GUARD}", "--nosocket"] if lua else ["-no-pdf"])]
        command += ["-interaction=nonstopmode", "-halt-on-error", "-file-line-error", "-no-shell-escape"]
        return self.program([*command, f"{self.main}.tex"], program)

    def program(self, command: list[str], program: str) -> str:
        """A program in the folder; why it failed, or nothing."""
        environ = environment(self.folder, self.folder, self.epoch)
        with (self.folder / PRINTED).open("wb") as printed:
            shut_in = room(program, self.folder, self.folder, *SETTINGS)
            process = processes.begin(command, self.folder, environ, shut_in, output=printed)
        if not processes.wait(process, TIME_LIMIT):
            return f"{Path(program).name} did not finish in time"
        if not process.returncode:
            return ""
        said = text_of(self.folder / PRINTED)
        if Path(program).name == DRIVER:
            return said.strip().rpartition("\n")[2] or f"{DRIVER} failed"
        return why_failed(text_of(self.folder / f"{self.main}.log") or said, process.returncode)

    def biber(self) -> str:
        """The bibliography, where what is asked of it has changed; why it failed, or nothing."""
        control = self.folder / f"{self.main}.bcf"
        asked = control.read_bytes() if control.exists() else b""
        if asked == self.controlled:
            return ""
        self.controlled = asked
        said = run_biber(self.folder, self.folder, self.main, self.epoch)
        return next((line for line in said if line.startswith("ERROR")), "")

    def state(self) -> bytes:
        """A digest of what the next pass would read."""
        state = hashlib.blake2b()
        for ending in MOVING:
            path = self.folder / f"{self.main}.{ending}"
            state.update(path.read_bytes() if path.exists() else b"-")
        return state.digest()
