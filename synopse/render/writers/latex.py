"""The LaTeX that the engine reads: `build/tex`, and for each file its line map in `build/lines`."""

from __future__ import annotations

from synopse.render.latex.document import Document
from synopse.render.writer import Writer

WRITER = Writer("latex", Document)
