"""The page as the watch serves it: to this machine alone, itself alone, and anew at every build."""

from __future__ import annotations

import http.client
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from synopse.commands.serve import PageServer, served

PAGE = "<html><head><meta content=\"default-src 'none'; script-src 'sha256-abc'\"></head><body><p>Un</p></body></html>"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[PageServer, Path]]:
    page = tmp_path / "report.html"
    page.write_text(PAGE, "utf-8")
    made = PageServer(page)
    yield made, page
    made.stop()


def asked(server: PageServer, path: str = "/", host: str = "") -> tuple[int, str]:
    port = int(server.address.rstrip("/").rpartition(":")[2])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", path, headers={"Host": host or f"127.0.0.1:{port}"})
    answer = connection.getresponse()
    return answer.status, answer.read().decode("utf-8")


def test_the_page_is_served_with_a_script_that_its_policy_knows(server: tuple[PageServer, Path]) -> None:
    status, text = asked(server[0])
    assert status == 200 and "<p>Un</p>" in text and "EventSource" in text and "connect-src 'self'" in text
    digest = re.search(r"script-src '(sha256-[^']+)'", served(PAGE))
    assert digest is not None and digest[1] in text


@pytest.mark.parametrize("path", ["/etc/passwd", "/../report.html", "/report.log", "/?x"])
def test_nothing_else_is_served(server: tuple[PageServer, Path], path: str) -> None:
    assert asked(server[0], path)[0] == 404


def test_who_asks_by_another_name_gets_nothing(server: tuple[PageServer, Path]) -> None:
    assert asked(server[0], host="evil.example:80") == (403, "")
    assert asked(server[0], "/changes", host="evil.example")[0] == 403


def test_a_new_page_is_told_within_a_moment(server: tuple[PageServer, Path]) -> None:
    made, page = server
    port = int(made.address.rstrip("/").rpartition(":")[2])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/changes", headers={"Host": f"127.0.0.1:{port}"})
    answer = connection.getresponse()
    told: list[float] = []
    reader = threading.Thread(target=lambda: told.append(time.monotonic() if answer.read(5) == b"data:" else 0.0))
    reader.start()
    time.sleep(0.2)
    begun = time.monotonic()
    page.write_text(PAGE.replace("Un", "Deux"), "utf-8")
    reader.join(5)
    assert told and 0 <= told[0] - begun < 2


def test_a_page_that_is_not_there_yet_is_told(tmp_path: Path) -> None:
    made = PageServer(tmp_path / "none.html")
    try:
        assert asked(made)[0] == 503
    finally:
        made.stop()
