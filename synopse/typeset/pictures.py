"""The shapes of pictures in `build/tex/figures` in, one PDF each beside them out; where one has changed, all are drawn anew.

All are set in one run of the engine, a page each, for its preamble costs more than they do; pypdf takes the pages apart. The fonts
of a page hold the letters of all pages, so that the bytes of a picture depend on all that were drawn with it: drawn one by one,
they would not be those of a cold build.
"""

from __future__ import annotations

import io
import threading
import time

from synopse.diagnostics import Diagnostic, Span, problem
from synopse.diagnostics.console import step
from synopse.ground.cache import typeset_digest
from synopse.ground.files import write_whole
from synopse.render.latex.template_files import read_template
from synopse.typeset.engine import TIME_LIMIT, Pass, start
from synopse.typeset.job import Job
from synopse.typeset.rooms import EngineMissing


class Pictures:
    """The pictures of one report, as they were written last. What is drawn, and under which names, is settled at once."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.folder = job.tex / "figures"
        template = read_template(job.root, "figures")
        shapes = {path.stem: path.read_bytes() for path in sorted(self.folder.glob("*.tex"))}
        self.names = list(shapes)
        self.key = typeset_digest(template, *(part for name in shapes for part in (name.encode(), shapes[name])))
        self.stale = not all(job.store.is_made(_step(name), of=self.key) for name in self.names)
        self.main = job.pictures(self.names) if self.stale else ""
        self.ending = threading.Event()

    def stop(self) -> None:
        """Ends the engine that draws; `draw` raises `process.Stale`."""
        self.ending.set()

    def draw(self) -> list[Diagnostic]:
        """Draws them where one has changed; removes what is no longer asked for. Gives what went wrong."""
        self.job.store.forget_others(_step(""), {_step(name) for name in self.names})
        if not self.stale:
            return []
        begun = time.monotonic()
        try:
            engine = self._start()
        except EngineMissing:
            return []
        try:
            found = self._take(engine)
        finally:
            engine.stop()
        if not found:
            step("  pictures", time.monotonic() - begun)
        return found

    def _start(self) -> Pass:
        job = self.job
        return start(job.tex, job.build, "figures", main="figures", text=self.main, jobname="figures", epoch=job.epoch)

    def _take(self, engine: Pass) -> list[Diagnostic]:
        in_time = engine.wait(TIME_LIMIT, self.ending.is_set)
        if in_time and not engine.process.returncode and engine.made("pdf").exists():
            self._split(engine.made("pdf").read_bytes())
            return []
        from synopse.typeset.log import why_failed

        log = engine.log()
        write_whole(self.job.build / "figures.log", log)
        write_whole(self.job.build / "figures.tex", self.main)
        why = why_failed(log, engine.process.returncode) if in_time else "they were not drawn in time"
        what, hint = f"the pictures could not be drawn: {why}", "the log is in build/figures.log, of build/figures.tex"
        return [problem("tex-error", what, Span("templates/figures.tex"), hint)]

    def _split(self, data: bytes) -> None:
        from pypdf import PdfReader, PdfWriter

        reader = PdfReader(io.BytesIO(data))
        for page, name in zip(reader.pages, self.names, strict=True):
            writer = PdfWriter()
            writer.add_page(page)
            stream = io.BytesIO()
            writer.write(stream)
            path = self.folder / f"{name}.pdf"
            write_whole(path, stream.getvalue())
            self.job.store.keep_made(_step(name), {"of": self.key}, [path])


def _step(name: str) -> str:
    """The step under which the store remembers a picture."""
    return f"picture:{name}"
