"""A large page is written in fewer bytes: in a real Chromium it is the same page, and its script finds the same in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome

from synopse.build.session import Session
from synopse.build.web import page_of_session
from synopse.render.html import join
from tests.conftest import doit
from tests.pipeline.browser import browser, complaints, needs_browser, opened
from tests.pipeline.test_web import written_review
from tests.reports.make import write_report

pytestmark = [pytest.mark.slow, needs_browser]
LOOKED_AT = """
const all = (s, r = document) => [...r.querySelectorAll(s)], found = [];
const see = () => found.push([document.querySelector('#tools output').textContent, document.querySelector('main').innerText,
  ...all('svg [data-g]').map(e => [e.getAttribute('fill-opacity'), e.getAttribute('width'), e.textContent, e.className.baseVal])]);
all('.fiche, .part').forEach(e => e.style.contentVisibility = 'visible');
const count = {};
all('main *').forEach(e => count[e.tagName] = (count[e.tagName] || 0) + 1);
found.push(count, all('main a').map(a => a.getAttribute('href')), all('[data-c]').map(e => e.dataset.c));
see();
document.querySelector('#tools button').click();
for (const box of all('#facets input[type=checkbox]').slice(0, 14)) { box.click(); see(); box.click(); }
see();
for (const cell of all('td .says').filter((_, i) => i % 7 == 0).slice(0, 60)) {
  cell.click(); found.push(document.querySelector('dialog').innerText, all('dialog a').map(a => a.getAttribute('href')));
  document.querySelector('dialog').close();
}
all('#tools .bar button')[1].click();
all('#chooser input').slice(0, 3).forEach(box => box.click());
document.querySelector('#chooser button').click();
found.push(document.querySelector('dialog').innerText);
found.push(all('.new').map(e => e.textContent.slice(0, 60)));
return found;
"""


def looked_at(chrome: Chrome, page: Path) -> list[Any]:
    """What a reader sees of a page, does in it, and sees then."""
    opened(chrome, page)
    found: list[Any] = chrome.execute_script(LOOKED_AT)
    assert complaints(chrome) == []
    return found


@pytest.mark.parametrize("name", ["pico", "scoping", "studies of one paper"])
def test_a_page_in_fewer_bytes_is_the_same_page(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "review"
    if name == "studies of one paper":
        written_review(root)
    else:
        write_report(name, "fr", root)
    done = doit(root, "html")
    assert done.returncode == 0, done.stdout + done.stderr
    session = Session(root)
    page = page_of_session(session)
    fresh = [place for paper in page.data["papers"] for place in (paper["k"],)][:2]
    page.data["fresh"].extend(fresh)
    whole, short = tmp_path / "whole.html", tmp_path / "short.html"
    whole.write_text(join.joined(page), "utf-8")
    monkeypatch.setattr(join, "LARGE", 0)
    short.write_text(join.joined(page), "utf-8")
    assert short.stat().st_size < 0.96 * whole.stat().st_size
    with browser() as chrome:
        first, second = looked_at(chrome, whole), looked_at(chrome, short)
    assert len(first) > 20 and len(first) == len(second)
    for one, other in zip(first, second, strict=True):
        assert one == other
