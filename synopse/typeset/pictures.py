"""The shapes of pictures in `build/tex/figures` in, one PDF each beside them out; only those that changed are drawn.

All that are to be drawn are set in one run of the engine, a page each, for its preamble costs more than they do;
pypdf takes the pages apart.
"""

from __future__ import annotations

import hashlib
import io
import time
from typing import TYPE_CHECKING

from synopse.console import step
from synopse.diagnostics import Diagnostic, Span, problem
from synopse.files import text_of, write_whole
from synopse.typeset.engine import TIME_LIMIT, EngineMissing, start

if TYPE_CHECKING:
    from synopse.session import Session


class Pictures:
    """The pictures of one session, as they were written last."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.folder = session.tex / "figures"
        template = (session.root / "templates" / "figures.tex").read_bytes()
        shapes = {path.stem: path.read_bytes() for path in sorted(self.folder.glob("*.tex"))}
        self.keys = {
            name: hashlib.blake2b(template + data, digest_size=16).hexdigest() for name, data in shapes.items()
        }
        self.stale = [name for name in self.keys if not self._is_fresh(name)]
        self.main = self._main_file() if self.stale else ""

    def _is_fresh(self, name: str) -> bool:
        return (self.folder / f"{name}.pdf").exists() and text_of(self.folder / f"{name}.key") == self.keys[name]

    def draw(self) -> list[Diagnostic]:
        """Draws what has changed; removes what is no longer asked for. Gives what went wrong."""
        for path in self.folder.glob("*.*"):
            if path.stem not in self.keys:
                path.unlink()
        if not self.stale:
            return []
        begun = time.monotonic()
        write_whole(self.session.tex / "figures.tex", self.main)
        run = self.session.build / "run" / "figures"
        try:
            engine = start(self.session.tex, run, main="figures", jobname="figures", epoch=self.session.epoch)
        except EngineMissing:
            return []
        in_time = engine.wait(TIME_LIMIT)
        if not in_time or engine.process.returncode or not engine.made("pdf").exists():
            log = engine.made("log")
            write_whole(self.session.build / "figures.log", log.read_bytes() if log.exists() else b"")
            what = "the pictures could not be drawn" if in_time else "the pictures were not drawn in time"
            return [problem("tex-error", what, Span("templates/figures.tex"), "the log is in build/figures.log")]
        self._split(engine.made("pdf").read_bytes())
        step("  pictures", time.monotonic() - begun)
        return []

    def _main_file(self) -> str:
        from synopse.render.fonts import fallbacks
        from synopse.render.linemap import without_marks

        fonts, _ = fallbacks("".join(text_of(self.folder / f"{name}.tex") for name in self.stale))
        return without_marks(self.session.document.pictures(self.stale, fonts))[0]

    def _split(self, data: bytes) -> None:
        from pypdf import PdfReader, PdfWriter

        reader = PdfReader(io.BytesIO(data))
        for page, name in zip(reader.pages, self.stale, strict=True):
            writer = PdfWriter()
            writer.add_page(page)
            stream = io.BytesIO()
            writer.write(stream)
            write_whole(self.folder / f"{name}.pdf", stream.getvalue())
            write_whole(self.folder / f"{name}.key", self.keys[name])
