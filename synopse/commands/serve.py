"""`doit watch --open`: the web page at an address of this machine alone; it loads itself anew at every build.

Nothing but the page is served, and only to who asks for it by the name of this machine: another site could else read it through a
name that it lets lead here (DNS rebinding).
"""

from __future__ import annotations

import contextlib
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from synopse.ground.stamps import stamp
from synopse.render.html.join import digest

RELOAD = 'new EventSource("/changes").onmessage=()=>location.reload()'
"""What the page does beside its own script, while it is served."""
LOOK, BEAT = 0.05, 15.0
"""Seconds between two looks at the file, and between two signs of life."""


def served(page: str) -> str:
    """The page with the script that loads it anew, which its policy is told of."""
    allowed = page.replace("script-src '", f"connect-src 'self'; script-src 'sha256-{digest(RELOAD)}' '", 1)
    head, end, tail = allowed.rpartition("</body>")
    return f"{head}<script>{RELOAD}</script>{end}{tail}"


class PageServer:
    """Serves one page from a thread of its own until it is stopped."""

    def __init__(self, page: Path, port: int = 0) -> None:
        """`port` 0 lets the system choose one."""
        self.ending = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler(page, self.ending))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/"

    def stop(self) -> None:
        """Ends every answer that is under way, and the thread."""
        self.ending.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler(page: Path, ending: threading.Event) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Answers for the page, and tells when it has changed."""

        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            """The page, or the events that tell of a new one."""
            host = (self.headers.get("Host") or "").rpartition(":")[0]
            if host not in ("127.0.0.1", "localhost"):
                self._answer(403, b"")
            elif self.path == "/changes":
                self._tell()
            elif self.path == "/":
                try:
                    self._answer(200, served(page.read_text("utf-8")).encode("utf-8"))
                except OSError:
                    self._answer(503, b"not built yet", "text/plain; charset=utf-8")
            else:
                self._answer(404, b"")

        def _answer(self, code: int, body: bytes, kind: str = "text/html; charset=utf-8") -> None:
            self.send_response(code)
            for name, value in (("Content-Type", kind), ("Content-Length", str(len(body))), ("Cache-Control", "no-store"),
                                ("X-Content-Type-Options", "nosniff")):  # fmt: skip
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def _tell(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            known, beaten = stamp(page), time.monotonic()
            with contextlib.suppress(OSError):
                while not ending.wait(LOOK):
                    now = stamp(page)
                    if now and now != known:
                        self.wfile.write(b"data: new\n\n")
                        known = now
                    elif time.monotonic() > beaten + BEAT:
                        self.wfile.write(b": alive\n\n")
                        beaten = time.monotonic()
            self.close_connection = True

        def log_message(self, format: str, *arguments: object) -> None:
            """Nothing: the terminal is the watch's."""

    return Handler
