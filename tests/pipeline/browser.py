"""A real Chromium, driven by Selenium: pages from files, nothing from the network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

BROWSER, DRIVER = (shutil.which(name) for name in ("chromium", "chromedriver"))
needs_browser = pytest.mark.skipif(not BROWSER or not DRIVER, reason="Chromium and its driver are not there")
OPTIONS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
           "--disable-component-update", "--disable-sync", "--disable-quic", "--disable-dev-shm-usage")  # fmt: skip


@contextmanager
def browser(width: int = 1200, height: int = 900, dark: bool = False) -> Iterator[Chrome]:
    """A window of a size, in the light or in the dark."""
    options = Options()
    options.binary_location = BROWSER or ""
    for each in (*OPTIONS, f"--window-size={width},{height}"):
        options.add_argument(each)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    made = Chrome(options=options, service=Service(DRIVER))
    try:
        if dark:
            scheme = {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}
            made.execute_cdp_cmd("Emulation.setEmulatedMedia", scheme)
        yield made
    finally:
        made.quit()


def opened(made: Chrome, page: Path, address: str = "") -> None:
    """Opens a page of a file; what follows `#` in `address`."""
    made.get("about:blank")
    made.get(page.as_uri() + address)


def complaints(made: Chrome) -> list[str]:
    """What the browser's console says of the page."""
    return [str(each["message"]) for each in made.get_log("browser")]  # type: ignore[no-untyped-call]
