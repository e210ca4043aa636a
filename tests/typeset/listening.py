"""A port that somebody listens on, for attempts to reach it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def listening() -> Iterator[tuple[int, list[str]]]:
    """A port of this machine, and a list that grows by a word with each call that reaches it."""
    calls: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            with suppress(OSError):
                while True:
                    server.accept()[0].close()
                    calls.append("connected")

        threading.Thread(target=answer, daemon=True).start()
        yield server.getsockname()[1], calls
