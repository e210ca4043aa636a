"""The pieces of the web page: `build/html`, which `build/web.py` joins to `build/report.html`."""

from __future__ import annotations

from synopse.render.html.document import HtmlDocument
from synopse.render.writer import Writer

WRITER = Writer("html", HtmlDocument)
