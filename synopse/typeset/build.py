"""From the folder of LaTeX to `build/report.pdf`: pictures beside, passes, problems told at the source, files whole."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from synopse.console import say, step
from synopse.diagnostics import Diagnostic, Span, has_errors, problem
from synopse.files import copy_whole, text_of, write_whole
from synopse.typeset.engine import TIME_LIMIT, EngineMissing
from synopse.typeset.passes import PassLoop, Typeset

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
        self.root, self.build, self.tex = root, root / "build", root / "build" / "tex"
        self.loop: PassLoop | None = None
        self.preamble = ""
        self.drawing: Future[list[Diagnostic]] | None = None

    def warm(self) -> None:
        """Starts an engine on the preamble of the last build, if there is one: most often it is still the right one."""
        self.preamble = text_of(self.tex / "preamble.tex") + text_of(self.tex / "report.tex")
        if self.preamble and self.loop is None:
            self.loop = self._loop(_kept_epoch(self.build))
            try:
                self.loop.warm()
                self.loop.ahead()
            except (EngineMissing, OSError):
                self.loop = None

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
        """Typesets the report. A failed build leaves the last good PDF where it is."""
        epoch = session.epoch
        now = text_of(self.tex / "preamble.tex") + text_of(self.tex / "report.tex")
        if self.loop is not None and (now != self.preamble or epoch != self.loop.epoch):
            self.stop()
        try:
            self.loop = self.loop or self._loop(epoch)
            self.loop.warm()
            self.draw(session)
            fiches = len(session.project.retained)
            result = self.loop.run(TIME_LIMIT * (1 + fiches // 100), self.drawing)
            found = self.drawing.result() if self.drawing else []
            if has_errors(found):
                return found
        except EngineMissing as missing:
            return [engine_missing(str(missing))]
        finally:
            self.loop = self.drawing = None
        write_whole(self.build / "epoch", str(epoch))
        return found + self._finish(session, result)

    def _finish(self, session: Session, result: Typeset) -> list[Diagnostic]:
        from synopse.typeset.log import read_log
        from synopse.typeset.synctex import to_sources

        found = read_log(self.build, result, session.project)
        write_whole(self.build / "report.log", result.log)
        if not result.ok:
            if not has_errors(found):
                found.append(problem("tex-error", "the engine stopped without saying why", Span("build/report.log")))
            say("the whole log is in build/report.log")
            return found
        copy_whole(result.folder / "report.pdf", self.build / "report.pdf")
        self.pdf_up()
        begun = time.monotonic()
        synctex = result.folder / "report.synctex"
        if synctex.exists():
            write_whole(self.build / "report.synctex", to_sources(synctex.read_bytes(), self.build, self.root))
        step("  SyncTeX", time.monotonic() - begun)
        return found


def engine_missing(program: str) -> Diagnostic:
    """The diagnostic for a program of the TeX distribution that is not there."""
    hint = "run: bash install.sh report   (it says what to install on your system)"
    return problem("tex-missing", f"{program} is not installed", Span("build"), hint)


def _kept_epoch(build: Path) -> int:
    text = text_of(build / "epoch")
    return int(text) if text.isdigit() else 0
