"""The report as a web page, in a real Chromium: by mouse and by keyboard alone, filtered against what Python counts, printed."""

from __future__ import annotations

import base64
import html
import importlib.util
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from synopse.build.session import Session
from synopse.render.html.text import identifier
from synopse.synthesis.kinds import kinds
from synopse.synthesis.table import Table
from tests.conftest import ROOT, doit
from tests.pipeline.browser import browser, complaints, needs_browser, opened
from tests.render.test_html import text_of
from tests.reports.make import write_report
from tests.synthesis.test_studies import review

pytestmark = [pytest.mark.slow, needs_browser]
SEED = (ROOT / "tests/seed/meta-analyse-llm.txt").read_text("utf-8")


def axe_script() -> str:
    """axe-core, from the wheel that ships it."""
    spec = importlib.util.find_spec("axe_playwright_python")
    assert spec is not None and spec.submodule_search_locations
    return (Path(next(iter(spec.submodule_search_locations))) / "axe.min.js").read_text("utf-8")


@pytest.fixture(scope="module")
def pages(built: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The folders of three reports whose pages are made: the shipped one, a PICO review, one of 53 studies."""
    found = {"shipped": built}
    for name in ("pico", "scoping"):
        root = write_report(name, "en", tmp_path_factory.mktemp("web") / name)
        done = doit(root, "html")
        assert done.returncode == 0, done.stdout + done.stderr
        found[name] = root
    return found


@pytest.fixture(scope="module")
def chrome() -> Iterator[Chrome]:
    with browser() as made:
        yield made


def page_of(root: Path) -> Path:
    return root / "build/report.html"


def status(chrome: Chrome) -> str:
    return chrome.find_element(By.CSS_SELECTOR, "#tools output").text


def pressed(chrome: Chrome, *keys: str) -> None:
    for key in keys:
        ActionChains(chrome).send_keys(key).perform()


def focused(chrome: Chrome) -> str:
    return str(
        chrome.execute_script("const e = document.activeElement; return e.tagName + ' ' + (e.value || e.textContent)")
    )


@pytest.mark.parametrize("name", ["shipped", "pico", "scoping"])
def test_the_page_opens_without_a_complaint_and_asks_for_nothing(
    chrome: Chrome, pages: dict[str, Path], name: str
) -> None:
    opened(chrome, page_of(pages[name]))
    assert complaints(chrome) == []
    assert chrome.execute_script("return performance.getEntriesByType('resource').length") == 0
    assert chrome.execute_script("return document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["shipped", "pico", "scoping"])
def test_axe_finds_nothing_with_panels_open(pages: dict[str, Path], name: str, dark: bool) -> None:
    with browser(dark=dark) as chrome:
        opened(chrome, page_of(pages[name]))
        for button in chrome.find_elements(By.CSS_SELECTOR, "#tools [aria-expanded]"):
            button.click()
        chrome.execute_script(
            # What is far from the window has no place yet, and an open menu lies over a table: neither is measured.
            "document.querySelectorAll('.fiche, .part').forEach(e => e.style.contentVisibility = 'visible');"
            "document.querySelectorAll('figure > details').forEach(d => d.open = true)"
        )
        chrome.execute_script(axe_script())
        run = "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
        chrome.set_script_timeout(120)
        found: Any = chrome.execute_async_script(f"const done = arguments[0]; {run}.then(r => done(r.violations))")
        said = [(each["id"], each["nodes"][0]["html"][:150], len(each["nodes"])) for each in found]
        assert said == []
        chrome.execute_script("document.querySelector('td .says').click()")
        found = chrome.execute_async_script(f"const done = arguments[0]; {run}.then(r => done(r.violations))")
        assert [(each["id"], each["nodes"][0]["html"][:150]) for each in found] == []


def chosen_table(session: Session, number: int, keys: set[str]) -> Table:
    """A table as Python makes it of some of the papers."""
    corpus = session.project.corpus.by_study
    wanted = corpus.report.synthesis[number - 1]
    kind = kinds()[wanted.kind]
    assert kind.make is not None
    return kind.make(replace(corpus, papers=tuple(p for p in corpus.papers if p.key in keys)), wanted)


@pytest.mark.parametrize(
    ("name", "facet"),
    [("pico", "plan"), ("scoping", "financement"), ("shipped", "status"), ("scoping", "intervention")],
)
def test_counts_after_filtering_are_those_that_python_makes_of_the_same_papers(
    chrome: Chrome, pages: dict[str, Path], name: str, facet: str
) -> None:
    judge_counts(chrome, pages[name], facet)


def judge_counts(chrome: Chrome, root: Path, facet: str, least: int = 10) -> None:
    """Chooses a value of a facet in the page, and compares each count with what Python makes of the same studies."""
    session = Session(root)
    data = re.search(r'id="data">(.*?)</script>', page_of(root).read_text("utf-8"), re.DOTALL)
    assert data is not None
    papers = json.loads(data[1])["papers"]
    value = next(paper["v"][facet][0] for paper in papers if facet in paper["v"])
    names = {identifier(paper.key): paper.key for paper in session.project.corpus.by_study.papers}
    keys = {names[paper["k"]] for paper in papers if value in paper["v"].get(facet, ())}
    assert 0 < len(keys) < len(papers)
    opened(chrome, page_of(root))
    before = chrome.find_element(By.TAG_NAME, "main").text
    chrome.execute_script("document.querySelector('#tools button').click()")
    box = f'input[data-f="{facet}"][value="{value}"]'
    chrome.execute_script("document.querySelector(arguments[0]).click()", box)
    assert str(len(keys)) in status(chrome)
    compared = 0
    for number, wanted in enumerate(session.project.corpus.report.synthesis, 1):
        if wanted.kind not in ("matrix", "recurrence", "gaps", "bars", "heatmap"):
            continue
        expected = {row.cells[0].text: row for row in chosen_table(session, number, keys).rows if not row.total}
        figure = ("d-" if wanted.kind in ("bars", "heatmap") else "t-") + identifier(wanted.name)
        rows: Any = chrome.execute_script(
            "const t = document.getElementById(arguments[0]); if (!t) return null;"
            "return [...t.querySelectorAll('tbody tr:not(.out)')].map(r => [...r.cells].filter(c => !c.classList.contains('out'))"
            ".map(c => [c.textContent.replace('¶', '').trim(), c.dataset.c || '']))",
            figure,
        )
        if rows is None:
            continue
        heads: Any = chrome.execute_script(
            "return [...document.querySelectorAll('#' + CSS.escape(arguments[0]) + ' thead th:not(.out)')].map(c => c.textContent)",
            figure,
        )
        for cells in rows:
            label = cells[0][0]
            if label not in expected:
                continue
            for place, (shown, how) in enumerate(cells[1:], 1):
                same = [
                    n
                    for n, column in enumerate(chosen_table(session, number, keys).columns)
                    if column.title == heads[place]
                ]
                if how not in ("p", "s", "%") or not same:
                    continue
                cell = expected[label].cells[same[0]]
                wanted_text = cell.text if cell.number is None else session.project.words.number(cell.number)
                assert shown.replace("\u00a0", " ") == wanted_text.replace("\u00a0", " "), (
                    wanted.name,
                    label,
                    heads[place],
                )
                compared += 1
    assert compared > least
    chrome.execute_script("document.querySelector(arguments[0]).click()", box)
    assert chrome.find_element(By.TAG_NAME, "main").text == before


def written_review(folder: Path) -> None:
    """A review of three papers, of which one reports two studies and another one."""
    told = [("rct", ["SFT"], "cost"), ("cohort", ["SFT", "CoT"], "bias"), ("rct", ["RLHF"], "cost")]
    studies = [
        {
            "id": f"s{at}",
            "design": design,
            "n": 10 * at,
            "methods": methods,
            "remarks": [{"text": "So", "theme": theme}],
        }
        for at, (design, methods, theme) in enumerate(told, 1)
    ]
    fiches: dict[str, dict[str, Any]] = {
        "p1": {"methods": ["RLHF"], "studies": studies[:2]},
        "p2": {"design": "rct", "methods": ["CoT", "SFT"]},
        "p3": {"aim": "Said of both", "studies": studies[2:]},
    }
    folder.mkdir(exist_ok=True)
    review(folder, fiches)
    (folder / "dodo.py").write_text((ROOT / "dodo.py").read_text("utf-8"), "utf-8")


def test_studies_of_one_paper_are_chosen_and_counted_apart(chrome: Chrome, tmp_path: Path) -> None:
    written_review(tmp_path)
    assert doit(tmp_path).returncode == 0
    judge_counts(chrome, tmp_path, "design", least=8)


def test_an_address_brings_a_view_back(chrome: Chrome, pages: dict[str, Path]) -> None:
    opened(chrome, page_of(pages["pico"]))
    chrome.execute_script("document.querySelector('#tools button').click()")
    chrome.execute_script("document.querySelectorAll('#facets input[type=checkbox]')[1].click()")
    search = chrome.find_element(By.CSS_SELECTOR, "#t-characteristics input[type=search]")
    search.send_keys("20")
    chrome.execute_script("document.querySelector('#t-characteristics thead th:nth-child(6) button').click()")
    chrome.execute_script("document.querySelector('#t-characteristics .menu input').click()")
    chrome.execute_script("document.getElementById('t-characteristics').scrollIntoView()")
    said, address = status(chrome), chrome.current_url
    shown = chrome.execute_script("return document.querySelector('#t-characteristics table').innerText")
    assert "#?" in address
    with browser() as other:
        other.get(address)
        other.execute_script("document.getElementById('t-characteristics').scrollIntoView()")
        assert other.execute_script("return document.querySelector('#t-characteristics table').innerText") == shown
        assert (
            other.find_element(By.CSS_SELECTOR, "#t-characteristics input[type=search]").get_attribute("value") == "20"
        )
        assert re.findall(r"\d+", status(other))[-1] == "12"
    assert said


def test_one_study_of_several_is_counted_in_the_singular(chrome: Chrome, built: Path) -> None:
    opened(chrome, page_of(built))
    assert status(chrome) == "5 études"
    chrome.execute_script("document.querySelector('#tools button').click()")
    box = chrome.find_element(By.CSS_SELECTOR, 'input[data-f="status"][value="complète"]')
    chrome.execute_script("arguments[0].click()", box)
    assert status(chrome) == "1 étude sur 5"
    chrome.execute_script("arguments[0].click()", box)
    assert status(chrome) == "5 études"


def test_everything_is_done_by_keyboard_alone(chrome: Chrome, pages: dict[str, Path]) -> None:
    opened(chrome, page_of(pages["pico"]))
    pressed(chrome, Keys.TAB)
    assert focused(chrome).startswith("A Skip")
    pressed(chrome, Keys.TAB)
    assert focused(chrome) == "BUTTON Filter"
    pressed(chrome, Keys.ENTER, Keys.TAB)
    assert focused(chrome) == "BUTTON Compare"
    while "complete" not in focused(chrome):
        pressed(chrome, Keys.TAB)
    pressed(chrome, Keys.SPACE)
    assert re.match(r"\d+ of 12 studies", status(chrome))
    while focused(chrome) != "BUTTON Show all":
        ActionChains(chrome).key_down(Keys.SHIFT).send_keys(Keys.TAB).key_up(Keys.SHIFT).perform()
    pressed(chrome, Keys.ENTER)
    assert status(chrome) == "12 studies" and focused(chrome) == "BUTTON Filter"
    chrome.execute_script("document.querySelector('#t-interventions td .says').focus()")
    pressed(chrome, Keys.ENTER)
    assert chrome.execute_script("return document.querySelector('dialog').open") and focused(chrome) == "BUTTON Close"
    pressed(chrome, Keys.ESCAPE)
    assert not chrome.execute_script("return document.querySelector('dialog').open")
    assert chrome.execute_script("return document.activeElement.classList.contains('says')")
    chrome.execute_script("document.querySelector('#t-characteristics thead button').focus()")
    pressed(chrome, Keys.ENTER)
    assert chrome.find_element(By.CSS_SELECTOR, "#t-characteristics th").get_attribute("aria-sort") == "ascending"
    first = chrome.execute_script(
        "return [...document.querySelectorAll('#t-characteristics tbody th')].map(e => e.textContent.trim())"
    )
    assert first == sorted(first, key=str.lower)
    pressed(chrome, Keys.ENTER)
    assert chrome.find_element(By.CSS_SELECTOR, "#t-characteristics th").get_attribute("aria-sort") == "descending"


def test_two_papers_are_compared_and_a_cell_shows_what_says_it(chrome: Chrome, pages: dict[str, Path]) -> None:
    opened(chrome, page_of(pages["shipped"]))
    chrome.find_elements(By.CSS_SELECTOR, "#tools .bar button")[1].click()
    for box in chrome.find_elements(By.CSS_SELECTOR, "#chooser input")[:2]:
        box.click()
    button = chrome.find_element(By.CSS_SELECTOR, "#chooser button")
    assert button.is_enabled() and "2" in button.text
    button.click()
    table = chrome.find_element(By.CSS_SELECTOR, "dialog table")
    assert (
        len(table.find_elements(By.CSS_SELECTOR, "thead th")) == 3
        and len(table.find_elements(By.CSS_SELECTOR, "tbody tr")) > 8
    )
    pressed(chrome, Keys.ESCAPE)
    cell = chrome.find_element(By.CSS_SELECTOR, "#t-recurrence-defis tbody td[data-s] .says")
    chrome.execute_script("arguments[0].click()", cell)
    said = chrome.find_element(By.TAG_NAME, "dialog").text
    assert "Tie et al. (2025)" in said and len(said) > 80
    assert len(chrome.find_elements(By.CSS_SELECTOR, "dialog li")) >= 3


def test_a_preview_comes_at_hover_and_at_focus_and_goes_with_escape(chrome: Chrome, pages: dict[str, Path]) -> None:
    opened(chrome, page_of(pages["shipped"]))
    link = "#t-characteristics tbody th a"
    chrome.execute_script(
        "const e = document.querySelector(arguments[0]); e.scrollIntoView({block: 'center'}); e.focus()", link
    )
    tip = chrome.find_element(By.ID, "tip")
    assert tip.is_displayed() and tip.text
    pressed(chrome, Keys.ESCAPE)
    assert not tip.is_displayed()
    chrome.execute_script("document.activeElement.blur()")
    ActionChains(chrome).move_by_offset(3, 3).move_to_element(chrome.find_element(By.CSS_SELECTOR, link)).pause(
        0.8
    ).perform()
    assert tip.is_displayed()


def test_without_its_script_the_page_is_whole(pages: dict[str, Path], tmp_path: Path) -> None:
    whole = page_of(pages["shipped"]).read_text("utf-8")
    bare = tmp_path / "bare.html"
    bare.write_text(re.sub(r"<script>.*?</script>", "", whole, flags=re.DOTALL), "utf-8")
    with browser() as chrome:
        opened(chrome, bare)
        text = chrome.find_element(By.TAG_NAME, "main").text
        assert "Fine-tuning supervisé" in text and not chrome.find_element(By.ID, "tools").is_displayed()
        assert len(chrome.find_elements(By.CSS_SELECTOR, "figure.picture svg")) >= 2


def test_the_page_prints(chrome: Chrome, pages: dict[str, Path], tmp_path: Path) -> None:
    import subprocess

    opened(chrome, page_of(pages["shipped"]))
    path = tmp_path / "printed.pdf"
    path.write_bytes(base64.b64decode(chrome.print_page()))
    said = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout
    assert "Filtrer" not in said and "Bibliographie" in said and "Limites et défis" in said


@pytest.mark.parametrize(("width", "zoom"), [(390, 1.0), (1200, 2.0)], ids=["a phone's width", "at 200 %"])
def test_the_page_fits_a_phone_and_a_doubled_type(pages: dict[str, Path], width: int, zoom: float) -> None:
    with browser(max(width, 500), 844) as chrome:
        metrics = {"width": int(width / zoom), "height": 844, "deviceScaleFactor": 1, "mobile": width < 500}
        chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        opened(chrome, page_of(pages["shipped"]))
        assert chrome.execute_script("return document.documentElement.scrollWidth <= innerWidth + 1")
        small: Any = chrome.execute_script(
            "return [...document.querySelectorAll('button, summary, input, select')].filter(e => e.offsetParent)"
            ".map(e => [e.getBoundingClientRect(), e.outerHTML.slice(0, 80)]).filter(([b]) => b.width < 17.5 || b.height < 17.5).map(([, t]) => t)"
        )
        assert small == []


def test_every_sentence_of_the_persons_document_and_every_reference_is_in_the_page(built: Path) -> None:
    whole = html.unescape(text_of(page_of(built).read_text("utf-8")))

    def plain(text: str) -> str:
        return re.sub(r"[^\w]", "", text).lower()

    said = plain(whole)
    for line in SEED.splitlines():
        words = plain(re.sub(r"^[\s•o\-\d.]+", "", line))
        assert len(words) < 25 or words in said, line
    for title in re.findall(
        r"^  title\s*= \{(.*)\},$", (built / "build/references.bib").read_text("utf-8"), re.MULTILINE
    ):
        assert plain(title) in said
    for path in (built / "build/tables").glob("*.csv"):
        assert f'download="{path.stem}.csv"' in page_of(built).read_text("utf-8")


def test_numbers_of_tables_are_those_of_the_pdf(built: Path) -> None:
    import subprocess

    said = subprocess.run(
        ["pdftotext", str(built / "build/report.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout
    printed = dict(
        re.findall(r"^(?:Table|Tableau) ([\d.]+)\s?[–:]\s(.{10,40})", said.replace("\u00a0", " "), re.MULTILINE)
    )
    shown = dict(re.findall(r"Tableau ([\d.]+) – (.{10,40})", text_of(page_of(built).read_text("utf-8"))))
    common = {number for number in printed if number in shown}
    assert len(common) >= 8
    for number in common:
        assert printed[number].strip()[:10] == shown[number].strip()[:10]
