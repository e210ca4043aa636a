"""From the folder of LaTeX to `build/report.pdf`: pictures beside, passes, problems told at the source, files whole."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from synopse.console import say, step
from synopse.diagnostics import Diagnostic, Span, has_errors, problem
from synopse.files import copy_whole, text_of, write_whole
from synopse.typeset.engine import TIME_LIMIT, EngineMissing
from synopse.typeset.format import FormatMaker
from synopse.typeset.passes import PassLoop, Typeset, kept_warnings

if TYPE_CHECKING:
    from concurrent.futures import Future

    from synopse.session import Session


class Builder:
    """Typesets one project. `warm` may be called before anything is known to have changed."""

    def __init__(
        self,
        root: Path,
        stale: Callable[[], bool] | None = None,
        pdf_up: Callable[[], None] = lambda: None,
    ) -> None:
        """`stale` tells whether what is typeset is out of date; `pdf_up` is called once the PDF is in its place."""
        self.stale, self.pdf_up = stale, pdf_up
        self.root, self.build = root, root / "build"
        self.tex, self.aux = self.build / "tex", self.build / "aux"
        self.loop: PassLoop | None = None
        self.preamble = ""
        self.drawing: Future[list[Diagnostic]] | None = None

    def warm(self) -> None:
        """Starts an engine on the preamble of the last build, if there is one: most often it is still the right one."""
        self.preamble = self._head()
        if self.preamble and self.loop is None:
            self.loop = self._loop(_kept_epoch(self.build))
            try:
                self.loop.warm()
                self.loop.ahead()
            except (EngineMissing, OSError):
                self.loop = None

    def _head(self) -> str:
        """All that an engine has read when it waits for the body."""
        return "".join(text_of(self.tex / f"{name}.tex") for name in ("base", "preamble", "report"))

    def _loop(self, epoch: int) -> PassLoop:
        loop = PassLoop(self.tex, self.build, epoch, lambda name, seconds: step(f"  {name}", seconds))
        loop.stale = self.stale
        return loop

    def stop(self) -> None:
        """Ends an engine that waits."""
        if self.loop is not None:
            self.loop.stop()
        self.loop = None

    def draw(self, session: Session) -> None:
        """Begins to draw the pictures whose shapes have changed, beside everything else."""
        from concurrent.futures import ThreadPoolExecutor

        from synopse.typeset.pictures import Pictures

        if self.drawing is None:
            pictures = Pictures(session)
            self.drawing = ThreadPoolExecutor(1).submit(pictures.draw)

    def pdf(self, session: Session) -> list[Diagnostic]:
        """Typesets the report. A failed build leaves the last good PDF where it is.

        Where the LaTeX is that of the PDF, and only lines of the sources have moved, SyncTeX alone is written anew.
        """
        epoch, key = session.epoch, self._inputs(session.epoch)
        if key == text_of(self.aux / "inputs.key") and (self.build / "report.pdf").exists():
            self.drawing = None
            return self._tell(session, self._as_before())
        now = self._head()
        if self.loop is not None and (now != self.preamble or epoch != self.loop.epoch):
            self.stop()
        making: FormatMaker | None = None
        try:
            self.loop = self.loop or self._loop(epoch)
            self.loop.warm()
            self.draw(session)
            making = None if self.loop.format else FormatMaker(self.loop.formats)
            fiches = len(session.project.retained)
            result = self.loop.run(TIME_LIMIT * (1 + fiches // 100), self.drawing)
            found = self.drawing.result() if self.drawing else []
            if has_errors(found):
                return found
        except EngineMissing as missing:
            return [engine_missing(str(missing))]
        finally:
            if making is not None:
                making.stop()
            self.loop = self.drawing = None
        write_whole(self.build / "report.log", result.log)
        if result.ok:
            copy_whole(result.folder / "report.pdf", self.build / "report.pdf")
            (result.folder / "report.synctex").replace(self.aux / "report.synctex")
            write_whole(self.build / "epoch", str(epoch))
            write_whole(self.aux / "inputs.key", key)
        return found + self._tell(session, result)

    def _inputs(self, epoch: int) -> str:
        """A digest of all that the engine reads of the report, and of its date."""
        state = hashlib.blake2b(str(epoch).encode(), digest_size=16)
        for path in (*sorted(self.tex.rglob("*.tex")), self.tex / "references.bib"):
            state.update(path.name.encode() + path.read_bytes())
        return state.hexdigest()

    def _as_before(self) -> Typeset:
        """What the last passes left."""
        return Typeset(self.aux, True, text_of(self.build / "report.log"), kept_warnings(self.aux))

    def _tell(self, session: Session, result: Typeset) -> list[Diagnostic]:
        """Leads what the engine said, and its SyncTeX, back to the sources."""
        from synopse.typeset.log import read_log
        from synopse.typeset.synctex import to_sources

        found = read_log(self.build, result, session.project)
        if not result.ok:
            if not has_errors(found):
                found.append(problem("tex-error", "the engine stopped without saying why", Span("build/report.log")))
            say("the whole log is in build/report.log")
            return found
        self.pdf_up()
        begun = time.monotonic()
        data = (self.aux / "report.synctex").read_bytes()
        write_whole(self.build / "report.synctex", to_sources(data, self.build, self.root))
        step("  SyncTeX", time.monotonic() - begun)
        return found


def engine_missing(program: str) -> Diagnostic:
    """The diagnostic for a program of the TeX distribution that is not there."""
    hint = "run: bash install.sh report   (it says what to install on your system)"
    return problem("tex-missing", f"{program} is not installed", Span("build"), hint)


def _kept_epoch(build: Path) -> int:
    text = text_of(build / "epoch")
    return int(text) if text.isdigit() else 0
