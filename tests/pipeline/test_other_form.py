"""The form is data: a report with a PICO form, chapters, footnotes, tables, images, maths, in English, numeric style."""

from __future__ import annotations

import base64
import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT, doit, pdf_text

pytestmark = pytest.mark.slow

FORM = """
sections:
  - id: reference
    title: Reference
    draws: reference
  - id: pico
    title: PICO
    fields:
      - {id: population, type: text, title: Population, required: true}
      - {id: intervention, type: terms, title: Intervention, required: true}
      - {id: comparator, type: text, title: Comparator}
      - {id: outcome, type: items, title: Outcome}
  - id: size
    title: Size and design
    fields:
      - {id: sample, type: number, title: Sample size, unit: patients}
      - {id: design, type: choice, title: Design, choices: [{id: rct, title: Randomised trial}, cohort]}
      - {id: start, type: date, title: Start}
"""
REPORT = """
title: Exercise and *blood pressure*
authors: [A. Person, B. Person]
date: 2026-05
lang: en
bibliography: {style: numeric, bibtex: true, csl: true}
provenance: true
introduction: |
  There are {{ papers.count }} trials, of {{ papers.period }}. See [@smith2020, p. 12; @jones2021, chap. 3] and @smith2020.
  A "quoted" word, a note[^n], a formula $\\frac{a}{b} \\leq x^2$, and 50 % of $5.

  [^n]: The *note* itself.

  | head | value |
  |------|------:|
  | one  | 1     |

  ![A red dot](dot.png "A caption")
chapters:
  - {title: Methods, after: introduction, file: methods.md}
  - {title: Discussion, text: "All in all, {{ field('outcome').remarks }} outcomes."}
  - {title: Protocol, appendix: true, text: "1. first\\n2. second"}
fiches: [smith2020, jones2021, lone2022]
selection:
  identified: {databases: 50, registers: 10}
  removed: {duplicates: 20}
  screened: 40
  excluded: 30
  assessed: 10
  reasons: [{reason: wrong population, count: 7}]
  included: 3
synthesis:
  - {kind: characteristics, columns: [authors, date, design, sample, start, intervention]}
  - {kind: numbers}
  - {kind: gaps, rows: intervention, field: design}
  - {kind: bubbles, rows: intervention, field: design}
  - {kind: bars, field: intervention}
  - {kind: prisma}
"""
FICHES = {
    "smith2020": "population: Adults & elders\nintervention: [walking, yoga]\ncomparator: |\n  Usual care\n  \n  > quoted care\n"
    "outcome:\n  - {text: Lower by 5 mmHg, page: 14}\n  - No change in `pulse_rate`\nsample: 1234.5\ndesign: rct\nstart: 2019-03",
    "jones2021": "population: Children\nintervention: [yoga]\nsample: 99\ndesign: cohort\nstart: 2020",
    "lone2022": "citation: {title: A paper in no library, authors: 'Ann Lone, Bo Two', date: 2022, source: arXiv:2201.00001}\n"
    "population: Nobody\nintervention: [chess]",
}
BIB = """
@article{smith2020, author = {Smith, Anna and {WHO}}, title = {Walking \\& {BP}}, journal = {J. Med.}, year = 2020, month = mar}
@article{jones2021, author = {Jones, Bob}, title = {Yoga}, journaltitle = {Lancet}, date = {2021}, pages = {1--9}, howpublished = {\\url{https://hedera.example.org/a-long/way/to-the/archive.html}}}
"""
TECHNICAL = [
    "electrohypersensitivity_OR_radiofrequencyradiation_AND_electromagneticfieldsexposure_NOT_occupationalmedicine",
    "org.kube-flow.trainer.v1.operator",
    "https://hedera.example.org/a-long/way/to-the/archive.html",
    "TFJobOperatorConfigurationManager",
]
"""Words of no language: a hyphen at the end of a line would be a false sign in them."""
CITIES = ["Karlsruhe", "Baden-Württemberg", "Wolfsburg", "Saarbrücken", "Mannheim", "Regensburg", "Ingolstadt", "Osnabrück", "Paderborn",
          "Ludwigshafen", "Kaiserslautern", "Gelsenkirchen", "Mönchengladbach", "Recklinghausen"]  # fmt: skip
METHODS = f"""# Search

We searched. With `{TECHNICAL[0]}`, see <{TECHNICAL[2]}>.

## Where

- here
- there

---

```
{TECHNICAL[0]} code_x
```

| city |{" n |" * 3}
|---|{"---|" * 3}
| `{TECHNICAL[1]}` | {TECHNICAL[3]} | {TECHNICAL[2]} | a cell of some words |

| {" | ".join(CITIES)} |
|{"---|" * len(CITIES)}
| {" | ".join(CITIES)} |
"""
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="


@pytest.fixture(scope="module")
def pico(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import shutil

    project = tmp_path_factory.mktemp("pico")
    for name in ("dodo.py",):
        shutil.copy(ROOT / name, project / name)
    for name in ("synopse", "templates"):
        (project / name).symlink_to(ROOT / name)
    sources = project / "sources"
    (sources / "fiches").mkdir(parents=True)
    (project / "bib").mkdir()
    (sources / "form.yaml").write_text(FORM, "utf-8")
    (sources / "report.yaml").write_text(REPORT, "utf-8")
    (sources / "methods.md").write_text(METHODS)
    (sources / "dot.png").write_bytes(base64.b64decode(DOT))
    for key, text in FICHES.items():
        (sources / "fiches" / f"{key}.yaml").write_text(f"key: {key}\nstatus: partial\n{text}\n", "utf-8")
    (project / "bib" / "own.bib").write_text(BIB, "utf-8")
    done = doit(project)
    assert done.returncode == 0, done.stdout + done.stderr
    # What biber made for the labels is what the report makes it read: the passes need no biber of their own.
    assert done.stdout.count("lualatex, pass") == 2 and done.stdout.count("  biber ") == 0
    return project


def test_the_pico_fields_are_printed_with_their_titles(pico: Path) -> None:
    text = re.sub(r"\s+", " ", pdf_text(pico / "build/report.pdf"))
    for words in (
        "Population",
        "Adults & elders",
        "Randomised trial",
        "1,234.5 patients",
        "March 2019",
        "Not filled in:",
    ):
        assert words in text, words


def test_chapters_footnotes_tables_images_and_maths_are_printed(pico: Path) -> None:
    text = re.sub(r"\s+", " ", pdf_text(pico / "build/report.pdf"))
    for words in ("There are 3 trials, of 2020–2022", "“quoted”", "The note itself.", "A caption", "We searched.",
                  "All in all, 2 outcomes.", "Protocol", "code_x", "50 % of $5", "quoted care"):  # fmt: skip
        assert words in text, words
    assert (
        "[1, p. 12, 3, chap. 3]" in text
        or "[2, p. 12, 1, chap. 3]" in text
        or re.search(r"\[\d, p\. 12[,;] \d, chap\. 3\]", text)
    )


def test_a_paper_of_no_library_gets_an_entry_from_its_fiche(pico: Path) -> None:
    bib = (pico / "build/references.bib").read_text("utf-8")
    assert "@misc{lone2022," in bib and "Lone, Ann and Two, Bo" in bib and "eprint       = {2201.00001}" in bib


def test_the_twins_are_written_on_request(pico: Path) -> None:
    import json

    twin = (pico / "build/references-bibtex.bib").read_text("utf-8")
    assert "journal = {J. Med.}" in re.sub(r" +", " ", twin) and "year" in twin
    items = {item["id"]: item for item in json.loads((pico / "build/references.json").read_text("utf-8"))}
    assert items["smith2020"]["issued"] == {"date-parts": [[2020, 3]]}
    assert items["smith2020"]["author"][1] == {"literal": "WHO"}


def test_csv_and_workbook_say_the_same(pico: Path) -> None:
    import csv

    import openpyxl

    book = openpyxl.load_workbook(pico / "build/tables.xlsx")
    assert len(book.sheetnames) == 6
    with (pico / "build/tables/numbers.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[1] == ["Sample size", "patients", "2", "1", "99", "666.75", "1234.5"]
    sheet = book["Measures"]
    assert [cell.value for cell in sheet[2]] == ["Sample size", "patients", 2, 1, 99, 666.75, 1234.5]


def test_no_line_is_too_wide_and_nothing_is_undefined(pico: Path) -> None:
    log = (pico / "build/report.log").read_text("utf-8", "replace")
    assert "undefined" not in log.lower() and "Missing character" not in log


def test_code_addresses_and_identifiers_break_without_a_hyphen_and_nothing_leaves_the_margin(pico: Path) -> None:
    command = ["pdftotext", "-raw", str(pico / "build/report.pdf"), "-"]  # cell by cell, as they stand in the PDF
    text = "".join(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())
    for word in TECHNICAL:
        assert word in text, word
    assert text.count(TECHNICAL[0]) == 2  # in a line of prose, and in a block of code
    for city in CITIES:  # no cell runs into the next one: each word is there twice, by itself
        assert len(re.findall(rf"{city[:6]}", text)) >= 2, city
    widths = [
        float(width)
        for width in re.findall(
            r"synopse-overfull .* ([\d.]+)pt", (pico / "build/report.log").read_text("utf-8", "replace")
        )
    ]
    assert [width for width in widths if width > 2] == []
