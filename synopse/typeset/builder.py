"""From the folder of LaTeX to `build/report.pdf`: pictures beside, passes, problems told at the source, files whole."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from synopse.diagnostics import Diagnostic, Span, has_errors, problem
from synopse.diagnostics.console import say, step
from synopse.ground.cache import typeset_digest
from synopse.ground.files import copy_whole, own_files, text_of, version, write_whole
from synopse.ground.store import Store
from synopse.ground.templates import brought_along, template
from synopse.typeset.archive import archived
from synopse.typeset.beside import awaited, beside, wait_for_end
from synopse.typeset.format import make_aside
from synopse.typeset.job import Job
from synopse.typeset.missing import program_missing
from synopse.typeset.passes import PassLoop, PassResult, kept_warnings
from synopse.typeset.rooms import EngineMissing

if TYPE_CHECKING:
    from concurrent.futures import Future

    from synopse.typeset.pictures import Pictures


TYPESET, ARCHIVE = "typeset", "archive"
"""The steps under which the store remembers the engine's PDF with what came with it, and the report's."""


class Builder:
    """Typesets one project. `warm` may be called before anything is known to have changed."""

    def __init__(
        self,
        root: Path,
        store: Store,
        stale: Callable[[], bool] | None = None,
        pdf_up: Callable[[], None] = lambda: None,
    ) -> None:
        """`stale` tells whether what is typeset is out of date; `pdf_up` is called once the PDF is in its place."""
        self.stale, self.pdf_up = stale, pdf_up
        self.root, self.store, self.build = root, store, store.folder
        self.tex, self.good = self.build / "tex", self.build / "aux" / "good"
        self.loop: PassLoop | None = None
        self.preamble: list[str] = []
        self.pictures: Pictures | None = None
        self.drawing: Future[list[Diagnostic]] | None = None

    def warm(self) -> None:
        """Starts an engine on the preamble of the last build, if there is one: most often it is still the right one."""
        if self.loop is not None or not all(self._head()):
            return
        self.preamble = self._head()
        self.loop = self._loop(self.store.found(TYPESET, "epoch", 0))
        try:
            self.loop.warm()
            self.loop.ahead()
        except (EngineMissing, OSError):
            self.loop = None

    def renew(self) -> None:
        """Starts the waiting engine anew, where there is one: what it has read of the bibliography is out of date."""
        if self.loop is not None:
            self.stop()
            self.warm()

    def _head(self) -> list[str]:
        """All that an engine has read when it waits for the body."""
        named = [self.tex / f"{name}.tex" for name in ("base", "preamble", "report")]
        return [version(path) for path in (*named, *own_files(self.tex))]

    def _loop(self, epoch: int) -> PassLoop:
        loop = PassLoop(self.tex, self.store, epoch, lambda name, seconds: step(f"  {name}", seconds))
        loop.stale = self.stale
        return loop

    def stop(self) -> None:
        """Ends the engine that waits, and the one that draws pictures."""
        if self.loop is not None:
            self.loop.stop()
        self.loop = None
        self._end_drawing()

    def _end_drawing(self) -> None:
        """Lets nothing go on that draws pictures: what the next build finds is then no longer written to."""
        if self.pictures is not None and self.drawing is not None:
            self.pictures.stop()
            wait_for_end(self.drawing)
        self.pictures = self.drawing = None

    def draw(self, job: Job) -> None:
        """Begins to draw the pictures, beside everything else; where none has changed, nothing is drawn."""
        from synopse.typeset.pictures import Pictures

        if self.drawing is None:
            self.pictures = Pictures(job)
            self.drawing = beside(self.pictures.draw)

    def pdf(self, job: Job) -> list[Diagnostic]:
        """Typesets the report. A failed build leaves the last good PDF where it is.

        Where the LaTeX is that of the PDF, and only lines of the sources have moved, SyncTeX alone is written anew.
        """
        try:
            epoch = job.epoch
            key = self._inputs(epoch)
            if self.store.is_made(TYPESET, inputs=key):
                self._archive(job, key)
                return self._tell(job, self._as_before())
            return self._typeset(job, epoch, key)
        except EngineMissing as missing:
            return [program_missing(str(missing))]
        finally:
            self._end_drawing()
            if self.loop is not None:
                self.loop.stop()
                self.loop.forget()
            self.loop = None

    def _typeset(self, job: Job, epoch: int, key: str) -> list[Diagnostic]:
        if self.loop is not None and (self._head() != self.preamble or epoch != self.loop.epoch):
            self.loop.stop()
            self.loop = None
        self.loop = self.loop or self._loop(epoch)
        self.loop.warm()
        self.draw(job)
        assert self.drawing is not None
        result = self.loop.run(job.limit, self.drawing)
        found = awaited(self.drawing, self.stale)
        if has_errors(found):
            return found
        write_whole(self.build / "report.log", result.log)
        if result.ok:
            self._keep(result, epoch, key)
            self._archive(job, key)
            if self.loop.format is None:
                make_aside(self.loop.formats)
        return found + self._tell(job, result)

    def _keep(self, result: PassResult, epoch: int, key: str) -> None:
        """Keeps the engine's PDF apart, and what belongs to it: its log may be asked for after a failed build."""
        copy_whole(result.folder / "report.pdf", self.good / "report.pdf")
        write_whole(self.good / "report.log", result.log)
        write_whole(self.good / "biber.txt", "\n".join(result.biber))
        write_whole(self.good / "moving.txt", "\n".join(result.moving))
        (result.folder / "report.synctex").replace(self.good / "report.synctex")
        names = ("report.pdf", "report.log", "biber.txt", "moving.txt", "report.synctex")
        self.store.keep_made(TYPESET, {"inputs": key}, [self.good / name for name in names], {"epoch": epoch})

    def _archive(self, job: Job, key: str) -> None:
        """Puts the PDF into its place, as the archive's PDF that the report asks for."""
        archive = job.archive()
        of = archive.key if archive else "none"
        if self.store.is_made(ARCHIVE, pdf=key, archive=of):
            return
        target = self.build / "report.pdf"
        if archive is None:
            copy_whole(self.good / "report.pdf", target)
        else:
            write_whole(target, archived((self.good / "report.pdf").read_bytes(), archive))
        self.store.keep_made(ARCHIVE, {"pdf": key, "archive": of}, [target])

    def _inputs(self, epoch: int) -> str:
        """A digest of all that the engine reads of the report, and of its date; of its pictures, what they are drawn by."""
        named = (self.tex / "references.bib", template(self.root, "figures.tex"), *brought_along(self.root))
        files = (*sorted(self.tex.rglob("*.tex")), *named)
        return typeset_digest(
            str(epoch).encode(), *(part for path in files for part in (path.name.encode(), path.read_bytes()))
        )

    def _as_before(self) -> PassResult:
        """What the passes left that made the PDF."""
        log = text_of(self.good / "report.log")
        write_whole(self.build / "report.log", log)
        moving = tuple(text_of(self.good / "moving.txt").splitlines())
        return PassResult(self.good, True, log, kept_warnings(self.good), moving=moving)

    def _tell(self, job: Job, result: PassResult) -> list[Diagnostic]:
        """Leads what the engine said, and its SyncTeX, back to the sources."""
        from synopse.typeset.log import last_words, read_log
        from synopse.typeset.synctex import to_sources

        found = read_log(self.build, result, job.sources)
        if not result.ok:
            if not has_errors(found):
                found.append(problem("tex-error", last_words(result.log, result.status), Span("build/report.log")))
            say("the whole log is in build/report.log")
            return found
        self.pdf_up()
        begun = time.monotonic()
        data = (self.good / "report.synctex").read_bytes()
        write_whole(self.build / "report.synctex", to_sources(data, self.build, self.root))
        step("  SyncTeX", time.monotonic() - begun)
        return job.accepted(found)
