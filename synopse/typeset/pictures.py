"""The figures of a session in, one PDF each in `build/tex/figures` out; only those whose LaTeX has changed are drawn.

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
from synopse.files import write_whole
from synopse.render.document import Fallback
from synopse.render.environment import render
from synopse.render.fonts import fallbacks
from synopse.render.linemap import without_marks
from synopse.render.pictures import Picture, draw
from synopse.synthesis.table import Figure
from synopse.typeset.engine import TIME_LIMIT, EngineMissing, start

if TYPE_CHECKING:
    from synopse.session import Session


class Pictures:
    """Draws the pictures of one session."""

    def __init__(self, session: Session) -> None:
        self.session = session
        parts = session.synthesis[0]
        self.pictures = [
            draw(part, session.project.words) for part in parts if isinstance(part, Figure) and part.table.rows
        ]
        self.folder = session.tex / "figures"

    def _latex(self, pictures: list[Picture]) -> str:
        texts = "".join(shape.text for picture in pictures for shape in picture.shapes)
        fonts = [Fallback(font.file, "node") for font in fallbacks(texts)[0]]
        if fonts:
            fonts.insert(0, Fallback("LinLibertine_R.otf", "node"))
        marked = render(self.session.document.environment, "figures.tex", pictures=pictures, fallback=fonts)
        return without_marks(marked)[0]

    def draw(self) -> list[Diagnostic]:
        """Draws what has changed; removes what is no longer asked for. Gives what went wrong."""
        keys = {p.id: hashlib.blake2b(self._latex([p]).encode(), digest_size=16).hexdigest() for p in self.pictures}
        stale = [p for p in self.pictures if not self._is_fresh(p.id, keys[p.id])]
        if self.folder.exists():
            for path in self.folder.glob("*.*"):
                if path.stem not in keys:
                    path.unlink()
        if not stale:
            return []
        begun = time.monotonic()
        text = self._latex(stale)
        write_whole(self.session.tex / "figures.tex", text)
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
        self._split(engine.made("pdf").read_bytes(), stale, keys)
        step("  pictures", time.monotonic() - begun)
        return []

    def _is_fresh(self, name: str, key: str) -> bool:
        try:
            return (self.folder / f"{name}.pdf").exists() and (self.folder / f"{name}.key").read_text("utf-8") == key
        except OSError:
            return False

    def _split(self, data: bytes, pictures: list[Picture], keys: dict[str, str]) -> None:
        from pypdf import PdfReader, PdfWriter

        reader = PdfReader(io.BytesIO(data))
        for page, picture in zip(reader.pages, pictures, strict=True):
            writer = PdfWriter()
            writer.add_page(page)
            stream = io.BytesIO()
            writer.write(stream)
            write_whole(self.folder / f"{picture.id}.pdf", stream.getvalue())
            write_whole(self.folder / f"{picture.id}.key", keys[picture.id])
