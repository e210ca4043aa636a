"""The pages of reports as persons hand them in: a PICO review of 12 studies with 22 fields, 53 studies, 150, and the shipped one."""

from __future__ import annotations

import re
import subprocess
import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Sequence
from pathlib import Path

import page
import pytest
from pypdf import PdfReader

from synopse.build.session import Session
from tests.conftest import doit
from tests.reports.make import COUNTS, write_report

pytestmark = pytest.mark.slow
MOST_PAGES = {"pico": 44, "scoping": 120, "large": 280}
BODY = (60.0, 790.0)
"""Between head and foot of an A4 page, in points from its top."""
LINE = 7.0
"""So far from one another, in points, may the words of one line begin: a label is smaller than what stands beside it."""
FOOT = 720.0
"""Above the page number."""
LEAST_FULL = 1 / 3
HIGHEST = 175.0
"""So far from the top, in points, begins what stands first on a page: the words of a picture stand below its lines."""
SMALLEST = 6.9
"""In points; of pictures and tables. What is smaller are marks in margins and raised letters."""


@pytest.fixture(scope="module", params=[(name, lang) for name in COUNTS for lang in ("fr", "en")], ids="-".join)
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One of the reports, built."""
    name, lang = request.param
    root = write_report(name, lang, tmp_path_factory.mktemp("reports") / f"{name}-{lang}")
    done = doit(root)
    assert done.returncode == 0, done.stdout + done.stderr
    (root / "said.txt").write_text(done.stdout, "utf-8")
    return root


def words_of(pdf: Path) -> list[list[tuple[float, float, str]]]:
    """For each page its words: top, bottom in points from the page's top, and the text."""
    made = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, check=True).stdout.decode("utf-8")
    clean = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", made)
    tree = ElementTree.fromstring(re.sub(r"<!DOCTYPE.*?>", "", clean, flags=re.DOTALL))
    namespace = "{http://www.w3.org/1999/xhtml}"
    return [
        [
            (float(word.get("yMin", 0)), float(word.get("yMax", 0)), word.text or "")
            for word in each.iter(f"{namespace}word")
        ]
        for each in tree.iter(f"{namespace}page")
    ]


def outline(reader: PdfReader) -> list[tuple[int, int, float]]:
    """Every heading: its level, its page from 0, and how far from the page's foot it stands, in points."""
    found: list[tuple[int, int, float]] = []

    def walk(entries: Sequence[object], level: int) -> None:
        for entry in entries:
            if isinstance(entry, list):
                walk(entry, level + 1)
            else:
                number = reader.get_destination_page_number(entry)  # type: ignore[arg-type]
                found.append((level, number or 0, float(getattr(entry, "top", 0) or 0)))

    walk(reader.outline, 0)
    return found


def test_the_pages_are_no_more_than_a_person_would_print(report: Path) -> None:
    name = report.name.split("-")[0]
    assert len(PdfReader(report / "build/report.pdf").pages) <= MOST_PAGES[name]


def test_no_page_is_turned_and_no_line_too_wide(report: Path) -> None:
    assert all(not each.get("/Rotate") for each in PdfReader(report / "build/report.pdf").pages)
    assert "overfull" not in (report / "said.txt").read_text("utf-8")


def test_no_page_is_less_than_a_third_full_but_the_last_of_a_chapter(report: Path) -> None:
    reader = PdfReader(report / "build/report.pdf")
    chapters = {number for level, number, _ in outline(reader) if level == 0}
    top, bottom = BODY
    for number, words in enumerate(words_of(report / "build/report.pdf")):
        last = number + 1 in chapters or number + 1 == len(reader.pages) or number + 1 <= min(chapters)
        body = [low for high, low, _ in words if high > top and low < bottom - 40]
        assert last or (body and (max(body) - top) / (bottom - top) > LEAST_FULL), number + 1


def judge_ends(root: Path) -> None:
    """Below the text of a page stands its number alone: no picture or table runs over the foot."""
    for number, words in enumerate(words_of(root / "build/report.pdf"), 1):
        assert sum(top > FOOT for top, _, _ in words) <= 1, number


def test_nothing_runs_over_the_foot_of_a_page(report: Path) -> None:
    judge_ends(report)


def test_nothing_runs_over_the_foot_of_a_page_of_the_shipped_report(built: Path) -> None:
    judge_ends(built)


def test_no_heading_stands_at_a_foot(report: Path) -> None:
    reader = PdfReader(report / "build/report.pdf")
    for _, number, up in outline(reader):
        assert up > 110, (number + 1, up)


def judge_feet(root: Path) -> None:
    """No page ends with the label of a field, for what it heads stands on the next one."""
    session = Session(root)
    assert session.project.form is not None
    labels = {session.project.corpus.title_of(name) for name in session.project.form.fields}
    seen = 0
    for number, words in enumerate(words_of(root / "build/report.pdf"), 1):
        inside = [(top, word) for top, bottom, word in words if BODY[0] < top and bottom < FOOT]
        if inside:
            lowest = max(top for top, _ in inside)
            last = " ".join(word for top, word in inside if top > lowest - LINE)
            assert last not in labels, number
        seen += any(word in labels for _, word in inside)
    assert seen > 3


def test_no_label_stands_at_a_foot(report: Path) -> None:
    judge_feet(report)


def test_no_label_stands_at_a_foot_of_the_shipped_report(built: Path) -> None:
    judge_feet(built)


def judge_tops(root: Path) -> None:
    """No page begins with what a fiche lacks, and what stands alone on a page, such as a picture, stands at its top."""
    missing = Session(root).project.words["not-filled-list"].split()[0]
    begin = min(number for level, number, _ in outline(PdfReader(root / "build/report.pdf")) if level == 0)
    for number, words in enumerate(words_of(root / "build/report.pdf")[begin:], begin + 1):
        inside = [(top, word) for top, bottom, word in words if BODY[0] < top and bottom < FOOT]
        highest = min(top for top, _ in inside)
        assert highest < HIGHEST, number
        assert not any(word == missing for top, word in inside if top < highest + LINE), number


def test_what_a_page_begins_with_stands_at_its_top_and_heads_something(report: Path) -> None:
    judge_tops(report)


def test_what_a_page_of_the_shipped_report_begins_with_stands_at_its_top(built: Path) -> None:
    judge_tops(built)


def test_the_contents_head_their_pages_and_captions_say_what_the_prose_says(report: Path) -> None:
    made = subprocess.run(
        ["pdftotext", "-layout", str(report / "build/report.pdf"), "-"], capture_output=True, check=True
    )
    pages = made.stdout.decode("utf-8").split("\f")
    lang = report.name.split("-")[1]
    assert ("Tableau 4.1 –" if lang == "fr" else "Table 4.1:") in "".join(pages)
    contents = "Table des matières" if lang == "fr" else "Contents"
    assert len(PdfReader(report / "build/report.pdf").pages) < 60 or pages[2].lstrip().startswith(contents)


def test_every_remark_and_value_of_the_fiches_is_printed(report: Path) -> None:
    import yaml

    printed = subprocess.run(["pdftotext", str(report / "build/report.pdf"), "-"], capture_output=True, check=True)
    text = re.sub(r"\s+|-(?=\n)", "", printed.stdout.decode("utf-8"))
    for path in (report / "sources/fiches").glob("*.yaml"):
        fiche = yaml.safe_load(path.read_text("utf-8"))
        for value in fiche.values():
            remarks = [each["text"] for each in value if isinstance(each, dict)] if isinstance(value, list) else []
            for remark in remarks:
                assert re.sub(r"\s+", "", remark) in text, (path.name, remark)


def test_the_pdf_is_an_archives_and_holds_what_it_was_made_from(report: Path) -> None:
    judge_archive(report)


def test_the_shipped_report_is_an_archives_pdf(built: Path) -> None:
    judge_archive(built)


def judge_archive(root: Path) -> None:
    """A validator of PDF/A finds nothing; sources, tables and references are in the PDF."""
    pdf = root / "build/report.pdf"
    found = page.validate_pdf(pdf, profile=page.ValidationProfile.PDF_A_3U)
    assert [(each.rule_id, each.message) for each in found.failures] == []
    assert found.is_compliant
    attached = PdfReader(pdf).attachments
    assert set(attached) == {"references.bib", "sources.zip", "tables.zip"}
    assert attached["references.bib"][0] == (root / "build/references.bib").read_bytes()
    path = root / "sources.zip"
    path.write_bytes(attached["sources.zip"][0])
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            assert archive.read(name) == (root / name).read_bytes()
        assert "sources/report.yaml" in archive.namelist()
    path.unlink()


def test_the_lists_of_a_report_of_more_than_a_thousand_pages_have_room_for_their_numbers(project: Path) -> None:
    body = project / "templates/body.tex"
    text = body.read_text("utf-8")
    assert r"\pagenumbering{arabic}" in text
    body.write_text(text.replace(r"\pagenumbering{arabic}", r"\pagenumbering{arabic}\setcounter{page}{1201}"), "utf-8")
    done = doit(project)
    assert done.returncode == 0, done.stdout
    lists = "\n".join(PdfReader(project / "build/report.pdf").pages[at].extract_text() for at in range(4))
    assert len(re.findall(r"(?<!\d)12\d\d(?!\d)", lists)) > 20
    assert "overfull-line" not in done.stdout
